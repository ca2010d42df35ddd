"""Detectors: which answer, or which tool, a file of a repository points to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
