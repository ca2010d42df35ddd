"""How programs use the site: addresses, questions and choices by id, problems."""

import json
from typing import ClassVar

from pydantic import Field

from advisor.answers.query import ANY, UNSURE
from advisor.model.rulebase import Question, RuleBase
from advisor.web.views.page import Page, Shell, View
from advisor.web.views.unusable import unused
from advisor.web.visit import Visit


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


class DocumentationPage(Page):
    """Tells programmers what they need."""

    template: ClassVar[str] = "pages/documentation.html"

    query: str = Field(description="An example of answers in an address.")
    body: str = Field(description="An example of answers in a body.")
    expect: str = Field(description="The id of something that can be expected.")
    questions: tuple[QuestionIds, ...] = Field(description="All questions.")
    frameworks: tuple[ChoiceIds, ...] = Field(description="All that can be recommended.")
    problems: tuple[ProblemKind, ...] = Field(description="All kinds of failed requests.")


def documentation_page(
    rulebase: RuleBase, shell: Shell, visit: Visit, problems: tuple[ProblemKind, ...]
) -> DocumentationPage:
    """Make the page; its examples are made of the first questions of the rule base."""
    first, second = [*rulebase.questions.values()][:2]
    first_choice, second_choice = first.choices[0].id, second.choices[0].id
    framework = next(iter(rulebase.frameworks))
    answers = {first.id: first_choice, second.id: [second_choice]}
    if not second.multiple:
        answers[second.id] = second_choice
    body = {"answers": answers, "important": [first.id], "expect": framework}
    return DocumentationPage(
        shell=shell,
        title="For programs",
        description=f"How programs use the {rulebase.title}: addresses, ids, problems.",
        unusable=unused(visit.form),
        query=f"{first.id}={first_choice}&{second.id}={second_choice}",
        body=json.dumps(body),
        expect=framework,
        questions=tuple(_question(question) for question in rulebase.questions.values()),
        frameworks=tuple(ChoiceIds(id=f.id, label=f.name) for f in rulebase.frameworks.values()),
        problems=problems,
    )


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
