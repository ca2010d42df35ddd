"""Draws the answers that figures are measured on: the same ones every time."""

import random
from collections.abc import Iterator

from advisor.model.answers import Answers
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase
from benchmarks.large import SEED

Given = dict[str, frozenset[str]]


def profiles(rulebase: RuleBase, count: int) -> list[Answers]:
    """Draw complete sets of answers."""
    chance = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    return [Answers(given=_complete(rulebase, chance)) for _ in range(count)]


def _complete(rulebase: RuleBase, chance: random.Random) -> Given:
    """Draw an answer by choice to every question."""
    given = {}
    for question in rulebase.questions.values():
        ids = [choice.id for choice in question.choices if choice.id != NONE_CHOICE]
        count = chance.randint(1, 2) if question.multiple else 1
        given[question.id] = frozenset(chance.sample(ids, count))
    return given


def partial(rulebase: RuleBase, count: int) -> Iterator[tuple[Given, list[str]]]:
    """Draw answers to all questions but two to four, with those left out."""
    chance = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    for _ in range(count):
        given = _complete(rulebase, chance)
        missing = chance.sample(list(given), chance.randint(2, 4))
        yield {name: given[name] for name in given if name not in missing}, missing


def choice_sets(question: Question) -> list[frozenset[str]]:
    """Return every answer by choice that a question can be given."""
    ids = [choice.id for choice in question.choices]
    if not question.multiple:
        return [frozenset({name}) for name in ids]
    boxes = [name for name in ids if name != NONE_CHOICE]
    sets = [
        frozenset(box for bit, box in enumerate(boxes) if number >> bit & 1)
        for number in range(1, 1 << len(boxes))
    ]
    return sets + ([frozenset({NONE_CHOICE})] if NONE_CHOICE in ids else [])
