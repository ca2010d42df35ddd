"""Everything that can fire on a basis, laid out as matrices, so that answers are rows of numbers.

A row has one number for each clause of each item: how many of its conditions the answers
leave unmet. Where that is 0 the clause holds; an item fires when one of its clauses does. The row
is the sum of what each answer leaves unmet, so one answer more or less is one row added or
subtracted, and many sets of answers are the rows of one matrix.

All arrays have one dimension for one set of answers, two for many.
"""

from collections.abc import Callable, Collection, Sequence
from copy import copy
from itertools import chain, count
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from advisor.engine.scoring.conditions import Chosen, met
from advisor.engine.scoring.items import Candidate, Item, Kind, candidates, items_of, within
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.remembered import MEMORY, remembered
from advisor.model.rulebase import RuleBase
from advisor.model.rules import UNANSWERED, Barred, Clause, Role, Switch, answered

Flags = NDArray[np.bool_]
Counts = NDArray[np.int8]
Numbers = NDArray[np.float32]
"""Whole numbers: single precision adds them exactly up to 2 ** 24, and multiplies them fast."""


class _Folding(NamedTuple):
    """Which clauses belong to which item, for rows of one width.

    Attributes:
        first: where the first clauses stand, one for each item.
        others: where all other clauses stand, item by item.
        starts: for each item that has others, the first of its own among them.
        owners: the numbers of those items.
    """

    first: list[slice]
    others: list[slice]
    starts: NDArray[np.int_]
    owners: NDArray[np.int_]


POINTED = (Kind.SCORE, Kind.PREFER, Kind.COST)
"""The kinds that bring points, or cost some."""

DECIDING = (*POINTED, Kind.STOP, Kind.SWITCH, Kind.FINISHED)
"""The kinds on which plans, their scores and who leads can depend. They come first among items, so
that rows can be cut off behind them."""


