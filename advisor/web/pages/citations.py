"""Numbered citations: a number in brackets where a claim is used, links between it and its source.

A page has a hundred of these links, and a list of sixty sources. They are written here and not by
a template, which takes several times as long: whatever is no number of ours is escaped.
"""

from collections.abc import Callable, Iterable
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


escaped = lru_cache(maxsize=4096)(escape)
"""Texts as they stand in HTML; each page writes the same ones."""


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
            title = escaped(self._rulebase.sources[entry.claim.source].title)
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


def source_list(
    entries: Iterable[SourceEntry], line: Callable[[str, bool], Markup], *, brief: bool
) -> Markup:
    """Return the items of a list of sources.

    Args:
        entries: what the list holds.
        line: where a claim stands, in HTML, by its id and whether that is brief.
        brief: whether it leaves out what each claim says.
    """
    items = (
        f'<li id="source-{entry.number}" value="{entry.number}">\n'
        f"{'' if brief else f'<p>{escaped(entry.claim.text)}</p>'} "
        f'<p class="state">{line(entry.claim.id, brief)}\n'
        f'<a href="/claims/{escaped(entry.claim.id)}">How that is known'
        f'<span class="unseen">: source {entry.number}</span></a>\n'
        f'<span class="backlinks">{entry.backlinks}</span></p>\n</li>\n'
        for entry in entries
    )
    return Markup("".join(items))  # noqa: S704 - escaped above
