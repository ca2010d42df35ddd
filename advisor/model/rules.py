"""What follows from answers: conditions, rules, edges between frameworks, notes, migrations."""

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
"""Holds when one of its conjunctions does.

Example, with conditions as `question: choices`: `((goal: research, deploy: web or mobile), (team:
old))` holds for research that goes to the web or to phones, and for any old team.
"""

ALWAYS: When = ((),)


@dataclass(frozen=True, slots=True)
class Score:
    """Points for one role of one or more frameworks; negative for a plain limit."""

    role: Role
    frameworks: tuple[str, ...]
    points: int
    by: tuple[str, ...] = ()
    """Ids of edges: the points are for plans that go by one of them; empty means every plan."""


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
    """When these answers, then this effect, because of these claims."""

    id: str
    topic: str
    """Id of the subject of the tradeoff it belongs to."""
    text: str
    """The reason as the reader sees it."""
    when: When
    effect: Effect
    claims: tuple[str, ...]
    """Ids of the claims it rests on; all of them support its direction."""
    weight_because: str
    """Why its points leave the rubric; empty for rules that keep to it."""


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
    """A way from the framework that builds to the one that ships."""

    id: str
    builder: str
    shipper: str
    text: str
    backends: tuple[str, ...]
    """Backends of the builder with which the way is open; empty means any."""
    claims: tuple[str, ...]
    """Ids of the claims that say the way exists."""
    costs: tuple[Cost, ...]
    finished: When = ()
    """The answers that say that a finished model of the builder is there: where nobody builds any
    more, the shipper gets it by this way and no other. Empty means never."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Answers under which nobody needs the role."""

    id: str
    role: Role
    text: str
    when: When


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that do not go together: it is told, and moves no score."""

    id: str
    text: str
    """Why not, and what to make of it."""
    when: When
    claims: tuple[str, ...]
    """Ids of the claims that say so; empty where it goes without saying."""


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
    """A route for code that exists already into a framework that the plan uses."""

    id: str
    origin: str
    """What the code is written in, in words; a framework's id where it is one."""
    to: str
    """Id of the framework it leads to."""
    when: When
    """The answers that say that such code exists."""
    text: str
    steps: tuple[str, ...]
    """What to do, in order."""
    cost: str
    """`small`, `medium` or `large`."""
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
    """Something to do once a plan is chosen: for a framework in its roles, or for an edge."""

    id: str
    phase: Phase
    framework: str
    """Id of the framework that it is for; empty where it is for an edge."""
    roles: tuple[Role, ...]
    """What the framework has to be in the plan, all of it: who builds, who ships, or both at once;
    empty where the step is for an edge."""
    edge: str
    """Id of the edge that it is for; empty where it is for a framework."""
    backends: tuple[str, ...]
    """Backends of the builder with which it is due; empty means any."""
    when: When
    """The answers under which it is due."""
    text: str
    command: str
    """What to type or to write, line for line; empty where words say it all."""
    tools: tuple[str, ...]
    """Ids of the tools that it uses."""
    claims: tuple[str, ...]
    not_run: str = ""
    """What kept us from running the command, in a word; empty where a probe runs it."""
    not_when: When = ()
    """The answers under which it is not due all the same, as it would contradict them."""
