"""The shape of the files that say what follows from answers: rules, edges, notes and the like.

What a file means is defined in `advisor.model`; whether ids exist is checked in `checks/`.
Knows nothing of YAML.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from advisor.model.rules import Phase, Role
from advisor.rulebase.schema import Alternatives, Id, Shape, Text

Points = Annotated[int, Field(ge=-3, le=3)]


# --- tradeoffs/<topic>.yaml --------------------------------------------------------------------


class ScoreShape(Shape):
    """Points for a role of frameworks."""

    role: Annotated[Role, Field(strict=False)]
    frameworks: Annotated[list[Id], Field(min_length=1)]
    points: Points

    @model_validator(mode="after")
    def _points_move(self) -> Self:
        if self.points == 0:
            code, message = "zero-points", "a score of 0 points says nothing"
            expected = "1 to 3, -3 to -1, or 'level' for what no longer differs"
            raise PydanticCustomError(code, message, {"expected": expected})
        return self


class StopShape(Shape):
    """Rules frameworks out of a role."""

    role: Annotated[Role, Field(strict=False)]
    frameworks: Annotated[list[Id], Field(min_length=1)]
    way_out: Text


class LevelShape(Shape):
    """Says that a matter no longer separates frameworks."""

    role: Annotated[Role, Field(strict=False)]
    frameworks: Annotated[list[Id], Field(min_length=2)]


class PreferShape(Shape):
    """Points for backends of a framework that runs on others."""

    framework: Id
    backends: Annotated[list[Id], Field(min_length=1)]
    points: Annotated[int, Field(ge=1, le=3)]


class RuleShape(Shape):
    """A rule: `when`, exactly one effect, `because`."""

    id: Id
    text: Text
    when: Alternatives
    score: ScoreShape | None = None
    stop: StopShape | None = None
    level: LevelShape | None = None
    prefer: PreferShape | None = None
    because: Annotated[list[Id], Field(min_length=1)]
    weight_because: str = ""

    @model_validator(mode="after")
    def _one_effect(self) -> Self:
        effects = [self.score, self.stop, self.level, self.prefer]
        count = sum(effect is not None for effect in effects)
        if count != 1:
            code, message = "one-effect", f"a rule has one effect, this one has {count or 'none'}"
            expected = "exactly one of 'score', 'stop', 'level' and 'prefer'"
            raise PydanticCustomError(code, message, {"expected": expected})
        return self


class TradeoffFile(Shape):
    """tradeoffs/<topic>.yaml; the topic is a subject, which has the title."""

    topic: Id
    rules: Annotated[list[RuleShape], Field(min_length=1)]


# --- works-with.yaml, next-steps.yaml, migrations.yaml, notes.yaml, scenarios.yaml ------------


class CostShape(Shape):
    """What an edge costs; without `when` it always does."""

    id: Id
    text: Text
    points: Annotated[int, Field(ge=1, le=3)]
    when: Alternatives | None = None
    because: Annotated[list[Id], Field(min_length=1)]


class EdgeShape(Shape):
    """A way from the builder to the shipper."""

    id: Id
    builder: Id
    shipper: Id
    text: Text
    backends: list[Id] = Field(default_factory=list)
    because: Annotated[list[Id], Field(min_length=1)]
    costs: list[CostShape] = Field(default_factory=list)


class WorksWithFile(Shape):
    """works-with.yaml."""

    edges: list[EdgeShape]


class StepShape(Shape):
    """What to do once a plan is chosen: for a framework in its roles, or for an edge."""

    id: Id
    phase: Annotated[Phase, Field(strict=False)]
    framework: Id | None = None
    roles: list[Annotated[Role, Field(strict=False)]] = Field(default_factory=list)
    edge: Id | None = None
    backends: list[Id] = Field(default_factory=list)
    when: Alternatives | None = None
    text: Text
    command: str = ""
    tools: list[Id] = Field(default_factory=list)
    because: Annotated[list[Id], Field(min_length=1)]

    @model_validator(mode="after")
    def _belongs_to_one(self) -> Self:
        for_edge = self.edge is not None
        if for_edge != (self.framework is not None) and for_edge != bool(self.roles):
            return self
        code, message = "one-place", "a step is for a framework in its roles, or for an edge"
        raise PydanticCustomError(
            code, message, {"expected": "'framework' and 'roles', or 'edge' alone"}
        )


class NextStepsFile(Shape):
    """next-steps.yaml."""

    steps: list[StepShape]


class MigrationShape(Shape):
    """A route for code that exists already."""

    id: Id
    origin: Text
    to: Id
    when: Alternatives
    text: Text
    steps: Annotated[list[Text], Field(min_length=1)]
    cost: Literal["small", "medium", "large"]
    because: Annotated[list[Id], Field(min_length=1)]


class MigrationsFile(Shape):
    """migrations.yaml."""

    migrations: list[MigrationShape]


class NoteShape(Shape):
    """Something outside the frameworks, told when answers point there."""

    id: Id
    title: Text
    text: Text
    when: Alternatives
    because: Annotated[list[Id], Field(min_length=1)]


class NotesFile(Shape):
    """notes.yaml."""

    notes: list[NoteShape]


class ScenarioShape(Shape):
    """An example project and the answers it stands for."""

    id: Id
    title: Text
    text: Text
    answers: dict[Id, Annotated[list[Id], Field(min_length=1)]]
    because: Annotated[list[Id], Field(min_length=1)]


class ScenariosFile(Shape):
    """scenarios.yaml."""

    scenarios: list[ScenarioShape]
