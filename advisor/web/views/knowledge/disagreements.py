"""Every matter on which the documents disagree: who says what, and what settles it."""

from typing import ClassVar

from pydantic import Field

from advisor.model.knowledge import Disagreement
from advisor.model.rulebase import RuleBase
from advisor.web.views.knowledge.claim_lines import ClaimLine, ClaimLink, claim_lines, claim_links
from advisor.web.views.knowledge.frame import KnowledgePage
from advisor.web.views.page import Link, Shell, View

KIND_WORDS = {
    "direct": "Both cannot be true",
    "tension": "Both can be true, under a condition that is left out",
    "scope": "They speak of different things",
}


class SideView(View):
    """One side of a disagreement."""

    text: str = Field(description="What it says.")
    claims: tuple[ClaimLine, ...] = Field(description="The claims that say it.")


class DisagreementView(View):
    """A disagreement."""

    id: str = Field(description="Its id; its anchor on the page.")
    title: str = Field(description="The matter.")
    kind: str = Field(description="What sort of disagreement it is, in words.")
    sides: tuple[SideView, ...] = Field(description="Its sides.")
    settlement: str = Field(description="What settles it, or that nothing does.")
    settled_by: tuple[ClaimLink, ...] = Field(description="The claims that settle it.")


class DisagreementsPage(KnowledgePage):
    """Lists all disagreements."""

    template: ClassVar[str] = "pages/disagreements.html"

    unsettled: tuple[Link, ...] = Field(description="Those that nothing settles, as links.")
    settled: tuple[Link, ...] = Field(description="Those that something settles, as links.")
    disagreements: tuple[DisagreementView, ...] = Field(description="All of them.")


def disagreements_page(rulebase: RuleBase, shell: Shell) -> DisagreementsPage:
    """Make the page."""
    known = sorted(rulebase.disagreements.values(), key=lambda matter: matter.title)
    links = {m.id: Link(label=m.title, address=f"#{m.id}") for m in known}
    return DisagreementsPage(
        shell=shell,
        title="Where the documents disagree",
        description=f"{len(known)} disagreements: who says what, and what settles each.",
        section="/disagreements",
        unsettled=tuple(links[matter.id] for matter in known if not matter.settled_by),
        settled=tuple(links[matter.id] for matter in known if matter.settled_by),
        disagreements=tuple(_disagreement(rulebase, matter) for matter in known),
    )


def _disagreement(rulebase: RuleBase, matter: Disagreement) -> DisagreementView:
    return DisagreementView(
        id=matter.id,
        title=matter.title,
        kind=KIND_WORDS[matter.kind],
        sides=tuple(
            SideView(text=side.text, claims=claim_lines(rulebase, side.claims))
            for side in matter.sides
        ),
        settlement=matter.settlement,
        settled_by=claim_links(rulebase, matter.settled_by),
    )
