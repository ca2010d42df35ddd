"""The rule base as a whole: frameworks, questions, and everything else that was read, frozen.

Knows nothing of the files it came from and computes nothing but look-ups.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.knowledge import Claim, Disagreement, Source, Subject, Tool
from advisor.model.rules import Edge, Migration, Note, Role, Rule, Step, Switch, When

NONE_CHOICE = "none"
"""The id of the exclusive choice of a question that takes several answers."""


@dataclass(frozen=True, slots=True)
class Backend:
    """What a framework can run on.

    Attributes:
        framework: id of the framework that it is, when it is one of those that can be
            recommended; empty otherwise.
    """

    id: str
    name: str
    framework: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """With what a framework ships to some places.

    Attributes:
        tool: id of the tool.
        where: the places, in words that follow its name.
    """

    tool: str
    where: str
    when: When


@dataclass(frozen=True, slots=True)
class Framework:
    """One that can be recommended.

    Attributes:
        means: with what it ships where it does so by something with a name of its own.
        roles: for each role it can take, the ids of the claims that say so.
        colour: a hexadecimal colour per scheme, `light` and `dark`.
    """

    id: str
    name: str
    summary: str
    colour: Mapping[str, str]
    roles: Mapping[Role, tuple[str, ...]]
    backends: tuple[Backend, ...]
    means: tuple[Means, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen.

    Attributes:
        neutral: True for an answer that no rule looks at, on purpose.
    """

    id: str
    label: str
    hint: str
    neutral: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Asked of the engineer.

    Attributes:
        title: the question itself.
        label: two or three words for lists and tables.
        changes: one line that says what the answer changes.
        why: why we ask, at more length.
        multiple: True when several choices can be given.
        applies: when it makes sense to ask; an answer that says otherwise takes it away.
    """

    id: str
    topic: str
    title: str
    label: str
    changes: str
    why: str
    multiple: bool
    choices: tuple[Choice, ...]
    applies: When


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of questions, in the order in which they are asked."""

    id: str
    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Margins:
    """How far apart scores must be, in points.

    Attributes:
        tie: plans at most this far behind the best share the lead.
        close: a lead of at most this many points is called close.
    """

    tie: int
    close: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """A project somebody wrote down as an example, with the answers it stands for."""

    id: str
    title: str
    text: str
    answers: Mapping[str, tuple[str, ...]]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RuleBase:
    """Everything that was read. Compared and hashed by identity: there is one per load.

    Attributes:
        subjects: what the tradeoffs are about, in the order in which a reader wants them.
        steps: what to do once a plan is chosen, in the order in which it is due.
        rules_hash: SHA-256 over the content that can move a recommendation, in hexadecimal;
            independent of the order of files, rules and frameworks.
        facts_as_of: the latest day on which a claim was checked.
    """

    title: str
    tagline: str
    margins: Margins
    topics: tuple[Topic, ...]
    subjects: Mapping[str, Subject]
    questions: Mapping[str, Question]
    frameworks: Mapping[str, Framework]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    tools: Mapping[str, Tool]
    rules: Mapping[str, Rule]
    edges: Mapping[str, Edge]
    switches: Mapping[str, Switch]
    notes: Mapping[str, Note]
    migrations: Mapping[str, Migration]
    steps: Mapping[str, Step]
    disagreements: Mapping[str, Disagreement]
    scenarios: Mapping[str, Scenario]
    rules_hash: str
    facts_as_of: datetime.date
