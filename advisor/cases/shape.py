"""The shape of a `*.cases.yaml` file, and the nouns that it becomes.

Whether ids exist and answers can be used is for `read` to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from advisor.errors import Place
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Verdict
from advisor.rulebase.schema import Id, Shape, Text

Ids = Annotated[list[Id], Field(default_factory=list)]
Texts = Annotated[list[Text], Field(default_factory=list)]


class ExpectedShape(Shape):
    """What must come out on one basis.

    Attributes:
        leaders: exactly these lead.
        plans: exactly these are the leaders' plans, each `lead[/backend][:shipper]`; not looked
            at when empty, and a backend only where it is named.
        must: rules, edge costs and switches that appear somewhere in the result.
        must_not: those that do not.
        ruled_out: frameworks that are, among others perhaps; so too the lists below.
    """

    leaders: list[Id]
    verdict: Annotated[Verdict, Field(strict=False)]
    plans: Texts
    must: Ids
    must_not: Ids
    ruled_out: Ids
    notes: Ids
    migrations: Ids
    disagreements: Ids


class CaseShape(Shape):
    """A project in an engineer's words, its answers, and what must come out."""

    id: Id
    project: Text
    answers: dict[str, object]
    important: Ids
    checked: ExpectedShape | None = None
    documents: ExpectedShape | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not self.checked and not self.documents:
            code, message = "expects-nothing", "the case says nothing of what must come out"
            raise PydanticCustomError(
                code, message, {"expected": "'checked', 'documents', or both"}
            )
        return self


class CasesFile(Shape):
    """A `*.cases.yaml` file."""

    cases: Annotated[list[CaseShape], Field(min_length=1)]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A case that can be run.

    Attributes:
        place: where it stands.
        expected: what must come out, on each basis that the case speaks of.
    """

    id: str
    project: str
    place: Place
    answers: Answers
    expected: Mapping[Basis, ExpectedShape]
