"""The page of one claim: how it stands, what shows that, what it rests on, and who uses it."""

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from pydantic import Field

from advisor.model.knowledge import Claim, ClaimKind
from advisor.model.rulebase import RuleBase
from advisor.output.words import sentence
from advisor.web.pages.claim_query import ClaimFilter
from advisor.web.views.knowledge.claim_lines import ClaimLine, claim_line, claim_lines
from advisor.web.views.knowledge.frame import KnowledgePage, short_title
from advisor.web.views.knowledge.uses import uses
from advisor.web.views.knowledge.weights import Weight, weights
from advisor.web.views.page import Link, Shell, View

KIND_WORDS = {
    ClaimKind.FACT: "a statement of fact",
    ClaimKind.HISTORY: "a statement about the past",
    ClaimKind.MEASUREMENT: "a measurement",
    ClaimKind.SCENARIO: "an example project with a default for it",
    ClaimKind.ADVICE: "advice",
    ClaimKind.PREFERENCE: "a preference",
}


class UseGroup(View):
    """Things of one sort that use the claim."""

    title: str = Field(description="What sort of things they are.")
    links: tuple[Link, ...] = Field(description="The things.")


class ClaimPage(KnowledgePage):
    """Tells everything about a claim."""

    template: ClassVar[str] = "pages/claim.html"

    claim: ClaimLine = Field(description="The claim itself.")
    kind: str = Field(description="What sort of statement it is, as a sentence.")
    subject: Link = Field(description="What it is about, with the claims on that.")
    note: str = Field(description="Why it stands as it does; empty if plain.")
    background: bool = Field(description="Whether no rule may use it.")
    weights: tuple[Weight, ...] = Field(description="How much it may carry on each basis.")
    shown_by: tuple[ClaimLine, ...] = Field(description="Claims that show how it stands.")
    rests_on: tuple[ClaimLine, ...] = Field(description="Claims that it needs to be true.")
    shows: tuple[ClaimLine, ...] = Field(description="Claims whose standing it shows.")
    carries: tuple[ClaimLine, ...] = Field(description="Claims that rest on it.")
    uses: tuple[UseGroup, ...] = Field(description="Everything else that uses it.")


def claim_page(rulebase: RuleBase, shell: Shell, claim: Claim) -> ClaimPage:
    """Make the page."""
    line = claim_line(rulebase, claim)
    others = rulebase.claims.values()
    return ClaimPage(
        shell=shell,
        title=f"{claim.id}: {short_title(claim.text)}",
        description=f"Claim {claim.id}, {line.standing.word}: its source and what shows it.",
        section="/claims",
        claim=line,
        kind=sentence(KIND_WORDS[claim.kind]),
        subject=Link(
            label=rulebase.subjects[claim.topic].title,
            address=ClaimFilter(topic=claim.topic).address(),
        ),
        note=claim.note,
        background=claim.background,
        weights=weights(rulebase, claim),
        shown_by=claim_lines(rulebase, claim.shown_by),
        rests_on=claim_lines(rulebase, claim.rests_on),
        shows=_lines(rulebase, (other for other in others if claim.id in other.shown_by)),
        carries=_lines(rulebase, (other for other in others if claim.id in other.rests_on)),
        uses=_uses(rulebase, claim),
    )


def _lines(rulebase: RuleBase, claims: Iterable[Claim]) -> tuple[ClaimLine, ...]:
    return claim_lines(rulebase, (claim.id for claim in claims))


def _uses(rulebase: RuleBase, claim: Claim) -> tuple[UseGroup, ...]:
    """Group what uses the claim by its sort."""
    return tuple(
        UseGroup(title=kind, links=tuple(use.link for use in group))
        for kind, group in groupby(uses(rulebase)[claim.id], key=lambda use: use.kind)
    )
