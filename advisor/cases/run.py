"""Runs cases, and says in words where a recommendation is not the one we stand by."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from advisor.cases.decided import decided
from advisor.cases.plans import is_named, name_of
from advisor.cases.shape import Case, ExpectedShape
from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Plan, Recommendation, State, leading_plans
from advisor.model.rulebase import RuleBase


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came out of a case on one basis.

    Attributes:
        differences: what is not as expected, one sentence each; empty when all is well.
        decided: for a case that fails, lines of a table of the reasons that decided.
    """

    case: Case
    basis: Basis
    differences: tuple[str, ...]
    decided: tuple[str, ...]


def run_cases(rulebase: RuleBase, cases: Iterable[Case]) -> Iterator[CaseResult]:
    """Run each case on each basis that it speaks of."""
    for case in cases:
        for basis, expected in case.expected.items():
            recommendation = recommend(rulebase, case.answers, basis)
            differences = tuple(_differences(expected, recommendation))
            table = decided(recommendation, expected.leaders) if differences else ()
            yield CaseResult(case, basis, differences, table)


def _differences(expected: ExpectedShape, actual: Recommendation) -> Iterator[str]:
    """Say what is not as expected."""
    if set(expected.leaders) != set(actual.leaders):
        yield f"leaders are {_listed(actual.leaders)}, expected {_listed(expected.leaders)}"
    if expected.verdict != actual.verdict:
        margin = "" if actual.margin is None else f" by {actual.margin}"
        yield f"verdict is {actual.verdict}{margin}, expected {expected.verdict}"
    yield from _plan_differences(expected.plans, leading_plans(actual.standings))
    told = _told(actual)
    yield from _missing("reason", expected.must, told)
    for rule in expected.must_not:
        if rule in told:
            yield f"reason '{rule}' appears, expected not to"
    ruled_out = [s.framework for s in actual.standings if s.state is State.RULED_OUT]
    yield from _missing("ruled-out framework", expected.ruled_out, ruled_out)
    yield from _missing("note", expected.notes, actual.notes)
    yield from _missing("migration", expected.migrations, actual.migrations)
    yield from _missing("disagreement", expected.disagreements, actual.disagreements)


def _plan_differences(names: Collection[str], plans: Collection[Plan]) -> Iterator[str]:
    """Compare the leaders' plans with the names of those expected."""
    if not names:
        return
    all_named = all(any(is_named(plan, name) for name in names) for plan in plans)
    all_there = all(any(is_named(plan, name) for plan in plans) for name in names)
    if not (all_named and all_there):
        actual = _listed([name_of(plan) for plan in plans])
        yield f"plans are {actual}, expected {_listed(names)}"


def _told(actual: Recommendation) -> set[str]:
    """Return the ids of the rules, costs and switches that appear somewhere in the result."""
    plans = [standing.plan for standing in actual.standings if standing.plan]
    reasons = [r for plan in plans for r in (*plan.reasons, *plan.backend_reasons)]
    stops = [stop for standing in actual.standings for stop in standing.stops]
    told = {thing.rule for things in (reasons, stops, actual.levels) for thing in things}
    return told | set(actual.switches)


def _missing(what: str, wanted: Iterable[str], there: Collection[str]) -> Iterator[str]:
    for name in wanted:
        if name not in there:
            yield f"{what} '{name}' is missing"


def _listed(names: Collection[str]) -> str:
    return " and ".join(names) if names else "nobody"
