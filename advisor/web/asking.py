"""What became of a question: merely shown, sent off with an answer, blank, or contradicting itself.

All of it follows from the query string. A question was sent off by its form when its own name is
among `asked`. Knows nothing of pages.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from advisor.errors import Fault
from advisor.model.rulebase import Question
from advisor.query.query import Query
from advisor.web.visit import Visit


class Fate(StrEnum):
    """What became of a question."""

    SHOWN = "shown"
    ANSWERED = "answered"
    BLANK = "blank"
    CONTRADICTORY = "contradictory"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what an address says to it.

    Attributes:
        query: all that could be read of the address.
        written: the values that the address gives to the question, usable or not.
        faults: what is wrong with these.
        other_faults: what is wrong with the rest of the address.
    """

    question: Question
    query: Query
    written: frozenset[str]
    faults: tuple[Fault, ...]
    other_faults: tuple[Fault, ...]

    @property
    def fate(self) -> Fate:
        """What became of the question."""
        if self.question.id not in self.query.asked:
            return Fate.SHOWN
        if self.faults:
            return Fate.CONTRADICTORY
        absent = self.query.answers.is_absent(self.question.id)
        return Fate.BLANK if absent else Fate.ANSWERED


def asked_question(question: Question, visit: Visit) -> Asked:
    """Find out what an address says to a question."""
    own = tuple(fault for fault in visit.faults if fault.place.path == question.id)
    fields = (field for field in visit.form.answers if field.key == question.id)
    return Asked(
        question=question,
        query=without_answered(visit.query, but=question.id),
        written=frozenset(value.text for field in fields for value in field.values),
        faults=own,
        other_faults=tuple(fault for fault in visit.faults if fault not in own),
    )


def without_answered(query: Query, but: str = "") -> Query:
    """Return a query in which only questions without an answer count as asked."""
    asked = frozenset(n for n in query.asked if n == but or query.answers.is_absent(n))
    return replace(query, asked=asked)


def contradicted(visit: Visit) -> str | None:
    """Return the first question that was sent off with something unusable; None without any."""
    paths = [fault.place.path for fault in visit.faults]
    return next((path for path in paths if path in visit.query.asked), None)
