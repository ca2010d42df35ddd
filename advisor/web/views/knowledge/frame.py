"""What the pages of knowledge share: the list of them all, with the one that is open marked."""

from textwrap import shorten

from pydantic import Field

from advisor.web.views.page import Page, View

SECTIONS = {
    "/tradeoffs": "Head to head",
    "/frameworks": "One by one",
    "/claims": "Claims",
    "/sources": "Sources",
    "/disagreements": "Disagreements",
    "/tools": "Tools",
    "/method": "How it scores",
}
"""The pages of knowledge by address, in the order in which they are offered."""


TITLE_LENGTH = 70
"""Longest title that is made of a text, in characters."""


class SectionLink(View):
    """A link to one of the pages of knowledge."""

    label: str = Field(description="What it is called.")
    address: str = Field(description="Where it is.")
    current: bool = Field(description="Whether the open page belongs to it.")


class KnowledgePage(Page):
    """A page of knowledge."""

    sections: tuple[SectionLink, ...] = Field(description="All pages of knowledge.")
    report: str = Field(default="", description="Where it can be reported as wrong, if anywhere.")


def sections(current: str) -> tuple[SectionLink, ...]:
    """List the pages of knowledge.

    Args:
        current: the address of the one that is open, or that the open one belongs to.
    """
    return tuple(
        SectionLink(label=label, address=address, current=address == current)
        for address, label in SECTIONS.items()
    )


def short_title(text: str) -> str:
    """Return a text cut down to a title, without its full stop."""
    return shorten(text.removesuffix("."), TITLE_LENGTH, placeholder="…")
