"""The answer in a sentence, and how sure it is in another; who leads is never decided here."""

from advisor.model.recommendation import Plan, Recommendation, State, Verdict
from advisor.model.rulebase import RuleBase
from advisor.report.words import counted, listed, names, plan_in_words

VERDICT_WORDS = {
    Verdict.NONE: "Nothing is left",
    Verdict.OPEN: "Open",
    Verdict.TIE: "A tie",
    Verdict.CLOSE: "Close",
    Verdict.CLEAR: "Clear",
}


def leading_plans(recommendation: Recommendation) -> list[Plan]:
    """Return the leaders' plans, in the order of the standings."""
    return [s.plan for s in recommendation.standings if s.state is State.LEADS and s.plan]


def headline(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return the answer as a person would say it, without a full stop."""
    plans = [plan_in_words(rulebase, plan) for plan in leading_plans(recommendation)]
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
    word = VERDICT_WORDS[recommendation.verdict]
    return f"{word}. {verdict_sentence(rulebase, recommendation)}"


def verdict_sentence(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say what the verdict rests on: the margin, where there is one."""
    match recommendation.verdict:
        case Verdict.NONE:
            return "A hard fact rules out each of them; below stands which answer to reconsider."
        case Verdict.OPEN:
            return _open(rulebase, recommendation)
        case Verdict.TIE:
            behind = _behind(rulebase, recommendation)
            return f"{behind} Nothing you said separates them; none is first."
        case Verdict.CLOSE | Verdict.CLEAR:
            return _ahead(rulebase, recommendation)


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
    return f"{margin} ahead of {names(rulebase, _rivals(recommendation))}."


def _behind(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say how far the others are behind those that are level."""
    if recommendation.margin is None:
        return "Nothing else has a reason of its own."
    rivals = _rivals(recommendation)
    follow = "follows" if len(rivals) == 1 else "follow"
    behind = counted(recommendation.margin, "point")
    return f"{names(rulebase, rivals)} {follow} {behind} behind."


def _rivals(recommendation: Recommendation) -> list[str]:
    """Return those that come next, with equal scores."""
    following = [s for s in recommendation.standings if s.state is State.FOLLOWS]
    best = max((s.score or 0 for s in following), default=0)
    return [s.framework for s in following if s.score == best]
