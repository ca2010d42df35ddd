"""The answer in a sentence, and how sure it is in another; who leads is never decided here."""

from collections.abc import Iterable

from advisor.model.admissibility import cap
from advisor.model.knowledge import Basis, Claim, Status
from advisor.model.recommendation import Reason, Recommendation, State, Verdict, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output.words import BASIS_WORDS, counted, date_in_words, listed, names, plan_in_words

VERDICT_WORDS = {
    Verdict.NONE: "Nothing is left",
    Verdict.OPEN: "Open",
    Verdict.TIE: "A tie",
    Verdict.CLOSE: "Close",
    Verdict.CLEAR: "Clear",
}
NO_RIVAL = "Nothing else has a reason of its own."


def recommends(recommendation: Recommendation) -> bool:
    """Say whether anybody is recommended: not where nothing fits or too little is answered."""
    return recommendation.verdict not in {Verdict.NONE, Verdict.OPEN}


def headline(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return the answer as a person would say it, without a full stop."""
    plans = [plan_in_words(rulebase, plan) for plan in leading_plans(recommendation.standings)]
    match recommendation.verdict:
        case Verdict.NONE:
            return "Nothing fits all of these answers"
        case Verdict.OPEN:
            return "Too little is known yet to recommend one"
        case Verdict.TIE:
            return f"{names(rulebase, recommendation.leaders)} are level"
        case Verdict.CLOSE:
            return f"Use {listed(plans)}, though it is close"
        case Verdict.CLEAR:
            return f"Use {listed(plans)}"


def how_sure(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is: the verdict, and the sentence that gives its reason."""
    return f"{verdict_word(recommendation)}. {verdict_sentence(rulebase, recommendation)}"


def verdict_word(recommendation: Recommendation) -> str:
    """Return the verdict in a word or two, with a reserve where the lead is not settled."""
    return f"{VERDICT_WORDS[recommendation.verdict]}{reserve(recommendation)}"


def reserve(recommendation: Recommendation) -> str:
    """Return ` so far` where somebody leads and a further answer could still change that."""
    settled = recommendation.settled.lead
    return " so far" if recommends(recommendation) and not settled else ""


def verdict_sentence(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say what the verdict rests on: the margin, where there is one."""
    match recommendation.verdict:
        case Verdict.NONE:
            return "A hard fact rules out each of them; below stands which answer to reconsider."
        case Verdict.OPEN:
            if not recommendation.leaders:
                return "No reason speaks for any of them so far."
            leaders = names(rulebase, recommendation.leaders)
            ahead = "is ahead" if len(recommendation.leaders) == 1 else "are ahead"
            return f"{leaders} {ahead} so far, but no single reason weighs two points or more."
        case Verdict.TIE:
            return f"{sums_in_words(recommendation)} {_distance(rulebase, recommendation)}"
        case Verdict.CLOSE | Verdict.CLEAR:
            return _distance(rulebase, recommendation)


def _distance(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say how far those that come next are behind: of a sole leader, or of those that are level."""
    if recommendation.margin is None:
        return NO_RIVAL
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
        same = counted(scores[0], "point")
        return f"Their reasons add up to the same, {same} each; none is first."
    least, most = min(scores), max(scores)
    return f"Their reasons add up to {least} to {most} points, too near to part them."


def rivals_of(recommendation: Recommendation) -> list[str]:
    """Return those that come next, with equal scores."""
    following = [s for s in recommendation.standings if s.state is State.FOLLOWS]
    best = max((s.score or 0 for s in following), default=0)
    return [s.framework for s in following if s.score == best]


def firmness(rulebase: RuleBase, recommendation: Recommendation) -> tuple[str, ...]:
    """Say what errors in the points the lead withstands; empty where that is moot."""
    tolerance, margin = recommendation.tolerance, recommendation.margin
    if tolerance is None or margin is None:
        return ()
    percent = 100 * tolerance.numerator // tolerance.denominator
    withstands = (
        f"Were every reason's points off by less than {percent} per cent, each in the direction "
        "that hurts most, it would still lead."
    )
    if not percent:
        withstands = "Were every reason's points off by 1 per cent, it could already lose the lead."
    if recommendation.verdict is not Verdict.CLOSE:
        return (withstands,)
    missing = counted(margin - rulebase.margins.tie, "point").capitalize()
    rivals = [rulebase.frameworks[name].name for name in rivals_of(recommendation)]
    return withstands, f"{missing} more for {listed(rivals, 'or')} would make it a tie."


def ground(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return what the answer rests on, in a sentence."""
    basis = BASIS_WORDS[recommendation.basis]
    if recommendation.basis is Basis.CHECKED:
        return f"Rests on {basis}; facts as of {date_in_words(rulebase.facts_as_of)}."
    return f"Rests on {basis}, not on {BASIS_WORDS[Basis.CHECKED]}."


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
            claim.status is Status.HOLDS
            and cap(rulebase.claims, rulebase.sources, name, Basis.CHECKED) >= points
            for name, claim in claims.items()
        )
        if not stands_firm:
            found |= {n: claim for n, claim in claims.items() if claim.status is Status.PARTLY}
    return found
