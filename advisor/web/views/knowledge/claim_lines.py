"""Claims inside other pages: in one line with everything that counts, or as a mere link.

A line says what a claim says, how it stands today, what shows that, where it is written and when
somebody last looked.
"""

from collections.abc import Iterable

from pydantic import Field

from advisor.model.knowledge import Claim, Status
from advisor.model.rulebase import RuleBase
from advisor.output.words import date_in_words, evidence_in_words, sentence
from advisor.web.views.knowledge.signs import CLAIM_STANDINGS, Standing
from advisor.web.views.page import View


class ClaimLink(View):
    """A claim by its text, with its standing."""

    text: str = Field(description="What it says.")
    address: str = Field(description="The address of its page.")
    standing: Standing = Field(description="How it stands today.")


class SourceLink(View):
    """A place in a source, by the source's title."""

    title: str = Field(description="Its title.")
    address: str = Field(description="Where on its page here the claim stands.")


class ClaimLine(ClaimLink):
    """A claim with what can be said of it in a few lines."""

    id: str = Field(description="Its id.")
    anchor: str = Field(description="Its own id on pages that list it once.")
    evidence: str = Field(description="What its standing rests on, as a sentence.")
    source: SourceLink = Field(description="Where it is written.")
    sections: str = Field(description="In which parts of the source, with a full stop.")
    checked: str = Field(description="The day it was checked, in words.")


def claim_address(claim: str) -> str:
    """Return the address of a claim's page."""
    return f"/claims/{claim}"


def claim_anchor(claim: str) -> str:
    """Return the id that a claim has on pages that list it once."""
    return f"claim-{claim}"


def claim_link(claim: Claim) -> ClaimLink:
    """Return a link to a claim."""
    return ClaimLink(
        text=claim.text,
        address=claim_address(claim.id),
        standing=CLAIM_STANDINGS[claim.status],
    )


def claim_links(rulebase: RuleBase, claims: Iterable[str]) -> tuple[ClaimLink, ...]:
    """Return links to claims, those that stand best first."""
    return tuple(claim_link(claim) for claim in _best_first(rulebase, claims))


def claim_line(rulebase: RuleBase, claim: Claim) -> ClaimLine:
    """Return a claim with what can be said of it in a few lines."""
    return ClaimLine(
        **dict(claim_link(claim)),
        id=claim.id,
        anchor=claim_anchor(claim.id),
        evidence=sentence(evidence_in_words(claim)),
        source=SourceLink(
            title=rulebase.sources[claim.source].title,
            address=f"/sources/{claim.source}#{claim_anchor(claim.id)}",
        ),
        sections=_closed("; ".join(claim.sections)),
        checked=date_in_words(claim.checked),
    )


def claim_lines(rulebase: RuleBase, claims: Iterable[str]) -> tuple[ClaimLine, ...]:
    """Return claims in a few lines each, those that stand best first."""
    return tuple(claim_line(rulebase, claim) for claim in _best_first(rulebase, claims))


def _closed(title: str) -> str:
    """Return a title with a full stop, unless it ends with a mark of its own."""
    return title if title.endswith((".", "?")) else f"{title}."


def _best_first(rulebase: RuleBase, claims: Iterable[str]) -> list[Claim]:
    """Sort claims by their standing, then by id."""
    order = list(Status)
    found = [rulebase.claims[claim] for claim in claims]
    return sorted(found, key=lambda claim: (order.index(claim.status), claim.id))
