"""The answer in a sentence, and how sure it is in another; who leads is never decided here."""

from advisor.model.recommendation import Plan, Recommendation, State, Verdict
from advisor.model.rulebase import RuleBase
from advisor.report.words import counted, listed, names, plan_in_words


def leading_plans(recommendation: Recommendation) -> list[Plan]:
    """Return the leaders' plans, in the order of the standings."""
    return [s.plan for s in recommendation.standings if s.state is State.LEADS and s.plan]


def headline(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return the answer in a sentence."""
    plans = [plan_in_words(rulebase, plan) for plan in leading_plans(recommendation)]
    match recommendation.verdict:
        case Verdict.NONE:
            return "Nothing can be recommended: every option is ruled out."
        case Verdict.OPEN:
            return "Too little is known for a recommendation."
        case Verdict.TIE:
            return f"These are level, and none is first: {listed(plans)}."
        case Verdict.CLOSE | Verdict.CLEAR:
            return f"Recommended: {listed(plans)}."


def how_sure(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Return how sure the answer is, in a sentence or two."""
    match recommendation.verdict:
        case Verdict.NONE:
            return "Each is stopped by one of the answers; below stands which, and the way out."
        case Verdict.OPEN:
            return _open(rulebase, recommendation)
        case Verdict.TIE:
            ahead = _ahead(recommendation)
            return f"A tie{ahead}." if ahead else "A tie; nothing else has a reason of its own."
        case Verdict.CLOSE | Verdict.CLEAR as verdict:
            ahead = _ahead(recommendation) or "; nothing else has a reason of its own"
            return f"{'A close call' if verdict is Verdict.CLOSE else 'Clear'}{ahead}."


def _ahead(recommendation: Recommendation) -> str:
    if recommendation.margin is None:
        return ""
    return f", {counted(recommendation.margin, 'point')} ahead of the next best"


def _open(rulebase: RuleBase, recommendation: Recommendation) -> str:
    if not recommendation.leaders:
        return "No answer so far is a reason for anything that is left."
    leaders = names(rulebase, recommendation.leaders)
    verb = "leads" if len(recommendation.leaders) == 1 else "lead"
    return f"So far {leaders} {verb}, but on no reason of two points or more."
