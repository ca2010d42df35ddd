"""The start page: what you get, what it asks of you, and examples to look at first."""

from typing import ClassVar

from pydantic import Field

from advisor.model.answers import Answers
from advisor.model.rulebase import Framework, RuleBase, Scenario
from advisor.output.words import ROLE_WORDS, counted, listed
from advisor.query.query import Query
from advisor.web import urls
from advisor.web.dependencies import Visit
from advisor.web.views.page import Link, Page, Shell, View
from advisor.web.views.unusable import unusable


class Example(View):
    """An example project."""

    title: str = Field(description="What it is called.")
    text: str = Field(description="The project in a sentence or two.")
    address: str = Field(description="The address of its recommendation.")


class Candidate(View):
    """One that can be recommended."""

    id: str = Field(description="Its id, for its colour.")
    name: str = Field(description="Its name.")
    summary: str = Field(description="What it is.")
    roles: str = Field(description="What it can do, in words.")
    address: str = Field(description="The address of its own page.")


class HomePage(Page):
    """Invites to start."""

    template: ClassVar[str] = "pages/home.html"

    names: str = Field(description="The names of all that can be recommended.")
    questions: int = Field(description="How many questions there are at most.")
    sources: int = Field(description="How many sources the claims come from.")
    claims: int = Field(description="How many claims there are.")
    documents: tuple[Link, ...] = Field(description="The documents that the rules restate.")
    documents_counted: str = Field(description="How many these are, in words.")
    carried: str = Field(description="What answers the address brings along; empty if none.")
    start: str = Field(description="The address of the first question.")
    all_questions: str = Field(description="The address of all questions on one page.")
    examples: tuple[Example, ...] = Field(description="Example projects.")
    candidates: tuple[Candidate, ...] = Field(description="All that can be recommended.")


def home_page(rulebase: RuleBase, shell: Shell, visit: Visit) -> HomePage:
    """Make the start page; answers in its address are kept for the questions."""
    query = visit.query
    answers = query.answers
    count = len(answers.given) + len(answers.unsure) + len(answers.any)
    frameworks = sorted(rulebase.frameworks.values(), key=lambda framework: framework.name)
    documents = [source for source in rulebase.sources.values() if source.document]
    return HomePage(
        shell=shell,
        title="",
        description=rulebase.tagline,
        unusable=unusable(visit.faults),
        names=listed([framework.name for framework in frameworks], "or"),
        questions=len(rulebase.questions),
        sources=len(rulebase.sources),
        claims=len(rulebase.claims),
        documents=tuple(
            Link(label=document.title, address=f"/sources/{document.id}") for document in documents
        ),
        documents_counted=counted(len(documents), "document"),
        carried=counted(count, "answer") if count else "",
        start=urls.next_question(query),
        all_questions=urls.all_questions(query),
        examples=tuple(_example(scenario) for scenario in rulebase.scenarios.values()),
        candidates=tuple(_candidate(framework) for framework in frameworks),
    )


def _example(scenario: Scenario) -> Example:
    given = {name: frozenset(choices) for name, choices in scenario.answers.items()}
    return Example(
        title=scenario.title,
        text=scenario.text,
        address=urls.result(Query(answers=Answers(given=given))),
    )


def _candidate(framework: Framework) -> Candidate:
    return Candidate(
        id=framework.id,
        name=framework.name,
        summary=framework.summary,
        address=f"/frameworks/{framework.id}",
        roles=listed([ROLE_WORDS[role] for role in ROLE_WORDS if role in framework.roles]),
    )
