"""What the pages of knowledge share: the list of them all, with the one that is open marked."""

from textwrap import shorten

from pydantic import Field

from advisor.web.views.page import Page

TITLE_LENGTH = 70
"""Longest title that is made of a text, in characters."""


class KnowledgePage(Page):
    """A page of knowledge."""

    section: str = Field(description="The page of knowledge that it is, or belongs to.")


def short_title(text: str) -> str:
    """Return a text cut down to a title, without its full stop."""
    return shorten(text.removesuffix("."), TITLE_LENGTH, placeholder="…")
