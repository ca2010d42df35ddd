"""How far plans can come, and come apart, while questions are open: what is sure, what is not.

Everything that fires is sorted into what does so under every completion, what hangs on one open
question, and what hangs on several; counting double is one thing more that may happen.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from typing import NamedTuple

import numpy as np

from advisor.engine.scoring.index import Counts, Flags, Index, Numbers
from advisor.engine.scoring.items import Candidate, Kind, Slot
from advisor.engine.scoring.verdict import Scored
from advisor.engine.whatif.completions import Options, Situation
from advisor.model.remembered import remembered
from advisor.model.rules import Role

Duel = tuple[int, int]
"""A plan that may catch up, and one of a leader's that it may catch up with, by number."""

NOBODY = -1
"""Stands for a plan where a leader may lose its place without any rival."""


class Bounds:
    """What is sure and what is not under some options, and so how far plans can come apart.

    The options of all questions stand below each other as rows. A *total* is what a plan scores,
    or a backend of a framework has, as in the index.

    Attributes:
        options: what each question could end with.
        questions: those that have options.
        ever: the clauses that bear on plans and hold under some completion.
        sure, maybe: the items that fire under every completion, and under some.
        several: the items that hang, or hang on counting double, on several questions.
        hanging: for each question the items that hang on it.
        varies: for each question whether its options leave different clauses unmet.
    """

    def __init__(self, situation: Situation, options: Options) -> None:
        """Sort everything that bears on plans and backends by how far it is decided.

        The options are what each question could end with: those of a situation, or a part of them.
        """
        self.index = index = situation.index
        self.options, completions, marked = options, situation.completions, situation.marked
        self.questions = tuple(options)
        least, most = situation.extremes
        if options is not situation.options:
            least, most = completions.extremes(options)
        self.varies = (least != most).any(axis=1).tolist()
        # From here on, what bears on plans alone: not conflicts, notes and steps.
        self.ever = ~np.logical_or.reduce(least)
        self.ever[index.width :] = False
        always = ~most[:, : index.width].astype(bool)
        sure, self.maybe, self.hanging = self._part(always, np.ones(index.width, bool))
        count = self.hanging.sum(axis=0)
        self.several, single = count > 1, count == 1
        # What surely passes under each option, the other questions being open. A question with
        # one option brings nothing: what hangs on no other is sure.
        self._open = [place for place, each in enumerate(options.values()) if len(each) > 1]
        self._numbers = [
            completions.representatives_of(name, numbers)
            for name, numbers in options.items()
            if len(numbers) > 1
        ]
        sizes = [len(numbers) for numbers in self._numbers]
        self._starts = np.cumsum([0, *sizes])[:-1]
        rows = [
            completions.starts[self.questions[place]] + number
            for place, numbers in zip(self._open, self._numbers, strict=True)
            for number in numbers
        ]
        open_always = always[self._open]
        others = (~always).sum(axis=0) - ~open_always == 0
        under = (completions.unmet[rows, : index.width] == 0) & np.repeat(others, sizes, axis=0)
        fired, doubled, sure_double = index.fold(under) & single, None, None
        joint = index.points[self.several[: index.pointed]]
        if marked is not None:
            marked = marked[: index.width]
            sure_double, _, hanging = self._part(always, marked)
            count = hanging.sum(axis=0)
            pairs = (count > 1)[: index.pointed]
            self.several[: index.pointed] |= pairs
            doubled = index.fold(under & marked) & (count == 1)
            joint = np.concatenate([joint, index.points[: index.pointed][pairs]])
        # A stop or a switch is sure as well that every option of one question makes fire.
        covered = np.logical_and.reduceat(fired[:, index.pointed :], self._starts, axis=0)
        self.sure = sure.copy()
        self.sure[index.pointed :] |= covered.any(axis=0)
        # Of each total: what is surely in it, what each option adds, what several may add.
        self._base: Numbers = index.times(sure, sure_double) @ index.points
        self._added: Numbers = index.times(fired, doubled) @ index.points
        self._joint = joint

    @cached_property
    def gaps(self) -> Numbers:
        """Return for every two totals how far the first can come out above the second at most.

        An upper bound; exact where nothing hangs on several questions.
        """
        every = (self._base, self._added, self._joint)
        return self._most(*(each[..., :, None] - each[..., None, :] for each in every))

    def _most(self, base: Numbers, added: Numbers, joint: Numbers) -> Numbers:
        """Add to what is sure the best option of each question, and what may help beside them."""
        best: Numbers = np.maximum.reduceat(added, self._starts, axis=0).sum(axis=0)
        most: Numbers = base + best + np.maximum(0, joint).sum(axis=0)
        return most

    def reach(self) -> dict[str, tuple[int, int]]:
        """Return for each framework the least and the most that its best plan can score.

        Bounds, and wider than what is reached where something hangs on several questions.
        Frameworks that can lead no plan, whatever is answered, are left out.
        """
        index, plans = self.index, slice(len(self.index.plans))
        least = -self._most(-self._base, -self._added, -self._joint)[plans]
        most = self._most(self._base, self._added, self._joint)[plans]
        leads: Flags = index.leads.T > 0
        left = plans_left(index, self.sure, self.maybe)
        may, must = leads & left.may, leads & left.must
        # Plans with a reason of their lead's own go before all others.
        _, own_reasons = index.add_up(index.times(np.array([self.maybe, self.sure])))
        first, certain = may & (own_reasons[0] > 0), must & (own_reasons[1] > 0)
        kept = np.where(first.any(axis=1, keepdims=True), certain, must)
        surely = np.where(kept, least, -np.inf).max(axis=1, initial=-np.inf)
        perhaps = np.where(may, least, np.inf).min(axis=1, initial=np.inf)
        lows = np.where(kept.any(axis=1), surely, perhaps)
        highest = np.where(certain.any(axis=1, keepdims=True), first, may)
        highs = np.where(highest, most, -np.inf).max(axis=1, initial=-np.inf)
        led: Flags = np.logical_or.reduce(may, axis=1)
        found = zip(compress(index.names, led), lows[led], highs[led], strict=True)
        return {name: (int(low), int(high)) for name, low, high in found}

    def _part(self, always: Flags, clauses: Flags) -> tuple[Flags, Flags, Flags]:
        """Sort the items by how far the options decide these clauses of theirs.

        Returns:
            Those that fire under every completion, those that do under some, and for each
            question those that hang on it.
        """
        fold = self.index.fold
        ever = self.ever[: self.index.width] & clauses
        sure = fold(always.all(axis=0) & clauses)
        return sure, fold(ever), fold(ever & ~always) & ~sure

    def worst(self, theirs: int, ours: int) -> dict[str, int]:
        """Return for each question the option that brings two totals furthest apart."""
        apart = self._added[:, theirs] - self._added[:, ours]
        worst = {question: min(numbers) for question, numbers in self.options.items()}
        for place, numbers, start in zip(
            self._open, self._numbers, self._starts.tolist(), strict=True
        ):
            best = int(apart[start : start + len(numbers)].argmax())
            worst[self.questions[place]] = numbers[best]
        return worst


