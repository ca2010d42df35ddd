"""The page of one source: its claims in the order of its sections, to be held beside it."""

from collections import Counter
from typing import ClassVar

from pydantic import Field

from advisor.model.knowledge import Claim, Source, Status
from advisor.model.rulebase import RuleBase
from advisor.output.words import counted, date_in_words, listed, sentence
from advisor.web.pages.claim_query import ClaimFilter
from advisor.web.views.knowledge.claim_lines import ClaimLine, claim_anchor, claim_line
from advisor.web.views.knowledge.frame import KnowledgePage
from advisor.web.views.page import Shell, View

WORDS = {
    Status.HOLDS: ("holds today", "hold today"),
    Status.PARTLY: ("holds in part", "hold in part"),
    Status.SUPERSEDED: ("has been overtaken", "have been overtaken"),
    Status.CONTRADICTED: ("is contradicted", "are contradicted"),
    Status.UNVERIFIABLE: ("could not be confirmed", "could not be confirmed"),
}
"""How one claim stands, and how several do."""


class SectionClaim(View):
    """A claim where it stands in the source."""

    claim: ClaimLine = Field(description="The claim.")
    anchor: str = Field(description="Its id on the page; empty where it only stands again.")
    first: str = Field(description="The part in which it stands first; empty if it is this one.")
    again: str = Field(description="The other parts that repeat it; empty if none do.")


class Section(View):
    """A part of the source."""

    title: str = Field(description="Its title.")
    claims: tuple[SectionClaim, ...] = Field(description="The claims that stand in it.")


class Detail(View):
    """One thing that is known about the source."""

    label: str = Field(description="What it is.")
    value: str = Field(description="What is known.")


class SourcePage(KnowledgePage):
    """Shows what was taken from a source."""

    template: ClassVar[str] = "pages/source.html"

    heading: str = Field(description="The title of the source.")
    document: bool = Field(description="Whether it is one of the documents behind the rules.")
    details: tuple[Detail, ...] = Field(description="Who published it, and when.")
    url: str = Field(description="Its address on the web; empty where none is known.")
    summary: str = Field(description="How many claims it has and how they stand.")
    search: str = Field(description="The address of its claims in the list of claims.")
    parts: tuple[Section, ...] = Field(description="Its parts with their claims, in its order.")


def source_page(rulebase: RuleBase, shell: Shell, source: Source) -> SourcePage:
    """Make the page."""
    claims = [claim for claim in rulebase.claims.values() if claim.source == source.id]
    return SourcePage(
        shell=shell,
        title=source.title,
        description=f"What “{source.title}” says, claim by claim, and how each stands today.",
        section="/sources",
        heading=source.title,
        document=source.document,
        details=_details(source),
        url=source.url,
        summary=_summary(claims),
        search=ClaimFilter(source=source.id).address() if claims else "",
        parts=tuple(
            Section(title=title, claims=_standing_in(rulebase, claims, title))
            for title in source.sections
        ),
    )


def _details(source: Source) -> tuple[Detail, ...]:
    """Return what is known about a source; what is not known is left out."""
    known = {
        "Publisher": source.publisher,
        "Author": source.author,
        "Date": source.date,
        "Kind": source.kind,
        "Last read": date_in_words(source.looked_at),
    }
    return tuple(Detail(label=label, value=value) for label, value in known.items() if value)


def _summary(claims: list[Claim]) -> str:
    """Count the claims by how they stand."""
    found = Counter(claim.status for claim in claims)
    told = [counted(found[status], *WORDS[status]) for status in Status if found[status]]
    whole = f"{counted(len(claims), 'claim')}: {listed(told)}"
    return sentence(whole if told else "no claim was taken from it")


def _standing_in(rulebase: RuleBase, claims: list[Claim], title: str) -> tuple[SectionClaim, ...]:
    return tuple(
        _section_claim(rulebase, claim, title) for claim in claims if title in claim.sections
    )


def _section_claim(rulebase: RuleBase, claim: Claim, title: str) -> SectionClaim:
    """Mark a claim that stands in several parts: the first of them is its own place."""
    first, *more = claim.sections
    own = title == first
    return SectionClaim(
        claim=claim_line(rulebase, claim),
        anchor=claim_anchor(claim.id) if own else "",
        first="" if own else first,
        again="; ".join(more) if own else "",
    )
