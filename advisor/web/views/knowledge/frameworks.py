"""The list of all that can be recommended, and of what lies beside the ranking."""

from typing import ClassVar

from pydantic import Field

from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Note
from advisor.output.words import ROLE_WORDS, listed
from advisor.web.views.knowledge import places
from advisor.web.views.knowledge.claim_lines import ClaimLink, claim_links
from advisor.web.views.knowledge.conditions import in_a_line
from advisor.web.views.knowledge.frame import KnowledgePage
from advisor.web.views.page import Shell, View


class FrameworkCard(View):
    """One that can be recommended."""

    id: str = Field(description="Its id, for its colour.")
    name: str = Field(description="Its name.")
    address: str = Field(description="The address of its page.")
    summary: str = Field(description="What it is.")
    roles: str = Field(description="What it can do, in words.")


class NoteView(View):
    """Something outside the ranking."""

    anchor: str = Field(description="Its id on the page.")
    title: str = Field(description="What it is about.")
    text: str = Field(description="What there is to know.")
    when: str = Field(description="Under which answers it is told, as a sentence.")
    claims: tuple[ClaimLink, ...] = Field(description="The claims that say so.")


class FrameworksPage(KnowledgePage):
    """Lists all that can be recommended."""

    template: ClassVar[str] = "pages/frameworks.html"

    names: str = Field(description="The names of all that can be recommended.")
    frameworks: tuple[FrameworkCard, ...] = Field(description="All that can be recommended.")
    notes: tuple[NoteView, ...] = Field(description="What lies outside and is never ranked.")


def frameworks_page(rulebase: RuleBase, shell: Shell) -> FrameworksPage:
    """Make the page."""
    known = in_order(rulebase)
    listed_names = listed([framework.name for framework in known])
    return FrameworksPage(
        shell=shell,
        title=f"{listed_names}, one by one",
        description=f"What speaks for and against {listed_names}, each on a page of its own.",
        section="/frameworks",
        names=listed_names,
        frameworks=tuple(_card(framework) for framework in known),
        notes=tuple(_note(rulebase, note) for note in rulebase.notes.values()),
    )


def in_order(rulebase: RuleBase) -> list[Framework]:
    """Return all that can be recommended by name: none is first by rank."""
    return sorted(rulebase.frameworks.values(), key=lambda framework: framework.name.casefold())


def _card(framework: Framework) -> FrameworkCard:
    return FrameworkCard(
        id=framework.id,
        name=framework.name,
        address=places.framework(framework.id),
        summary=framework.summary,
        roles=listed([ROLE_WORDS[role] for role in ROLE_WORDS if role in framework.roles]),
    )


def _note(rulebase: RuleBase, note: Note) -> NoteView:
    return NoteView(
        anchor=f"note-{note.id}",
        title=note.title,
        text=note.text,
        when=in_a_line(rulebase, note.when),
        claims=claim_links(rulebase, note.claims),
    )