def holding(least: Counts, most: Counts) -> tuple[Flags, Flags]:
    """Say which clauses hold under some completion, and which under all.

    Given is for each question what its options leave unmet at least, and at most.
    """
    return ~np.logical_or.reduce(least), ~np.logical_or.reduce(most)


class PlansLeft(NamedTuple):
    """The plans that stops and switches leave.

    Attributes:
        may, must: those that they leave under some completion, and under all.
        roles: the roles that somebody may have to take.
    """

    may: Flags
    must: Flags
    roles: frozenset[Role]


def plans_left(index: Index, sure: Flags, maybe: Flags) -> PlansLeft:
    """Say which plans are left; given are the items that surely fire, and those that may."""
    part = slice(index.pointed, index.deciding)
    return _plans_left(index, sure[part].tobytes(), maybe[part].tobytes())


@remembered(512)
def _plans_left(index: Index, *firing: bytes) -> PlansLeft:
    """Work out which plans are left; remembered, as few items stop or switch anything."""
    # Those before them bring points alone.
    sure, maybe = (np.array([*bytes(index.pointed), *each], bool) for each in firing)
    stops, switches, ways = (index.kinds[kind] for kind in (Kind.STOP, Kind.SWITCH, Kind.FINISHED))
    # The first switch that fires is heard: any up to the first that surely does may be it.
    count = switches.stop - switches.start
    certain = np.flatnonzero(sure[switches])[:1]
    heard = np.eye(count, dtype=bool)[
        maybe[switches] & (np.arange(count) <= certain.min(initial=count))
    ]
    if not certain.size:
        heard = np.concatenate([heard, np.zeros((1, count), bool)])
    # A finished model opens one way and closes another: each may be there, or may not.
    rows = np.tile(sure, (2 * len(heard), 1))
    rows[:, switches] = np.concatenate([heard, heard])
    rows[len(heard) :, ways] = maybe[ways]
    roles = frozenset().union(*map(index.roles_under, rows))
    # Rows that nothing tells apart come back as one.
    may: Flags = np.logical_or.reduce(np.atleast_2d(index.possible(rows)))
    rows[:, stops] = maybe[stops]
    must: Flags = np.logical_and.reduce(np.atleast_2d(index.possible(rows)))
    for flags in (may, must):
        flags.setflags(write=False)
    return PlansLeft(may, must, roles)


