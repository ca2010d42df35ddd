"""Numbered citations: a number in brackets where a claim is used, links between it and its source.

A page has a hundred of these links. They are written here and not by a template, which takes
several times as long; all that goes into them is numbers, and a title that is escaped.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup, escape

from advisor.model.knowledge import Claim
from advisor.model.rulebase import RuleBase


@dataclass(slots=True)
class SourceEntry:
    """A claim in the list of sources."""

    number: int
    claim: Claim
    aside: bool
    """Whether what is beside the point cited it first."""
    uses: int = 0
    """How often the page cites it."""
    back: list[str] = field(default_factory=list)
    """The ids of the uses that the list leads back to."""

    @property
    def backlinks(self) -> Markup:
        """Links to these uses, numbered from 1."""
        links = (
            f'<a href="#{use}">&uarr;<span class="unseen">use </span>{number}</a> '
            for number, use in enumerate(self.back, start=1)
        )
        return Markup("".join(links))  # noqa: S704 - ids and numbers of our own


_escaped = lru_cache(maxsize=1024)(escape)
"""Titles as they stand in HTML; a page writes each a dozen times."""


class Citations:
    """Hands out numbers while a page is written, and lists at its end what was cited."""

    def __init__(self, rulebase: RuleBase) -> None:
        """Start with nothing cited."""
        self._rulebase = rulebase
        self._entries: dict[str, SourceEntry] = {}

    def cite(self, claims: Iterable[str], *, aside: bool) -> Markup:
        """Return the numbers of claims as links to the list of sources, in order: `[2][7]`.

        Args:
            claims: the ids of the claims.
            aside: whether they are cited beside the point. What is only cited there is listed
                apart; what was cited before is not led back here, but to where it decides.
        """
        links = []
        for name in claims:
            entry = self._entries.get(name)
            if entry is None:
                claim, number = self._rulebase.claims[name], len(self._entries) + 1
                entry = self._entries[name] = SourceEntry(number, claim, aside)
            entry.uses += 1
            use = f"cited-{entry.number}-{entry.uses}"
            if aside == entry.aside:
                entry.back.append(use)
            title = _escaped(self._rulebase.sources[entry.claim.source].title)
            link = (
                f'<a class="cite" id="{use}" href="#source-{entry.number}" title="{title}">'
                f'[<span class="unseen">source </span>{entry.number}]</a>'
            )
            links.append((entry.number, link))
        links.sort()
        return Markup("".join([link for _, link in links]))  # noqa: S704 - as said above

    def sources(self, *, aside: bool) -> list[SourceEntry]:
        """Return what was cited so far, by number: what was only cited aside, or the rest."""
        return [entry for entry in self._entries.values() if entry.aside == aside]
