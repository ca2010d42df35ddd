"""What follows from answers: conditions, rules, edges between frameworks, notes, migrations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Annotated, Literal

from advisor.model.written import (
    Handler,
    Held,
    Id,
    Ids,
    Listed,
    Many,
    MaybeId,
    MaybeText,
    Points,
    Schema,
    Some,
    Text,
    Unless,
)


class Role(StrEnum):
    """What a framework can do for a project: write and train, or serve and run elsewhere."""

    BUILD = "build"
    SHIP = "ship"


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """Holds when the question is answered with at least one of the choices."""

    question: str
    choices: frozenset[str]

    @property
    def asks(self) -> bool:
        """Say whether it holds by an answer alone, which can be marked as important."""
        return UNANSWERED not in self.choices


class Beside(Condition):
    """Only has to hold beside `when`: lets something fire, but brings no question in."""

    __slots__ = ()

    @property
    def asks(self) -> bool:
        """Say no: what the answers to `when` bring in stays as it is beside it."""
        return False


class Barred(Beside):
    """Holds when no answer is among the choices, `unanswered` being one where none counts."""

    __slots__ = ()


UNANSWERED = "unanswered"
"""What a condition has among its choices that holds as well where no answer counts."""

Clause = tuple[Condition, ...]
"""Conditions that must hold together, one way in which a `when` can hold; empty means always."""

MOST_CONDITIONS = 100
"""The most in one clause. The engine adds up what is unmet in numbers up to 127: a bit for
each condition of one question; what stands beside `when` adds at most 6."""


@dataclass(frozen=True)
class Conditions:
    """How a file has clauses: `[{"deploy": ["web", "phone"], "team": ["one"]}]`."""

    least: int = 1
    """How many questions each of them names at least."""
    most: int = MOST_CONDITIONS
    """How many at most."""
    clauses: int | None = None
    """How many clauses there are at most."""

    def __get_pydantic_core_schema__(self, source: object, handler: Handler) -> Schema:
        bounds = Held(min_length=self.least, max_length=self.most)
        clauses = tuple[Annotated[dict[Id, Many[Id]], bounds], ...]
        written = handler.generate_schema(Annotated[clauses, Listed(1, self.clauses)])
        made = {"type": "function-before", "schema": handler(source)}
        made["function"] = {"type": "no-info", "function": self.made}
        return {"type": "chain", "steps": [written, made]}

    @staticmethod
    def made(written: tuple[Mapping[str, Iterable[str]], ...]) -> tuple[Clause, ...]:
        """Make conditions of clauses as they are written."""
        return tuple(
            [
                tuple([Condition(name, frozenset(choices)) for name, choices in each.items()])
                for each in written
            ]
        )


When = Annotated[tuple[Clause, ...], Conditions()]
"""Holds when one of its clauses does.

Example, with conditions as `question: choices`: `((goal: research, deploy: web or mobile), (team:
old))` holds for research that goes to the web or to phones, and for any old team.
"""

ALWAYS: When = ((),)
MaybeWhen = Annotated[When, Unless(ALWAYS)]

NotWhen = Annotated[tuple[Clause, ...], Conditions(most=2, clauses=6)]
"""Exceptions, and what lifts them: few enough for `with_exceptions`, which makes up to 64 and 6
clauses of one."""


def with_exceptions(when: When, not_when: When, except_when: When) -> When:
    """Return clauses that hold where `when` does and no exception does, or all are lifted.

    An exception does not hold where one of its conditions does not. So each clause of `when` comes
    once for each choice of one condition from every exception, and once for each clause of
    `except_when`, which lifts them all.
    """
    found: list[Clause] = []
    for clause, failing in product(when, product(*not_when)):
        barred: dict[str, frozenset[str]] = {}
        for each in failing:
            barred[each.question] = barred.get(each.question, frozenset()) | each.choices
        found.append((*clause, *(Barred(*each) for each in barred.items())))
    for clause, lifting in product(when, except_when):
        found.append((*clause, *(Beside(each.question, each.choices) for each in lifting)))
    return tuple(found)


def answered(when: When) -> Iterator[Clause]:
    """Yield one clause more for each condition that holds without an answer too: it wants one.

    Such a clause holds only where the one that it is made from does, so it makes nothing fire: it
    says that an answer took part, which is told and counts double where it is marked.
    """
    for clause in when:
        for place, each in enumerate(clause):
            choices = each.choices - {UNANSWERED}
            if choices and not each.asks and not isinstance(each, Beside):
                wanted = Condition(each.question, choices)
                yield (*clause[:place], wanted, *clause[place + 1 :])


@dataclass(frozen=True, slots=True)
class Score:
    """Points for one role of one or more frameworks; negative for a plain limit."""

    role: Role
    frameworks: Many[Id]
    points: Annotated[int, Held(strict=True, ge=-3, le=3)]
    by: Ids = ()
    """Ids of edges: the points are for plans that go by one of them; empty means every plan."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A hard fact that rules frameworks out of a role; `way_out` says what could be done."""

    role: Role
    frameworks: Many[Id]
    way_out: Text


