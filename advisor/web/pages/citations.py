"""Numbered citations: a number in brackets where a claim is used, links between it and its source.

A page has a hundred of these links, and a list of sixty sources. They are written here and not by
a template, which takes several times as long: whatever is no number of ours is escaped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup, escape

from advisor.model.rulebase import RuleBase


@dataclass(slots=True)
class SourceEntry:
    """A claim in the list of sources."""

    number: int
    claim: str
    """Its id."""
    link: str
    """What every link to it says, behind the id of the use."""
    aside: bool
    """Whether what is beside the point cited it first."""
    uses: int = 0
    """How often the page cites it."""
    back: list[str] = field(default_factory=list)
    """Links to the uses that the list leads back to."""


escaped = lru_cache(maxsize=4096)(escape)
"""Texts as they stand in HTML; each page writes the same ones."""


class Citations:
    """Hands out numbers while a page is written, and lists at its end what was cited."""

    def __init__(self, rulebase: RuleBase) -> None:
        self._rulebase = rulebase
        self._entries: dict[str, SourceEntry] = {}

    def cite(self, claims: Iterable[str], *, aside: bool) -> Markup:
        """Return the numbers of claims as links to the list of sources, in order: `[2][7]`.

        Aside is beside the point. What is only cited there is listed apart; what was cited before
        is not led back here, but to where it decides.
        """
        links = []
        for name in claims:
            entry = self._entries.get(name)
            if entry is None:
                entry = self._entries[name] = self._entry(name, aside)
            number, entry.uses = entry.number, entry.uses + 1
            use = f"cited-{number}-{entry.uses}"
            if aside == entry.aside:
                back = f'#{use}">&uarr;<span class="unseen">use </span>{len(entry.back) + 1}</a> '
                entry.back.append(f'<a href="{back}')
            links.append((number, f'<a class="cite" id="{use}" {entry.link}'))
        links.sort()
        return Markup("".join([link for _, link in links]))  # noqa: S704 - escaped below

    def _entry(self, name: str, aside: bool) -> SourceEntry:  # noqa: FBT001 - of `cite`
        """Give a claim the next number."""
        number = len(self._entries) + 1
        title = escaped(self._rulebase.sources[self._rulebase.claims[name].source].title)
        link = (
            f'href="#source-{number}" title="{title}">'
            f'[<span class="unseen">source </span>{number}]</a>'
        )
        return SourceEntry(number, name, link, aside)

    def sources(self, *, aside: bool) -> list[SourceEntry]:
        """Return what was cited so far, by number: what was only cited aside, or the rest."""
        return [entry for entry in self._entries.values() if entry.aside == aside]


def source_list(
    entries: Iterable[SourceEntry], told: Callable[..., Markup], *, brief: bool
) -> Markup:
    """Return the items of a list of sources; a brief one leaves out what each claim says.

    The macro `source`, asked by `told`, says what a claim says and where it stands.
    """
    items = [
        f'<li id="source-{entry.number}" value="{entry.number}">\n'
        f"{told('source', entry.claim, brief)}"
        f'<span class="unseen">: source {entry.number}</span></a>\n'
        f'<span class="backlinks">{"".join(entry.back)}</span></p>\n</li>\n'
        for entry in entries
    ]
    return Markup("".join(items))  # noqa: S704 - ids and numbers of our own, or escaped
