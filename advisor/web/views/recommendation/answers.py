"""What was answered, what was not, and what is worth finding out."""

from pydantic import Field

from advisor.web.views.page import View
from advisor.web.views.recommendation.telling import Telling

ALONE = "An answer to one of these alone could change who leads"
TOGETHER = "These cannot change who leads by themselves"


class AnswerRow(View):
    """A question with the answer that was given."""

    question: str = Field(description="The question, in two or three words.")
    answer: str = Field(description="What was answered, in words.")
    doubled: bool = Field(description="Whether it is marked to count double.")
    ignored: bool = Field(description="Whether other answers leave it without use.")
    change: str = Field(description="The address at which it can be changed.")


class OpenRow(View):
    """A question that waits for an answer."""

    question: str = Field(description="The question.")
    unsure: bool = Field(description="Whether it was answered with 'not sure'.")
    address: str = Field(description="The address at which it can be answered.")


class OpenGroup(View):
    """Open questions that can do the same."""

    title: str = Field(description="What they can do.")
    rows: tuple[OpenRow, ...] = Field(description="The questions, in written order.")


def answer_rows(telling: Telling) -> tuple[AnswerRow, ...]:
    """Return the questions with an answer of any sort, in written order."""
    answers = telling.recommendation.answers
    return tuple(
        AnswerRow(
            question=question.label,
            answer=telling.answer(name),
            doubled=name in answers.important,
            ignored=name in telling.recommendation.ignored,
            change=telling.changes[name],
        )
        for name, question in telling.rulebase.questions.items()
        if not answers.is_absent(name)
    )


def open_groups(telling: Telling) -> tuple[OpenGroup, ...]:
    """Return the open questions: those that could change the lead by themselves, then the rest."""
    groups = (
        OpenGroup(title=title, rows=_open_rows(telling, matters=matters))
        for matters, title in ((True, ALONE), (False, TOGETHER))
    )
    return tuple(group for group in groups if group.rows)


def _open_rows(telling: Telling, *, matters: bool) -> tuple[OpenRow, ...]:
    return tuple(
        OpenRow(
            question=telling.rulebase.questions[item.question].title,
            unsure=item.unsure,
            address=telling.changes[item.question],
        )
        for item in telling.recommendation.open_questions
        if item.matters is matters
    )
