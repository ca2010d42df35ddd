"""How programs use the site: addresses, questions and choices by id, the answer, problems."""

import json
from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from advisor.model.rulebase import Question, RuleBase
from advisor.output.json import Envelope, Result
from advisor.output.schemas import fields_of
from advisor.query.query import ANY, UNSURE, Query
from advisor.query.write import answers_mapping, query_string
from advisor.web.dependencies import Visit
from advisor.web.views.page import Page, Shell, View
from advisor.web.views.unusable import unused


class ProblemKind(View):
    """A kind of failed request."""

    status: int = Field(description="Its status.")
    slug: str = Field(description="Its name, part of its anchor.")
    title: str = Field(description="Its title.")
    meaning: str = Field(description="When it happens and what helps.")


class ChoiceIds(View):
    """A choice with the id that programs send."""

    id: str = Field(description="What is sent.")
    label: str = Field(description="What people see.")


class QuestionIds(View):
    """A question with the ids that programs send."""

    id: str = Field(description="The key.")
    title: str = Field(description="The question.")
    several: bool = Field(description="Whether several choices can be sent.")
    choices: tuple[ChoiceIds, ...] = Field(description="Its choices.")


class AnswerField(View):
    """A field of what is sent back."""

    name: str = Field(description="Its key.")
    meaning: str = Field(description="What stands in it, in a sentence.")


class DocumentationPage(Page):
    """Tells programmers what they need."""

    template: ClassVar[str] = "pages/documentation.html"

    query: str = Field(description="An example of answers in an address.")
    body: str = Field(description="An example of answers in a body.")
    expect: str = Field(description="What these answers lead to; empty if nowhere.")
    beside: tuple[AnswerField, ...] = Field(description="The result and what stands beside it.")
    result: tuple[AnswerField, ...] = Field(description="What stands in the result.")
    questions: tuple[QuestionIds, ...] = Field(description="All questions.")
    frameworks: tuple[ChoiceIds, ...] = Field(description="All that can be recommended.")
    problems: tuple[ProblemKind, ...] = Field(description="All kinds of failed requests.")


def documentation_page(
    rulebase: RuleBase,
    shell: Shell,
    visit: Visit,
    problems: tuple[ProblemKind, ...],
    example: Query,
) -> DocumentationPage:
    """Make the page.

    Args:
        rulebase: what programs can ask for.
        shell: the frame of the page.
        visit: what was asked.
        problems: what can go wrong.
        example: answers to try, with an expectation that they meet.
    """
    expect = str(example.expect or "")
    body = {
        "answers": answers_mapping(example.answers),
        "important": sorted(example.answers.important),
        **({"expect": expect} if expect else {}),
    }
    return DocumentationPage(
        shell=shell,
        title="For programs",
        description=f"How programs use the {rulebase.title}: addresses, ids, problems.",
        unusable=unused(visit.form),
        query=query_string(example),
        body=_written(body),
        expect=expect,
        beside=_fields(Envelope),
        result=_fields(Result),
        questions=tuple(_question(question) for question in rulebase.questions.values()),
        frameworks=tuple(ChoiceIds(id=f.id, label=f.name) for f in rulebase.frameworks.values()),
        problems=problems,
    )


def _written(body: Mapping[str, object]) -> str:
    """Write a body as a person would: a line for each key."""
    lines = [f'  "{key}": {json.dumps(value)}' for key, value in body.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def _fields(noun: type) -> tuple[AnswerField, ...]:
    """Tell the fields of a noun in the words of the description for programs."""
    return tuple(AnswerField(name=n, meaning=text) for n, text in fields_of(noun).items())


def _question(question: Question) -> QuestionIds:
    waves = (
        ChoiceIds(id=UNSURE, label="not sure"),
        ChoiceIds(id=ANY, label="does not matter"),
    )
    return QuestionIds(
        id=question.id,
        title=question.title,
        several=question.multiple,
        choices=(*(ChoiceIds(id=c.id, label=c.label) for c in question.choices), *waves),
    )
