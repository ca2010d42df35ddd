"""The list of sources: the documents first, everything else by what sort of page it is."""

from collections import Counter
from typing import ClassVar

from pydantic import Field

from advisor.model.knowledge import Source
from advisor.model.rulebase import RuleBase
from advisor.output.words import counted, date_in_words
from advisor.web.views.knowledge.frame import KnowledgePage
from advisor.web.views.page import Shell, View

KIND_TITLES = {
    "document": "Documents",
    "documentation": "Documentation",
    "release notes": "Release notes",
    "repository": "Repositories",
    "package": "Package metadata",
    "issue": "Issue threads",
    "article": "Articles",
    "measurement": "Measurements",
}
"""The titles of groups of sources, in the order in which they stand on the page."""


class SourceRow(View):
    """A source in the list."""

    title: str = Field(description="Its title.")
    address: str = Field(description="The address of its page on this site.")
    publisher: str = Field(description="Who publishes it; empty if unknown.")
    claims: str = Field(description="How many claims come from it, in words.")
    looked_at: str = Field(description="The day somebody last read it, in words.")


class SourceGroup(View):
    """Sources of one sort."""

    id: str = Field(description="Its anchor.")
    title: str = Field(description="What sort of sources they are.")
    sources: tuple[SourceRow, ...] = Field(description="The sources.")


class SourcesPage(KnowledgePage):
    """Lists all sources."""

    template: ClassVar[str] = "pages/sources.html"

    documents: tuple[SourceRow, ...] = Field(description="The documents behind the rules.")
    groups: tuple[SourceGroup, ...] = Field(description="All other sources, by sort.")
    others: int = Field(description="How many other sources there are.")


def sources_page(rulebase: RuleBase, shell: Shell) -> SourcesPage:
    """Make the page."""
    found = Counter(claim.source for claim in rulebase.claims.values())
    known = sorted(rulebase.sources.values(), key=lambda source: source.title.casefold())
    others = [source for source in known if not source.document]
    return SourcesPage(
        shell=shell,
        title="Sources",
        description=f"The {len(known)} sources behind every claim, with the day each was read.",
        section="/sources",
        documents=tuple(_row(source, found[source.id]) for source in known if source.document),
        groups=tuple(
            SourceGroup(
                id=kind.replace(" ", "-"),
                title=title,
                sources=tuple(_row(s, found[s.id]) for s in others if s.kind == kind),
            )
            for kind, title in KIND_TITLES.items()
            if any(source.kind == kind for source in others)
        ),
        others=len(others),
    )


def _row(source: Source, claims: int) -> SourceRow:
    return SourceRow(
        title=source.title,
        address=f"/sources/{source.id}",
        publisher=source.publisher,
        claims=counted(claims, "claim"),
        looked_at=date_in_words(source.looked_at),
    )
