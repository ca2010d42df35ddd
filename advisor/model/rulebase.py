"""The rule base as a whole: frameworks, questions, and everything else that was read, frozen."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model.detectors import Detector
from advisor.model.knowledge import Claim, Disagreement, Record, Source, Subject, Tool
from advisor.model.rules import Conflict, Edge, Migration, Note, Role, Rule, Step, Switch, When

NONE_CHOICE = "none"
"""The id of the exclusive choice of a question that takes several answers."""


@dataclass(frozen=True, slots=True)
class Backend:
    """What a framework can run on."""

    id: str
    name: str
    framework: str
    """Id of the framework that it is, where it is one of those that can be recommended; empty
    otherwise."""
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """With what a framework ships to some places."""

    tool: str
    """Id of the tool."""
    where: str
    """The places, in words that follow its name."""
    when: When
    """The answers under which it does."""


@dataclass(frozen=True, slots=True)
class Framework:
    """One that can be recommended."""

    id: str
    name: str
    summary: str
    colour: Mapping[str, str]
    """A hexadecimal colour per scheme, `light` and `dark`."""
    roles: Mapping[Role, tuple[str, ...]]
    """For each role it can take, the ids of the claims that say so."""
    backends: tuple[Backend, ...]
    means: tuple[Means, ...] = ()
    """With what it ships where it does so by something with a name of its own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen."""

    id: str
    label: str
    hint: str
    neutral: bool
    """True for an answer that no rule looks at, on purpose."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked of the engineer, with its choices."""

    id: str
    topic: str
    title: str
    """The question itself."""
    label: str
    """Two or three words for lists and tables."""
    changes: str
    """One line that says what the answer changes."""
    why: str
    """Why we ask, at more length."""
    multiple: bool
    """True when several choices can be given."""
    choices: tuple[Choice, ...]
    applies: When
    """When it makes sense to ask: one of these lists of conditions has to hold, and an empty one
    always does."""
    first: bool = False
    """True for those that decide most: they are asked before all others."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of questions, in the order in which they are asked."""

    id: str
    title: str
    questions: tuple[str, ...]
    """Ids of its questions."""


@dataclass(frozen=True, slots=True)
class Margins:
    """How far apart scores must be, in points."""

    tie: int
    """Plans at most this far behind the best share the lead."""
    close: int
    """A lead of at most this many points is called close."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A project somebody wrote down as an example, with the answers it stands for."""

    id: str
    title: str
    text: str
    answers: Mapping[str, tuple[str, ...]]
    """By question the ids of the choices."""
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """An id that an edition had and the rules have no more: renamed, or dropped."""

    kind: str
    """What it was the id of: `question`, `choice`, `rule` and so on."""
    was: str
    """The id then; of a choice with its question's, such as `deploy:web`."""
    now: str
    """The id that took its place, written in the same way; empty where none did."""
    text: str
    """Why it was dropped, or what to make of the change; may be empty."""


@dataclass(frozen=True, slots=True, eq=False)
class RuleBase:
    """Everything that was read.

    Compared and hashed by identity: there is one per load.
    """

    title: str
    tagline: str
    margins: Margins
    topics: tuple[Topic, ...]
    subjects: Mapping[str, Subject]
    """What the tradeoffs are about, in the order in which a reader wants them."""
    questions: Mapping[str, Question]
    frameworks: Mapping[str, Framework]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    tools: Mapping[str, Tool]
    rules: Mapping[str, Rule]
    edges: Mapping[str, Edge]
    switches: Mapping[str, Switch]
    conflicts: Mapping[str, Conflict]
    notes: Mapping[str, Note]
    migrations: Mapping[str, Migration]
    steps: Mapping[str, Step]
    """What to do once a plan is chosen, in the order in which it is due."""
    disagreements: Mapping[str, Disagreement]
    scenarios: Mapping[str, Scenario]
    records: Mapping[str, Record]
    """By the ids of probes."""
    edition: str | None
    """The name of the edition that it is; null for rules that are not released."""
    rules_hash: str
    """SHA-256 over the content that can move a recommendation, in hexadecimal; independent of the
    order of files, rules and frameworks."""
    facts_as_of: datetime.date
    """The latest day on which a claim was checked."""
    renames: tuple[Rename, ...] = ()
    """Where old ids lead."""
    detectors: Mapping[str, Detector] = field(default_factory=dict)
    """What recognises answers in the files of a repository. No recommendation follows from them."""
