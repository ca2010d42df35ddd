"""A fault and its place: what every room uses to say that something it was given is wrong.

Knows nothing of the rest of the package, of HTTP, or of exit codes.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a fault stands.

    Attributes:
        source: a file's path below its folder, or `query`, `body`, `command line`.
        line: line in that file, counted from 1; 0 where there are no lines.
        column: column in that line, counted from 1; 0 where there are no columns.
        path: the way to the value inside the data, such as `answers.deploy[1]`.
    """

    source: str
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        """Print as `file:line:column`, or as `source: path` where there are no lines."""
        if self.line:
            return f"{self.source}:{self.line}:{self.column}"
        return f"{self.source}: {self.path}" if self.path else self.source


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with what was given.

    Attributes:
        place: where it stands.
        code: a stable kebab-case name of the kind of fault.
        message: what is wrong, as a sentence without a full stop.
        expected: what would have been right; empty where nothing can be said.
        nearest: the known name closest to the one that was given; empty if none is close.
    """

    place: Place
    code: str
    message: str
    expected: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        """Print as one line: place, code, what, expected, nearest."""
        text = f"{self.place}: {self.code}: {self.message}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.nearest:
            text += f"; did you mean '{self.nearest}'?"
        return text


class FaultsError(Exception):
    """What was given cannot be used; carries every fault that was found, in order of place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults, sorted by place and without repeats."""
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class RuleBaseError(FaultsError):
    """A rule base cannot be used."""


class AnswersError(FaultsError):
    """Answers, or the way they were asked for, cannot be used."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name closest to `name`, or an empty string when none is close."""
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.55)
    return close[0] if close else ""
