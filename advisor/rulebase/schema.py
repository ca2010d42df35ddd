"""The shape of the files that say what is asked and what is known; extra keys are forbidden.

What a file means is defined in `advisor.model`; whether ids exist is checked in `checks/`.
What follows from answers has its shapes in `rule_schema.py`. Knows nothing of YAML.
"""

import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from advisor.model.knowledge import ClaimKind, Evidence, Status
from advisor.model.rules import Role

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL_PATTERN = r"^https?://[^\s]+$"
COLOUR_PATTERN = r"^#[0-9a-f]{6}$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN)]
Colour = Annotated[str, StringConstraints(pattern=COLOUR_PATTERN)]
Alternatives = Annotated[
    list[Annotated[dict[Id, Annotated[list[Id], Field(min_length=1)]], Field(min_length=1)]],
    Field(min_length=1),
]
"""A list of alternatives; each maps questions to the choices of which one must be given."""


class Shape(BaseModel):
    """What all shapes share: unknown keys are faults, kebab-case keys, no silent conversion."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        alias_generator=lambda name: name.replace("_", "-"),
        frozen=True,
    )


# --- rulebase.yaml -----------------------------------------------------------------------------


class TopicShape(Shape):
    """A topic and its questions, in the order in which they are asked."""

    id: Id
    title: Text
    questions: Annotated[list[Id], Field(min_length=1)]


class SubjectShape(Shape):
    """What a tradeoff and its claims are about; `question` is what it asks, in a sentence."""

    id: Id
    title: Text
    question: Text


class MarginsShape(Shape):
    """The margins of the verdict, in points."""

    tie: Annotated[int, Field(ge=0)]
    close: Annotated[int, Field(ge=0)]


class SwitchShape(Shape):
    """Answers under which nobody needs a role."""

    id: Id
    role: Annotated[Role, Field(strict=False)]
    when: Alternatives
    text: Text


class RuleBaseFile(Shape):
    """rulebase.yaml."""

    title: Text
    tagline: Text
    margins: MarginsShape
    topics: Annotated[list[TopicShape], Field(min_length=1)]
    subjects: Annotated[list[SubjectShape], Field(min_length=1)]
    switches: list[SwitchShape] = []


# --- frameworks/<id>.yaml ----------------------------------------------------------------------


class ColourShape(Shape):
    """A framework's colour in each scheme."""

    light: Colour
    dark: Colour


class RoleShape(Shape):
    """A role that a framework can take, and the claims that say so."""

    role: Annotated[Role, Field(strict=False)]
    because: Annotated[list[Id], Field(min_length=1)]


class BackendShape(Shape):
    """What a framework can run on; `framework` where that is one that can be recommended."""

    id: Id
    name: Text
    framework: Id | None = None
    because: Annotated[list[Id], Field(min_length=1)]


class MeansShape(Shape):
    """With what a framework ships under some answers, such as a runtime for phones."""

    tool: Id
    where: Text
    when: Alternatives


class FrameworkFile(Shape):
    """frameworks/<id>.yaml."""

    id: Id
    name: Text
    summary: Text
    colour: ColourShape
    roles: Annotated[list[RoleShape], Field(min_length=1)]
    backends: list[BackendShape] = []
    means: list[MeansShape] = []


# --- questions/<topic>.yaml --------------------------------------------------------------------


class ChoiceShape(Shape):
    """One answer; `neutral` says that no rule looks at it, on purpose."""

    id: Id
    label: Text
    hint: str = ""
    neutral: bool = False


class NoneShape(Shape):
    """The exclusive answer of a question that takes several; its id is `none`."""

    label: Text
    hint: str = ""
    neutral: bool = False


class QuestionShape(Shape):
    """A question. `applies` takes it away when an answer contradicts every alternative."""

    id: Id
    title: Text
    label: Text
    changes: Text
    why: Text
    multiple: bool = False
    choices: Annotated[list[ChoiceShape], Field(min_length=2)]
    none: NoneShape | None = None
    applies: Alternatives | None = None

    @model_validator(mode="after")
    def _none_needs_multiple(self) -> Self:
        if self.none and not self.multiple:
            code, message = "none-without-multiple", "only a question that takes several has 'none'"
            raise PydanticCustomError(code, message, {"expected": "'multiple: true', or no 'none'"})
        return self


class QuestionsFile(Shape):
    """questions/<topic>.yaml."""

    questions: Annotated[list[QuestionShape], Field(min_length=1)]


# --- sources.yaml, claims/*.yaml, tools.yaml, disagreements.yaml --------------------------------


class SourceShape(Shape):
    """A document or page; only addresses that somebody has seen."""

    id: Id
    title: Text
    publisher: str = ""
    author: str = ""
    date: str = ""
    kind: Literal[
        "document", "documentation", "repository", "release notes", "package", "issue",
        "article", "measurement",
    ]  # fmt: skip
    url: Url | None = None
    document: bool = False
    sections: Annotated[list[Text], Field(min_length=1)]
    looked_at: datetime.date


class SourcesFile(Shape):
    """sources.yaml."""

    sources: Annotated[list[SourceShape], Field(min_length=1)]


class ClaimShape(Shape):
    """One statement. `source` may be left to the file."""

    id: Id
    source: Id | None = None
    sections: Annotated[list[Text], Field(min_length=1)]
    text: Text
    topic: Id
    kind: Annotated[ClaimKind, Field(strict=False)]
    status: Annotated[Status, Field(strict=False)]
    evidence: Annotated[Evidence | None, Field(strict=False)] = None
    checked: datetime.date
    rests_on: list[Id] = []
    shown_by: list[Id] = []
    background: bool = False
    note: str = ""


class ClaimsFile(Shape):
    """claims/<source>.yaml: the claims of one source, or of several that belong together."""

    source: Id | None = None
    claims: Annotated[list[ClaimShape], Field(min_length=1)]


class ToolShape(Shape):
    """A tool or system, whose it is and how it stands today."""

    id: Id
    name: Text
    owner: Text
    text: Text
    status: Literal["active", "slow", "preview", "renamed", "deprecated", "ended", "unclear"]
    replaced_by: list[Id] = []
    because: Annotated[list[Id], Field(min_length=1)]


class ToolsFile(Shape):
    """tools.yaml."""

    tools: list[ToolShape]


class SideShape(Shape):
    """One side of a disagreement."""

    text: Text
    claims: Annotated[list[Id], Field(min_length=1)]


class DisagreementShape(Shape):
    """Who says what, and what settles it, or that nothing does."""

    id: Id
    title: Text
    kind: Literal["direct", "tension", "scope"]
    sides: Annotated[list[SideShape], Field(min_length=2)]
    settled_by: list[Id] = []
    settlement: Text


class DisagreementsFile(Shape):
    """disagreements.yaml."""

    disagreements: list[DisagreementShape]
