"""What fires under some answers, and what that brings: the only place where points are added.

Answers are a row of numbers: for every clause of every item, how much of it they leave unmet.
Where that is 0 the clause holds; an item fires when one of its clauses does. The row is
the sum of what each answer leaves unmet, so one answer more or less is one row added or subtracted,
and many sets of answers are the rows of one matrix:

    index = index_of(rulebase, Basis.CHECKED)
    one = index.row({"goal": frozenset({"research"})})
    other = one - index.unmet("goal", frozenset({"research"})) + index.unmet("goal", None)
    evaluate(index, one).scores                     # of each plan: [3, 0, 1]
    evaluate(index, np.array([one, other])).scores  # [[3, 0, 1], [0, 0, 1]]

All arrays have one dimension for one set of answers, two for many.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.engine.scoring.items import (
    Candidate,
    Chosen,
    Item,
    Kind,
    Slot,
    candidates,
    items_of,
    met,
    within,
)
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.remembered import MEMORY, remembered
from advisor.model.rulebase import RuleBase
from advisor.model.rules import UNANSWERED, Barred, Clause, Role, answered

Flags = NDArray[np.bool_]
Counts = NDArray[np.int8]
Numbers = NDArray[np.float32]
"""Whole numbers: single precision adds them exactly up to 2 ** 24, and multiplies them fast."""

_Folding = tuple[list[slice], list[slice], NDArray[np.int_], NDArray[np.int_]]
"""How clauses become items: where the first clauses of the items are, where the others
are, where those of each item begin among the others, and the number of that item."""

POINTED = (Kind.SCORE, Kind.PREFER, Kind.COST)
"""The kinds that bring points, or cost some; twice as many when a clause holds by the answer
to a marked question."""

DECIDING = (*POINTED, Kind.STOP, Kind.SWITCH, Kind.FINISHED)
"""The kinds on which plans, their scores and who leads can depend."""


class Index:
    """What is active on one basis, laid out as matrices: once for a rule base and a basis.

    Attributes:
        items: what can fire, by kind and id.
        kinds: for each kind the slice of its items.
        pointed, deciding: `items[:pointed]` bring points, `items[:deciding]` can change a plan or
            the lead.
        width: the first so many clauses are those of deciding items.
        looks: for each question the clauses that look at it.
        asks: those of them that hold by an answer to it alone, and so count double where it is
            marked.
        clauses: for each item its clauses by number, `answered` ones included, each with
            the questions by whose answers it holds, sorted.
        owners: for each clause the number of its item.
        whole: the same without constraints; itself where there are none.
        plans: every plan there can be within the constraints, sorted by lead.
        totals: whatever has a score, each with the slots that make it up: the plans, then the
            backends.
        backends: (framework, backend) for every backend of a framework, with its total's number.
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
        count = np.cumsum([0, *(sum(item.kind is kind for item in items) for kind in order)])
        self.kinds = {
            kind: slice(int(start), int(end))
            for kind, start, end in zip(order, count, count[1:], strict=False)
        }
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
        # The deciding items come first, so that rows can be cut off behind them; of either sort
        # the first clause of every item, then the others, item by item.
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
            self._folding[len(numbered)] = [*first], [*others], starts, folded
        self.width = min(self._folding)
        # What each answer leaves unmet, as rows: for each question no answer, then each choice.
        rows, questions = count(), self.rulebase.questions
        self._row_of = {
            name: {each: next(rows) for each in (UNANSWERED, *(c.id for c in question.choices))}
            for name, question in questions.items()
        }
        # Of several choices one is enough to meet a condition, and one breaks a barred condition.
        # Where a clause has two conditions of one question, each has a bit of its own.
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
                for choice, row in self._row_of[each.question].items():
                    unmet[row, place] = 2 * unmet[row, place] + (not met(each, (choice,)))
        self.owners = np.array([number for number, _ in numbered], int)
        self._rows = self._missing | self._barred

    def _lay_out_points(self) -> None:
        """Write down what each item brings to each total, and for whom it speaks."""
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
        speaks = _matrix(
            lambda item, plan: item.points > 0 and not {*item.slots}.isdisjoint(plan.own),
            pointed,
            self.plans,
        )
        self._points_and_speaking = np.hstack([self.points, speaks])
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
        switches = [item.id for item in self.items[self.kinds[Kind.SWITCH]]]
        left = [self.roles_left(switch) for switch in (*switches, None)]
        own = [plan.roles for plan in self.plans]
        self._left_by = np.array([[each == roles for each in own] for roles in left], bool)
        # Where nobody builds: the plans that wait for a finished model, and for each way by which
        # one may come the plans that it opens (1) and those that it closes (-1).
        plans = [(p.edge, p.shipper) if not p.builder else ("", None) for p in self.plans]
        self._waits = np.array([edge != "" for edge, _ in plans], bool)
        ways = [(i.id, i.slots[0][1]) for i in self.items[self.kinds[Kind.FINISHED]]]
        self._turns = _matrix(
            lambda way, plan: (plan[0] == way[0]) - (plan == ("", way[1])), ways, plans
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
        """Return what all answers that count leave unmet, added up."""
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
        """Return the clauses that ask one of these questions; None where none is given."""
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
        """Add up the points of each total, and for each plan how many items speak for its lead."""
        worth: Numbers = times @ self._points_and_speaking
        return worth[..., : len(self.totals)], worth[..., len(self.totals) :]

    def listed(self, fired: Flags, kind: Kind | None = None) -> list[Item]:
        """Return the items that fire under one set of answers, all or those of a kind."""
        part = self.kinds[kind] if kind else slice(None)
        listed: list[Item] = self._items[part][fired[part]].tolist()
        return listed

    def roles_left(self, switch: str | None) -> frozenset[Role]:
        """Return the roles that somebody has to take.

        One switch is heard: the first, by id, that fires, since one role of two has to be left.
        """
        return frozenset(Role).difference([self.rulebase.switches[switch].role] if switch else ())

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


def _matrix(entry: Callable[..., float], rows: Sequence[Any], columns: Sequence[Any]) -> Numbers:
    """Make a matrix, which may have no rows or no columns, of what each row is to each column."""
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


Contribution = tuple[Item, int]
"""An item that fired, with its points, doubling included."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What fires under one set of answers, or under many, and what that brings.

    Attributes:
        fired: the items that hold.
        times: how often each pointed item counts.
        points: whole numbers by total, doubling included.
        possible: the plans that the stops and switches leave.
        contends: those of them that have a reason of their lead's own.
    """

    index: Index
    fired: Flags
    times: Numbers
    points: Numbers
    possible: Flags
    contends: Flags

    @property
    def scores(self) -> Numbers:
        """Return what each plan scores, whether or not it is possible."""
        return self.points[..., : len(self.index.plans)]

    def each(self) -> Iterator["Evaluation"]:
        """Yield of many sets of answers the evaluation of each."""
        # Where no answer closes a plan, one row says for all which are possible.
        possible = np.broadcast_to(self.possible, self.contends.shape)
        rows = (self.fired, self.times, self.points, possible, self.contends)
        yield from (Evaluation(self.index, *row) for row in zip(*rows, strict=True))

    def strong(self, plan: int, least: int) -> bool:
        """Say whether one item that fired brings a plan as many points."""
        own = self.index.points[:, plan] > 0
        return bool((self.times[own] * self.index.worth[own] >= least).any())

    def listed(self, kind: Kind) -> list[Item]:
        """Return the items of a kind that fired under the one set of answers, by id."""
        return self.index.listed(self.fired, kind)

    @cached_property
    def contributions(self) -> Mapping[Slot, Sequence[Contribution]]:
        """Return for each slot what fired and brings it points under one set of answers."""
        gathered: dict[Slot, list[Contribution]] = {}
        for number in np.flatnonzero(self.times).tolist():
            item = self.index.items[number]
            points = item.points * int(self.times[number])
            for slot in item.slots if points else ():
                gathered.setdefault(slot, []).append((item, points))
        return gathered


def evaluate(index: Index, rows: Counts, marked: Flags | None = None) -> Evaluation:
    """Find what fires under some answers, and add it up, in exact whole numbers.

    Args:
        index: the rule base on one basis.
        rows: what the answers that count leave unmet; of all clauses, or of the deciding
            ones alone.
        marked: the clauses, as many or all, that hold by the answer to a marked question: the
            same for all rows, a row of marks each, or several for one row of answers; an item
            counts double when one of them holds.
    """
    hold = rows == 0
    fired, doubled = index.fold(hold), None
    if marked is not None:
        doubled = index.fold(hold & marked[..., : hold.shape[-1]])
    times = index.times(fired, doubled)
    points, speaking = index.add_up(times)
    possible = index.possible(fired)
    return Evaluation(index, fired, times, points, possible, possible & (speaking > 0))
