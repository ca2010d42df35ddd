"""Whether a recommendation is the one that somebody counts on, and what it is where it is not."""

from advisor.answers.query import Expectation
from advisor.model.recommendation import Plan, Recommendation, Verdict
from advisor.model.rulebase import RuleBase


def meets(expectation: Expectation, recommendation: Recommendation) -> bool:
    """Say whether what is expected leads, with the expected shipper if one is named.

    Never under `open` and `none`: nothing is recommended there.
    """
    if recommendation.verdict in {Verdict.OPEN, Verdict.NONE}:
        return False
    if expectation.lead not in recommendation.leaders:
        return False
    plan = _plan(expectation, recommendation)
    shipper = plan.shipper if plan else None
    return expectation.shipper is None or expectation.shipper == shipper


def outcome(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> str:
    """Return in a sentence what was expected and what is recommended, met or not."""
    match recommendation.verdict:
        case Verdict.OPEN:
            found = "too little is known yet to recommend one"
        case Verdict.NONE:
            found = "nothing fits all of these answers"
        case _:
            found = _leading(rulebase, expectation, recommendation)
    return f"Expected {expectation}; {found}."


def _plan(expectation: Expectation, recommendation: Recommendation) -> Plan | None:
    """Return the best plan that what is expected leads."""
    return next(
        standing.plan
        for standing in recommendation.standings
        if standing.framework == expectation.lead
    )


def _leading(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> str:
    """Say who leads, and who ships where that was a part of what was expected."""
    leaders = recommendation.leaders
    names = " and ".join(rulebase.frameworks[name].name for name in leaders)
    found = f"{names} {'are level' if len(leaders) > 1 else 'leads'}"
    plan = _plan(expectation, recommendation)
    if expectation.shipper and plan and expectation.lead in leaders:
        found += f", and {_shipping(rulebase, plan)}"
    return found


def _shipping(rulebase: RuleBase, plan: Plan) -> str:
    lead = rulebase.frameworks[plan.lead].name
    if plan.shipper is None:
        return "nothing has to be shipped"
    if plan.shipper == plan.lead:
        return f"{lead} ships itself"
    return f"{lead} is shipped with {rulebase.frameworks[plan.shipper].name}"
