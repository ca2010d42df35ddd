"""What somebody ruled out beforehand, what that led to, and which of it to reconsider, in words."""

from collections.abc import Iterator

from advisor.model.answers import ONE_TOOL, WITHOUT
from advisor.model.recommendation import Otherwise, Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.words import names, plans_in_words

LABELS = {WITHOUT: "Left out", ONE_TOOL: "One framework builds and ships"}
"""What constraints are called in lists and tables, by their keys."""

HOW = {Verdict.CLOSE: "narrowly", Verdict.CLEAR: "clearly"}
"""How somebody leads."""


def worth_telling(recommendation: Recommendation) -> Iterator[Otherwise]:
    """Yield what lifting constraints leads to: each, and all together where that is different."""
    single: list[object] = []
    for there in recommendation.lifted:
        gives = (there.plans, there.verdict)
        if there.without or there.one_tool or not single or gives not in single:
            yield there
        single.append(gives)


def lifted_in_words(rulebase: RuleBase, recommendation: Recommendation, there: Otherwise) -> str:
    """Say which constraints are lifted there, and what that would lead to.

    Example: "You left out Ash. Without that, Ash would lead, clearly."
    """
    freed = _freed(recommendation, there)
    parts = [f"left {names(rulebase, freed)} out"] if freed else []
    if recommendation.answers.one_tool and not there.one_tool:
        parts.append("asked for one framework to build and ship")
    said = " and ".join(parts)
    if not there.differs:
        return f"You {said}. That changes nothing."
    return f"You {said}. Without that, {_outcome(rulebase, recommendation, there)}."


def to_reconsider(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say what to take back where the constraints leave nothing; empty where facts forbid it all.

    Example: "Allow Ash or Birch again, or more than one framework."
    """
    helps = [there for there in recommendation.lifted if there.differs]
    if recommendation.verdict is not Verdict.NONE or not helps:
        return ""
    each = [there for there in helps if there.without or there.one_tool or len(helps) == 1]
    freed = [name for there in each for name in _freed(recommendation, there)]
    # One is enough where each helps by itself.
    joint = "or" if len(each) == len(freed) else "and"
    allowed = [f"{names(rulebase, freed, joint)} again"] if freed else []
    tools = any(not there.one_tool for there in each) and recommendation.answers.one_tool
    allowed += ["more than one framework"] if tools else []
    return f"Allow {f', {joint} '.join(allowed)}."


def why_left_out(rulebase: RuleBase, recommendation: Recommendation, framework: str) -> str:
    """Say why the constraints leave a framework no plan that it could lead."""
    answers, name = recommendation.answers, rulebase.frameworks[framework].name
    if framework in answers.without:
        return f"You left {name} out."
    if not answers.one_tool:
        return f"{name} would need what you left out."
    either = " or what you left out" if answers.without else ""
    return f"{name} would need another framework to ship{either}."


def _freed(recommendation: Recommendation, there: Otherwise) -> list[str]:
    """Return the frameworks that are left out here and not there."""
    return sorted(recommendation.answers.without - {*there.without})


def _outcome(rulebase: RuleBase, here: Recommendation, there: Otherwise) -> str:
    """Say what the answers give there that they do not give here."""
    if there.verdict is Verdict.OPEN:
        return "more answers would be needed to recommend one"
    if there.leaders != here.leaders:
        how = f"lead, {HOW[there.verdict]}" if there.verdict in HOW else "be level"
        return f"{names(rulebase, there.leaders)} would {how}"
    plans = plans_in_words(rulebase, there.plans)
    return f"the answer would be {plans}, {HOW.get(there.verdict, 'a tie')}"
