"""The shape of each entry and file of a rule base, as it is written; extra keys are forbidden.

What an entry is and what its fields mean is said in `advisor.model`, at the noun that it becomes: a
`NoteShape` becomes a `Note`. Which of them a file holds is said by `FILE_KINDS` in `files.py`.
"""

import datetime
from typing import Annotated, Literal, NoReturn, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from advisor.model.knowledge import ClaimKind, Evidence, Sight, Status
from advisor.model.rules import Phase, Role

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL_PATTERN = r"^https?://[^\s]+$"
COLOUR_PATTERN = r"^#[0-9a-f]{6}$"

PACKAGE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.]*$"

T = TypeVar("T")
Many = Annotated[list[T], Field(min_length=1)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Package = Annotated[str, StringConstraints(pattern=PACKAGE_PATTERN)]
Colour = Annotated[str, StringConstraints(pattern=COLOUR_PATTERN)]
WrittenRole = Annotated[Role, Field(strict=False)]
MOST_CONDITIONS = 100
"""The most in one alternative: the engine counts up to 127 of them."""

WrittenWhen = Many[Annotated[dict[Id, Many[Id]], Field(min_length=1, max_length=MOST_CONDITIONS)]]
"""Alternatives, questions with choices: `[{"deploy": ["web", "phone"], "team": ["one"]}]`."""

OURS = "ours"
"""The type of an error that a shape raises itself, with code, message and what it expected."""


def refuse(code: str, message: str, expected: str) -> NoReturn:
    """Refuse what a shape was given, in the words that the fault will have."""
    raise PydanticCustomError(OURS, OURS, {"words": (code, message, expected)})


class Shape(BaseModel):
    """What all shapes share: unknown keys are faults, kebab-case keys, no silent conversion."""

    model_config = ConfigDict(
        extra="forbid", strict=True, alias_generator=lambda key: key.replace("_", "-"), frozen=True
    )


class IdShape(Shape):
    """Something with an id."""

    id: Id


class ReasonedShape(IdShape):
    """A text, and the claims that it rests on."""

    text: Text
    because: Many[Id]


class TopicShape(IdShape):
    title: Text
    questions: Many[Id]


class SubjectShape(IdShape):
    title: Text
    question: Text


class MarginsShape(Shape):
    tie: Annotated[int, Field(ge=0)]
    close: Annotated[int, Field(ge=0)]


class SwitchShape(IdShape):
    role: WrittenRole
    when: WrittenWhen
    text: Text


class RuleBaseFile(Shape):
    """The manifest `rulebase.yaml`."""

    title: Text
    tagline: Text
    margins: MarginsShape
    topics: Many[TopicShape]
    subjects: Many[SubjectShape]
    switches: list[SwitchShape] = []


class ColourShape(Shape):
    """A framework's colour in each scheme."""

    light: Colour
    dark: Colour


class RoleShape(Shape):
    """A role that a framework can take, and the claims that say so."""

    role: WrittenRole
    because: Many[Id]


class BackendShape(IdShape):
    name: Text
    framework: Id | None = None
    because: Many[Id]


class MeansShape(Shape):
    tool: Id
    where: Text
    when: WrittenWhen


class FrameworkFile(IdShape):
    """A file `frameworks/<id>.yaml`."""

    name: Text
    summary: Text
    colour: ColourShape
    roles: Many[RoleShape]
    backends: list[BackendShape] = []
    means: list[MeansShape] = []


class NoneShape(Shape):
    """The exclusive answer of a question that takes several; its id is `none`."""

    label: Text
    hint: str = ""
    neutral: bool = False


class ChoiceShape(IdShape, NoneShape):
    """One answer."""


class QuestionShape(IdShape):
    title: Text
    label: Text
    changes: Text
    why: Text
    multiple: bool = False
    choices: Annotated[list[ChoiceShape], Field(min_length=2)]
    none: NoneShape | None = None
    applies: WrittenWhen | None = None
    first: bool = False

    @model_validator(mode="after")
    def _none_needs_multiple(self) -> Self:
        if self.none and not self.multiple:
            message = "only a question that takes several has 'none'"
            refuse("none-without-multiple", message, "'multiple: true', or no 'none'")
        return self


class SourceShape(IdShape):
    title: Text
    publisher: str = ""
    author: str = ""
    date: str = ""
    kind: Literal[
        "document", "documentation", "repository", "release notes", "package", "issue",
        "article", "measurement",
    ]  # fmt: skip
    url: Annotated[str, StringConstraints(pattern=URL_PATTERN)] | None = None
    document: bool = False
    sections: Many[Text]
    looked_at: datetime.date


class ReportsShape(Shape):
    """Reports of the same by people who do not know of each other."""

    count: Annotated[int, Field(ge=2)]
    first: datetime.date
    last: datetime.date
    versions: Many[Text]


class ClaimShape(IdShape):
    """One statement; `source` may be left to the file."""

    source: Id | None = None
    sections: Many[Text]
    text: Text
    topic: Id
    kind: Annotated[ClaimKind, Field(strict=False)]
    status: Annotated[Status, Field(strict=False)]
    evidence: Annotated[Evidence | None, Field(strict=False)] = None
    checked: datetime.date
    rests_on: list[Id] = []
    shown_by: list[Id] = []
    background: bool = False
    reports: ReportsShape | None = None
    package: Package | None = None
    not_run: Id = ""
    note: str = ""


class ClaimsFile(Shape):
    """A file of claims; `source` is that of all who name none."""

    source: Id | None = None
    claims: Many[object]


class ToolShape(ReasonedShape):
    name: Text
    owner: Text
    status: Literal["active", "slow", "preview", "renamed", "deprecated", "ended", "unclear"]
    replaced_by: list[Id] = []
    package: Package | None = None


class SideShape(Shape):
    text: Text
    claims: Many[Id]


class DisagreementShape(IdShape):
    title: Text
    kind: Literal["direct", "tension", "scope"]
    sides: Annotated[list[SideShape], Field(min_length=2)]
    settled_by: list[Id] = []
    settlement: Text


class ScoreShape(Shape):
    role: WrittenRole
    frameworks: Many[Id]
    points: Annotated[int, Field(ge=-3, le=3)]
    by: list[Id] = []

    @model_validator(mode="after")
    def _points_move(self) -> Self:
        if self.points == 0:
            expected = "1 to 3, -3 to -1, or 'level' for what no longer differs"
            refuse("zero-points", "a score of 0 points says nothing", expected)
        return self


class StopShape(Shape):
    role: WrittenRole
    frameworks: Many[Id]
    way_out: Text


class LevelShape(Shape):
    role: WrittenRole
    frameworks: Annotated[list[Id], Field(min_length=2)]


class PreferShape(Shape):
    framework: Id
    backends: Many[Id]
    points: Annotated[int, Field(ge=1, le=3)]


class RuleShape(ReasonedShape):
    """A rule with exactly one effect."""

    when: WrittenWhen
    score: ScoreShape | None = None
    stop: StopShape | None = None
    level: LevelShape | None = None
    prefer: PreferShape | None = None
    weight_because: str = ""

    @property
    def effects(self) -> dict[str, ScoreShape | StopShape | LevelShape | PreferShape]:
        """The effects that are given, by key; one where the rule is sound."""
        keys = {"score": self.score, "stop": self.stop, "level": self.level, "prefer": self.prefer}
        return {key: effect for key, effect in keys.items() if effect}

    @model_validator(mode="after")
    def _one_effect(self) -> Self:
        if (count := len(self.effects)) != 1:
            message = f"a rule has one effect, this one has {count or 'none'}"
            refuse("one-effect", message, "exactly one of 'score', 'stop', 'level' and 'prefer'")
        return self


class TradeoffFile(Shape):
    """A file of rules about one subject, which is its topic."""

    topic: Id
    rules: Many[object]


class CostShape(ReasonedShape):
    points: Annotated[int, Field(ge=1, le=3)]
    when: WrittenWhen | None = None


class EdgeShape(ReasonedShape):
    builder: Id
    shipper: Id
    backends: list[Id] = []
    finished: WrittenWhen | None = None
    costs: list[CostShape] = []


class StepShape(ReasonedShape):
    phase: Annotated[Phase, Field(strict=False)]
    framework: Id | None = None
    roles: list[WrittenRole] = []
    edge: Id | None = None
    backends: list[Id] = []
    when: WrittenWhen | None = None
    not_when: WrittenWhen | None = None
    command: str = ""
    not_run: Id = ""
    tools: list[Id] = []

    @model_validator(mode="after")
    def _belongs_to_one(self) -> Self:
        for_edge = self.edge is not None
        if for_edge == (self.framework is not None) or for_edge == bool(self.roles):
            message = "a step is for a framework in its roles, or for an edge"
            refuse("one-place", message, "'framework' and 'roles', or 'edge' alone")
        return self


class MigrationShape(ReasonedShape):
    origin: Text
    to: Id
    when: WrittenWhen
    steps: Many[Text]
    cost: Literal["small", "medium", "large"]


class NoteShape(ReasonedShape):
    title: Text
    when: WrittenWhen


class ConflictShape(IdShape):
    """Answers that do not go together: two or more."""

    text: Text
    when: Many[Annotated[dict[Id, Many[Id]], Field(min_length=2, max_length=MOST_CONDITIONS)]]
    because: list[Id] = []


class RenameShape(Shape):
    kind: Id
    was: Text
    now: Text | None = None
    text: str = ""

    @model_validator(mode="after")
    def _says_why_it_was_dropped(self) -> Self:
        if not self.now and not self.text:
            message = f"nothing says what became of '{self.was}'"
            expected = "'now', or 'text' that says why it was dropped"
            refuse("dropped-without-a-word", message, expected)
        return self


class SeenShape(Shape):
    decides: Id
    verdict: Annotated[Sight, Field(strict=False)]
    observed: Text


class RunShape(Shape):
    day: datetime.date
    times: Annotated[int, Field(ge=1)]
    machine: Text
    versions: Many[Text]
    seconds: Annotated[int, Field(ge=0)]
    memory: Annotated[int, Field(ge=0)]
    seen: Many[SeenShape]


class RecordFile(IdShape):
    """A file `evidence/<probe>.yaml`; `advisor verify --record` writes it."""

    runs: Many[RunShape]


class ScenarioShape(ReasonedShape):
    title: Text
    answers: dict[Id, Many[Id]]
