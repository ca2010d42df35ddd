"""The head-to-head over all subjects: a table of what rules say for and against each.

Reasons are counted, not added up: which of them fire together depends on the answers.
"""

from typing import ClassVar

from pydantic import Field

from advisor.engine.scoring.items import Item, Kind
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Rule
from advisor.output.words import listed
from advisor.web.views.knowledge.claim_lines import claim_address
from advisor.web.views.knowledge.effects import active
from advisor.web.views.knowledge.frame import KnowledgePage, sections
from advisor.web.views.knowledge.frameworks import in_order
from advisor.web.views.knowledge.places import framework as framework_address
from advisor.web.views.knowledge.reasons import concerned, reason_address
from advisor.web.views.knowledge.signs import CLAIM_STANDINGS, Standing
from advisor.web.views.knowledge.subjects import subjects_of_rules, tradeoff_address
from advisor.web.views.page import Shell, View


class Column(View):
    """One that can be recommended, at the head of a column."""

    id: str = Field(description="Its id, for its colour.")
    name: str = Field(description="Its name.")
    address: str = Field(description="The address of its page.")


class Strongest(View):
    """The weightiest reason of a cell, with the strongest claim behind it."""

    text: str = Field(description="What the reason says.")
    address: str = Field(description="The address of its page, with all of its claims.")
    claim_id: str = Field(description="The id of the strongest claim.")
    claim: str = Field(description="The address of that claim.")
    standing: Standing = Field(description="How that claim stands today.")


class Cell(View):
    """What rules say about one framework on one subject."""

    column: Column = Field(description="Whom it is about.")
    today: str = Field(description="How many reasons there are today; empty if none.")
    written: str = Field(description="How many by the documents; empty if as many as today.")
    strongest: Strongest | None = Field(description="The weightiest reason, if there is any.")


class SubjectLine(View):
    """A subject, as a row of the table."""

    id: str = Field(description="Its id; its anchor.")
    title: str = Field(description="The subject.")
    question: str = Field(description="What the tradeoff asks.")
    address: str = Field(description="The address of the head-to-head on it.")
    cells: tuple[Cell, ...] = Field(description="What rules say about each.")


class TradeoffsPage(KnowledgePage):
    """Compares all that can be recommended, subject by subject."""

    template: ClassVar[str] = "pages/tradeoffs.html"

    names: str = Field(description="The names of all that are compared.")
    columns: tuple[Column, ...] = Field(description="All that are compared.")
    subjects: tuple[SubjectLine, ...] = Field(description="The subjects.")


def tradeoffs_page(rulebase: RuleBase, shell: Shell) -> TradeoffsPage:
    """Make the page."""
    known = in_order(rulebase)
    names = listed([framework.name for framework in known])
    return TradeoffsPage(
        shell=shell,
        title=f"{names}, head to head",
        description=f"{names} compared subject by subject, with what holds of it today.",
        sections=sections("/tradeoffs"),
        names=names,
        columns=tuple(column(framework) for framework in known),
        subjects=tuple(
            SubjectLine(
                id=subject.id,
                title=subject.title,
                question=subject.question,
                address=tradeoff_address(subject.id),
                cells=tuple(_cell(rulebase, framework, subject.id) for framework in known),
            )
            for subject in subjects_of_rules(rulebase)
        ),
    )


def column(framework: Framework) -> Column:
    """Return the head of a framework's column."""
    return Column(id=framework.id, name=framework.name, address=framework_address(framework.id))


def _cell(rulebase: RuleBase, framework: Framework, subject: str) -> Cell:
    today = _items(rulebase, framework.id, subject, Basis.CHECKED)
    written = _items(rulebase, framework.id, subject, Basis.DOCUMENTS)
    counts, other = _counts(today), _counts(written)
    return Cell(
        column=column(framework),
        today=counts,
        written=other if other != counts else "",
        strongest=_strongest(rulebase, today or written),
    )


def _items(rulebase: RuleBase, framework: str, subject: str, basis: Basis) -> list[Item]:
    """Return what is active for a framework on a subject, weightiest first."""
    found = [
        item
        for item in active(rulebase, basis).values()
        if isinstance(item.origin, Rule)
        and item.origin.topic == subject
        and framework in concerned(item.origin)
    ]
    return sorted(found, key=lambda item: -item.points)


def _counts(items: list[Item]) -> str:
    """Count reasons by what they do."""
    gains = sum(item.kind is Kind.SCORE and item.points > 0 for item in items)
    limits = sum(item.kind is Kind.SCORE and item.points < 0 for item in items)
    stops = sum(item.kind is Kind.STOP for item in items)
    levels = sum(item.kind is Kind.LEVEL for item in items)
    backends = sum(item.kind is Kind.PREFER for item in items)
    told = (
        (gains, "for"),
        (limits, "against"),
        (stops, "ruling it out"),
        (levels, "level"),
        (backends, "on its backend"),
    )
    return ", ".join(f"{number} {word}" for number, word in told if number)


def _strongest(rulebase: RuleBase, items: list[Item]) -> Strongest | None:
    """Return the weightiest of some reasons; None where there is none."""
    if not items:
        return None
    reason, claim = items[0], rulebase.claims[items[0].claims[0]]
    return Strongest(
        text=rulebase.rules[reason.id].text,
        address=reason_address(reason.id),
        claim_id=claim.id,
        claim=claim_address(claim.id),
        standing=CLAIM_STANDINGS[claim.status],
    )
