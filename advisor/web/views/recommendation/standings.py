"""Where everyone stands: a table with bars, and what rules out whom."""

from collections.abc import Collection, Sequence

from pydantic import Field

from advisor.model.recommendation import Recommendation, Standing, State, Stopped
from advisor.model.rulebase import RuleBase
from advisor.output.words import ROLE_WORDS, STATE_WORDS, parts_in_words, plan_in_words, total
from advisor.web.views.page import View
from advisor.web.views.recommendation.bars import BarView, Scale, bar_of, scale_of
from advisor.web.views.recommendation.citations import Mark
from advisor.web.views.recommendation.telling import AnswerLink, Telling


class Row(View):
    """A line of the table."""

    framework: str = Field(description="The id of the framework, for its colour.")
    name: str = Field(description="Its name.")
    plan: str = Field(description="The best plan that it leads, in words; empty if none.")
    leads: bool = Field(description="Whether it leads.")
    state: str = Field(description="Where it stands, in words.")
    below: str = Field(description="The address of what the page says of it.")
    score: str = Field(
        description="The points of its plan, in brackets where they do not count; empty if none."
    )
    parts: str = Field(description="What they are made of, in words; empty if of nothing.")
    bar: BarView = Field(description="The same, drawn.")


class StopView(View):
    """Something that rules a framework out."""

    anchor: str = Field(description="Its id on the page.")
    name: str = Field(description="Whom it rules out.")
    role: str = Field(description="Of what, in words.")
    text: str = Field(description="The hard fact.")
    way_out: str = Field(description="What could be done about it.")
    rule: str = Field(description="The address of the rule that it comes from.")
    report: str = Field(description="Where it can be reported as wrong; empty if nowhere.")
    because: tuple[AnswerLink, ...] = Field(description="The answers that brought it in.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


def rows(
    rulebase: RuleBase, recommendation: Recommendation, beside: Collection[Recommendation] = ()
) -> tuple[Row, ...]:
    """Make the lines of the table, in the order of the standings.

    Args:
        rulebase: what names the frameworks.
        recommendation: whose standings they are.
        beside: what else is shown on the page, on the same scale.
    """
    together = (recommendation, *beside)
    plans = (s.plan for each in together for s in each.standings if s.plan)
    scale = scale_of(plans)
    return tuple(_row(rulebase, standing, scale) for standing in recommendation.standings)


LENT = ", so its points do not count"
"""What is said of a plan all of whose points are those of who ships."""


def _row(rulebase: RuleBase, standing: Standing, scale: Scale) -> Row:
    plan, leads = standing.plan, standing.state is State.LEADS
    score = total(plan.score) if plan else ""
    lent = bool(plan and plan.score and standing.state is State.NO_REASON)
    return Row(
        framework=standing.framework,
        name=rulebase.frameworks[standing.framework].name,
        plan=plan_in_words(rulebase, plan) if plan else "",
        leads=leads,
        state=STATE_WORDS[standing.state] + (LENT if lent else ""),
        below=f"#{'plan' if leads else 'other'}-{standing.framework}",
        score=f"({score})" if lent else score,
        parts=parts_in_words(plan) if plan else "",
        bar=bar_of(plan, scale),
    )


def stops(telling: Telling, stopped: Sequence[Stopped]) -> tuple[StopView, ...]:
    """Tell stops, each with the answers that brought it in and the way out."""
    return tuple(_stop(telling, stop) for stop in stopped)


def _stop(telling: Telling, stopped: Stopped) -> StopView:
    anchor = f"stop-{stopped.framework}-{stopped.rule}"
    return StopView(
        anchor=anchor,
        name=telling.name(stopped.framework),
        role=ROLE_WORDS[stopped.role],
        text=stopped.text,
        way_out=stopped.way_out,
        rule=f"/rules/{stopped.rule}",
        report=telling.report(stopped.rule, anchor),
        because=tuple(telling.answer_link(question) for question in stopped.answers),
        marks=telling.cite_first(stopped.claims),
    )
