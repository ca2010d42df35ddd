"""All questions on one page, for people who know what they want."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from advisor.model.answers import MAX_IMPORTANT, Answers
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase, Topic
from advisor.web import urls
from advisor.web.dependencies import Visit
from advisor.web.views.contradiction import contradiction
from advisor.web.views.field import QuestionField, question_field
from advisor.web.views.hidden import Hidden, hidden_fields
from advisor.web.views.page import Link, Page, Shell, View
from advisor.web.views.so_far import SoFar, so_far
from advisor.web.views.unusable import unusable


class TopicFields(View):
    """A topic with its questions."""

    id: str = Field(description="Its id, for links to it.")
    title: str = Field(description="Its title.")
    fields: tuple[QuestionField, ...] = Field(description="Its questions.")


class QuestionsPage(Page):
    """Asks everything at once."""

    template: ClassVar[str] = "pages/questions.html"

    errors: tuple[Link, ...] = Field(description="What is wrong with single answers.")
    topics: tuple[TopicFields, ...] = Field(description="The topics in order.")
    hidden: tuple[Hidden, ...] = Field(description="What the form carries besides answers.")
    one_by_one: str = Field(description="The address of the questions one by one.")
    most_marks: int = Field(description="How many questions can count double.")
    so_far: SoFar = Field(description="What the answers so far lead to.")


def questions_page(
    rulebase: RuleBase, shell: Shell, visit: Visit, recommendation: Recommendation
) -> QuestionsPage:
    """Make the page of all questions; contradictions are shown where they are.

    Args:
        rulebase: where the questions come from.
        shell: the frame of the page.
        visit: what the address says.
        recommendation: what the answers so far lead to.
    """
    errors = _errors(rulebase, visit)
    topics = tuple(_topic(rulebase, topic, visit, errors) for topic in rulebase.topics)
    title = "All questions on one page"
    return QuestionsPage(
        shell=shell,
        title=f"Error: {title}" if errors else title,
        description=f"Every question of the {rulebase.title}, to be answered in any order.",
        unusable=unusable(fault for fault in visit.faults if fault.place.path not in errors),
        errors=tuple(
            Link(label=field.error, address=f"#{field.first_input}")
            for topic in topics
            for field in topic.fields
            if field.error
        ),
        topics=topics,
        hidden=hidden_fields(replace(visit.query, answers=Answers()), urls.RESULT_KEEPS),
        one_by_one=urls.next_question(visit.query),
        most_marks=MAX_IMPORTANT,
        so_far=so_far(rulebase, recommendation),
    )


def _errors(rulebase: RuleBase, visit: Visit) -> Mapping[str, str]:
    """Say what is wrong with single answers, by question."""
    faulty = {fault.place.path for fault in visit.faults} & rulebase.questions.keys()
    return {
        name: contradiction(
            rulebase.questions[name],
            _written(visit).get(name, ()),
            (fault for fault in visit.faults if fault.place.path == name),
        )
        for name in faulty
    }


def _written(visit: Visit) -> Mapping[str, Collection[str]]:
    """Return the values that the address gives to each question, usable or not."""
    return {field.key: {value.text for value in field.values} for field in visit.form.answers}


def _topic(
    rulebase: RuleBase, topic: Topic, visit: Visit, errors: Mapping[str, str]
) -> TopicFields:
    """Make the fields of a topic, each with what the address says to it, usable or not."""
    written = _written(visit)
    options = {field.key: field.values for field in visit.form.settings}
    marked = {value.text for value in options.get("important", ())}
    fields = (
        question_field(
            rulebase.questions[name], written.get(name, ()), marked & {name}, errors.get(name, "")
        )
        for name in topic.questions
    )
    return TopicFields(id=topic.id, title=topic.title, fields=tuple(fields))
