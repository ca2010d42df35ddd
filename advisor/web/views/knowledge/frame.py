"""What the pages of knowledge share: the list of them all, with the one that is open marked."""

from pydantic import Field

from advisor.web.views.page import Page


class KnowledgePage(Page):
    """A page of knowledge."""

    section: str = Field(description="The page of knowledge that it is, or belongs to.")
