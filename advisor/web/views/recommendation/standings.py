"""Where everyone stands: a table with bars, and what rules out whom."""

from pydantic import Field

from advisor.model.recommendation import Standing, State, Stopped
from advisor.report.words import ROLE_WORDS, STATE_WORDS, plan_in_words
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Mark
from advisor.web.views.recommendation.plans import total
from advisor.web.views.recommendation.telling import AnswerLink, Telling

FULL_WIDTH = 100


class Row(View):
    """A line of the table."""

    framework: str = Field(description="The id of the framework, for its colour.")
    name: str = Field(description="Its name.")
    leads: bool = Field(description="Whether it leads.")
    state: str = Field(description="Where it stands, in words.")
    plan: str = Field(description="The best plan that it leads, in words; empty if none.")
    reasons: str = Field(description="The address of that plan's reasons on the page.")
    score: str = Field(description="The points of that plan; empty if none.")
    width: int = Field(description="The width of its bar, out of a hundred.")


class StopView(View):
    """Something that rules a framework out."""

    anchor: str = Field(description="Its id on the page.")
    name: str = Field(description="Whom it rules out.")
    role: str = Field(description="Of what, in words.")
    text: str = Field(description="The hard fact.")
    way_out: str = Field(description="What could be done about it.")
    rule: str = Field(description="The address of the rule that it comes from.")
    because: tuple[AnswerLink, ...] = Field(description="The answers that brought it in.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


def rows(telling: Telling) -> tuple[Row, ...]:
    """Make the lines of the table, in the order of the standings."""
    standings = telling.recommendation.standings
    most = max((standing.score or 0 for standing in standings), default=0)
    return tuple(_row(telling, standing, most) for standing in standings)


def _row(telling: Telling, standing: Standing, most: int) -> Row:
    score = standing.score or 0
    return Row(
        framework=standing.framework,
        name=telling.name(standing.framework),
        leads=standing.state is State.LEADS,
        state=STATE_WORDS[standing.state],
        plan=plan_in_words(telling.rulebase, standing.plan) if standing.plan else "",
        reasons=f"#plan-{standing.framework}" if standing.plan else "",
        score="" if standing.score is None else total(score),
        width=max(score, 0) * FULL_WIDTH // most if most > 0 else 0,
    )


def stops(telling: Telling) -> tuple[StopView, ...]:
    """Tell every stop that bears on somebody."""
    return tuple(
        _stop(telling, stopped)
        for standing in telling.recommendation.standings
        for stopped in standing.stops
    )


def _stop(telling: Telling, stopped: Stopped) -> StopView:
    return StopView(
        anchor=f"stop-{stopped.framework}-{stopped.rule}",
        name=telling.name(stopped.framework),
        role=ROLE_WORDS[stopped.role],
        text=stopped.text,
        way_out=stopped.way_out,
        rule=f"/rules/{stopped.rule}",
        because=tuple(telling.answer_link(question) for question in stopped.answers),
        marks=telling.cite(stopped.claims),
    )
