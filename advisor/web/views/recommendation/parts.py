"""The parts of the page below its head, in their order, and the list of them."""

from dataclasses import replace

from pydantic import Field

from advisor.model.recommendation import Recommendation, State
from advisor.web.views.page import Link, View
from advisor.web.views.recommendation.answers import (
    AnswerRow,
    OpenGroup,
    answer_rows,
    open_groups,
)
from advisor.web.views.recommendation.bases import OtherBasisView, other_basis
from advisor.web.views.recommendation.beside import (
    DisagreementView,
    LevelView,
    MigrationView,
    NoteView,
    disagreement_views,
    level_views,
    migration_views,
    note_views,
)
from advisor.web.views.recommendation.citations import Entry
from advisor.web.views.recommendation.plans import PlanView, plan_view
from advisor.web.views.recommendation.standings import Row, StopView, rows, stops
from advisor.web.views.recommendation.telling import Telling

TITLES = {
    "leaders": "Why",
    "stops": "What rules out whom",
    "rows": "Where each stands",
    "open": "What could still change it",
    "other_basis": "Facts and documents",
    "levels": "No longer a difference",
    "migrations": "From what exists already",
    "notes": "Beside the ranking",
    "others": "The others, reason by reason",
    "disagreements": "Where the sources disagree",
    "answers": "Your answers",
    "entries": "Sources",
}
"""The titles of the parts, in the order in which they stand on the page."""


class Parts(View):
    """Everything below the head of the page; what is empty is left out of the page."""

    leaders: tuple[PlanView, ...] = Field(description="The plans that lead; none is first.")
    stops: tuple[StopView, ...] = Field(description="What rules out whom.")
    rows: tuple[Row, ...] = Field(description="Where everyone stands.")
    open: tuple[OpenGroup, ...] = Field(description="Questions that wait for an answer.")
    other_basis: OtherBasisView = Field(description="What the other basis gives.")
    levels: tuple[LevelView, ...] = Field(description="What no longer separates anybody.")
    migrations: tuple[MigrationView, ...] = Field(description="Routes for existing code.")
    notes: tuple[NoteView, ...] = Field(description="What lies outside and is never ranked.")
    others: tuple[PlanView, ...] = Field(description="The best plans of the others.")
    disagreements: tuple[DisagreementView, ...] = Field(description="Where sources disagree.")
    answers: tuple[AnswerRow, ...] = Field(description="What was answered.")
    entries: tuple[Entry, ...] = Field(description="What the lead rests on, by number.")
    more_entries: tuple[Entry, ...] = Field(description="What only the other parts cite.")


def parts_of(telling: Telling, there: Recommendation | None) -> Parts:
    """Put the parts together, in their order on the page: it numbers the citations."""
    leaders, stopped = _plans(telling, leading=True), stops(telling)
    aside = replace(telling, aside=True)
    return Parts(
        leaders=leaders,
        stops=stopped,
        rows=rows(aside),
        open=open_groups(aside),
        other_basis=other_basis(aside, there),
        levels=level_views(aside),
        migrations=migration_views(aside),
        notes=note_views(aside),
        others=_plans(aside, leading=False),
        disagreements=disagreement_views(aside),
        answers=answer_rows(aside),
        entries=telling.citations.entries(apart=False),
        more_entries=telling.citations.entries(apart=True),
    )


def contents(parts: Parts) -> tuple[Link, ...]:
    """List the parts that have something in them."""
    return tuple(
        Link(label=title, address=f"#{name.replace('_', '-')}")
        for name, title in TITLES.items()
        if getattr(parts, name)
    )


def _plans(telling: Telling, *, leading: bool) -> tuple[PlanView, ...]:
    """Write out the plans that lead, or those of all others."""
    plans = (
        plan_view(telling, standing)
        for standing in telling.recommendation.standings
        if (standing.state is State.LEADS) == leading
    )
    return tuple(plan for plan in plans if plan)
