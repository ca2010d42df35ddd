"""Numbers the claims that a text cites, in the order in which it cites them.

Knows nothing of what they are cited for.
"""

from collections.abc import Iterable, Iterator

from advisor.model.knowledge import Claim, Source
from advisor.model.rulebase import RuleBase


class Citations:
    """The citations of one text, growing while it is written."""

    def __init__(self, rulebase: RuleBase) -> None:
        """Start without any."""
        self._rulebase = rulebase
        self._numbers: dict[str, int] = {}

    def mark(self, claims: Iterable[str]) -> str:
        """Return the numbers of these claims as `[1][2]`; new ones get the next numbers."""
        numbers = [self._numbers.setdefault(claim, len(self._numbers) + 1) for claim in claims]
        return "".join(f"[{number}]" for number in numbers)

    def cited(self) -> Iterator[tuple[int, Claim, Source]]:
        """Give every cited claim with its number and its source, in order."""
        for name, number in self._numbers.items():
            claim = self._rulebase.claims[name]
            yield number, claim, self._rulebase.sources[claim.source]
