"""What the answers to a few questions bring together, looked up instead of worked out.

Items that look at the same questions make up a factor. What all answers bring is what the
factors bring, added up; an answer alters no factor that does not look at its question. Most
look at one question or two, so there is little to remember. Knows nothing of leaders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import NamedTuple

from advisor.engine.codes import Codes, codes_of
from advisor.engine.index import Index
from advisor.engine.items import Item
from advisor.engine.lanes import Lanes, lanes_of


class Weighing(NamedTuple):
    """An item as far as it can decide who leads.

    Attributes:
        alternatives: for each the bits of the conditions that have to be satisfied.
        brings: what it adds to the sum of the lanes.
        doubles: what it adds to that when it counts double.
        costs: whether it takes points away.
        structural: whether it decides which plans are possible.
    """

    alternatives: tuple[int, ...]
    brings: int
    doubles: int
    costs: bool
    structural: bool


class Range(NamedTuple):
    """Sums between which every lane of a sum lies."""

    least: int
    most: int


class Factor(dict[int, int]):
    """What some items bring, by the code of the answers that they look at; found when asked for.

    Attributes:
        weighing: the items.
        marked: the bits of the conditions on marked questions.
    """

    def __init__(self, weighing: Sequence[Weighing], marked: int) -> None:
        """Start with nothing worked out."""
        super().__init__()
        self.weighing = weighing
        self.marked = marked
        self._ranges: dict[tuple[int, int], Range | None] = {}

    def __missing__(self, code: int) -> int:
        """Add up what the items bring under these answers, and remember it."""
        worth = 0
        for item in self.weighing:
            holding = [bits for bits in item.alternatives if code & bits == bits]
            if holding:
                twice = any(bits & self.marked for bits in holding)
                worth += item.brings + item.doubles if twice else item.brings
        self[code] = worth
        return worth

    def range(self, code: int, field: int) -> Range | None:
        """Return what the items bring at least and at most, whatever is said to one question.

        Args:
            code: the answers to the others that they look at.
            field: the bits of the conditions on the question.

        Returns:
            None where it may decide which plans are possible.
        """
        key = (code & ~field, field)
        if key not in self._ranges:
            self._ranges[key] = self._range(*key)
        return self._ranges[key]

    def _range(self, code: int, field: int) -> Range | None:
        """Work it out."""
        least = most = 0
        for item in self.weighing:
            holding = [bits for bits in item.alternatives if code & bits == bits & ~field]
            if not holding:
                continue
            surely = any(not bits & field for bits in holding)
            if item.structural and not surely:
                return None
            twice = any(bits & self.marked for bits in holding)
            once, all_of_it = item.brings, item.brings + item.doubles * twice
            least += all_of_it if item.costs else once * surely
            most += once * surely if item.costs else all_of_it
        return Range(least, most)


Part = tuple[Factor, int]
"""A factor with the bits of the conditions that it looks at."""


class Family(dict[int, Factor]):
    """What items that look at the same questions bring, by the fields of the marked ones.

    Attributes:
        questions: those that they look at.
        weighing: the items.
        bits: of the conditions that they look at.
        fields: the bits of all conditions on their questions.
    """

    def __init__(
        self, questions: frozenset[str], weighing: Sequence[Weighing], fields: int
    ) -> None:
        """Start with no factor made."""
        super().__init__()
        self.questions = questions
        self.weighing = weighing
        self.bits = reduce(or_, chain.from_iterable(item.alternatives for item in weighing), 0)
        self.fields = fields

    def __missing__(self, marked: int) -> Factor:
        """Make the factor for these marks, and remember it: one, whatever threads ask at once."""
        return self.setdefault(marked, Factor(self.weighing, marked))

    def part(self, marked: int) -> Part:
        """Return what they bring when questions with these fields are marked."""
        return self[marked & self.fields], self.bits


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """All factors of an index while some questions are marked.

    Attributes:
        parts: all of them.
        of: for each question those that look at it.
        alone: for each question the set of it alone.
    """

    codes: Codes
    parts: tuple[Part, ...]
    of: Mapping[str, tuple[Part, ...]]
    alone: Mapping[str, frozenset[str]]

    def worth(self, code: int) -> int:
        """Return what these answers bring."""
        return sum([factor[code & bits] for factor, bits in self.parts])


@lru_cache(maxsize=8)
def families_of(index: Index) -> Mapping[str, tuple[Family, ...]]:
    """Group the items that can decide who leads by the questions that they look at.

    Returns:
        For each question the families that look at it; for "" those that look at none.
    """
    codes, lanes = codes_of(index), lanes_of(index)
    grouped: dict[frozenset[str], list[Weighing]] = {}
    for number, item in enumerate(index.items):
        if lanes.deciding >> number & 1:
            looked_at = frozenset(c.question for alternative in item.when for c in alternative)
            grouped.setdefault(looked_at, []).append(_weighing(number, item, codes, lanes))
    families = [
        Family(questions, items, codes.looking(questions)) for questions, items in grouped.items()
    ]
    of = {
        question: tuple(family for family in families if question in family.questions)
        for question in index.rulebase.questions
    }
    return of | {"": tuple(family for family in families if not family.questions)}


def _weighing(number: int, item: Item, codes: Codes, lanes: Lanes) -> Weighing:
    """Write an item out in the bits of conditions."""
    structural = bool(lanes.structure >> number & 1)
    return Weighing(
        alternatives=tuple(codes.required(alternative) for alternative in item.when),
        brings=lanes.brings[number] + (1 << lanes.roof + number if structural else 0),
        doubles=lanes.doubles[number] if lanes.index.doubling >> number & 1 else 0,
        costs=item.points < 0,
        structural=structural,
    )


@lru_cache(maxsize=32)
def factors_of(index: Index, marked: int) -> Factors:
    """Return the factors while some questions are marked, given by their fields."""
    of = {
        question: tuple(family.part(marked) for family in families)
        for question, families in families_of(index).items()
    }
    parts = {id(factor): (factor, bits) for each in of.values() for factor, bits in each}
    return Factors(
        codes_of(index), tuple(parts.values()), of, {name: frozenset({name}) for name in of}
    )


@lru_cache(maxsize=4096)
def touching(factors: Factors, questions: frozenset[str]) -> tuple[Part, ...]:
    """Return the factors that look at one of these questions."""
    if len(questions) == 1:
        (question,) = questions
        return factors.of[question]
    found = {id(part[0]): part for question in questions for part in factors.of[question]}
    return tuple(found.values())


@lru_cache(maxsize=4096)
def surroundings(factors: Factors, questions: frozenset[str]) -> tuple[int, int]:
    """Return the bits of all that the factors look at which look at one of these questions.

    Returns:
        Those on the questions themselves, and those on all.
    """
    around = reduce(or_, (bits for _, bits in touching(factors, questions)), 0)
    return factors.codes.looking(questions), around


@lru_cache(maxsize=16384)
def shared(
    factors: Factors, some: frozenset[str], others: frozenset[str]
) -> tuple[tuple[Part, ...], int]:
    """Return the factors that look at one of these questions and at one of those.

    Returns:
        The factors, and all that they look at.
    """
    theirs = {id(factor) for factor, _ in touching(factors, others)}
    both = tuple(part for part in touching(factors, some) if id(part[0]) in theirs)
    return both, reduce(or_, (bits for _, bits in both), 0)
