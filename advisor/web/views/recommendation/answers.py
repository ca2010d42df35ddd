"""What was answered, with the ways to change it."""

from pydantic import Field

from advisor.web.views.page import View
from advisor.web.views.recommendation.telling import Telling


class AnswerRow(View):
    """A question with the answer that was given."""

    question: str = Field(description="The question, in two or three words.")
    answer: str = Field(description="What was answered, in words.")
    doubled: bool = Field(description="Whether it is marked to count double.")
    ignored: bool = Field(description="Whether other answers leave it without use.")
    change: str = Field(description="The address at which it can be changed.")


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