class Index:
    """What is active on one basis, laid out as matrices: once for a rule base and a basis.

    Attributes:
        items: what can fire, by kind and id.
        kinds: for each kind the slice of its items.
        pointed, deciding: `items[:pointed]` bring points, `items[:deciding]` can change a plan or
            the lead.
        width: the first so many clauses are those of deciding items.
        looks: for each question which clauses have a condition on it.
        asks: the same for conditions that only an answer meets: where the question is marked,
            what fires by such a clause counts double.
        clauses: for each item its clauses by number, `answered` ones included, each with
            the questions by whose answers it holds, sorted.
        owners: for each clause the number of its item.
        whole: the index of all plans, whatever the constraints; this one where there are none.
        plans: every plan there can be within the constraints, sorted by lead.
        totals: what points are added up to, each as the slots that belong to it: the plans, then
            the backends.
        backends: for every (framework, backend) the number of its total.
        points: what each pointed item brings to each total.
        worth: the points of each pointed item.
        names: ids of the frameworks, sorted.
        leads: for each plan a one for the framework that leads it.
    """

    def __init__(self, rulebase: RuleBase, basis: Basis) -> None:
        self.rulebase = rulebase
        self.basis = basis
        self.whole = self
        order = list(Kind)
        items = sorted(
            items_of(rulebase, basis), key=lambda each: (order.index(each.kind), each.id)
        )
        self.items = tuple(items)
        self._items = np.array(items, object)
        ends = np.cumsum([0, *(sum(item.kind is kind for item in items) for kind in order)])
        self.kinds = {kind: slice(*map(int, ends[n : n + 2])) for n, kind in enumerate(order)}
        self.pointed, self.deciding = (self.kinds[k[-1]].stop for k in (POINTED, DECIDING))
        self._lay_out_answers()
        self.names = tuple(sorted(rulebase.frameworks))
        self.lay_out(candidates(rulebase, basis))

    def within(self, answers: Answers) -> "Index":
        """Return the index of the plans that keep to the constraints that stand beside answers."""
        if not answers.without and not answers.one_tool:
            return self.whole
        return _within(self.whole, answers.without, answers.one_tool)

    def lay_out(self, plans: tuple[Candidate, ...]) -> None:
        """Write down what bears on each of these plans."""
        self.plans = plans
        self._lay_out_points()
        self._lay_out_stops()

    def _lay_out_answers(self) -> None:
        """Write down which clauses look at each question, and what its choices leave unmet."""
        # First those of deciding items, then those of all others; in each part the first clause of
        # every item, then the other clauses, item by item.
        numbered: list[tuple[int, Clause]] = []
        first: list[slice] = []
        others: list[slice] = []
        owners: list[int] = []
        self._folding: dict[int, _Folding] = {}
        for part in (slice(self.deciding), slice(self.deciding, None)):
            items = list(enumerate(self.items))[part]
            start, end = len(numbered), len(numbered) + len(items)
            numbered += [(number, item.when[0]) for number, item in items]
            numbered += [
                (number, more)
                for number, item in items
                for more in chain(item.when[1:], answered(item.when))
            ]
            first.append(slice(start, end))
            others.append(slice(end, len(numbered)))
            owners += [number for number, _ in numbered[end:]]
            folded, starts = np.unique(np.array(owners, int), return_index=True)
            self._folding[len(numbered)] = _Folding([*first], [*others], starts, folded)
        self.width = min(self._folding)
        # What each answer leaves unmet, as rows: for each question no answer, then each choice.
        rows, questions = count(), self.rulebase.questions
        self._row_of = {
            name: {each: next(rows) for each in (UNANSWERED, *(c.id for c in question.choices))}
            for name, question in questions.items()
        }
        # Of several choices one is enough to meet a condition, and one breaks a barred condition.
        shape = sum(map(len, self._row_of.values())), len(numbered)
        self._missing, self._barred = np.zeros((2, *shape), np.int8)
        self.looks, self.asks = (
            {name: np.zeros(len(numbered), bool) for name in questions} for _ in range(2)
        )
        self.clauses: dict[Item, list[tuple[int, tuple[str, ...]]]] = {}
        for place, (number, clause) in enumerate(numbered):
            asked = tuple(sorted(each.question for each in clause if each.asks))
            self.clauses.setdefault(self.items[number], []).append((place, asked))
            for each in clause:
                self.looks[each.question][place] = True
                self.asks[each.question][place] |= each.asks
                unmet = self._barred if isinstance(each, Barred) else self._missing
                # Several conditions on one question have a bit each, so that `unmet` can combine
                # the rows of several choices condition by condition.
                for choice, row in self._row_of[each.question].items():
                    unmet[row, place] = 2 * unmet[row, place] + (not met(each, (choice,)))
        self.owners = np.array([number for number, _ in numbered], int)
        self._rows = self._missing | self._barred

    def _lay_out_points(self) -> None:
        """Write down what each item brings to each total, and for which leads it is a reason."""
        pointed = self.items[: self.pointed]
        self.backends = {
            (framework.id, backend.id): number
            for number, (framework, backend) in enumerate(
                ((f, backend) for f in self.rulebase.frameworks.values() for backend in f.backends),
                start=len(self.plans),
            )
        }
        self.totals = (*(plan.slots for plan in self.plans), *((slot,) for slot in self.backends))
        self.points = _matrix(
            lambda item, slots: item.points * len({*item.slots} & {*slots}), pointed, self.totals
        )
        self.worth = np.array([item.points for item in pointed], np.float32)
        own = _matrix(
            lambda item, plan: item.points > 0 and not {*item.slots}.isdisjoint(plan.own),
            pointed,
            self.plans,
        )
        # One product gives both, so that NumPy is called once.
        self._points_and_own = np.hstack([self.points, own])
        self.leads = _matrix(lambda plan, name: plan.lead == name, self.plans, self.names)

    def _lay_out_stops(self) -> None:
        """Write down which plans each stop forbids, and which each switch leaves."""
        stops = self.items[self.kinds[Kind.STOP]]
        self._closed_by = _matrix(
            lambda stop, plan: not {*plan.slots}.isdisjoint(stop.slots), stops, self.plans
        )
        # A plan that needs a backend falls with the last of them.
        needed = [(plan, b) for plan, each in enumerate(self.plans) for b in each.backends]
        self._backends_closed_by = _matrix(
            lambda stop, need: (str(Role.BUILD), need[1].framework) in stop.slots, stops, needed
        )
        numbers = range(len(self.plans))
        self._backend_of = _matrix(lambda need, number: need[0] == number, needed, numbers)
        self._needed = np.array([len(plan.backends) or np.inf for plan in self.plans])
        left = [_roles_left(each) for each in (*self.items[self.kinds[Kind.SWITCH]], None)]
        own = [plan.roles for plan in self.plans]
        self._left_by = np.array([[each == roles for each in own] for roles in left], bool)
        # Where nobody builds, a plan over an edge waits until a finished model comes by that edge
        # (1); the plan in which the same shipper needs no model is out then (-1).
        plans = [(p.edge, p.shipper) if not p.builder else ("", None) for p in self.plans]
        self._waits = np.array([edge != "" for edge, _ in plans], bool)
        edges = [(i.id, i.slots[0][1]) for i in self.items[self.kinds[Kind.FINISHED]]]
        self._turns = _matrix(
            lambda edge, plan: (plan[0] == edge[0]) - (plan == ("", edge[1])), edges, plans
        )

    def unmet(self, question: str, answer: Collection[str] | None) -> Counts:
        """Return what an answer leaves unmet: 0 for each clause with no such condition.

        The answer holds ids of choices; None or empty is no answer that counts.
        """
        rows = [self._row_of[question][choice] for choice in answer or (UNANSWERED,)]
        if len(rows) == 1:
            only: Counts = self._rows[rows[0]]
            return only
        missing: Counts = np.bitwise_and.reduce(self._missing[rows])
        barred: Counts = np.bitwise_or.reduce(self._barred[rows])
        return missing | barred

    def row(self, chosen: Chosen) -> Counts:
        """Return what all answers that count leave unmet, added up: one number for each clause."""
        numbers, several = [], []
        for question, row_of in self._row_of.items():
            choices = chosen.get(question, (UNANSWERED,))
            if len(choices) == 1:
                (choice,) = choices
                numbers.append(row_of[choice])
            else:
                several.append(self.unmet(question, chosen[question]))
        row: Counts = np.add.reduce(self._rows.take(numbers, axis=0), dtype=np.int8)
        for unmet in several:
            row += unmet
        return row

    def asking(self, questions: Collection[str]) -> Flags | None:
        """Return the clauses that only hold by an answer to one of these questions.

        None where no question is given.
        """
        if not questions:
            return None
        asks: Flags = np.logical_or.reduce([self.asks[question] for question in questions])
        return asks

    def fold(self, hold: Flags) -> Flags:
        """Turn clauses that hold into items that fire: one clause is enough."""
        first, others, starts, owners = self._folding[hold.shape[-1]]
        fired = np.concatenate([hold[..., part] for part in first], axis=-1)
        more = np.concatenate([hold[..., part] for part in others], axis=-1)
        fired[..., owners] |= np.logical_or.reduceat(more, starts, axis=-1)
        return fired

    def times(self, fired: Flags, doubled: Flags | None = None) -> Numbers:
        """Return how often each pointed item counts: not at all, once or, where doubled, twice."""
        times = fired[..., : self.pointed].astype(np.float32)
        return times if doubled is None else times + doubled[..., : self.pointed]

    def add_up(self, times: Numbers) -> tuple[Numbers, Numbers]:
        """Return the points of each total, and for each plan how many reasons its lead itself has.

        A reason counts as often as it brings its points. One that only speaks for who ships is
        none of the lead's own.
        """
        sums: Numbers = times @ self._points_and_own
        return sums[..., : len(self.totals)], sums[..., len(self.totals) :]

    def listed(self, fired: Flags, kind: Kind | None = None) -> list[Item]:
        """Return the items that fire under one set of answers, all or those of a kind."""
        part = self.kinds[kind] if kind else slice(None)
        listed: list[Item] = self._items[part][fired[part]].tolist()
        return listed

    def roles_under(self, fired: Flags) -> frozenset[Role]:
        """Return the roles that somebody has to take under one set of answers.

        One switch is heard: the first, by id, that fires, since one role of two has to be left.
        """
        return _roles_left(next(iter(self.listed(fired, Kind.SWITCH)), None))

    def possible(self, fired: Flags) -> Flags:
        """Say which plans the stops and switches that fire leave, in the order of `plans`."""
        switches = fired[..., self.kinds[Kind.SWITCH]]
        left: Flags = self._left_by[-1]
        if switches.any():
            left = self._left_by[np.where(switches.any(-1), switches.argmax(-1), -1)]
        if self._waits.any():
            turned = fired[..., self.kinds[Kind.FINISHED]] @ self._turns
            left = left & np.where(self._waits, turned > 0, turned >= 0)
        stops = fired[..., self.kinds[Kind.STOP]]
        if not stops.any():
            return left
        closed = stops @ self._closed_by > 0
        lost = (stops @ self._backends_closed_by > 0) @ self._backend_of
        possible: Flags = left & ~closed & (lost != self._needed)
        return possible


def _roles_left(switch: Item | None) -> frozenset[Role]:
    """Return the roles that a switch leaves, or no switch."""
    taken = {switch.origin.role} if switch and isinstance(switch.origin, Switch) else set()
    return frozenset(Role) - taken


def _matrix(entry: Callable[..., float], rows: Sequence[Any], columns: Sequence[Any]) -> Numbers:
    """Make a matrix of `entry(row, column)`; it may have no rows or no columns."""
    entries = [[entry(row, column) for column in columns] for row in rows]
    return np.array(entries, np.float32).reshape(len(rows), len(columns))


@remembered(8)
def _within(whole: Index, without: frozenset[str], one_tool: bool) -> Index:  # noqa: FBT001
    """Lay out the plans that keep to some constraints; what answers leave unmet stays the same."""
    index = copy(whole)
    vars(index).pop(MEMORY, None)
    index.lay_out(within(whole.plans, without, one_tool=one_tool))
    return index


@remembered(2)
def index_of(rulebase: RuleBase, basis: Basis) -> Index:
    """Lay a rule base out for a basis; remembered for each."""
    return Index(rulebase, basis)
