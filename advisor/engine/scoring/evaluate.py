"""What fires under some answers, and what that adds up to.

    index = index_of(rulebase, Basis.CHECKED)
    one = index.row({"goal": frozenset({"research"})})
    other = one - index.unmet("goal", frozenset({"research"})) + index.unmet("goal", None)
    evaluate(index, one).scores                     # of each plan: [3, 0, 1]
    evaluate(index, np.array([one, other])).scores  # [[3, 0, 1], [0, 0, 1]]

Points are added here for whole sets of answers. Bounds on them, and the error that a lead can bear,
start from the same `Index.points`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.engine.scoring.index import Counts, Flags, Index, Numbers
from advisor.engine.scoring.items import Item, Kind, Slot

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
        contends: those of them for whose lead a reason of its own speaks.
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
        """Split the evaluation of many sets of answers into one for each set."""
        # Where no answer closes a plan, one row says for all which are possible.
        possible = np.broadcast_to(self.possible, self.contends.shape)
        rows = (self.fired, self.times, self.points, possible, self.contends)
        yield from (Evaluation(self.index, *row) for row in zip(*rows, strict=True))

    def has_reason_of(self, least: int, plan: int) -> bool:
        """Say whether a single item that fired brings a plan at least so many points."""
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
        rows: what the answers that count leave unmet; of all clauses, or of the first
            `index.width` alone.
        marked: the clauses, as many or all, that only hold by an answer to a marked question: an
            item counts double when one of them holds. The same for all rows, a row of marks for
            each, or several rows of marks for one row of answers.
    """
    hold = rows == 0
    fired, doubled = index.fold(hold), None
    if marked is not None:
        doubled = index.fold(hold & marked[..., : hold.shape[-1]])
    times = index.times(fired, doubled)
    points, own_reasons = index.add_up(times)
    possible = index.possible(fired)
    return Evaluation(index, fired, times, points, possible, possible & (own_reasons > 0))
