"""Whether the results agree, and in how many answers they differ, each in a sentence."""

from collections.abc import Collection, Iterator, Sequence

from advisor.model.comparison import Comparison, Weight
from advisor.model.recommendation import Plan, leading_plans
from advisor.output.words import counted, listed, names
from advisor.query.write import FEWEST
from advisor.web.views.comparison.comparing import Comparing

PLAN_WORDS = "what the leader ships with or runs on"
"""The rest of a leading plan."""

TO_LEAD = frozenset({Weight.ALONE, Weight.TOGETHER})
TO_PLAN = frozenset({Weight.PLAN, Weight.PLAN_TOGETHER})


def agreement(comparing: Comparing) -> str:
    """Say whether all lead to the same, and with the same plans."""
    results = comparing.comparison.results
    found = {result.leaders for result in results}
    two = len(results) == FEWEST
    if len(found) > 1:
        return "They do not lead to the same." if two else "They do not all lead to the same."
    (leaders,) = found
    if not leaders:
        return f"{'Neither' if two else 'None'} of them leads to anybody."
    plans = [leading_plans(result.standings) for result in results]
    apart = _apart(comparing, plans)
    builds = len(leaders) == 1 and all(_building(each) for each in plans)
    do = "build with" if builds and apart else "lead to"
    told = f"{comparing.everyone} {do} {names(comparing.rulebase, leaders)}"
    return f"{told}; {apart}." if apart else f"{told}."


def _building(plans: Collection[Plan]) -> bool:
    return any(plan.builder for plan in plans)


def _shipping(plans: Collection[Plan]) -> bool:
    return any(plan.shipper for plan in plans)


def _apart(comparing: Comparing, results: Sequence[Collection[Plan]]) -> str:
    """Say in what the plans of the same leaders differ; nothing where they do not."""
    some = [
        f"only {comparing.letters(doing)} {verb}{'s' if len(doing) == 1 else ''}"
        for verb, does in (("build", _building), ("ship", _shipping))
        if (doing := [number for number, plans in enumerate(results) if does(plans)])
        if len(doing) < len(results)
    ]
    differently = listed(list(_differently([plan for plans in results for plan in plans])))
    return ", and ".join([*some, *([f"they {differently}"] if differently else [])])


def _differently(plans: Collection[Plan]) -> Iterator[str]:
    """Say what plans of the same leaders do differently."""
    if _several((plan.lead, plan.shipper) for plan in plans if plan.shipper):
        yield "ship with different tools"
    if _several((plan.lead, plan.backend) for plan in plans if plan.builder):
        yield "run on different backends"
    if _several(((plan.lead, plan.shipper), plan.edge) for plan in plans if plan.shipper):
        yield "hand over in different ways"


def _several(pairs: Iterator[tuple[object, object]]) -> bool:
    """Say whether some key comes with more than one value."""
    found = set(pairs)
    return len({key for key, _ in found}) < len(found)


def how_many(comparison: Comparison) -> str:
    """Say in how many answers the results differ, and in how many of them it matters."""
    weights = [differing.weight for differing in comparison.differing]
    lead = sum(weight in TO_LEAD for weight in weights)
    plan = sum(weight in TO_PLAN for weight in weights)
    differ = f"They differ in {counted(len(weights), 'answer')}"
    if lead == len(weights):
        return f"{differ}, and all of it bears on who leads."
    if lead:
        more = f", and {counted(plan, 'more', 'more')} on {PLAN_WORDS}" if plan else ""
        return f"{differ}; {_bearing(lead)} on who leads{more}."
    if plan:
        all_of_it = "all of it bears" if plan == len(weights) else _bearing(plan)
        return f"{differ}; none of that changes who leads, but {all_of_it} on {PLAN_WORDS}."
    return f"{differ}, and none of that changes who leads, or with which plan."


def _bearing(number: int) -> str:
    return counted(number, "of them bears", "of them bear")
