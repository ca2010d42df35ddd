"""What is asked of the advisor: the answers, and how they are to be looked at."""

from dataclasses import dataclass, field

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis

LATEST = "latest"
"""Stands for the newest edition, whichever that is when somebody asks."""
DRAFT = "draft"
"""Stands for the rules as they are written, where no edition has them yet."""

MAX_PROJECT = 200
"""Longest title of a project, in characters."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A recommendation that somebody counts on: `lead` or `lead:shipper`, as it is written."""

    lead: str
    """The id of the framework that should be among the leaders."""
    shipper: str | None = None
    """The id of the framework that should ship in its plan; None where it does not matter."""

    def __str__(self) -> str:
        return f"{self.lead}:{self.shipper}" if self.shipper else self.lead


@dataclass(frozen=True, slots=True)
class Query:
    """Everything that can be asked at once."""

    answers: Answers = field(default_factory=Answers)
    basis: Basis = Basis.CHECKED
    edition: str | None = None
    """The name of an edition, `latest` or `draft`; None where there are no editions yet."""
    expect: Expectation | None = None
    trace: bool = False
    """Whether every rule that was considered should be told."""
    changes: int = 1
    """Of how many edits what would change the lead may consist: 1, or 2 for pairs as well."""
    project: str = ""
    """A title for the project, as text only; empty where none was given."""
    asked: frozenset[str] = frozenset()
    """Questions that were shown and left blank: a state of the questionnaire, no part of the
    result's address."""
