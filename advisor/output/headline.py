"""The answer in a sentence, and how sure it is in another; who leads is never decided here."""

from advisor.model.recommendation import Recommendation, State, Verdict, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output.words import counted, listed, names, plan_in_words

VERDICT_WORDS = {
    Verdict.NONE: "Nothing is left",
    Verdict.OPEN: "Open",
    Verdict.TIE: "A tie",
    Verdict.CLOSE: "Close",
    Verdict.CLEAR: "Clear",
}


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
    leading = recommendation.verdict not in {Verdict.NONE, Verdict.OPEN}
    return " so far" if leading and not recommendation.settled.lead else ""


def verdict_sentence(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say what the verdict rests on: the margin, where there is one."""
    match recommendation.verdict:
        case Verdict.NONE:
            return "A hard fact rules out each of them; below stands which answer to reconsider."
        case Verdict.OPEN:
            return _open(rulebase, recommendation)
        case Verdict.TIE:
            return f"{sums_in_words(recommendation)} {_behind(rulebase, recommendation)}"
        case Verdict.CLOSE | Verdict.CLEAR:
            return _ahead(rulebase, recommendation)


def sums_in_words(recommendation: Recommendation) -> str:
    """Say what the reasons of several leaders add up to: the same, or nearly so."""
    scores = [plan.score for plan in leading_plans(recommendation.standings)]
    if len(set(scores)) == 1:
        same = counted(scores[0], "point")
        return f"Their reasons add up to the same, {same} each; none is first."
    least, most = min(scores), max(scores)
    return f"Their reasons add up to {least} to {most} points, too near to part them."


def _open(rulebase: RuleBase, recommendation: Recommendation) -> str:
    if not recommendation.leaders:
        return "No reason speaks for any of them so far."
    leaders = names(rulebase, recommendation.leaders)
    ahead = "is ahead" if len(recommendation.leaders) == 1 else "are ahead"
    return f"{leaders} {ahead} so far, but no single reason weighs two points or more."


def _ahead(rulebase: RuleBase, recommendation: Recommendation) -> str:
    if recommendation.margin is None:
        return "Nothing else has a reason of its own."
    margin = counted(recommendation.margin, "point").capitalize()
    return f"{margin} ahead of {names(rulebase, rivals_of(recommendation))}."


def _behind(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say how far the others are behind those that are level."""
    if recommendation.margin is None:
        return "Nothing else has a reason of its own."
    rivals = rivals_of(recommendation)
    follow = "follows" if len(rivals) == 1 else "follow"
    behind = counted(recommendation.margin, "point")
    return f"{names(rulebase, rivals)} {follow} {behind} behind."


def rivals_of(recommendation: Recommendation) -> list[str]:
    """Return those that come next, with equal scores."""
    following = [s for s in recommendation.standings if s.state is State.FOLLOWS]
    best = max((s.score or 0 for s in following), default=0)
    return [s.framework for s in following if s.score == best]


def firmness(rulebase: RuleBase, recommendation: Recommendation) -> tuple[str, ...]:
    """Say what errors in the points the lead withstands; empty where that is moot."""
    if recommendation.tolerance is None or recommendation.margin is None:
        return ()
    percent = 100 * recommendation.tolerance.numerator // recommendation.tolerance.denominator
    withstands = (
        f"Were every reason's points off by less than {percent} per cent, each in the direction "
        "that hurts most, it would still lead."
    )
    if not percent:
        withstands = "Were every reason's points off by 1 per cent, it could already lose the lead."
    return withstands, *_short_of_a_tie(rulebase, recommendation, recommendation.margin)


def _short_of_a_tie(
    rulebase: RuleBase, recommendation: Recommendation, margin: int
) -> tuple[str, ...]:
    """Say how few points are missing to a tie, where they are few."""
    if recommendation.verdict is not Verdict.CLOSE:
        return ()
    missing = counted(margin - rulebase.margins.tie, "point").capitalize()
    rivals = [rulebase.frameworks[name].name for name in rivals_of(recommendation)]
    return (f"{missing} more for {listed(rivals, 'or')} would make it a tie.",)
