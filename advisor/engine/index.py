"""The items of one basis laid out as bits, so that what fires is one AND for each question.

Knows nothing of the answers to a particular project and nothing of plans.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from advisor.engine.scoring.items import Item, Kind, Slot, items_of
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase

Chosen = Mapping[str, frozenset[str]]
"""For each question whose answer counts, the ids of its choices."""

_BITS = bytes.maketrans(b"01", b"\x00\x01")


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The items of one basis and their bits.

    Item number i owns bit i of the first layer. Items with more alternatives come first, so
    alternative number k of item i is bit i of layer k, and laying the layers on one another
    gives the items that fire.

    Attributes:
        everything: a one for each alternative.
        layers: for each layer the bit where it begins, and a one for each of its items.
        silent: for each question the alternatives that do not look at it.
        passes: for each question, by choice, the alternatives that the choice lets pass.
        weights: (slot, points, items): the items that bring so many points to that slot.
        sizes: the items that bring, or cost, so many points.
        kinds: the items of each kind.
        doubling: the items that can count double.
        bringing: the items that bring points, or cost some.
        positive: for each slot, the items that speak for it.
        touching: for each slot, the items with any points for it or against.
    """

    rulebase: RuleBase
    basis: Basis
    items: tuple[Item, ...]
    everything: int
    layers: tuple[tuple[int, int], ...]
    silent: Mapping[str, int]
    passes: Mapping[str, Mapping[str, int]]
    weights: tuple[tuple[Slot, int, int], ...]
    sizes: tuple[tuple[int, int], ...]
    kinds: Mapping[Kind, int]
    doubling: int
    bringing: int
    positive: Mapping[Slot, int]
    touching: Mapping[Slot, int]

    def passing(self, chosen: Chosen) -> int:
        """Return the bits of the alternatives that hold under these answers."""
        raw = self.everything
        for question, silent in self.silent.items():
            choices = chosen.get(question)
            if choices is None:
                raw &= silent
            elif len(choices) == 1:
                (choice,) = choices
                raw &= self.passes[question][choice]
            else:
                raw &= self.let_through(question, choices)
        return raw

    def let_through(self, question: str, choices: Iterable[str]) -> int:
        """Return the alternatives that an answer to a question lets pass."""
        bits = self.silent[question]
        by_choice = self.passes[question]
        for choice in choices:
            bits |= by_choice[choice]
        return bits

    def looking(self, questions: Iterable[str]) -> int:
        """Return the alternatives that look at one of these questions."""
        bits = 0
        for question in questions:
            bits |= self.everything & ~self.silent[question]
        return bits

    def fold(self, raw: int) -> int:
        """Turn bits of alternatives into bits of items: one alternative is enough."""
        fired = 0
        for shift, layer in self.layers:
            rest = raw >> shift
            if not rest:
                break
            fired |= rest & layer
        return fired

    def scoring(self, slots: Iterable[Slot]) -> int:
        """Return the items that bring points to one of these slots, or cost some."""
        items = 0
        for slot in slots:
            items |= self.touching.get(slot, 0)
        return items

    def supporting(self, slots: Iterable[Slot]) -> int:
        """Return the items that speak for one of these slots."""
        items = 0
        for slot in slots:
            items |= self.positive.get(slot, 0)
        return items

    def unfold(self, items: int) -> int:
        """Return the bits of all alternatives of these items."""
        bits = 0
        for shift, layer in self.layers:
            bits |= (items & layer) << shift
        return bits

    def listed(self, bits: int) -> tuple[Item, ...]:
        """Return the items whose bits are set, in the order of the index."""
        digits = f"{bits:b}"[::-1].encode().translate(_BITS)
        return tuple(compress(self.items, digits))


@lru_cache(maxsize=8)
def index_of(rulebase: RuleBase, basis: Basis) -> Index:
    """Compile a rule base for a basis; remembered for the rule bases used last."""
    items = sorted(
        items_of(rulebase, basis), key=lambda item: (-len(item.when), item.kind, item.id)
    )
    sizes = _layer_sizes(items)
    shifts = [sum(sizes[:layer]) for layer in range(len(sizes))]
    everything = (1 << sum(sizes)) - 1
    silent, accepts = _question_masks(rulebase.questions, items, shifts, everything)
    weights = _weights(items)
    return Index(
        rulebase=rulebase,
        basis=basis,
        items=tuple(items),
        everything=everything,
        layers=tuple((shift, (1 << size) - 1) for shift, size in zip(shifts, sizes, strict=True)),
        silent=silent,
        passes={
            question: {
                choice.id: silent[question] | by_choice.get(choice.id, 0)
                for choice in rulebase.questions[question].choices
            }
            for question, by_choice in accepts.items()
        },
        weights=weights,
        sizes=_sizes(items),
        kinds={kind: _of_kinds(items, {kind}) for kind in Kind},
        doubling=_of_kinds(items, {Kind.SCORE, Kind.PREFER}),
        bringing=_of_kinds(items, {Kind.SCORE, Kind.PREFER, Kind.COST}),
        positive=_touching(weight for weight in weights if weight[1] > 0),
        touching=_touching(weights),
    )


def _of_kinds(items: Sequence[Item], kinds: Collection[Kind]) -> int:
    """Return the items of these kinds."""
    return sum(1 << bit for bit, item in enumerate(items) if item.kind in kinds)


def _layer_sizes(items: Sequence[Item]) -> tuple[int, ...]:
    """Return how many items have at least one, two, ... alternatives; never empty."""
    most = max((len(item.when) for item in items), default=1)
    return tuple(sum(len(item.when) >= layer for item in items) for layer in range(1, most + 1))


def _question_masks(
    questions: Iterable[str], items: Sequence[Item], shifts: Sequence[int], everything: int
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Return for each question who is silent on it, and for each choice who accepts it."""
    silent = dict.fromkeys(questions, everything)
    accepts: dict[str, dict[str, int]] = {question: {} for question in silent}
    for number, item in enumerate(items):
        for shift, alternative in zip(shifts, item.when, strict=False):
            bit = 1 << (shift + number)
            for condition in alternative:
                silent[condition.question] &= ~bit
                by_choice = accepts[condition.question]
                for choice in condition.choices:
                    by_choice[choice] = by_choice.get(choice, 0) | bit
    return silent, accepts


def _weights(items: Sequence[Item]) -> tuple[tuple[Slot, int, int], ...]:
    """Group the items by slot and points, so that totals are counted, not added one by one."""
    masks: dict[tuple[Slot, int], int] = {}
    for bit, item in enumerate(items):
        if item.points:
            for slot in item.slots:
                masks[slot, item.points] = masks.get((slot, item.points), 0) | 1 << bit
    return tuple((slot, points, mask) for (slot, points), mask in sorted(masks.items()))


def _sizes(items: Sequence[Item]) -> tuple[tuple[int, int], ...]:
    """Group the items by how many points they bring or cost."""
    masks: dict[int, int] = {}
    for bit, item in enumerate(items):
        if item.points:
            masks[abs(item.points)] = masks.get(abs(item.points), 0) | 1 << bit
    return tuple(sorted(masks.items()))


def _touching(weights: Iterable[tuple[Slot, int, int]]) -> dict[Slot, int]:
    """Return for each slot the items that bring it something."""
    masks: dict[Slot, int] = {}
    for slot, _, mask in weights:
        masks[slot] = masks.get(slot, 0) | mask
    return masks
