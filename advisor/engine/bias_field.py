"""Who is left in the race after some questions, and the scores that partial answers lead to.

Nouns only; who is left out is the referee's matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.engine.bias_course import Pending
from advisor.engine.bias_race import Effect

Scores = tuple[int, ...]
"""Points of the runners of a field, each relative to the first that runs against it."""

Table = Mapping[Scores, int]
"""Numbers of partial answers by the scores that they lead to."""


@dataclass(frozen=True, slots=True)
class Field:
    """What partial answers have in common that differ in scores alone.

    Attributes:
        pending: the terms that wait for further answers.
        runners: who is left.
        qualified: those with a reason of their own, in bits.
        closed: those that a stop forbids, in bits.
        marks: what has fired that decides nothing alone.
    """

    pending: Pending
    runners: tuple[int, ...]
    qualified: int
    closed: int
    marks: int

    def after(self, pending: Pending, effect: Effect) -> "Field":
        """Return the field once something has happened."""
        among = bits(self.runners)
        return Field(
            pending,
            self.runners,
            self.qualified | effect.qualifies & among,
            self.closed | effect.closes & among,
            self.marks | effect.marks,
        )


def bits(runners: Iterable[int]) -> int:
    """Return a set of runners as bits."""
    return sum(1 << runner for runner in runners)
