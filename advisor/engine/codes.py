"""Answers as one whole number: a bit for each condition that they satisfy.

Holds only the conditions on which it can depend who leads or which questions apply; answers
with the same code are one for both. Knows nothing of points.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from advisor.engine.index import Index
from advisor.engine.lanes import lanes_of
from advisor.model.rulebase import NONE_CHOICE, Question
from advisor.model.rules import Condition, Conjunction


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """The bits of the conditions, those on one question beside each other.

    Attributes:
        bits: for each condition its bit.
        fields: for each question the bits of all conditions on it.
        by_choice: for each question, by choice, the bits of those that the choice satisfies.
        reachable: for each question every code that an answer by choice has, with such an answer.
    """

    bits: Mapping[Condition, int]
    fields: Mapping[str, int]
    by_choice: Mapping[str, Mapping[str, int]]
    reachable: Mapping[str, Mapping[int, frozenset[str]]]

    def of(self, question: str, choices: Iterable[str]) -> int:
        """Return the code of an answer to one question."""
        by_choice, code = self.by_choice[question], 0
        for choice in choices:
            code |= by_choice[choice]
        return code

    def all_of(self, given: Mapping[str, Collection[str]], apply: Collection[str]) -> int:
        """Return the code of those of some answers that count."""
        code = 0
        for question, choices in given.items():
            if question in apply:
                code |= self.of(question, choices)
        return code

    def looking(self, questions: Iterable[str]) -> int:
        """Return the bits of all conditions on these questions."""
        bits = 0
        for question in questions:
            bits |= self.fields[question]
        return bits

    def required(self, alternative: Conjunction) -> int:
        """Return the bits that have to be set for an alternative to hold."""
        bits = 0
        for condition in alternative:
            bits |= self.bits[condition]
        return bits


@lru_cache(maxsize=8)
def codes_of(index: Index) -> Codes:
    """Number the conditions; remembered for the rule bases used last."""
    questions = index.rulebase.questions
    whens = [item.when for item in index.listed(lanes_of(index).deciding)]
    whens += [question.applies for question in questions.values()]
    conditions = {condition for when in whens for alternative in when for condition in alternative}
    order = sorted(conditions, key=lambda c: (c.question, sorted(c.choices)))
    bits = {condition: 1 << number for number, condition in enumerate(order)}
    fields = dict.fromkeys(questions, 0)
    by_choice = {
        name: {choice.id: 0 for choice in question.choices} for name, question in questions.items()
    }
    for condition, bit in bits.items():
        fields[condition.question] |= bit
        for choice in condition.choices:
            by_choice[condition.question][choice] |= bit
    reachable = {name: _reachable(questions[name], by_choice[name]) for name in questions}
    return Codes(bits, fields, by_choice, reachable)


def _reachable(question: Question, by_choice: Mapping[str, int]) -> dict[int, frozenset[str]]:
    """Return every code that an answer has, with an answer that has it."""
    if not question.multiple:
        return {code: frozenset({choice}) for choice, code in by_choice.items()}
    reached: dict[int, frozenset[str]] = {}
    for choice, code in by_choice.items():
        if choice != NONE_CHOICE:
            joined = {code | other: choices | {choice} for other, choices in reached.items()}
            reached = {code: frozenset({choice})} | joined | reached
    if NONE_CHOICE in by_choice:
        reached.setdefault(by_choice[NONE_CHOICE], frozenset({NONE_CHOICE}))
    return reached
