"""Why the same answers give something else on the other basis: the claims that count for less.

Looks at what a result rests on: the reasons of its leading plans, whatever lets these plans
exist, and the stops that rule others out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from advisor.engine import consequences
from advisor.engine.basics import Basics, basics_of
from advisor.engine.index import Index, index_of
from advisor.engine.items import Admission, Kind
from advisor.model.explanation import BasesDiffer, Carrier
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Plan, Recommendation, Stopped, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Role

Rests = Iterator[tuple[str, str, int]]
"""Ids of claims, each with the id of what it carries and how much of that is lost, in points."""

WHOLE = 99
"""What losing a stop, a role, an edge or a backend counts for: more than any points."""


def bases_differ(rulebase: RuleBase, recommendation: Recommendation) -> BasesDiffer:
    """Say which claims make the difference between the bases."""
    here, there = recommendation.basis, recommendation.other.basis
    index_here, index_there = index_of(rulebase, here), index_of(rulebase, there)
    counts_here, counts_there = _counts(rulebase, here), _counts(rulebase, there)
    lost = _Loss(index_there, index_here, *_result(basics_of(index_there, recommendation.answers)))
    plans = leading_plans(recommendation.standings)
    stops = [stop for standing in recommendation.standings for stop in standing.stops]
    won = _Loss(index_here, index_there, plans, stops)

    def carrier(name: str, carries: tuple[str, ...]) -> Carrier:
        claim = rulebase.claims[name]
        counts = counts_here.get(name, 0), counts_there.get(name, 0)
        return Carrier(name, claim.status, claim.shown_by, *counts, carries)

    return BasesDiffer(
        basis=there,
        there=tuple(carrier(*carried) for carried in lost.carried()),
        here=tuple(carrier(*carried) for carried in won.carried()),
    )


def _result(basics: Basics) -> tuple[Sequence[Plan], Sequence[Stopped]]:
    """Return the leaders' plans, and the stops that fired."""
    evaluation, leaders = basics.evaluation, basics.outcome.leaders
    plans = [consequences.plan_of(leader, evaluation) for leader in leaders]
    return plans, consequences.stops(evaluation, basics.roles)


@dataclass(frozen=True, slots=True, eq=False)
class _Loss:
    """What a result would lose on another basis than its own.

    Attributes:
        own: the basis of the result.
        other: the basis that it is held against.
        plans: the leaders' plans.
        stops: the stops that fired.
    """

    own: Index
    other: Index
    plans: Sequence[Plan]
    stops: Sequence[Stopped]

    def carried(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the claims that count for less there, the worst loss first, with what is lost."""
        carried: dict[str, dict[str, int]] = {}
        for claim, what, loss in (*self._existing(), *self._stopping(), *self._scoring()):
            carried.setdefault(claim, {})[what] = loss
        order = sorted(carried, key=lambda claim: (-max(carried[claim].values()), claim))
        return [(claim, tuple(sorted(carried[claim]))) for claim in order]

    def _scoring(self) -> Rests:
        """Yield the claims of the leaders' reasons that bring fewer points there, or none."""
        before, after = _points(self.own), _points(self.other)
        for plan in self.plans:
            for reason in (*plan.reasons, *plan.backend_reasons):
                loss = before[reason.rule] - after.get(reason.rule, 0)
                if loss > 0:
                    yield from ((c, reason.rule, loss) for c in self._weaker(reason.claims))

    def _weaker(self, claims: tuple[str, ...]) -> Iterator[str]:
        """Yield those of some claims that count for less on the other basis."""
        weaker = _weaker(self.own, self.other)
        return (claim for claim in claims if claim in weaker)

    def _stopping(self) -> Rests:
        """Yield the claims of the stops that fired and do not exist there."""
        kept = _stops(self.other)
        for stop in self.stops:
            if stop.rule not in kept:
                yield from ((claim, stop.rule, WHOLE) for claim in stop.claims)

    def _existing(self) -> Rests:
        """Yield the claims of what the leaders' plans are made of and what does not exist there."""
        counts = _counts(self.other.rulebase, self.other.basis)
        for plan in self.plans:
            for what, claims in self._parts(plan):
                if counts.keys().isdisjoint(claims):
                    yield from ((claim, what, WHOLE) for claim in self._weaker(claims))

    def _parts(self, plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the frameworks in a plan, its edge and its backend, each with its claims."""
        base = self.own.rulebase
        if plan.builder:
            yield plan.builder, base.frameworks[plan.builder].roles[Role.BUILD]
        if plan.shipper:
            yield plan.shipper, base.frameworks[plan.shipper].roles[Role.SHIP]
        if plan.edge:
            yield plan.edge, base.edges[plan.edge].claims
        for backend in base.frameworks[plan.lead].backends:
            if backend.id == plan.backend:
                yield backend.id, backend.claims


@lru_cache(maxsize=8)
def _counts(rulebase: RuleBase, basis: Basis) -> Mapping[str, int]:
    """Return the claims that count on a basis, each with its cap in points."""
    return Admission(rulebase, basis).caps(rulebase.claims)


@lru_cache(maxsize=8)
def _weaker(own: Index, other: Index) -> frozenset[str]:
    """Return the claims that count for less on another basis than on their own."""
    before, after = (_counts(index.rulebase, index.basis) for index in (own, other))
    return frozenset(claim for claim in before if after.get(claim, 0) < before[claim])


@lru_cache(maxsize=8)
def _stops(index: Index) -> frozenset[str]:
    """Return the stops that exist on a basis."""
    return frozenset(item.id for item in index.listed(index.kinds[Kind.STOP]))


@lru_cache(maxsize=8)
def _points(index: Index) -> Mapping[str, int]:
    """Return how many points everything that has any brings on a basis, whichever way."""
    return {item.id: abs(item.points) for item in index.items if item.points}
