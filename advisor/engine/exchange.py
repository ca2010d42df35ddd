"""Answers side by side, question by question: what each says, and taking over what another says.

Knows nothing of results.
"""

from collections.abc import Collection

from advisor.model.answers import Answers
from advisor.model.comparison import AnswerState


def saying(answers: Answers, question: str) -> AnswerState:
    """Return what answers say to a question."""
    choices = tuple(sorted(answers.given.get(question, ())))
    if question in answers.unsure:
        choices = ("unsure",)
    if question in answers.any:
        choices = ("any",)
    return AnswerState(choices, question in answers.important)


def taking_over(answers: Answers, other: Answers, questions: Collection[str]) -> Answers:
    """Return answers that say to these questions what others say, and mark them as those do."""
    names = frozenset(questions)
    given = {name: choices for name, choices in answers.given.items() if name not in names}
    return Answers(
        given=given | {name: other.given[name] for name in names if name in other.given},
        unsure=answers.unsure - names | other.unsure & names,
        any=answers.any - names | other.any & names,
        important=answers.important - names | other.important & names,
    )
