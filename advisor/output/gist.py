"""A recommendation in a few lines, for pictures and previews of links.

It picks what to say and never works anything out; nothing it says points to another place of
a page, since there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from advisor.model.knowledge import Basis
from advisor.model.recommendation import Plan, Recommendation, Verdict, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output.headline import headline, how_sure, reserve
from advisor.output.words import BASIS_WORDS, date_in_words, ended, names, signed

VERDICT_WORDS = {
    Verdict.NONE: "nothing fits",
    Verdict.OPEN: "open",
    Verdict.TIE: "tie",
    Verdict.CLOSE: "close call",
    Verdict.CLEAR: "clear",
}

MOST_POINTS = 3
"""How many lines a gist has at most, below the answer; more only where more are level."""


CROSS = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class Point:
    """One line that says why.

    Attributes:
        sign: a few characters that say what kind of line it is: points, or a mark.
        framework: id of the framework that it is about; empty if none.
    """

    sign: str
    framework: str
    text: str


def verdict(recommendation: Recommendation) -> str:
    """Return the verdict in a word or two, with what it rests on if nobody would expect that."""
    word = VERDICT_WORDS[recommendation.verdict] + reserve(recommendation)
    expected = recommendation.basis is Basis.CHECKED
    return word if expected else f"{word} on {BASIS_WORDS[recommendation.basis]}"


def ground(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return what the answer rests on, in a sentence."""
    basis = BASIS_WORDS[recommendation.basis]
    if recommendation.basis is Basis.CHECKED:
        return f"Rests on {basis}; facts as of {date_in_words(rulebase.facts_as_of)}."
    return f"Rests on {basis}, not on {BASIS_WORDS[Basis.CHECKED]}."


def sureness(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is, in a sentence that stands alone."""
    if recommendation.verdict is Verdict.NONE:
        return "Whatever could lead is stopped by one of the answers."
    return how_sure(rulebase, recommendation)


def points(rulebase: RuleBase, recommendation: Recommendation) -> tuple[Point, ...]:
    """Return what weighs most: reasons, or what stops everything, or what is worth asking."""
    match recommendation.verdict:
        case Verdict.NONE:
            found = _stops(rulebase, recommendation)
        case Verdict.OPEN:
            found = _to_ask(rulebase, recommendation)
        case Verdict.TIE | Verdict.CLOSE | Verdict.CLEAR:
            found = _reasons(rulebase, leading_plans(recommendation.standings))
    return tuple(islice(found, max(MOST_POINTS, len(recommendation.leaders))))


def heard(recommendation: Recommendation) -> int:
    """Return how many of the points have to be told together: one for each that is level."""
    return len(recommendation.leaders) if recommendation.verdict is Verdict.TIE else 1


def summary(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is, and what weighs most, as running text."""
    first = points(rulebase, recommendation)[: heard(recommendation)]
    return " ".join((sureness(rulebase, recommendation), *(point.text for point in first)))


def in_words(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return what a picture of the recommendation says, for people who cannot see it."""
    return f"{headline(rulebase, recommendation)}. {sureness(rulebase, recommendation)}"


def _reasons(rulebase: RuleBase, plans: Sequence[Plan]) -> Iterator[Point]:
    """Give the weightiest reason of each plan in turn, then the second of each, and so on."""
    speaking = [[reason for reason in plan.reasons if reason.points > 0] for plan in plans]
    several = len({reason.framework for reasons in speaking for reason in reasons}) > 1
    for reason in filter(None, chain.from_iterable(zip_longest(*speaking))):
        whose = [reason.framework] if several else []
        yield Point(signed(reason.points), reason.framework, _told(rulebase, whose, reason.text))


def _stops(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[Point]:
    """Give what stops them, each once, with all that it stops."""
    stopped: dict[str, list[str]] = {}
    for stop in chain.from_iterable(standing.stops for standing in recommendation.standings):
        named = stopped.setdefault(stop.text, [])
        if stop.framework not in named:
            named.append(stop.framework)
    for text, whose in stopped.items():
        yield Point(CROSS, whose[0] if len(whose) == 1 else "", _told(rulebase, whose, text))


def _to_ask(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[Point]:
    """Give the question that is worth asking next, if there is one."""
    if recommendation.next_question:
        title = rulebase.questions[recommendation.next_question].title
        yield Point("?", "", f"Worth answering next: {title}")


def _told(rulebase: RuleBase, whose: list[str], text: str) -> str:
    """Return a text as a sentence, after the names of those it is about if it lacks them."""
    named = names(rulebase, whose)
    told = ended(text)
    return told if told.startswith(named) else f"{named}: {told}"
