"""What follows from answers: conditions, rules, edges between frameworks, notes, migrations.

Data only; whether a condition holds is the engine's matter.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a framework can do for a project: write and train, or serve and run elsewhere."""

    BUILD = "build"
    SHIP = "ship"


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """Holds when the question is answered with at least one of the choices."""

    question: str
    choices: frozenset[str]


Conjunction = tuple[Condition, ...]
"""Conditions that must hold together; empty means always."""

When = tuple[Conjunction, ...]
"""Holds when one of its alternatives does."""

ALWAYS: When = ((),)


@dataclass(frozen=True, slots=True)
class Score:
    """Points for one role of one or more frameworks; negative for a plain limit."""

    role: Role
    frameworks: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A hard fact that rules frameworks out of a role; `way_out` says what could be done."""

    role: Role
    frameworks: tuple[str, ...]
    way_out: str


@dataclass(frozen=True, slots=True)
class Level:
    """Says that a matter no longer separates the frameworks; moves no score."""

    role: Role
    frameworks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefer:
    """Points for backends of a framework that runs on others; they choose the backend only."""

    framework: str
    backends: tuple[str, ...]
    points: int


Effect = Score | Stop | Level | Prefer


@dataclass(frozen=True, slots=True)
class Rule:
    """When these answers, then this effect, because of these claims.

    Attributes:
        topic: id of the subject of the tradeoff it belongs to.
        text: the reason as the reader sees it.
        claims: ids of the claims it rests on; all of them support its direction.
        weight_because: why its points leave the rubric; empty for rules that keep to it.
    """

    id: str
    topic: str
    text: str
    when: When
    effect: Effect
    claims: tuple[str, ...]
    weight_because: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What an edge costs under some answers, in points; zero or more."""

    id: str
    text: str
    points: int
    when: When
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from the framework that builds to the one that ships.

    Attributes:
        backends: backends of the builder with which the way is open; empty means any.
        claims: ids of the claims that say the way exists.
    """

    id: str
    builder: str
    shipper: str
    text: str
    backends: tuple[str, ...]
    claims: tuple[str, ...]
    costs: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """Answers under which nobody needs the role."""

    id: str
    role: Role
    text: str
    when: When


@dataclass(frozen=True, slots=True)
class Note:
    """Something outside the frameworks that is told when answers point there, never ranked."""

    id: str
    title: str
    text: str
    when: When
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Migration:
    """A route for code that exists already into a framework that the plan uses.

    Attributes:
        origin: what the code is written in, in words; a framework's id where it is one.
        to: id of the framework it leads to.
        when: the answers that say that such code exists.
        steps: what to do, in order.
        cost: `small`, `medium` or `large`.
    """

    id: str
    origin: str
    to: str
    when: When
    text: str
    steps: tuple[str, ...]
    cost: str
    claims: tuple[str, ...]


class Phase(StrEnum):
    """When a step is due, in order."""

    INSTALL = "install"
    BUILD = "build"
    EXPORT = "export"
    SHIP = "ship"
    CHECK = "check"
    """What to make sure of before committing to the plan."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do once a plan is chosen: for a framework in its roles, or for an edge.

    Attributes:
        framework: id of the framework that it is for; empty where it is for an edge.
        roles: what the framework has to be in the plan, all of it: who builds, who ships, or
            both at once; empty where the step is for an edge.
        edge: id of the edge that it is for; empty where it is for a framework.
        backends: backends of the builder with which it is due; empty means any.
        when: the answers under which it is due.
        command: what to type or to write, line for line; empty where words say it all.
        tools: ids of the tools that it uses.
    """

    id: str
    phase: Phase
    framework: str
    roles: tuple[Role, ...]
    edge: str
    backends: tuple[str, ...]
    when: When
    text: str
    command: str
    tools: tuple[str, ...]
    claims: tuple[str, ...]
