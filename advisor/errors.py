"""A fault and its place: what every room uses to say that something it was given is wrong."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a fault stands: `Place("body", path="answers.deploy[1]")`, `Place("my.yaml", 2, 9)`."""

    source: str
    """A file's path below its folder, or `query`, `body`, `command line`."""
    line: int = 0
    """Line in that file, counted from 1; 0 where there are no lines."""
    column: int = 0
    """Column in that line, counted from 1; 0 where there are no columns."""
    path: str = ""
    """The way to the value inside the data, such as `answers.deploy[1]`."""

    def __str__(self) -> str:
        """Print as `file:line:column`, or as `source: path` where there are no lines."""
        if self.line:
            return f"{self.source}:{self.line}:{self.column}"
        return f"{self.source}: {self.path}" if self.path else self.source


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with what was given."""

    place: Place
    """Where it stands."""
    code: str
    """A stable kebab-case name of the kind of fault."""
    message: str
    """What is wrong, as a sentence without a full stop."""
    expected: str = ""
    """What would have been right; empty where nothing can be said."""
    nearest: str = ""
    """The known name closest to the one that was given; empty if none is close."""

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


def elsewhere(faults: Iterable[Fault], said: Iterable[Fault]) -> list[Fault]:
    """Return the faults that stand elsewhere in a file than those that were told already."""
    points = {replace(fault.place, path="") for fault in said if fault.place.line}
    return [each for each in faults if not points or replace(each.place, path="") not in points]


ALIKE = 0.65
"""How like a name a text has to be that begins with the same letter, from 0 to 1."""

MUCH_ALIKE = 0.8
"""The same where the first letter differs, which slips seldom hit."""


def nearest(name: str, known: Iterable[str], least: float = ALIKE) -> str:
    """Return the known name that `name` is likely to be a slip of; empty rather than a wrong one.

    Digits have to be the same: whoever mistypes a number may mean any other.
    """
    digits, folded = re.findall(r"\d", name), name.casefold()
    among = {each.casefold(): each for each in sorted(known) if re.findall(r"\d", each) == digits}
    for close in difflib.get_close_matches(folded, among, cutoff=least):
        ratio = difflib.SequenceMatcher(None, close, folded).ratio()
        if close[:1] == folded[:1] or ratio >= MUCH_ALIKE:
            return among[close]
    return ""
