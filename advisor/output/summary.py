"""A recommendation in a few lines, for pictures and previews of links.

Nothing here is worked out, and nothing points to another place of a page, since there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation, Verdict, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output.headline import headline, how_sure, reserve
from advisor.output.words import BASIS_WORDS, ended, names, signed

VERDICT_LABELS = {
    Verdict.NONE: "nothing fits",
    Verdict.OPEN: "open",
    Verdict.TIE: "tie",
    Verdict.CLOSE: "close call",
    Verdict.CLEAR: "clear",
}

MOST_LINES = 3
"""How many lines say why; more only where more are level."""

CROSS = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line that says why.

    Attributes:
        sign: what stands before it: points such as `+3`, a cross for a stop, or `?`.
        framework: id of the framework that it is about; empty if none, or if several.
    """

    sign: str
    framework: str
    text: str


def verdict_label(recommendation: Recommendation) -> str:
    """Return the verdict in a word or two, with what it rests on if nobody would expect that."""
    label = VERDICT_LABELS[recommendation.verdict] + reserve(recommendation)
    expected = recommendation.basis is Basis.CHECKED
    return label if expected else f"{label} on {BASIS_WORDS[recommendation.basis]}"


def sureness(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is, in a sentence that stands alone."""
    if recommendation.verdict is Verdict.NONE:
        return "Whatever could lead is stopped by one of the answers."
    return how_sure(rulebase, recommendation)


def summary_lines(rulebase: RuleBase, recommendation: Recommendation) -> tuple[SummaryLine, ...]:
    """Return what weighs most: reasons, or what stops everything, or what is worth asking."""
    match recommendation.verdict:
        case Verdict.NONE:
            found = _stops(rulebase, recommendation)
        case Verdict.OPEN:
            question = rulebase.questions.get(recommendation.next_question or "")
            worth = [f"Worth answering next: {question.title}"] if question else []
            found = (SummaryLine("?", "", text) for text in worth)
        case Verdict.TIE | Verdict.CLOSE | Verdict.CLEAR:
            found = _reasons(rulebase, recommendation)
    return tuple(islice(found, max(MOST_LINES, len(recommendation.leaders))))


def lines_needed(recommendation: Recommendation) -> int:
    """Return how many lines have to be shown together: on a tie one for each that is level."""
    return len(recommendation.leaders) if recommendation.verdict is Verdict.TIE else 1


def summary(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is, and what weighs most, as running text."""
    first = summary_lines(rulebase, recommendation)[: lines_needed(recommendation)]
    return " ".join((sureness(rulebase, recommendation), *(line.text for line in first)))


def in_words(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return what a picture of the recommendation says, for people who cannot see it."""
    return f"{headline(rulebase, recommendation)}. {sureness(rulebase, recommendation)}"


def _reasons(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[SummaryLine]:
    """Give the weightiest reason of each leader in turn, then the second of each, and so on."""
    plans = leading_plans(recommendation.standings)
    speaking = [[reason for reason in plan.reasons if reason.points > 0] for plan in plans]
    several = len({reason.framework for reasons in speaking for reason in reasons}) > 1
    for reason in filter(None, chain.from_iterable(zip_longest(*speaking))):
        text = _named(rulebase, [reason.framework] if several else [], reason.text)
        yield SummaryLine(signed(reason.points), reason.framework, text)


def _stops(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[SummaryLine]:
    """Give what stops them, each once, with all that it stops."""
    stopped: dict[str, list[str]] = {}
    for stop in chain.from_iterable(standing.stops for standing in recommendation.standings):
        stopped.setdefault(stop.text, []).append(stop.framework)
    for text, frameworks in stopped.items():
        whose = list(dict.fromkeys(frameworks))
        alone = whose[0] if len(whose) == 1 else ""
        yield SummaryLine(CROSS, alone, _named(rulebase, whose, text))


def _named(rulebase: RuleBase, whose: Sequence[str], text: str) -> str:
    """Return a text as a sentence, after the names of those it is about if it lacks them."""
    named = names(rulebase, whose)
    return ended(text) if text.startswith(named) else f"{named}: {ended(text)}"
