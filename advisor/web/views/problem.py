"""What the page of a failed request shows."""

from typing import ClassVar

from pydantic import Field

from advisor.web.views.page import Link, Page


class ProblemPage(Page):
    """Says what went wrong and how to go on."""

    template: ClassVar[str] = "pages/problem.html"

    status: int = Field(description="The status of the answer.")
    detail: str = Field(description="What happened, in a sentence or two.")
    ways_on: tuple[Link, ...] = Field(description="Where to go from here.")
