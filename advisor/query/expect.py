"""Whether a recommendation is the one that somebody counts on, and what it is where it is not."""

from advisor.model.recommendation import Plan, Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Role
from advisor.query.query import Expectation

VERDICT_WORDS = {Verdict.TIE: "a tie", Verdict.CLOSE: "close", Verdict.CLEAR: "clear"}
"""How sure a lead is, for a line of a log."""


def shippers_of(rulebase: RuleBase, lead: str) -> list[str]:
    """Return the frameworks that can ship in a plan of a lead, itself first if it can."""
    itself = [lead] if Role.SHIP in rulebase.frameworks[lead].roles else []
    edges = rulebase.edges.values()
    return itself + sorted({edge.shipper for edge in edges if edge.builder == lead})


def meets(expectation: Expectation, recommendation: Recommendation) -> bool:
    """Say whether what is expected leads, with the expected shipper if one is named.

    Never under `open` and `none`: nothing is recommended there.
    """
    if recommendation.verdict in {Verdict.OPEN, Verdict.NONE}:
        return False
    if expectation.lead not in recommendation.leaders:
        return False
    plan = _plan(expectation, recommendation)
    return expectation.shipper in (None, plan.shipper if plan else None)


def outcome(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> str:
    """Return in a sentence what was expected, what is recommended, and how sure that is.

    Example: "Expected a:b; A leads, and A ships itself: clear, plan settled."
    """
    match recommendation.verdict:
        case Verdict.OPEN:
            found = "too little is known yet to recommend one"
        case Verdict.NONE:
            found = "nothing fits all of these answers"
        case verdict:
            settled = recommendation.settled
            firm = settled.plan if expectation.shipper else settled.lead
            what = "plan " if expectation.shipper else ""
            how_sure = f"{VERDICT_WORDS[verdict]}, {what}{'settled' if firm else 'not settled'}"
            found = f"{_leading(rulebase, expectation, recommendation)}: {how_sure}"
    if left_out := unused(recommendation):
        found += f"; not used: {', '.join(left_out)}"
    return f"Expected {expectation}; {found}."


def unused(recommendation: Recommendation) -> tuple[str, ...]:
    """Return what was said in vain: `("serving", "important=deploy")`, a mark behind its key."""
    answers = recommendation.answers
    idle = {mark.question for mark in recommendation.idle_marks}
    idle |= answers.important - answers.given.keys() | answers.important & {*recommendation.ignored}
    return (*recommendation.ignored, *(f"important={name}" for name in sorted(idle)))


def _plan(expectation: Expectation, recommendation: Recommendation) -> Plan | None:
    """Return the best plan that what is expected leads."""
    return next(
        standing.plan
        for standing in recommendation.standings
        if standing.framework == expectation.lead
    )


def _leading(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> str:
    """Say who leads, and what was expected of it: to lead, alone or not, and with whom."""
    leaders = recommendation.leaders
    names = {name: framework.name for name, framework in rulebase.frameworks.items()}
    level = "are level" if len(leaders) > 1 else "leads"
    found = f"{' and '.join(names[name] for name in leaders)} {level}"
    if expectation.lead not in leaders:
        return found
    if len(leaders) > 1:
        found += ", so it shares the lead"
    plan = _plan(expectation, recommendation)
    if not expectation.shipper or not plan:
        return found
    if plan.shipper is None:
        return f"{found}, and nothing has to be shipped"
    if plan.shipper == plan.lead:
        return f"{found}, and {names[plan.lead]} ships itself"
    return f"{found}, and {names[plan.lead]} is shipped with {names[plan.shipper]}"
