"""Whether the leaders of a result lead under every completion of what is left open.

Compares plans two by two with bounds on how far one can come out above the other.
"""

from collections.abc import Sequence

from advisor.engine.items import Kind, Slot
from advisor.engine.lanes import Field, Lanes
from advisor.engine.plans import Candidate, Scored, open_backends
from advisor.engine.residue import Residue

Duel = tuple[int, int]
"""A plan that may catch up, and one of a leader's that it may catch up with."""

NOBODY = -1
"""Stands for a plan where a leader may lose its place without any rival."""


class Safety:
    """The plans that matter under some options in which the roles are decided."""

    def __init__(self, lanes: Lanes, left: Residue, leaders: Sequence[str]) -> None:
        """Find the plans that may be contenders, and those of leaders that surely are."""
        self.lanes = lanes
        self.left = left
        self.leaders = leaders
        self.tie = lanes.index.rulebase.margins.tie
        stops = lanes.index.kinds[Kind.STOP]
        switches = left.sure & lanes.structure & ~stops
        self.possible = self._with_reason(lanes.field(left.sure & stops | switches), left.maybe)
        surely = self._with_reason(lanes.field(left.maybe & stops | switches), left.sure)
        self.safe = {name: [plan for plan, lead in surely if lead == name] for name in leaders}

    def _with_reason(self, field: Field, fired: int) -> tuple[tuple[int, str], ...]:
        """Return those plans that have a reason of their lead's own when these items fire."""
        own = self.lanes.own
        return tuple((plan, lead) for plan, lead in field.plans if fired & own[plan])

    def threat(self) -> Duel | None:
        """Return a plan that is not surely kept from changing who leads; None where all are.

        Returns:
            The plan, and the leader's plan that keeps it down best; `NOBODY` twice where some
            leader may lose its place without any rival.
        """
        if not all(self.safe.values()):
            return (NOBODY, NOBODY)
        for plan, lead in self.possible:
            if lead not in self.safe:
                everybody = [our for ours in self.safe.values() for our in ours]
                if (duel := self._duel(plan, everybody, -self.tie - 1)) is not None:
                    return duel
                continue
            for other, ours in self.safe.items():
                if other != lead and (duel := self._duel(plan, ours, self.tie)) is not None:
                    return duel
        return None

    def _duel(self, plan: int, ours: Sequence[int], most: int) -> Duel | None:
        """Return the duel in which a plan may come out more than `most` above all of ours."""
        gaps = ((self.left.gap(plan, our), our) for our in ours)
        gap, best = min(gaps, default=(most + 1, NOBODY))
        return (plan, best) if gap > most else None

    def plans_hold(self, leaders: Sequence[Scored]) -> bool:
        """Say whether each leader surely keeps its plan, where the lead is safe."""
        ours = {plan.candidate.lead: self._number(plan.candidate) for plan in leaders}
        if not all(number in self.safe[lead] for lead, number in ours.items()):
            return False
        seconds = [(ours[lead], plan) for plan, lead in self.possible if lead in ours]
        if not all(our == plan or self._stays_before(our, plan) for our, plan in seconds):
            return False
        return all(self._backend_holds(plan) for plan in leaders)

    def _stays_before(self, our: int, plan: int) -> bool:
        """Say whether a leader's plan surely stays better than another one that it leads."""
        gap = self.left.gap(plan, our)
        if gap or self.lanes.plans[our].backends:
            return gap < 0
        return _order(self.lanes.plans[our]) < _order(self.lanes.plans[plan])

    def _number(self, plan: Candidate) -> int:
        return self.lanes.plans.index(plan)

    def _backend_holds(self, plan: Scored) -> bool:
        """Say whether the backend that a leader's plan has now surely stays the best."""
        if not plan.backend:
            return not plan.candidate.backends
        surely = {each.id for each in open_backends(plan.candidate, self._blocked(self.left.maybe))}
        if plan.backend not in surely:
            return False
        lane = self._lane(plan, plan.backend)
        return all(
            self.left.gap(self._lane(plan, rival.id), lane) < 0
            for rival in open_backends(plan.candidate, self._blocked(self.left.sure))
            if rival.id != plan.backend
        )

    def _lane(self, plan: Scored, backend: str) -> int:
        """Return the lane of a backend of a plan's builder."""
        return len(self.lanes.plans) + self.lanes.chosen.index((plan.candidate.lead, backend))

    def _blocked(self, fired: int) -> set[Slot]:
        """Return the roles that the stops among these items forbid."""
        index = self.lanes.index
        stops = index.listed(fired & index.kinds[Kind.STOP])
        return {slot for item in stops for slot in item.slots}


def _order(plan: Candidate) -> tuple[int, str, str]:
    """Return what decides between equal plans of one lead that needs no backend."""
    return len({plan.builder, plan.shipper} - {None}), plan.shipper or "", plan.edge
