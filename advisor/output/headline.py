"""The answer in a sentence, how sure it is in another, and in a few lines what weighs most.

The pages say the first two; pictures and previews of links say all of it. How sure it is, in parts:

    verdict_word         A close call, not settled      first on a page
    verdict_sentence     Two points ahead of Birch.     after it: why that verdict
    outlook              One open question could …      last: whether it can still change
    how_sure             all three                      terminal, record, agents
    how_sure_alone       all three, or what stops all   card, preview: nothing stands below
    verdict_label        close call, not settled        badge, card
    not_settled          , not settled                  the end of a verdict
    tolerance_sentences  It would still lead if …       how wrong points may be: /grounds, record
    basis_sentence       Based on checked facts, …      terminal, card, badge, /grounds
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from advisor.engine.scoring.conditions import fires
from advisor.engine.scoring.items import caps_of
from advisor.model.knowledge import Basis, Claim, Status
from advisor.model.recommendation import (
    Reason,
    Recommendation,
    State,
    Stopped,
    Verdict,
    leading_plans,
)
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Score, Stop, Switch
from advisor.output import words
from advisor.output.changes import to_reconsider
from advisor.output.words import BASIS_WORDS, counted, date_in_words, listed, names, plan_in_words

VERDICT_WORDS = {
    Verdict.NONE: "Nothing is left",
    Verdict.OPEN: "Open",
    Verdict.TIE: "A tie",
    Verdict.CLOSE: "A close call",
    Verdict.CLEAR: "Clear",
}
VERDICT_LABELS = {
    Verdict.NONE: "nothing fits",
    Verdict.OPEN: "open",
    Verdict.TIE: "tie",
    Verdict.CLOSE: "close call",
    Verdict.CLEAR: "clear",
}

VERDICT_MEANS = {
    Verdict.NONE: "You have to change one of the answers before anything can be recommended.",
    Verdict.OPEN: "Answer more before you choose, or go by what your team knows.",
    Verdict.TIE: "Any of those named is a sound choice, and what your team knows may decide.",
    Verdict.CLOSE: "It is the better choice, but the next one would be no mistake; "
    "what your team knows, or a day with each, may decide.",
    Verdict.CLEAR: "Take it, unless you know something that no question asks about.",
}
"""What a verdict means for somebody who has to choose."""

CONFLICTS_TITLE = "These answers do not go together"

MOST_REASONS = 3
"""How many lines say why; more only where more are level."""

CROSS = "\N{MULTIPLICATION SIGN}"

NO_RIVAL = "No reason speaks for any other."
SEVERAL_TOGETHER = "No open question changes that alone; several together might."
FEW_POINTS = "No reason speaks for any other, but its own points are few."


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line that says why."""

    sign: str
    """What stands before it: points such as `+3`, a cross for a stop, or `?`."""
    framework: str
    """Id of the framework that it is about; empty if none, or if several."""
    text: str
    claims: tuple[str, ...] = ()
    """The ids of the claims that show it, the strongest evidence first."""


