"""The rule base as a whole, frozen: frameworks, questions, detectors, and all else in it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from advisor.model.knowledge import Claim, Disagreement, Record, Source, Subject, Tool
from advisor.model.rules import Conflict, Edge, Migration, Note, Role, Rule, Step, Switch, When
from advisor.model.written import Count, Id, Many, MaybeId, MaybeText, Text, Unless, YesNo

NONE_CHOICE = "none"
"""The id of the exclusive choice of a question that takes several answers."""


class ClueKind(StrEnum):
    """What a file can hold that says something about a project."""

    DEPENDENCY = "dependency"
    """A package that it asks for, after the name of its ecosystem: `npm:left-pad`."""
    INDEX = "index"
    """An address that packages come from, a channel of conda, or a local version: `+cu121`."""
    IMAGE = "image"
    """A container's image: `python:3.12-slim`."""
    USE = "use"
    """What source code imports, reaches or calls, by its full name: `json.dumps(indent=2)`."""
    SUBCLASS = "subclass"
    """A class that source code derives from, alone and with each method that it gives it:
    `ast.NodeVisitor`, `ast.NodeVisitor.visit()`."""
    COMMAND = "command"
    """A line that a shell would run, or that tells a cluster what the job wants."""
    SETTING = "setting"
    """A setting of a project file: `UseWPF=true`."""
    FILE = "file"
    """The file itself, by its path."""


@dataclass(frozen=True, slots=True)
class Detector:
    """Recognises something in a file; says which answers it suggests, or which tool it is.

    A pattern may hold `*`, `?` and `[...]`; a dependency without the name of an ecosystem is one of
    Python's, from its own index or from conda.

    Example: `numpy<2` in requirements.txt meets `dependency: [numpy]` with `versions: "<3"`.
    """

    id: str
    kind: ClueKind
    patterns: tuple[str, ...]
    versions: str
    """Versions that all those asked for have to be among, such as `<2`; empty means any."""
    unpinned: bool
    """Whether asking for no version at all will do as well."""
    begins: str
    """The first bytes of the file in hexadecimal; empty means any."""
    skip: int
    """How many bytes stand before these."""
    suggests: Mapping[str, tuple[str, ...]]
    """By question the choices that it suggests."""
    sure: bool
    """Whether it says so, or only points to it."""
    yields: Mapping[str, tuple[str, ...]]
    """Answers beside which it says nothing, where another detector is sure of one."""
    unless: tuple[str, ...]
    """Dependencies beside which it says nothing."""
    tool: str
    """Id of the tool that it finds; empty where it finds none."""
    hinders: tuple[str, ...]
    """Ids of frameworks with which the tool does not go together."""
    claims: tuple[str, ...]
    """Ids of the claims that it rests on."""


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Where a detector recognised something.

    Example: `Sighting("numpy-required", "setup.py", 12)`.
    """

    detector: str
    """Its id."""
    file: str
    """The path of the file below what was scanned, with forward slashes."""
    line: int
    """Counted from 1; 0 where the file has no lines."""
    sure: bool = field(default=False, compare=False)
    """Whether this says so, or only points to it."""
    weakened: bool = field(default=False, compare=False)
    """Whether it would say so in another place: here it is optional, or not all there."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answer that files suggest, to be confirmed."""

    question: str
    choice: str
    sure: bool
    """Whether a file says so; else files only point to it."""
    seen: tuple[Sighting, ...]
    """Where, the surest first."""


@dataclass(frozen=True, slots=True)
class FoundTool:
    """A tool that files use."""

    tool: str
    """Its id."""
    hinders: tuple[str, ...]
    """Ids of frameworks with which it does not go together."""
    claims: tuple[str, ...]
    """Ids of the claims that say so, those of the detectors."""
    seen: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What files say about a project."""

    suggestions: tuple[Suggestion, ...]
    """Answers that go together, in the order of the questions."""
    contradictions: tuple[Suggestion, ...]
    """Answers to questions that take one, of which the files suggest several: left open."""
    tools: tuple[FoundTool, ...]


@dataclass(frozen=True, slots=True)
class Backend:
    """What a framework can run on."""

    id: Id
    name: Text
    framework: MaybeId
    """Id of the framework that it is, where it is one of those that can be recommended; empty
    otherwise."""
    claims: Many[Id]


@dataclass(frozen=True, slots=True)
class Means:
    """With what a framework ships to some places."""

    tool: Id
    """Id of the tool."""
    where: Text
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

    id: Id
    label: Text
    hint: MaybeText
    neutral: YesNo
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

    id: Id
    title: Text
    questions: Many[Id]
    """Ids of its questions."""


@dataclass(frozen=True, slots=True)
class Margins:
    """How far apart scores must be, in points."""

    tie: Count
    """Plans at most this far behind the best share the lead."""
    close: Count
    """A lead of at most this many points is called close."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A project somebody wrote down as an example, with the answers it stands for."""

    id: Id
    title: Text
    text: Text
    answers: Mapping[Id, Many[Id]]
    """By question the ids of the choices."""
    claims: Many[Id]


@dataclass(frozen=True, slots=True)
class Rename:
    """An id that an edition had and the rules have no more: renamed, or dropped."""

    kind: Id
    """What it was the id of: `question`, `choice`, `rule` and so on."""
    was: Text
    """The id then; of a choice with its question's, such as `deploy:web`."""
    now: Annotated[Text, Unless("")]
    """The id that took its place, written in the same way; empty where none did."""
    text: MaybeText
    """Why it was dropped, or what to make of the change; may be empty."""


@dataclass(frozen=True, eq=False)
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
