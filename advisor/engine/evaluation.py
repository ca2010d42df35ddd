"""What fires under some answers, and what that brings to each slot.

The one place where points are added. Knows nothing of plans.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from advisor.engine.index import Chosen, Index
from advisor.engine.items import Item, Kind, Slot
from advisor.model.rules import Condition, Conjunction, When

Contribution = tuple[Item, int]
"""An item that fired, with its points, doubling included."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What fires, in bits of items.

    Attributes:
        chosen: the answers that were used.
        fired: the items that hold.
        doubled: those of them that count double.
        totals: points by slot, doubling included; slots without any are absent.
    """

    index: Index
    chosen: Chosen
    fired: int
    doubled: int
    totals: Mapping[Slot, int]

    def listed(self, kind: Kind) -> tuple[Item, ...]:
        """Return the items of a kind that fired, in the order of the index."""
        return self.index.listed(self.fired & self.index.kinds[kind])

    @cached_property
    def contributions(self) -> Mapping[Slot, Sequence[Contribution]]:
        """Return for each slot what fired and brings it points, in the order of the index."""
        twice = set(self.index.listed(self.doubled)) if self.doubled else set()
        gathered: dict[Slot, list[Contribution]] = {}
        for item in self.index.listed(self.fired & self.index.bringing):
            points = item.points * 2 if item in twice else item.points
            for slot in item.slots:
                gathered.setdefault(slot, []).append((item, points))
        return gathered


def evaluate(index: Index, chosen: Chosen, important: Iterable[str] = ()) -> Evaluation:
    """Find what fires under these answers, and add it up.

    Args:
        index: the rule base on one basis.
        chosen: the answers that count; every choice is one of its question's.
        important: the marked questions; an item counts double when an alternative that holds
            looks at one of them.

    Returns:
        The evaluation; its totals are exact whole numbers.
    """
    raw = index.passing(chosen)
    fired = index.fold(raw)
    doubled = doubled_in(index, raw, important)
    return Evaluation(index, chosen, fired, doubled, totals_of(index, fired, doubled))


def doubled_in(index: Index, raw: int, important: Iterable[str]) -> int:
    """Return the items of which an alternative that holds looks at a marked question."""
    marked = raw & index.looking(important)
    return index.fold(marked) & index.doubling if marked else 0


def totals_of(index: Index, fired: int, doubled: int) -> dict[Slot, int]:
    """Add up what these items bring to each slot; slots that get nothing are absent."""
    totals: dict[Slot, int] = {}
    for slot, points, mask in index.weights:
        count = (fired & mask).bit_count()
        if count:
            if doubled:
                count += (doubled & mask).bit_count()
            totals[slot] = totals.get(slot, 0) + points * count
    return totals


def looked_at(item: Item, chosen: Chosen) -> tuple[str, ...]:
    """Return the questions of the alternatives of an item that hold, sorted.

    Args:
        item: one that fired.
        chosen: the answers that made it fire.
    """
    if item.only is not None:
        return item.only
    questions = {
        condition.question
        for alternative in item.when
        if _all_hold(alternative, chosen)
        for condition in alternative
    }
    return tuple(sorted(questions))


def holds(when: When, chosen: Chosen) -> bool:
    """Say whether one of some alternatives holds under these answers."""
    return any(_all_hold(alternative, chosen) for alternative in when)


def _all_hold(alternative: Conjunction, chosen: Chosen) -> bool:
    """Say whether all conditions of an alternative hold."""
    return all(_holds(condition, chosen) for condition in alternative)


def _holds(condition: Condition, chosen: Chosen) -> bool:
    """Say whether the answer to the condition's question has one of its choices."""
    given = chosen.get(condition.question)
    return given is not None and not condition.choices.isdisjoint(given)
