"""Edits of one answer that an engineer could make: another radio, one box, or two."""

from itertools import combinations

from advisor.model.answers import Answers
from advisor.model.explanation import Edit
from advisor.model.rulebase import NONE_CHOICE, Question


def answers_within(question: Question, now: frozenset[str], size: int) -> list[frozenset[str]]:
    """Return the other answers to a question that so many clicks lead to, in written order.

    Ticking "none of these" is one click, and so is ticking a box that takes its place. The last
    box stays ticked.

    Args:
        question: the question.
        now: its answer; empty where it has none.
        size: how many radios or boxes to click, 1 or 2.

    Example: of a question with the boxes a, b and none, answered with a, one click leads to
    none and to a and b together.
    """
    ids = [choice.id for choice in question.choices]
    if not question.multiple:
        return [frozenset({choice}) for choice in ids if choice not in now] if size == 1 else []
    none = size == 1 and NONE_CHOICE in ids and NONE_CHOICE not in now
    ticked = now - {NONE_CHOICE}
    boxes = combinations([choice for choice in ids if choice != NONE_CHOICE], size)
    afters = [ticked.symmetric_difference(clicked) for clicked in boxes]
    return [frozenset({NONE_CHOICE})] * none + [after for after in afters if after]


def edit_to(after: frozenset[str], question: str, size: int, answers: Answers) -> Edit:
    """Return the edit that answers a question so; one that does not matter counts as answered."""
    opens = question not in answers.given and question not in answers.any
    return Edit(question, tuple(sorted(after)), size, opens)


def answers_after(answers: Answers, *edits: Edit) -> Answers:
    """Return the answers after some edits."""
    names = {edit.question for edit in edits}
    return Answers(
        given={**answers.given, **{edit.question: frozenset(edit.after) for edit in edits}},
        unsure=answers.unsure - names,
        any=answers.any - names,
        important=answers.important,
    )
