"""Who leads under many sets of answers at once: one row of a matrix each.

A row counts, for every alternative of every rule, the conditions that the answers leave unmet.
Where the count is 0 the alternative holds. The row of a set of answers is the sum of what each
of its answers leaves unmet, so other answers to one question are one subtraction and one addition:

    batch = batch_of(index_of(rulebase, Basis.CHECKED))
    row = sum(batch.unmet(question, given.get(question)) for question in rulebase.questions)
    other = row - batch.unmet("goal", given["goal"]) + batch.unmet("goal", frozenset({"research"}))
    batch.leaders(np.array([row, other]))  # [[True, False, False], [False, True, False]]

Answers to questions that do not apply do not count: pass None for those.
"""

from collections.abc import Collection
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from advisor.engine.index import Index
from advisor.engine.items import Kind
from advisor.engine.plans import candidates, is_open
from advisor.model.rules import Role, Switch

ROLE_SETS = (frozenset(Role), frozenset({Role.BUILD}), frozenset({Role.SHIP}))
"""The roles that may have to be taken; at least one always has to."""

DECIDING = frozenset({Kind.SCORE, Kind.COST, Kind.STOP, Kind.SWITCH})
"""The kinds of items on which it can depend who leads."""

NO_SCORE = -(1 << 20)
"""Below any score: the points of a plan that is no contender."""

Flags = NDArray[np.bool_]
Counts = NDArray[np.int8]


class Batch:
    """The deciding items of one basis, their alternatives and all plans, laid out as matrices.

    Points are whole numbers in single precision, which adds them exactly up to 2 ** 24.

    Attributes:
        names: ids of the frameworks, sorted: the columns of what `leaders` returns.
        owners: for each alternative, which is a column of a row, the item that it belongs to.
    """

    def __init__(self, index: Index) -> None:
        """Lay a rule base out.

        Items with one alternative come first, so that the first columns of alternatives are
        items already and only the rest has to be folded.
        """
        self.index = index
        self.names = sorted(index.rulebase.frameworks)
        deciding = [item for item in index.items if item.kind in DECIDING and item.when]
        self._items = sorted(deciding, key=lambda item: len(item.when) > 1)
        self._plans = [plan for roles in ROLE_SETS for plan in candidates(index, roles)]
        alternatives = [alternative for item in self._items for alternative in item.when]
        self.owners = [item for item in self._items for _ in item.when]
        ends = np.cumsum([0, *(len(item.when) for item in self._items)])
        self._single = sum(len(item.when) == 1 for item in self._items)
        self._several = list(zip(ends[self._single : -1], ends[self._single + 1 :], strict=True))
        # What an answer leaves unmet: for each question a row for no answer, and one a choice.
        self.looks: dict[str, Flags] = {}
        self._missed: dict[str, dict[str, Flags]] = {}
        for name, question in index.rulebase.questions.items():
            wanted = [
                frozenset().union(*(c.choices for c in alternative if c.question == name))
                for alternative in alternatives
            ]
            self.looks[name] = np.array([bool(choices) for choices in wanted], bool)
            self._missed[name] = {
                choice.id: self.looks[name]
                & ~np.array([choice.id in choices for choices in wanted], bool)
                for choice in question.choices
            }
        # What each item brings to each plan, and whether it is a reason of the lead's own.
        points = [
            [item.points * len({*item.slots} & {*plan.slots}) for plan in self._plans]
            for item in self._items
        ]
        own = [
            [item.points > 0 and not {*item.slots}.isdisjoint(plan.own) for plan in self._plans]
            for item in self._items
        ]
        shape = len(self._items), len(self._plans)
        self._points = np.array(points, np.float32).reshape(shape)
        self._worth = np.hstack([self._points, np.array(own, np.float32).reshape(shape)])
        self._doubling = np.array([item.kind is Kind.SCORE for item in self._items], bool)
        self._structural = [
            number
            for number, item in enumerate(self._items)
            if item.kind in {Kind.STOP, Kind.SWITCH}
        ]
        self._leads = np.array(
            [[plan.lead == name for name in self.names] for plan in self._plans], np.float32
        ).reshape(len(self._plans), len(self.names))

    def unmet(self, question: str, answer: Collection[str] | None) -> Counts:
        """Count for each alternative the conditions on a question that its answer leaves unmet.

        Args:
            question: id of the question.
            answer: ids of its choices; None or empty for no answer that counts.
        """
        if not answer:
            return self.looks[question].view(np.int8)
        missed: Flags = np.logical_and.reduce([self._missed[question][c] for c in answer])
        return missed.view(np.int8)

    def leaders(self, rows: Counts, important: Collection[str] = ()) -> Flags:
        """Say for each row which frameworks lead.

        Args:
            rows: one set of answers each: what all of its answers leave unmet, added up.
            important: the marked questions; the same for all rows.

        Returns:
            A row of booleans each, a column a framework in the order of `names`; all False where
            nobody leads.
        """
        hold = rows == 0
        fired = self._folded(hold)
        worth = fired.astype(np.float32) @ self._worth
        points, reasons = worth[:, : len(self._plans)], worth[:, len(self._plans) :]
        if important:
            marked = np.logical_or.reduce([self.looks[question] for question in important])
            doubled = self._folded(hold & marked) & self._doubling
            points = points + doubled.astype(np.float32) @ self._points
        contends = self._possible(fired[:, self._structural]) & (reasons > 0)
        points = np.where(contends, points, NO_SCORE)
        best = points.max(axis=1, keepdims=True, initial=NO_SCORE)
        leading = contends & (points >= best - self.index.rulebase.margins.tie)
        led: Flags = leading.astype(np.float32) @ self._leads > 0
        return led

    def _folded(self, hold: Flags) -> Flags:
        """Turn alternatives that hold into items that fire: one alternative is enough."""
        several = [hold[:, start:end].any(axis=1) for start, end in self._several]
        return np.column_stack([hold[:, : self._single], *several])

    def _possible(self, fired: Flags) -> Flags:
        """Say for each row which plans no stop and no switch takes away.

        Args:
            fired: which of the stops and switches fire; few patterns come up, again and again.
        """
        patterns, back = np.unique(np.packbits(fired, axis=1), axis=0, return_inverse=True)
        unpacked = np.unpackbits(patterns, axis=1, count=fired.shape[1]).astype(bool)
        return np.array([self._open_plans(pattern) for pattern in unpacked])[back.ravel()]

    def _open_plans(self, fired: Flags) -> Flags:
        """Say which plans are possible when these stops and switches fire."""
        items = [self._items[self._structural[number]] for number in np.flatnonzero(fired)]
        blocked = {slot for item in items if item.kind is Kind.STOP for slot in item.slots}
        roles = frozenset(Role)
        for item in sorted(items, key=lambda item: item.id):
            if isinstance(item.origin, Switch) and roles - {item.origin.role}:
                roles -= {item.origin.role}
        allowed = set(candidates(self.index, roles))
        return np.array([plan in allowed and is_open(plan, blocked) for plan in self._plans], bool)


@lru_cache(maxsize=8)
def batch_of(index: Index) -> Batch:
    """Lay a rule base out; remembered for the rule bases used last."""
    return Batch(index)
