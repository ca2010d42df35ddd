"""What differs between two states of the rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.model.recommendation import Verdict


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that only one state has, or both have with another content."""

    id: str
    was: str | None
    """The id that it had before; null where it is new."""
    text: str
    """What it says, as the newer state that has it does."""
    fields: tuple[str, ...]
    """What is different, such as `points 3 → 1` or `text`; empty where it is new or gone."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The differences among things of one kind."""

    new: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    changed: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A case whose leaders are others."""

    id: str
    project: str
    was: tuple[str, ...]
    """Who led."""
    was_verdict: Verdict
    now: tuple[str, ...]
    """Who leads."""
    now_verdict: Verdict


@dataclass(frozen=True, slots=True)
class MovedLead:
    """A change of who leads, and how often it came up among drawn answers."""

    was: tuple[str, ...]
    now: tuple[str, ...]
    draws: int


@dataclass(frozen=True, slots=True)
class RulesDifference:
    """What differs from one state of the rules to another."""

    was: str
    """The name of the older state."""
    now: str
    """The name of the newer one."""
    draws: int
    """How many sets of answers were drawn."""
    moved: int
    """In how many of them others lead."""
    leads: tuple[MovedLead, ...]
    """By who led and who leads, the most frequent first."""
    cases: tuple[MovedCase, ...]
    """Cases whose leaders changed."""
    entries: Mapping[str, Entries]
    """Claims, rules, questions and so on, by kind; only kinds with a difference."""
