"""The answer space of a rule base: how many answers look alike, and what each of them makes fire.

Every question is answered by choice, whether it applies or not; that a question does not apply
is written into the conditions that look at it. So the answers are independent of one another,
and only conditions tie questions together. Knows nothing of plans and of points.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from advisor.engine.completions import Masks, masks_of
from advisor.engine.index import Index
from advisor.engine.scoring.items import Item, Kind
from advisor.model.rulebase import NONE_CHOICE, Question
from advisor.model.rules import When

Needs = frozenset[tuple[str, int]]
"""An alternative: questions, each with the bits that the mask of its answer must all have."""

Alternatives = frozenset[Needs]
"""What is left of a condition: one alternative is enough, an empty one holds already."""

HOLDS: Alternatives = frozenset({frozenset()})
FAILS: Alternatives = frozenset()

DECIDING = frozenset({Kind.SCORE, Kind.COST, Kind.STOP, Kind.SWITCH})
"""Kinds of items on which it can depend who leads."""


@dataclass(frozen=True, slots=True)
class Term:
    """An item on which it can depend who leads, with its condition on independent answers."""

    number: int
    item: Item
    alternatives: Alternatives


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """All answers to all questions, as far as anything can tell them apart.

    Attributes:
        weights: for each question that some term looks at, how many answers have each mask.
        idle: in how many ways the other questions can be answered.
        terms: what some answers make fire, and some do not; or all do.
    """

    weights: Mapping[str, Mapping[int, int]]
    idle: int
    terms: tuple[Term, ...]

    @property
    def total(self) -> int:
        """Return the number of answers to all questions."""
        return self.idle * prod(sum(by_mask.values()) for by_mask in self.weights.values())

    def where(self, needs: Needs) -> "Space":
        """Return the part of the space in which an alternative holds."""
        wanted = dict(needs)
        weights = {
            question: {
                mask: weight
                for mask, weight in by_mask.items()
                if mask & wanted.get(question, 0) == wanted.get(question, 0)
            }
            for question, by_mask in self.weights.items()
        }
        return replace(self, weights=weights)


def questions_of(alternatives: Alternatives) -> frozenset[str]:
    """Return the questions that a condition still looks at."""
    return frozenset(question for needs in alternatives for question, _ in needs)


def answered(alternatives: Alternatives, question: str, mask: int) -> Alternatives:
    """Return what is left of a condition once a question has an answer with this mask."""
    left = set()
    for needs in alternatives:
        bits = next((bits for name, bits in needs if name == question), 0)
        if bits & mask == bits:
            left.add(needs - {(question, bits)})
    return HOLDS if frozenset() in left else frozenset(left)


def space_of(index: Index) -> Space:
    """Lay out the answer space of a rule base on a basis."""
    masks = masks_of(index)
    conditions = _Conditions(index, masks)
    terms: list[Term] = []
    for item in index.items:
        alternatives = conditions.unfolded(item.when) if item.kind in DECIDING else FAILS
        if alternatives:
            terms.append(Term(len(terms), item, alternatives))
    return _space(index, masks, terms)


def _space(index: Index, masks: Masks, terms: list[Term]) -> Space:
    """Count the answers to each question that the terms can tell apart."""
    looked_at: dict[str, int] = {}
    for term in terms:
        for needs in term.alternatives:
            for name, bits in needs:
                looked_at[name] = looked_at.get(name, 0) | bits
    weights: dict[str, dict[int, int]] = {}
    idle = 1
    for question in index.rulebase.questions.values():
        counted = _counted(question, masks.by_choice[question.id], looked_at.get(question.id, 0))
        if question.id in looked_at:
            weights[question.id] = counted
        else:
            idle *= sum(counted.values())
    return Space(weights, idle, tuple(terms))


def _counted(question: Question, by_choice: Mapping[str, int], bits: int) -> dict[int, int]:
    """Return how many answers to a question have each mask, as far as these bits go."""
    counted: dict[int, int] = {}
    for mask, count in _answers(question, by_choice):
        counted[mask & bits] = counted.get(mask & bits, 0) + count
    return counted


def _answers(question: Question, by_choice: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield masks with the number of answers that have them; a mask may come more than once."""
    if not question.multiple:
        yield from ((mask, 1) for mask in by_choice.values())
        return
    ticked = {0: 1}
    for choice, mask in by_choice.items():
        if choice != NONE_CHOICE:
            for other, count in list(ticked.items()):
                ticked[other | mask] = ticked.get(other | mask, 0) + count
    del ticked[0]
    yield from ticked.items()
    if NONE_CHOICE in by_choice:
        yield by_choice[NONE_CHOICE], 1


class _Conditions:
    """Writes conditions on answers that count as conditions on answers, counting or not."""

    def __init__(self, index: Index, masks: Masks) -> None:
        self.masks = masks
        self.applies: dict[str, Alternatives] = {}
        for question in index.rulebase.questions.values():
            applies = self.unfolded(question.applies) if question.applies else HOLDS
            self.applies[question.id] = applies

    def unfolded(self, when: When) -> Alternatives:
        """Return a condition with all it takes for its questions to apply written into it.

        A question that comes later than the one whose applicability is looked at has no say.
        """
        found = set()
        for alternative in when:
            own = self.masks.required(alternative)
            if all(question in self.applies for question, _ in own):
                standing = product(*(self.applies[question] for question, _ in own))
                found |= {_joined([*chain, own]) for chain in standing}
        possible = {needs for needs in found if self._is_possible(needs)}
        return frozenset(
            needs for needs in possible if not any(other < needs for other in possible)
        )

    def _is_possible(self, needs: Needs) -> bool:
        """Say whether for each question some answer has all that is needed."""
        reachable = self.masks.reachable
        return all(
            any(mask & bits == bits for mask in reachable[question]) for question, bits in needs
        )


def _joined(parts: Iterable[Iterable[tuple[str, int]]]) -> Needs:
    """Return what is needed by all parts together."""
    needed: dict[str, int] = {}
    for part in parts:
        for question, bits in part:
            needed[question] = needed.get(question, 0) | bits
    return frozenset(needed.items())
