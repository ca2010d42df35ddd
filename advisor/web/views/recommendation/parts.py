"""The parts of the page below its head, in their order, and the list of them."""

from dataclasses import replace

from pydantic import Field

from advisor.model.recommendation import Recommendation, State, Verdict
from advisor.output.changes import ALTERNATIVES_TITLE
from advisor.web.views.page import Link, View
from advisor.web.views.recommendation.answers import AnswerRow, answer_rows
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
from advisor.web.views.recommendation.others import OtherView, other_views
from advisor.web.views.recommendation.plans import PlanView, plan_view
from advisor.web.views.recommendation.standings import Row, rows
from advisor.web.views.recommendation.steps import PlanSteps, Verify, plan_steps, verify
from advisor.web.views.recommendation.sureness import Sureness, sureness
from advisor.web.views.recommendation.telling import Telling
from advisor.web.views.recommendation.ways import WayView, way_views

TITLES = {
    "leaders": "Why",
    "rows": "Where each stands",
    "ways": ALTERNATIVES_TITLE,
    "others": "Why not the others",
    "sureness": "How sure",
    "other_basis": "Facts and documents",
    "steps": "What to do next",
    "verify": "What to verify before committing",
    "migrations": "From what exists already",
    "notes": "Also worth knowing",
    "levels": "No longer a difference",
    "disagreements": "Where the sources disagree",
    "answers": "Your answers",
    "share": "Share",
    "entries": "Sources",
}
"""The titles of the parts, in the order in which they stand on the page."""

OTHERS_TITLES = {
    Verdict.NONE: "What rules each of them out",
    Verdict.TIE: "Why none of them leads alone",
}
"""What one of the titles is instead, where nobody leads alone."""

NOBODY_YET = "Why nobody leads yet"
"""The same where nothing speaks for anybody."""


class Parts(View):
    """Everything below the head of the page; what is empty is left out of the page."""

    leaders: tuple[PlanView, ...] = Field(description="The plans that lead; none is first.")
    rows: tuple[Row, ...] = Field(description="Where everyone stands.")
    ways: tuple[WayView, ...] = Field(description="How else what leads could be shipped.")
    others: tuple[OtherView, ...] = Field(description="Why the others do not lead alone.")
    sureness: Sureness = Field(description="How sure the answer is.")
    other_basis: OtherBasisView = Field(description="What the other basis gives.")
    steps: tuple[PlanSteps, ...] = Field(description="What to do under each plan that leads.")
    verify: Verify | None = Field(description="What to make sure of before committing.")
    migrations: tuple[MigrationView, ...] = Field(description="Routes for existing code.")
    notes: tuple[NoteView, ...] = Field(description="What lies outside and is never ranked.")
    levels: tuple[LevelView, ...] = Field(description="What no longer separates anybody.")
    disagreements: tuple[DisagreementView, ...] = Field(description="Where sources disagree.")
    answers: tuple[AnswerRow, ...] = Field(description="What was answered.")
    share: tuple[Link, ...] = Field(description="Where else the same can be had.")
    entries: tuple[Entry, ...] = Field(description="What the lead rests on, by number.")
    more_entries: tuple[Entry, ...] = Field(description="What only the other parts cite.")


def parts_of(telling: Telling, share: tuple[Link, ...]) -> Parts:
    """Put the parts together, in their order on the page: it numbers the citations.

    Args:
        telling: the recommendation.
        share: where else it can be had.
    """
    leaders = _leaders(telling)
    aside = replace(telling, aside=True)
    nobody = telling.recommendation.verdict is Verdict.NONE
    return Parts(
        leaders=leaders,
        rows=rows(telling.rulebase, telling.recommendation),
        ways=way_views(telling),
        others=other_views(telling if nobody else aside),
        sureness=sureness(aside),
        other_basis=other_basis(aside),
        steps=plan_steps(aside),
        verify=verify(aside),
        migrations=migration_views(aside),
        notes=note_views(aside),
        levels=level_views(aside),
        disagreements=disagreement_views(aside),
        answers=answer_rows(aside),
        share=share,
        entries=telling.citations.entries(apart=False),
        more_entries=telling.citations.entries(apart=True),
    )


def titles_of(recommendation: Recommendation) -> dict[str, str]:
    """Return the titles of the parts, in their order."""
    others = OTHERS_TITLES.get(recommendation.verdict, TITLES["others"])
    if recommendation.verdict is Verdict.OPEN and not recommendation.leaders:
        others = NOBODY_YET
    return {**TITLES, "others": others}


def contents(parts: Parts, titles: dict[str, str]) -> tuple[Link, ...]:
    """List the parts that have something in them."""
    return tuple(
        Link(label=title, address=f"#{name.replace('_', '-')}")
        for name, title in titles.items()
        if getattr(parts, name)
    )


def _leaders(telling: Telling) -> tuple[PlanView, ...]:
    """Write out the plans that lead."""
    plans = (
        plan_view(telling, standing, stopped=True)
        for standing in telling.recommendation.standings
        if standing.state is State.LEADS
    )
    return tuple(plan for plan in plans if plan)
