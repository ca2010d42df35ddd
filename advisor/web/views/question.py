"""The page of one question: the question, the way back, what is left, the way to the result."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.query.query import Query
from advisor.query.write import STATE
from advisor.web import urls
from advisor.web.dependencies import Asked, Fate
from advisor.web.views.contradiction import contradiction
from advisor.web.views.field import QuestionField, question_field
from advisor.web.views.hidden import Hidden, hidden_fields
from advisor.web.views.page import Link, Page, Shell
from advisor.web.views.unusable import unusable

BLANK = "Choose an answer, or continue once more to leave this question unanswered."


class QuestionPage(Page):
    """Asks one question."""

    template: ClassVar[str] = "pages/question.html"

    back: str = Field(description="The address of the page before this one.")
    topic: str = Field(description="The title of the topic that the question belongs to.")
    progress: str = Field(description="How much is answered, and at most how much is left.")
    action: str = Field(description="Where the form is sent.")
    hidden: tuple[Hidden, ...] = Field(description="Everything else that the form carries.")
    field: QuestionField = Field(description="The question.")
    remark: str = Field(description="What is special about asking it now; empty if nothing is.")
    skip: Link = Field(description="The way on without an answer.")
    result: str = Field(description="The address of the result so far; empty if there is none.")
    finished: str = Field(description="What a settled result says of answering; empty if open.")


def question_page(
    rulebase: RuleBase, shell: Shell, asked: Asked, recommendation: Recommendation
) -> QuestionPage:
    """Make the page of a question.

    Args:
        rulebase: where the question comes from.
        shell: the frame of the page.
        asked: the question, and how it came to be shown.
        recommendation: what the answers so far lead to.
    """
    question, query = asked.question, asked.query
    error = _error(asked)
    answers = recommendation.answers
    something_said = bool(answers.given or answers.unsure or answers.any)
    return QuestionPage(
        shell=shell,
        title=f"Error: {question.title}" if error else question.title,
        description=question.changes,
        unusable=unusable(asked.other_faults if error else asked.faults + asked.other_faults),
        back=_back(rulebase, query, recommendation, question.id),
        topic=next(topic.title for topic in rulebase.topics if topic.id == question.topic),
        progress=_progress(recommendation, query, question.id),
        action="/ask" if asked.fate is Fate.BLANK else f"/ask/{question.id}",
        hidden=_carried(query, question.id),
        field=question_field(question, asked.written, answers.important, error),
        remark=_remark(recommendation, question.id),
        skip=Link(
            label="Skip this question" if answers.is_absent(question.id) else "Remove this answer",
            address=urls.skip(query, question.id),
        ),
        result=urls.result(query) if something_said else "",
        finished=_finished(recommendation, question.id) if something_said else "",
    )


def _error(asked: Asked) -> str:
    """Say what is wrong with what was sent off; nothing if the question is merely shown."""
    if asked.fate is Fate.BLANK:
        return BLANK
    if asked.fate is not Fate.CONTRADICTORY:
        return ""
    return contradiction(asked.question, asked.written, asked.faults)


def _back(rulebase: RuleBase, query: Query, recommendation: Recommendation, current: str) -> str:
    """Return the address of the question that was answered or left blank before this one."""
    seen = [
        name
        for name in rulebase.questions
        if name == current
        or name in query.asked
        or (not query.answers.is_absent(name) and name not in recommendation.ignored)
    ]
    place = seen.index(current)
    before = replace(query, asked=query.asked - {current})
    return urls.question(before, seen[place - 1]) if place else urls.home(before)


def _finished(recommendation: Recommendation, current: str) -> str:
    """Say what is left to change where the lead is settled, for all that is still open."""
    if not recommendation.settled.lead:
        return ""
    if recommendation.answers.is_absent(current):
        return "No further answer can change who leads."
    return "Changing this may change the result."


def _progress(recommendation: Recommendation, query: Query, current: str) -> str:
    """Say how many questions are answered and how many there can still be, this one included."""
    answers = recommendation.answers
    answered = {*answers.given, *answers.unsure, *answers.any} - {*recommendation.ignored}
    blank = query.asked - {current}
    left = [q for q in recommendation.open_questions if not q.unsure and q.question not in blank]
    if not answered:
        return f"At most {len(left)} questions"
    return f"{len(answered)} answered" + (f", at most {len(left)} left" if left else "")


def _carried(query: Query, current: str) -> tuple[Hidden, ...]:
    """Return all that the form of a question has to carry besides the question itself."""
    others = urls.without(query.answers, current)
    carried = replace(query, answers=others, asked=query.asked | {current})
    return hidden_fields(carried, STATE)


def _remark(recommendation: Recommendation, current: str) -> str:
    """Say when an answer would not be used."""
    if current in recommendation.ignored:
        return "Your other answers leave nothing to ask here: the answer is kept, but not used."
    return ""
