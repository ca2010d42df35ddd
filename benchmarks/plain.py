"""What the engine is measured against: the same rules, evaluated one after the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.engine.scoring.items import Item, Kind, Slot


@dataclass(frozen=True, slots=True)
class PlainEvaluation:
    """The same figures as the engine's evaluation: what fired, and points by slot."""

    fired: tuple[Item, ...]
    totals: Mapping[Slot, int]


def evaluate(
    items: Iterable[Item], chosen: Mapping[str, frozenset[str]], important: frozenset[str]
) -> PlainEvaluation:
    """Evaluate by a plain loop over all items, their clauses and their conditions."""
    fired: list[Item] = []
    totals: dict[Slot, int] = {}
    for item in items:
        holding = [
            clause
            for clause in item.when
            if all(
                not condition.choices.isdisjoint(chosen.get(condition.question, ()))
                for condition in clause
            )
        ]
        if not holding:
            continue
        fired.append(item)
        marked = any(c.question in important for clause in holding for c in clause)
        twice = marked and item.kind in {Kind.SCORE, Kind.PREFER}
        if item.points:
            for slot in item.slots:
                totals[slot] = totals.get(slot, 0) + item.points * (2 if twice else 1)
    return PlainEvaluation(tuple(fired), totals)
