"""What is asked of the advisor: the answers, and how they are to be looked at.

Knows nothing of the form in which it was written down.
"""

from dataclasses import dataclass, field

from advisor.errors import AnswersError, Fault
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis

SETTINGS = frozenset(
    {"important", "basis", "edition", "expect", "trace", "project", "asked"}
)  # fmt: skip
"""Keys that stand beside the answers."""

UNSURE = "unsure"
ANY = "any"
NON_ANSWERS = frozenset({UNSURE, ANY})
"""What can be said to any question instead of a choice."""

RESERVED = SETTINGS | NON_ANSWERS | {"none", "with"}
"""Keys that no question may have."""

LATEST = "latest"
"""The edition that follows the rule base."""

MAX_PROJECT = 200
"""Longest title of a project, in characters."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A recommendation that somebody counts on.

    Attributes:
        lead: id of the framework that should be among the leaders.
        shipper: id of the framework that should ship in its plan; None where it does not matter.
    """

    lead: str
    shipper: str | None = None

    def __str__(self) -> str:
        """Print as it is written: `lead` or `lead:shipper`."""
        return f"{self.lead}:{self.shipper}" if self.shipper else self.lead


@dataclass(frozen=True, slots=True)
class Query:
    """Everything that can be asked at once.

    Attributes:
        edition: None for the rule base as it is, or `latest`.
        trace: whether every rule that was considered should be told.
        project: a title for the project, as text only; empty where none was given.
        asked: questions that were shown and left blank. A state of the questionnaire, no part
            of the result's address.
    """

    answers: Answers = field(default_factory=Answers)
    basis: Basis = Basis.CHECKED
    edition: str | None = None
    expect: Expectation | None = None
    trace: bool = False
    project: str = ""
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read, and what could not.

    Attributes:
        query: made of all that could be used; for pages, which go on with it.
        faults: why the rest could not be used, in order of place.
    """

    query: Query
    faults: tuple[Fault, ...]

    def strict(self) -> Query:
        """Return the query if nothing was wrong with it; for programs.

        Raises:
            AnswersError: if there is any fault.
        """
        if self.faults:
            raise AnswersError(self.faults)
        return self.query
