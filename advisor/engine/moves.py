"""Single and double changes of answers that an engineer could make: one radio, or one box.

Knows which changes there are and how many boxes they take; knows nothing of what they bring.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from advisor.engine.codes import codes_of
from advisor.engine.index import Index
from advisor.model.answers import Answers
from advisor.model.explanation import Edit
from advisor.model.rulebase import NONE_CHOICE, RuleBase

Coded = tuple[Edit, int]
"""A change with the code of the new answer."""

UNANSWERED: frozenset[str] = frozenset()

PLACES = 1 << 16
"""More changes than any question has."""


@lru_cache(maxsize=4096)
def place_of(rulebase: RuleBase, question: str) -> int:
    """Return where the changes of a question begin in the order of the questionnaire."""
    return list(rulebase.questions).index(question) * PLACES


def moves(index: Index, question: str, answers: Answers, size: int) -> tuple[Coded, ...]:
    """Return every change of one question that takes so many clicks, in written order.

    A question that does not matter to the engineer counts as answered; ticking "none of these"
    is one click, and so is ticking a box that takes its place. The last box stays ticked.

    Returns:
        The changes, each with the code of the new answer.
    """
    now = answers.given.get(question, UNANSWERED)
    opens = not now and question not in answers.any
    return _moves(index, question, now, size, opens=opens)


@lru_cache(maxsize=2048)
def _moves(
    index: Index,
    question: str,
    now: frozenset[str],
    size: int,
    *,
    opens: bool,
) -> tuple[Coded, ...]:
    """Write the changes out; remembered, as the same answers come up again and again."""
    return tuple(
        (Edit(question, tuple(sorted(after)), size, opens), codes_of(index).of(question, after))
        for after in _afters(index.rulebase, question, now, size)
    )


def _afters(
    rulebase: RuleBase, name: str, now: frozenset[str], size: int
) -> Iterator[frozenset[str]]:
    """Yield what the question can have then."""
    question = rulebase.questions[name]
    ids = [choice.id for choice in question.choices]
    if not question.multiple:
        if size == 1:
            yield from (frozenset({choice}) for choice in ids if choice not in now)
        return
    if size == 1 and NONE_CHOICE in ids and NONE_CHOICE not in now:
        yield frozenset({NONE_CHOICE})
    ticked = now - {NONE_CHOICE}
    for clicked in combinations([choice for choice in ids if choice != NONE_CHOICE], size):
        after = ticked.symmetric_difference(clicked)
        if after:
            yield after