@dataclass(frozen=True, slots=True)
class Level:
    """Says that a matter no longer separates the frameworks; moves no score."""

    role: Role
    frameworks: Annotated[tuple[Id, ...], Listed(2)]


@dataclass(frozen=True, slots=True)
class Prefer:
    """Points for backends of a framework that runs on others; they choose the backend only."""

    framework: Id
    backends: Many[Id]
    points: Points


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
    not_when: When = ()
    """The answers under which it does not fire all the same."""
    except_when: When = ()
    """The answers beside which it fires even so."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What an edge costs under some answers, in points; zero or more."""

    id: Id
    text: Text
    points: Points
    when: MaybeWhen
    claims: Many[Id]
    not_when: NotWhen = ()
    """The answers under which it costs nothing all the same."""
    except_when: NotWhen = ()
    """The answers beside which it costs even so."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from the framework that builds to the one that ships."""

    id: Id
    builder: Id
    shipper: Id
    text: Text
    backends: Ids
    """Backends of the builder with which the way is open; empty means any."""
    claims: Many[Id]
    """Ids of the claims that say the way exists."""
    costs: Some[Cost]
    finished: When = ()
    """The answers that say that a finished model of the builder is there: where nobody builds any
    more, the shipper gets it by this way and no other. Empty means never."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Answers under which nobody needs the role."""

    id: Id
    role: Role
    text: Text
    when: When


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that do not go together: it is told, and moves no score."""

    id: Id
    text: Text
    """Why not, and what to make of it."""
    when: Annotated[tuple[Clause, ...], Conditions(2)]
    claims: Ids
    """Ids of the claims that say so; empty where it goes without saying."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something outside the frameworks that is told when answers point there, never ranked."""

    id: Id
    title: Text
    text: Text
    when: When
    claims: Many[Id]


@dataclass(frozen=True, slots=True)
class Migration:
    """A route for code that exists already into a framework that the plan uses."""

    id: Id
    origin: Text
    """What the code is written in, in words; a framework's id where it is one."""
    to: Id
    """Id of the framework it leads to."""
    when: When
    """The answers that say that such code exists."""
    text: Text
    steps: Many[Text]
    """What to do, in order."""
    cost: Literal["small", "medium", "large"]
    """`small`, `medium` or `large`."""
    claims: Many[Id]


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

    id: Id
    phase: Phase
    framework: MaybeId
    """Id of the framework that it is for; empty where it is for an edge."""
    roles: Some[Role]
    """What the framework has to be in the plan, all of it: who builds, who ships, or both at once;
    empty where the step is for an edge."""
    edge: MaybeId
    """Id of the edge that it is for; empty where it is for a framework."""
    backends: Ids
    """Backends of the builder with which it is due; empty means any."""
    when: MaybeWhen
    """The answers under which it is due."""
    text: Text
    command: MaybeText
    """What to type or to write, line for line; empty where words say it all."""
    tools: Ids
    """Ids of the tools that it uses."""
    claims: Many[Id]
    not_run: MaybeId = ""
    """What kept us from running the command, in a word; empty where a probe runs it."""
    not_when: When = ()
    """The answers under which it is not due all the same, as it would contradict them."""
    except_when: When = ()
    """The answers beside which it is due even so."""
    not_by: Ids = ()
    """Ids of edges: it is not due in plans that go by one of them, as they bring another file."""
