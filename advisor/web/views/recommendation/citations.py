"""Numbered citations: a mark where a claim is used, an entry for it at the end, links both ways.

A claim gets its number where it is cited first, and keeps it. Knows nothing of scores.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from pydantic import Field

from advisor.model.rulebase import RuleBase
from advisor.output.words import STATUS_WORDS, date_in_words, evidence_in_words
from advisor.web.views.page import View


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in brackets, where a claim is used; no model, as a page has a hundred of them.

    Attributes:
        number: the number of the entry.
        anchor: its own id, so that the entry can link back.
        title: the title of the source.
    """

    number: int
    anchor: str
    title: str


class Cited(View):
    """A claim as the list at the end tells it."""

    text: str = Field(description="What it says.")
    where: str = Field(description="The title of its source, and the parts of it that are meant.")
    url: str = Field(description="The address of the source; empty where none is known.")
    status: str = Field(description="Whether it is true today, in words.")
    shown: str = Field(description="What that rests on and when it was checked, in words.")
    address: str = Field(description="The address of the page that tells how that is known.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in the list at the end; no model, as there are many.

    Attributes:
        number: its number.
        claim: what it says, where, and how far it holds.
        backlinks: the ids of the marks that lead here, numbered from 1.
    """

    number: int
    claim: Cited
    backlinks: tuple[tuple[int, str], ...]


class Citations:
    """Hands out numbers while a page is put together, and lists what was cited at its end."""

    def __init__(self, rulebase: RuleBase) -> None:
        """Start with nothing cited."""
        self._rulebase = rulebase
        self._uses: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._backlinks: dict[str, list[str]] = {}
        self._apart: set[str] = set()

    def cite(self, claims: Iterable[str], *, apart: bool = False) -> tuple[Mark, ...]:
        """Return marks for claims, in order of their numbers.

        Args:
            claims: the ids of the claims.
            apart: whether those that were not cited before are to be listed apart. Those that
                were are not linked back from, as the reader is sent to where they decide.
        """
        marks = [self._mark(claim, apart=apart) for claim in claims]
        return tuple(sorted(marks, key=attrgetter("number")))

    def _mark(self, claim_id: str, *, apart: bool) -> Mark:
        if apart and claim_id not in self._uses:
            self._apart.add(claim_id)
        self._uses[claim_id] = self._uses.get(claim_id, 0) + 1
        number = self._numbers.setdefault(claim_id, len(self._numbers) + 1)
        anchor = f"cited-{number}-{self._uses[claim_id]}"
        if apart == (claim_id in self._apart):
            self._backlinks.setdefault(claim_id, []).append(anchor)
        source = self._rulebase.sources[self._rulebase.claims[claim_id].source]
        return Mark(number, anchor, source.title)

    def entries(self, *, apart: bool) -> tuple[Entry, ...]:
        """Return what was cited, by number: that which is to be listed apart, or the rest."""
        return tuple(
            Entry(
                number=number,
                claim=_cited(self._rulebase, claim),
                backlinks=tuple(enumerate(self._backlinks[claim], start=1)),
            )
            for claim, number in self._numbers.items()
            if (claim in self._apart) == apart
        )


@lru_cache(maxsize=4096)
def _cited(rulebase: RuleBase, name: str) -> Cited:
    """Tell a claim; remembered, as it reads the same on every page that cites it."""
    claim = rulebase.claims[name]
    source = rulebase.sources[claim.source]
    evidence = evidence_in_words(claim)
    return Cited(
        text=claim.text,
        where=f"{source.title}, {'; '.join(claim.sections)}",
        url=source.url,
        status=STATUS_WORDS[claim.status].capitalize(),
        shown=f"{evidence}. Checked on {date_in_words(claim.checked)}.",
        address=f"/claims/{claim.id}",
    )
