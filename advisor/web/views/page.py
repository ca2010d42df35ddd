"""What every page has: the frame around it, and what it could not use of its address.

Knows nothing of HTTP and nothing of single pages.
"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field


class View(BaseModel):
    """What all views share: nothing can be added to them and nothing changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(View):
    """A link with its words."""

    label: str = Field(description="The words that are clicked.")
    address: str = Field(description="Where it leads, below this site.")


class Shell(View):
    """The frame: what stands above and below every page."""

    name: str = Field(description="What this site is called.")
    tagline: str = Field(description="What it is for, in one sentence.")
    facts_as_of: str = Field(description="The day the newest claim was checked, in words.")
    rules: str = Field(description="The beginning of the hash of the rules.")


class Unusable(View):
    """Something in the address that could not be used, and so was not."""

    place: str = Field(description="The part of the address that is meant; empty if unclear.")
    message: str = Field(description="What is wrong with it, and what would have been right.")


class Page(View):
    """A page of the site."""

    template: ClassVar[str]
    """The template that shows it, below the folder of templates."""

    shell: Shell = Field(description="The frame.")
    title: str = Field(description="The title of the document, without the name of the site.")
    description: str = Field(description="What the page is about, for lists of pages.")
    unusable: tuple[Unusable, ...] = Field(
        default=(), description="What of the address could not be used."
    )