def headline(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return the answer as a person would say it, without a full stop."""
    plans = [plan_in_words(rulebase, plan) for plan in leading_plans(recommendation.standings)]
    match recommendation.verdict:
        case Verdict.NONE:
            if to_reconsider(rulebase, recommendation):
                return "Your constraints leave nothing"
            return "Nothing fits all of these answers"
        case Verdict.OPEN:
            return "Too little is known yet to recommend one"
        case Verdict.TIE:
            return f"{names(rulebase, recommendation.leaders)} are level"
        case Verdict.CLOSE | Verdict.CLEAR:
            return f"Use {listed(plans)}"


def how_sure(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is: the verdict, its reason, and whether it can still change."""
    said = f"{verdict_word(recommendation)}. {verdict_sentence(rulebase, recommendation)}"
    return f"{said} {outlook(recommendation)}".rstrip()


def verdict_word(recommendation: Recommendation) -> str:
    """Return the verdict in a word or two, and that it is not settled where that is so."""
    return VERDICT_WORDS[recommendation.verdict] + not_settled(recommendation)


def outlook(recommendation: Recommendation) -> str:
    """Say whether answers to open questions can change it; empty where nobody is recommended."""
    waiting = recommendation.open_questions
    if not recommendation.verdict.recommends:
        return ""
    if not waiting:
        return "Everything that could matter is answered."
    if recommendation.settled.plan:
        return "No open question can change that."
    if recommendation.settled.lead:
        return "Open questions can change the plan, but not who leads."
    decisive = sum(each.matters for each in waiting)
    if decisive > 1:
        return f"Each of {counted(decisive, 'open question')} could change that."
    return "One open question could change that." if decisive else SEVERAL_TOGETHER


def not_settled(recommendation: Recommendation) -> str:
    """Return `, not settled` where one leads and a further answer could still change that."""
    settled = recommendation.settled.lead
    return ", not settled" if recommendation.verdict.recommends and not settled else ""


def verdict_sentence(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say what the verdict rests on: the margin, where there is one."""
    match recommendation.verdict:
        case Verdict.NONE:
            return to_reconsider(rulebase, recommendation) or (
                "A hard fact rules out each of them; see below which answer to reconsider."
            )
        case Verdict.OPEN:
            if not recommendation.leaders:
                return "No reason speaks for any of them yet."
            leaders = names(rulebase, recommendation.leaders)
            ahead = "is ahead" if len(recommendation.leaders) == 1 else "are ahead"
            return f"{leaders} {ahead}, but no single reason weighs two points or more."
        case Verdict.TIE:
            said = [sums_in_words(recommendation), *_same_engine(rulebase, recommendation)]
            return " ".join([*said, _distance(rulebase, recommendation)])
        case Verdict.CLOSE | Verdict.CLEAR:
            return _distance(rulebase, recommendation)


def _same_engine(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[str]:
    """Say which of several leaders runs on another of them."""
    for plan in leading_plans(recommendation.standings):
        for backend in rulebase.frameworks[plan.lead].backends:
            if backend.id == plan.backend and backend.framework in recommendation.leaders:
                above, below = (names(rulebase, [name]) for name in (plan.lead, backend.framework))
                yield f"{above} runs on {below} here, so between these two you choose an interface."


def _distance(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say how far those that come next are behind: of a sole leader, or of those that are level."""
    if recommendation.margin is None:
        return FEW_POINTS if recommendation.verdict is Verdict.CLOSE else NO_RIVAL
    margin = counted(recommendation.margin, "point")
    rivals = rivals_of(recommendation)
    if recommendation.verdict is Verdict.TIE:
        follow = "follows" if len(rivals) == 1 else "follow"
        return f"{names(rulebase, rivals)} {follow} {margin} behind."
    return f"{margin.capitalize()} ahead of {names(rulebase, rivals)}."


def sums_in_words(recommendation: Recommendation) -> str:
    """Say what the reasons of several leaders add up to: the same, or nearly so."""
    scores = [plan.score for plan in leading_plans(recommendation.standings)]
    if len(set(scores)) == 1:
        return f"{counted(scores[0], 'point').capitalize()} each, and none is first."
    least, most = min(scores), max(scores)
    return f"Their reasons add up to {least} to {most} points, too close to separate them."


def rivals_of(recommendation: Recommendation) -> list[str]:
    """Return those that come next, with equal scores."""
    following = [s for s in recommendation.standings if s.state is State.FOLLOWS]
    best = max((s.score or 0 for s in following), default=0)
    return [s.framework for s in following if s.score == best]


def tolerance_sentences(rulebase: RuleBase, recommendation: Recommendation) -> tuple[str, ...]:
    """Say what errors in the points the lead withstands; empty where that is moot."""
    tolerance, margin = recommendation.tolerance, recommendation.margin
    if tolerance is None or margin is None:
        return ()
    percent = 100 * tolerance.numerator // tolerance.denominator
    withstands = (
        f"It would still lead if the points of every reason were off by less than {percent}%, "
        "each in the direction that hurts most."
    )
    if not percent:
        withstands = "If the points of every reason were off by 1%, it could already lose the lead."
    if recommendation.verdict is not Verdict.CLOSE:
        return (withstands,)
    missing = counted(margin - rulebase.margins.tie, "point").capitalize()
    rivals = [rulebase.frameworks[name].name for name in rivals_of(recommendation)]
    return withstands, f"{missing} more for {listed(rivals, 'or')} would make it a tie."


def basis_sentence(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return what the answer rests on, in a sentence."""
    edition, basis = recommendation.edition, BASIS_WORDS[recommendation.basis]
    begin = f"By edition {edition}, based" if edition else "Based"
    if recommendation.basis is Basis.CHECKED:
        return f"{begin} on {basis}, as of {date_in_words(rulebase.facts_as_of)}."
    return f"{begin} on {basis}, not on {BASIS_WORDS[Basis.CHECKED]}."


def contested(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Name what the sources contradict each other on with both sides in this result.

    On checked facts only what nothing settles; on the documents, where nothing does, what
    cannot both hold. Empty where there is no such matter.
    """
    plans = [standing.plan for standing in recommendation.standings if standing.plan]
    reasons = chain.from_iterable(plan.reasons for plan in plans)
    said = {claim for each in reasons for claim in each.claims}
    said |= {claim for level in recommendation.levels for claim in level.claims}
    checked = recommendation.basis is Basis.CHECKED
    titles = [
        f"“{matter.title}”"
        for matter in map(rulebase.disagreements.__getitem__, recommendation.disagreements)
        if (not matter.settled_by if checked else matter.kind == "direct")
        and sum(not said.isdisjoint(side.claims) for side in matter.sides) > 1
    ]
    if not titles:
        return ""
    settled = "nothing settles it" if checked else "they settle nothing"
    return f"The sources contradict each other here, and {settled}: {listed(titles)}."


def idle_marks(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[str]:
    """Say of each mark of importance that changes nothing what is marked, and why it does not."""
    basis = BASIS_WORDS[recommendation.basis]
    levels = {level.rule: level.text for level in recommendation.levels}
    counting = recommendation.answers.given.keys() - {*recommendation.ignored}
    for mark in recommendation.idle_marks:
        marked = f"You marked “{rulebase.questions[mark.question].label}” to count double"
        said = f"{marked}, but on {basis} your answer favours none of them"
        if mark.question not in counting:
            yield f"{marked}, but no answer to it counts."
        elif mark.levels:
            yield f"{said}: {' '.join(words.ended(levels[rule]) for rule in mark.levels)}"
        elif off := _switches_behind(rulebase, recommendation, mark.question):
            yield f"{said}: {' '.join(switch.text for switch in off)}"
        elif mark.uncounted:
            texts = " ".join(words.ended(rulebase.rules[rule].text) for rule in mark.uncounted)
            yield f"{said}. No claim behind this counts there: {texts}"
        else:
            yield f"{said}. No rule that counts there looks at it."


def _switches_behind(
    rulebase: RuleBase, recommendation: Recommendation, question: str
) -> list[Switch]:
    """Return what switched the roles off for which the answer to a question would count."""
    given = recommendation.answers.given
    chosen = {name: given[name] for name in given.keys() - {*recommendation.ignored}}
    caps = caps_of(rulebase, recommendation.basis)
    roles = {
        rule.effect.role
        for rule in rulebase.rules.values()
        if isinstance(rule.effect, Score | Stop)
        and any(each.question == question for one in rule.when for each in one)
        and fires(rule, chosen)
        and not caps.keys().isdisjoint(rule.claims)
    }
    switches = map(rulebase.switches.__getitem__, recommendation.switches)
    return [switch for switch in switches if switch.role in roles]


def doubtful_claims(rulebase: RuleBase, reasons: Iterable[Reason]) -> dict[str, Claim]:
    """Return the claims that hold in part and that reasons lean on, by id: what to verify first.

    A reason that claims which hold would give as many points by themselves does not lean on
    those that hold in part; they are left out.
    """
    found: dict[str, Claim] = {}
    for reason in reasons:
        points = abs(reason.points) // (2 if reason.doubled else 1)
        claims = {name: rulebase.claims[name] for name in reason.claims}
        stands_firm = any(
            claim.status is Status.HOLDS and caps_of(rulebase, Basis.CHECKED).get(name, 0) >= points
            for name, claim in claims.items()
        )
        if not stands_firm:
            found |= {n: claim for n, claim in claims.items() if claim.status is Status.PARTLY}
    return found


def verdict_label(recommendation: Recommendation) -> str:
    """Return the verdict in a word or two, with what it rests on if nobody would expect that."""
    label = VERDICT_LABELS[recommendation.verdict] + not_settled(recommendation)
    expected = recommendation.basis is Basis.CHECKED
    return label if expected else f"{label} on {BASIS_WORDS[recommendation.basis]}"


def how_sure_alone(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is, in a sentence that stands alone."""
    if recommendation.verdict is Verdict.NONE:
        stopped = "One of the answers rules out each of those that could lead."
        return to_reconsider(rulebase, recommendation) or stopped
    return how_sure(rulebase, recommendation)


def summary_lines(rulebase: RuleBase, recommendation: Recommendation) -> tuple[SummaryLine, ...]:
    """Return what weighs most, or where too little is answered what is worth asking."""
    if recommendation.verdict is not Verdict.OPEN:
        return strongest(rulebase, recommendation)
    question = rulebase.questions.get(recommendation.next_question or "")
    return (SummaryLine("?", "", f"Worth answering next: {question.title}"),) if question else ()


def strongest(rulebase: RuleBase, recommendation: Recommendation) -> tuple[SummaryLine, ...]:
    """Return the reasons that weigh most, or what stops everything."""
    nobody = recommendation.verdict is Verdict.NONE
    found = (_stops if nobody else _reasons)(rulebase, recommendation)
    return tuple(islice(found, max(MOST_REASONS, len(recommendation.leaders))))


def lines_needed(recommendation: Recommendation) -> int:
    """Return how many lines have to be shown together: on a tie one for each that is level."""
    return len(recommendation.leaders) if recommendation.verdict is Verdict.TIE else 1


def description(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is, and what weighs most, as running text."""
    first = summary_lines(rulebase, recommendation)[: lines_needed(recommendation)]
    return " ".join((how_sure_alone(rulebase, recommendation), *(line.text for line in first)))


def alt_text(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return what a picture of the recommendation says, for people who cannot see it."""
    return f"{headline(rulebase, recommendation)}. {how_sure_alone(rulebase, recommendation)}"


def _reasons(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[SummaryLine]:
    """Give the weightiest reason of each leader in turn, then the second of each, and so on.

    Last come those that every other framework has as well: they tell why nobody was preferred.
    """
    plans = leading_plans(recommendation.standings)
    others = [s.plan for s in recommendation.standings if s.plan and s.plan not in plans]
    had = [{(r.role, r.questions, r.points) for r in plan.reasons} for plan in others]
    speaking = [
        sorted(
            (reason for reason in plan.reasons if reason.points > 0),
            key=lambda r: (
                bool(had) and all((r.role, r.questions, r.points) in each for each in had)
            ),
        )
        for plan in plans
    ]
    several = len({reason.framework for reasons in speaking for reason in reasons}) > 1
    in_turn = filter(None, chain.from_iterable(zip_longest(*speaking)))
    # Those that are level may be shipped by the same framework, for the same reason.
    for reason in {(reason.rule, reason.framework): reason for reason in in_turn}.values():
        text = _named(rulebase, [reason.framework] if several else [], reason.text)
        yield SummaryLine(words.signed(reason.points), reason.framework, text, reason.claims)


def _stops(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[SummaryLine]:
    """Give what stops them, each once, with all that it stops."""
    stopped: dict[str, list[Stopped]] = {}
    for stop in chain.from_iterable(standing.stops for standing in recommendation.standings):
        stopped.setdefault(stop.text, []).append(stop)
    for text, stops in stopped.items():
        whose = list(dict.fromkeys(stop.framework for stop in stops))
        alone = whose[0] if len(whose) == 1 else ""
        yield SummaryLine(CROSS, alone, _named(rulebase, whose, text), stops[0].claims)


def _named(rulebase: RuleBase, whose: Sequence[str], text: str) -> str:
    """Return a text as a sentence, after the names of those it is about if others come first."""
    named = names(rulebase, whose)
    told = [each.name for each in rulebase.frameworks.values() if each.name in text]
    first = min(told, key=text.index, default="")
    if named == first or text.startswith(named):
        return words.ended(text)
    return f"{named}: {words.ended(text)}"
