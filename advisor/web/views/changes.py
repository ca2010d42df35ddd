"""Everything small that would change who leads: the changes of answers, and the marks."""

from typing import ClassVar

from pydantic import Field

from advisor.model.rulebase import RuleBase
from advisor.output.words import names
from advisor.web import urls
from advisor.web.dependencies import Explained, Visit
from advisor.web.views.page import Link, Page, Shell, View
from advisor.web.views.recommendation.changing import Flips, flips_of, mark_link
from advisor.web.views.unusable import unusable


class Change(View):
    """What would make a framework lead alone."""

    framework: str = Field(description="Its id, for its colour and for links to it.")
    name: str = Field(description="Its name.")
    flips: Flips = Field(description="The changes, all of them.")


class ChangesPage(Page):
    """Lists what would change a recommendation."""

    template: ClassVar[str] = "pages/changes.html"

    now: str = Field(description="Who leads now, in a sentence.")
    back: str = Field(description="The address of the recommendation.")
    others: tuple[Change, ...] = Field(description="All that do not lead alone.")
    marks: tuple[Link, ...] = Field(description="Marks of importance that would change it.")


def changes_page(
    rulebase: RuleBase, shell: Shell, visit: Visit, explained: Explained
) -> ChangesPage:
    """Make the page.

    Args:
        rulebase: what the recommendation was made with.
        shell: the frame of the page.
        visit: what was asked.
        explained: the recommendation, taken apart.
    """
    query, told = visit.query, explained.explanation
    return ChangesPage(
        shell=shell,
        title="What would change the answer",
        description="The fewest answers that would have to be others for each to lead alone.",
        unusable=unusable(visit.faults),
        now=_now(rulebase, explained.recommendation.leaders),
        back=urls.result(query),
        others=tuple(
            Change(
                framework=name,
                name=rulebase.frameworks[name].name,
                flips=flips_of(rulebase, query, other, all_of_them=True),
            )
            for name, other in told.others.items()
        ),
        marks=tuple(mark_link(rulebase, query, mark) for mark in told.marks),
    )


def _now(rulebase: RuleBase, leaders: tuple[str, ...]) -> str:
    """Say who leads now."""
    if not leaders:
        return "Nothing leads now."
    verb = "leads" if len(leaders) == 1 else "lead, level,"
    return f"{names(rulebase, leaders)} {verb} now."
