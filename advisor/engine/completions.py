"""How the open questions could still be answered, as far as anything can tell the answers apart.

A question is asked about by a few conditions; an answer is, for all that follows, the set of
those it satisfies. That set is a mask of bits here. The lowest bit says that there is an answer
at all, so 0 is no answer that counts. Choices with the same mask are one. Knows nothing of
points.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from advisor.engine.index import Index
from advisor.model.rulebase import NONE_CHOICE, Question
from advisor.model.rules import Condition, Conjunction, When

Options = Mapping[str, frozenset[int]]
"""For each question the masks it could end with; one mask where nothing is open."""

Required = tuple[tuple[str, int], ...]
"""An alternative: for each question the bit that its answer must have."""

ANSWERED = 1
"""The bit that every answer by choice has."""

NOTHING = frozenset({0})


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """The conditions on each question, and what its choices satisfy.

    Attributes:
        bits: for each condition its bit among those on its question.
        by_choice: for each question and choice the mask of the conditions that it satisfies.
        reachable: for each question every mask that some answer to it has, 0 included.
        passes: for each question, by mask, the alternatives of items that an answer with this
            mask lets pass.
        applies: for each question that need not apply, the alternatives under which it does.
        deciding: for each question the bits on which it depends whether others apply.
    """

    bits: Mapping[Condition, int]
    by_choice: Mapping[str, Mapping[str, int]]
    reachable: Mapping[str, frozenset[int]]
    passes: Mapping[str, Mapping[int, int]]
    applies: Mapping[str, tuple[Required, ...]]
    deciding: Mapping[str, int]

    def of(self, question: str, choices: Collection[str]) -> int:
        """Return the mask of an answer."""
        mask = 0
        for choice in choices:
            mask |= self.by_choice[question][choice]
        return mask

    def required(self, alternative: Conjunction) -> Required:
        """Return an alternative as pairs of a question and the bit that its answer must have."""
        return tuple((condition.question, self.bits[condition]) for condition in alternative)


@lru_cache(maxsize=8)
def masks_of(index: Index) -> Masks:
    """Number the conditions on each question and find every mask an answer can have."""
    questions = index.rulebase.questions.values()
    bits = _bits(index)
    by_choice: dict[str, dict[str, int]] = {
        question.id: {choice.id: ANSWERED for choice in question.choices} for question in questions
    }
    for condition, bit in bits.items():
        for choice in condition.choices:
            by_choice[condition.question][choice] |= bit
    reachable = {asked.id: _reachable(asked, by_choice[asked.id]) for asked in questions}
    applies = {
        question.id: tuple(
            tuple((condition.question, bits[condition]) for condition in alternative)
            for alternative in question.applies
        )
        for question in questions
        if question.applies and () not in question.applies
    }
    passes = {name: _passes(index, name, by_choice[name]) for name in index.silent}
    deciding: dict[str, int] = {}
    for alternatives in applies.values():
        for name, bit in (pair for alternative in alternatives for pair in alternative):
            deciding[name] = deciding.get(name, 0) | bit
    return Masks(bits, by_choice, reachable, passes, applies, deciding)


def _bits(index: Index) -> dict[Condition, int]:
    """Give each condition a bit of its own among those on its question."""
    whens: list[When] = [item.when for item in index.items]
    whens += [question.applies for question in index.rulebase.questions.values()]
    conditions = {condition for when in whens for alternative in when for condition in alternative}
    bits: dict[Condition, int] = {}
    count: dict[str, int] = {}
    for condition in sorted(conditions, key=lambda c: (c.question, sorted(c.choices))):
        number = count.get(condition.question, 1)
        bits[condition] = 1 << number
        count[condition.question] = number + 1
    return bits


def _reachable(question: Question, by_choice: Mapping[str, int]) -> frozenset[int]:
    """Return the masks of all answers to a question; several choices satisfy what each does."""
    return frozenset({0, *_joined(question, by_choice)})


def _joined(question: Question, by_choice: Mapping[str, int]) -> set[int]:
    """Return what the answers to a question satisfy: what any of their choices does."""
    if not question.multiple:
        return set(by_choice.values())
    joined: set[int] = set()
    for choice, mask in by_choice.items():
        if choice != NONE_CHOICE:
            joined |= {mask | other for other in joined} | {mask}
    if NONE_CHOICE in by_choice:
        joined.add(by_choice[NONE_CHOICE])
    return joined


def _passes(index: Index, name: str, by_choice: Mapping[str, int]) -> dict[int, int]:
    """Return by mask the alternatives that an answer to a question lets pass."""
    shift = index.everything.bit_length()
    let_through = index.passes[name]
    both = {choice: mask << shift | let_through[choice] for choice, mask in by_choice.items()}
    joined = _joined(index.rulebase.questions[name], both)
    everything = index.everything
    return {0: index.silent[name]} | {pair >> shift: pair & everything for pair in joined}


def completions(
    index: Index, given: Mapping[str, frozenset[str]], open_questions: Collection[str]
) -> Options:
    """Return what each question could end with when the open ones may be answered in any way.

    The product of the options contains every real completion, and may contain more: a question
    that ceases to apply is allowed to do so on its own.

    Args:
        index: the rule base on one basis.
        given: all answers by choice, also to questions that do not apply at present.
        open_questions: ids of the questions that may still be answered.
    """
    return narrowed(index, allowing(index, given, open_questions), {})


def allowing(
    index: Index, given: Mapping[str, frozenset[str]], open_questions: Collection[str]
) -> Options:
    """Return what each question could end with if all of them applied."""
    masks = masks_of(index)
    allowed: dict[str, frozenset[int]] = {}
    for name in index.rulebase.questions:
        if name in given:
            allowed[name] = frozenset({masks.of(name, given[name])})
        else:
            allowed[name] = masks.reachable[name] if name in open_questions else NOTHING
    return allowed


def narrowed(index: Index, allowed: Options, fixed: Options) -> Options:
    """Return what each question could end with, as far as those before it leave it standing.

    Args:
        index: the rule base on one basis.
        allowed: for each question the masks that its answer can have where it applies.
        fixed: for some questions the masks they do end with, applying or not.

    Returns:
        The options; a question that is fixed to what cannot be has none.
    """
    applies_when = masks_of(index).applies
    options: dict[str, frozenset[int]] = {}
    may: set[str] = set()
    must: set[str] = set()
    for name, masks in allowed.items():
        applies = applies_when.get(name)
        if applies is None or _can_apply(applies, options, may):
            may.add(name)
        if applies is None or _must_apply(applies, options, must):
            must.add(name)
        left = masks if name in must else masks | NOTHING if name in may else NOTHING
        options[name] = left & fixed.get(name, left)
    return options


def _can_apply(applies: Collection[Required], options: Options, may: Collection[str]) -> bool:
    """Say whether some completion might leave a question standing; errs towards yes."""
    return any(
        all(
            name in may and any(not mask or mask & bit for mask in options[name])
            for name, bit in alternative
        )
        for alternative in applies
    )


def _must_apply(applies: Collection[Required], options: Options, must: Collection[str]) -> bool:
    """Say whether every completion leaves a question standing; errs towards no."""
    return any(
        all(
            name in must and all(not mask or mask & bit for mask in options[name])
            for name, bit in alternative
        )
        for alternative in applies
    )
