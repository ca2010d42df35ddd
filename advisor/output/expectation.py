"""What somebody expected of a recommendation, and what is so instead, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.model.recommendation import Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.words import listed, names
from advisor.query.query import VERDICTS, Expectation

LEAD_WORDS = {Verdict.TIE: "a tie", Verdict.CLOSE: "close", Verdict.CLEAR: "clear"}
"""How sure a lead is, for a line of a log."""

NOTHING = {
    Verdict.OPEN: "too little is known yet to recommend one",
    Verdict.NONE: "nothing fits all of these answers",
}
"""What is so where nothing is recommended."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was expected and is not so."""

    word: str
    """What was expected: `leaders`, `plan`, `verdict`, `settled`, `all-used` or `max-age`."""
    message: str
    """What is so instead."""
    expected: str
    """What would have been as expected."""


def failures(
    rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation, age: int = 0
) -> tuple[Failure, ...]:
    """Return what is not as expected; empty where the expectation is met.

    Never met under `open` and `none`: nothing is recommended there. `age` is how many days ago
    the rule base was released.
    """
    if recommendation.verdict in NOTHING:
        return (Failure("verdict", NOTHING[recommendation.verdict], "a recommendation"),)
    return tuple(_failures(rulebase, expectation, recommendation, age))


def _failures(
    rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation, age: int
) -> Iterator[Failure]:
    """Yield what is not as expected where somebody is recommended."""
    accepted = _accepted(expectation, recommendation)
    wanted_by = {
        lead: {shipper for name, shipper in expectation.plans if name == lead} for lead in accepted
    }
    plans = {standing.framework: standing.plan for standing in recommendation.standings}
    shipper_of = {lead: plan.shipper for lead in accepted if (plan := plans[lead])}
    leading = _leading(rulebase, expectation, recommendation)
    if not accepted:
        yield Failure("leaders", leading, names(rulebase, sorted(expectation.leads), "or"))
    elif not any(not by or shipper_of[lead] in by for lead, by in wanted_by.items()):
        wanted = names(rulebase, sorted(set().union(*wanted_by.values())), "or")
        yield Failure("plan", leading, f"{wanted} to ship")
    verdict, least = recommendation.verdict, VERDICTS.index(expectation.verdict)
    if VERDICTS.index(verdict) < least:
        wanted = listed([LEAD_WORDS[each] for each in VERDICTS[least:]], "or")
        yield Failure("verdict", f"{leading}: {LEAD_WORDS[verdict]}", wanted)
    settled = recommendation.settled
    if expectation.settled and not (
        settled.plan if expectation.settled == "plan" else settled.lead
    ):
        message = f"open answers can still change the {expectation.settled}"
        yield Failure("settled", message, "answers that settle it")
    if expectation.all_used and (idle := unused(recommendation)):
        message = f"the recommendation does not rest on {', '.join(idle)}"
        yield Failure("all-used", message, "answers and marks that count")
    if expectation.max_age is not None and age > expectation.max_age:
        message = f"the edition is {age} days old"
        yield Failure("max-age", message, f"at most {expectation.max_age}")


def outcome_sentence(
    rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation
) -> str:
    """Return in a sentence what was expected, what is recommended, and how sure that is.

    Example: "Expected a:b; A leads, and A ships itself: clear, plan settled."
    """
    return f"Expected {expectation}; {found_in_words(rulebase, expectation, recommendation)}."


def found_in_words(
    rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation
) -> str:
    """Return what is recommended, how sure that is and what was not used, without a full stop."""
    if recommendation.verdict in NOTHING:
        told = NOTHING[recommendation.verdict]
    else:
        settled = recommendation.settled
        whole = expectation.plans or expectation.settled == "plan"
        firm = settled.plan if whole else settled.lead
        how_sure = f"{'plan ' if whole else ''}{'settled' if firm else 'not settled'}"
        leading = _leading(rulebase, expectation, recommendation)
        told = f"{leading}: {LEAD_WORDS[recommendation.verdict]}, {how_sure}"
    left_out = unused(recommendation)
    return f"{told}; not used: {', '.join(left_out)}" if left_out else told


def unused(recommendation: Recommendation) -> tuple[str, ...]:
    """Return what was said in vain: `("serving", "important=deploy")`, a mark behind its key."""
    idle = {mark.question for mark in recommendation.idle_marks}
    return (*recommendation.ignored, *(f"important={name}" for name in sorted(idle)))


def _accepted(expectation: Expectation, recommendation: Recommendation) -> list[str]:
    """Return the leaders that are among those expected."""
    leads = expectation.leads
    return [name for name in recommendation.leaders if not leads or name in leads]


def _leading(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> str:
    """Say who leads, and what was expected of it: to lead, alone or not, and with whom."""
    leaders, accepted = recommendation.leaders, _accepted(expectation, recommendation)
    told = f"{names(rulebase, leaders)} {'are level' if len(leaders) > 1 else 'leads'}"
    if len(leaders) > 1 and accepted and expectation.leads:
        who = "it" if len(expectation.leads) == 1 else names(rulebase, accepted)
        told += f", so {who} {'shares' if len(accepted) == 1 else 'share'} the lead"
    for standing in recommendation.standings:
        lead, plan = standing.framework, standing.plan
        if not plan or lead not in accepted or lead not in dict(expectation.plans):
            continue
        if plan.shipper is None:
            told += ", and nothing has to be shipped"
        elif plan.shipper == lead:
            told += f", and {names(rulebase, [lead])} ships itself"
        else:
            by = names(rulebase, [plan.shipper])
            told += f", and {names(rulebase, [lead])} is shipped with {by}"
    return told
