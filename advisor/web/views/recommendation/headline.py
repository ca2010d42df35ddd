"""The answer in a sentence, how sure it is, and how firmly it stands."""

from advisor.model.recommendation import Recommendation, State, Verdict
from advisor.model.rulebase import RuleBase
from advisor.report.words import counted, names, plan_in_words

VERDICT_WORDS = {
    Verdict.NONE: "Nothing is left",
    Verdict.OPEN: "Open",
    Verdict.TIE: "A tie",
    Verdict.CLOSE: "Close",
    Verdict.CLEAR: "Clear",
}


def headline(rulebase: RuleBase, told: Recommendation) -> str:
    """Return the answer as a person would say it."""
    match told.verdict:
        case Verdict.NONE:
            return "Nothing fits all of these answers"
        case Verdict.OPEN:
            return "Too little is known yet to recommend one"
        case Verdict.TIE:
            return f"{names(rulebase, told.leaders)} are level"
        case Verdict.CLOSE:
            return f"Use {_plan(rulebase, told)}, though it is close"
        case Verdict.CLEAR:
            return f"Use {_plan(rulebase, told)}"


def _plan(rulebase: RuleBase, told: Recommendation) -> str:
    """Return the plan of the first leader in words."""
    leading = (s.plan for s in told.standings if s.state is State.LEADS and s.plan)
    return next((plan_in_words(rulebase, plan) for plan in leading), "")


def verdict_sentence(rulebase: RuleBase, told: Recommendation) -> str:
    """Say how sure the answer is, with the margin."""
    match told.verdict:
        case Verdict.NONE:
            return "A hard fact rules out each of them; below stands which answer to reconsider."
        case Verdict.OPEN:
            return _open_sentence(rulebase, told)
        case Verdict.TIE:
            return f"{_behind(rulebase, told)} Nothing you said separates them; none is first."
        case Verdict.CLOSE | Verdict.CLEAR:
            return _ahead(rulebase, told)


def _open_sentence(rulebase: RuleBase, told: Recommendation) -> str:
    if not told.leaders:
        return "No reason speaks for any of them so far."
    ahead = "is ahead" if len(told.leaders) == 1 else "are ahead"
    return (
        f"{names(rulebase, told.leaders)} {ahead} so far, but no single reason "
        "weighs two points or more."
    )


def _ahead(rulebase: RuleBase, told: Recommendation) -> str:
    if told.margin is None:
        return "Nothing else has a reason of its own."
    return (
        f"{counted(told.margin, 'point').capitalize()} ahead of {names(rulebase, _rivals(told))}."
    )


def _behind(rulebase: RuleBase, told: Recommendation) -> str:
    """Say how far the others are behind those that are level."""
    if told.margin is None:
        return "Nothing else has a reason of its own."
    rivals = _rivals(told)
    follow = "follows" if len(rivals) == 1 else "follow"
    return f"{names(rulebase, rivals)} {follow} {counted(told.margin, 'point')} behind."


def _rivals(told: Recommendation) -> list[str]:
    """Return those that come next, with equal scores."""
    following = [s for s in told.standings if s.state is State.FOLLOWS]
    best = max((s.score or 0 for s in following), default=0)
    return [s.framework for s in following if s.score == best]
