"""Numbered citations: a number in brackets where a claim is used, which leads to the claim.

The number is that of the claim's source in the list at the end of the page. A page has dozens of
these links. They are written here and not by a template, which takes several times as long.
"""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from advisor.model.knowledge import Source
from advisor.model.rulebase import RuleBase
from advisor.web.urls import pinned

escaped = lru_cache(maxsize=4096)(escape)
"""Texts as they stand in HTML; each page writes the same ones."""


class Citations:
    """Hands out numbers while a page is written, and lists at its end what was cited."""

    def __init__(self, rulebase: RuleBase, pin: str = "") -> None:
        """Begin a page; the pin is the edition that its links carry, if they need one."""
        self._rulebase = rulebase
        self._pin = pin
        self._numbers: dict[str, int] = {}

    def cite(self, claims: Iterable[str]) -> Markup:
        """Return links to claims in the order of their sources' numbers: `[2][7]`.

        Of several claims of one source the first is cited.
        """
        links: dict[int, str] = {}
        for name in claims:
            source = self._rulebase.claims[name].source
            number = self._numbers.setdefault(source, len(self._numbers) + 1)
            if number not in links:
                address = escaped(pinned(f"/claims/{name}", self._pin))
                links[number] = (
                    f'<a class="cite" href="{address}">'
                    f'[<span class="unseen">source </span>{number}]</a>'
                )
        return Markup("".join([links[number] for number in sorted(links)]))  # noqa: S704 - escaped

    def sources(self) -> list[Source]:
        """Return the sources of what was cited so far, by number."""
        return [self._rulebase.sources[name] for name in self._numbers]