class Safety:
    """The plans that matter under some options in which the roles are decided."""

    def __init__(self, bounds: Bounds, leaders: Sequence[str]) -> None:
        """Find the plans that may be contenders, and those of leaders that surely are."""
        self.index = bounds.index
        self.bounds = bounds
        self.tie = self.index.rulebase.margins.tie
        stops = self.index.kinds[Kind.STOP]
        most = bounds.sure.copy()
        most[stops] = bounds.maybe[stops]
        self.possible = self._contenders(bounds.sure, bounds.maybe)
        surely = self._contenders(most, bounds.sure)
        self.safe = {name: [plan for plan, lead in surely if lead == name] for name in leaders}

    def _contenders(self, structure: Flags, fired: Flags) -> list[tuple[int, str]]:
        """Return the plans, each with its lead, that may lead.

        The structure is what stops and switches fire; one of the items that fired has to be a
        reason of the lead's own.
        """
        _, own_reasons = self.index.add_up(self.index.times(fired))
        numbers = np.flatnonzero(self.index.possible(structure) & (own_reasons > 0)).tolist()
        return [(number, self.index.plans[number].lead) for number in numbers]

    def threat(self) -> Duel | None:
        """Return a plan that is not surely kept from changing who leads; None where all are.

        Returns:
            The plan, and the leader's plan that keeps it down best; `NOBODY` twice where some
            leader may lose its place without any rival.
        """
        if not all(self.safe.values()):
            return (NOBODY, NOBODY)
        everybody = [plan for plans in self.safe.values() for plan in plans]
        for plan, lead in self.possible:
            if lead not in self.safe:
                if (duel := self._duel(plan, everybody, -self.tie - 1)) is not None:
                    return duel
                continue
            for other, ours in self.safe.items():
                if other != lead and (duel := self._duel(plan, ours, self.tie)) is not None:
                    return duel
        return None

    def _duel(self, plan: int, ours: Sequence[int], most: int) -> Duel | None:
        """Return the duel in which a plan may come out more than `most` above all of ours."""
        gaps = ((int(self.bounds.gaps[plan, our]), our) for our in ours)
        gap, best = min(gaps, default=(most + 1, NOBODY))
        return (plan, best) if gap > most else None

    def plans_hold(self, leaders: Sequence[Scored]) -> bool:
        """Say whether each leader surely keeps its plan, where the lead is safe."""
        ours = {scored.candidate.lead: scored.number for scored in leaders}
        if not all(number in self.safe[lead] for lead, number in ours.items()):
            return False
        seconds = [(ours[lead], plan) for plan, lead in self.possible if lead in ours]
        if not all(our == plan or self._stays_before(our, plan) for our, plan in seconds):
            return False
        return all(self._backend_holds(plan) for plan in leaders)

    def _stays_before(self, our: int, other: int) -> bool:
        """Say whether a leader's plan surely stays better than another one that it leads."""
        gap, plans = self.bounds.gaps[other, our], self.index.plans
        if gap or plans[our].backends:
            return bool(gap < 0)
        return _order(plans[our]) < _order(plans[other])

    def _backend_holds(self, plan: Scored) -> bool:
        """Say whether the backend that a leader's plan has now surely stays the best."""
        if not plan.backend:
            return not plan.candidate.backends
        surely = plan.candidate.open_backends(self._blocked(self.bounds.maybe))
        if plan.backend not in {backend.id for backend in surely}:
            return False
        totals, lead = self.index.backends, plan.candidate.lead
        return all(
            self.bounds.gaps[totals[lead, rival.id], totals[lead, plan.backend]] < 0
            for rival in plan.candidate.open_backends(self._blocked(self.bounds.sure))
            if rival.id != plan.backend
        )

    def _blocked(self, fired: Flags) -> set[Slot]:
        """Return the roles that the stops among these items forbid."""
        return {slot for item in self.index.listed(fired, Kind.STOP) for slot in item.slots}


def _order(plan: Candidate) -> tuple[int, str, str]:
    """Return what decides between equal plans of one lead that needs no backend."""
    return len(plan.tools), plan.shipper or "", plan.edge
