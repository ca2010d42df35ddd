"""Bounds on scores, and on differences of scores, while questions are open: interval arithmetic.

A *completion* is one way of answering every open question. Items are sorted into those that fire
under every completion, those whose firing depends on one open question, and those on several. What
counts double is sorted in the same way.
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
"""Stands for a plan in a duel where a leader may lose its place without any rival."""


class Bounds:
    """What surely fires within some options, what may, and what that adds up to.

    The options of all questions stand below each other as rows. A *total* is what a plan scores,
    or a backend of a framework has, as in the index.

    Attributes:
        options: what each question could end with.
        questions: those that have options.
        ever: the clauses that bear on plans and hold under some completion.
        sure, maybe: the items that fire under every completion, and under some.
        several: the items whose firing, or doubling, depends on more than one question.
        dependent: for each question the items whose firing depends on it.
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
        sure, self.maybe, self.dependent = self._part(always, np.ones(index.width, bool))
        count = self.dependent.sum(axis=0)
        self.several, single = count > 1, count == 1
        # What surely fires under each option, the other questions being open. A question with
        # one option adds nothing: what depends on no other is sure.
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
        # Of each open question the clauses that no other question can leave unmet.
        doubtful = ~always
        own = doubtful.sum(axis=0) - doubtful[self._open] == 0
        under = (completions.unmet[rows, : index.width] == 0) & np.repeat(own, sizes, axis=0)
        fired, doubled, sure_double = index.fold(under) & single, None, None
        joint = index.points[self.several[: index.pointed]]
        if marked is not None:
            marked = marked[: index.width]
            sure_double, _, dependent = self._part(always, marked)
            count = dependent.sum(axis=0)
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

        An upper bound; exact where nothing depends on several questions.
        """
        every = (self._base, self._added, self._joint)
        return self._most(*(each[..., :, None] - each[..., None, :] for each in every))

    def _most(self, base: Numbers, added: Numbers, joint: Numbers) -> Numbers:
        """Add up what is sure, the best option of each question, and what helps of the rest."""
        best: Numbers = np.maximum.reduceat(added, self._starts, axis=0).sum(axis=0)
        most: Numbers = base + best + np.maximum(0, joint).sum(axis=0)
        return most

    def reach(self) -> dict[str, tuple[int, int]]:
        """Return for each framework the least and the most that its best plan can score.

        Bounds, and wider than what is reached where something depends on several questions.
        Frameworks that can lead no plan, whatever is answered, are left out.
        """
        index, plans = self.index, slice(len(self.index.plans))
        least = -self._most(-self._base, -self._added, -self._joint)[plans]
        most = self._most(self._base, self._added, self._joint)[plans]
        leads: Flags = index.leads.T > 0
        left = plans_left(index, self.sure, self.maybe)
        may, must = leads & left.may, leads & left.must
        # A framework's best plan has the most points among its plans with a reason of its own, or
        # among all that are left where none has one. So
        #   low = max(least of the plans that are surely among those), if any is; else min(least)
        #   high = max(most of the plans that may be among those)
        _, own_reasons = index.add_up(index.times(np.array([self.maybe, self.sure])))
        may_have_own, must_have_own = may & (own_reasons[0] > 0), must & (own_reasons[1] > 0)
        surely = np.where(may_have_own.any(axis=1, keepdims=True), must_have_own, must)
        low_of_sure = np.where(surely, least, -np.inf).max(axis=1, initial=-np.inf)
        low_of_any = np.where(may, least, np.inf).min(axis=1, initial=np.inf)
        lows = np.where(surely.any(axis=1), low_of_sure, low_of_any)
        perhaps = np.where(must_have_own.any(axis=1, keepdims=True), may_have_own, may)
        highs = np.where(perhaps, most, -np.inf).max(axis=1, initial=-np.inf)
        led: Flags = np.logical_or.reduce(may, axis=1)
        found = zip(compress(index.names, led), lows[led], highs[led], strict=True)
        return {name: (int(low), int(high)) for name, low, high in found}

    def _part(self, always: Flags, clauses: Flags) -> tuple[Flags, Flags, Flags]:
        """Sort the items by how far the options decide these clauses of theirs.

        Returns:
            Those that fire under every completion, those that do under some, and for each
            question those whose firing depends on it.
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
    # As bytes, since what is remembered needs arguments that can be hashed.
    return _plans_left(index, sure[part].tobytes(), maybe[part].tobytes())


@remembered(512)
def _plans_left(index: Index, *firing: bytes) -> PlansLeft:
    """Work out which plans are left; remembered, as few items stop or switch anything."""
    # The items before them, as if none fired: they bring points alone.
    sure, maybe = (np.array([*bytes(index.pointed), *each], bool) for each in firing)
    kinds = Kind.STOP, Kind.SWITCH, Kind.FINISHED
    stops, switches, finished = (index.kinds[kind] for kind in kinds)
    # The first switch that fires is heard: any up to the first that surely does may be it.
    count = switches.stop - switches.start
    certain = np.flatnonzero(sure[switches])[:1]
    heard = np.eye(count, dtype=bool)[
        maybe[switches] & (np.arange(count) <= certain.min(initial=count))
    ]
    if not certain.size:
        heard = np.concatenate([heard, np.zeros((1, count), bool)])
    # A finished model makes one plan possible and rules out another: it may be there, or not.
    rows = np.tile(sure, (2 * len(heard), 1))
    rows[:, switches] = np.concatenate([heard, heard])
    rows[len(heard) :, finished] = maybe[finished]
    roles = frozenset().union(*map(index.roles_under, rows))
    # Rows that nothing tells apart come back as one.
    may: Flags = np.logical_or.reduce(np.atleast_2d(index.possible(rows)))
    rows[:, stops] = maybe[stops]
    must: Flags = np.logical_and.reduce(np.atleast_2d(index.possible(rows)))
    for flags in (may, must):
        flags.setflags(write=False)
    return PlansLeft(may, must, roles)


class Safety:
    """Whether the leaders stay, within bounds under which it is sure who has to build and ship."""

    def __init__(self, bounds: Bounds, leaders: Sequence[str]) -> None:
        """Find the plans that may lead, and for each leader those that surely may."""
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
        """Return the plans that can lead, each with its lead.

        The structure is the items to take stops and switches from; of those that fired one has to
        be a reason of the lead's own.
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
