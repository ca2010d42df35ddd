"""The plans with their reasons, the sum of which is the score."""

from pydantic import Field

from advisor.model.recommendation import Plan, Reason, Standing
from advisor.model.rules import Role
from advisor.output.words import EDGE, ROLE_WORDS, parts_in_words, plan_in_words, signed, total
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Mark
from advisor.web.views.recommendation.standings import StopView, stops
from advisor.web.views.recommendation.telling import AnswerLink, Telling

BACKEND = "backend"


class ReasonView(View):
    """One summand."""

    anchor: str = Field(description="Its id on the page, for links to it.")
    framework: str = Field(description="The id of the framework it speaks for, for its colour.")
    points: str = Field(description="What it adds, with its sign.")
    doubled: bool = Field(description="Whether the mark of importance doubled it.")
    text: str = Field(description="The reason.")
    whom: str = Field(description="Whom it speaks for, and in what.")
    rule: str = Field(description="The address of the rule it comes from.")
    report: str = Field(description="Where it can be reported as wrong; empty if nowhere.")
    because: tuple[AnswerLink, ...] = Field(description="The answers that brought it in.")
    marks: tuple[Mark, ...] = Field(description="Its citations, the strongest claims first.")
    uncited: int = Field(description="How many more claims it rests on; its rule lists them.")


class PlanView(View):
    """Who builds and who ships, and why."""

    anchor: str = Field(description="Its id on the page, for links to it.")
    framework: str = Field(description="The id of the framework that leads it.")
    words: str = Field(description="The plan in words.")
    reasons: tuple[ReasonView, ...] = Field(description="The reasons, weightiest first.")
    total: str = Field(description="What the reasons add up to.")
    unit: str = Field(description="The word for that: point, or points.")
    parts: str = Field(description="What the sum is made of, in words; empty if of nothing.")
    way: str = Field(description="How one hands over to the other; empty where nobody has to.")
    way_marks: tuple[Mark, ...] = Field(description="The citations of that.")
    backend: str = Field(description="Why it runs on what it runs on; empty if it needs nothing.")
    backend_reasons: tuple[ReasonView, ...] = Field(description="The reasons for that.")
    stops: tuple[StopView, ...] = Field(description="What it cannot do here all the same.")


def plan_view(telling: Telling, standing: Standing, *, stopped: bool) -> PlanView | None:
    """Write out the best plan of a framework; None where it has none.

    Args:
        telling: the recommendation.
        standing: the place of the framework.
        stopped: whether to tell here what rules it out of a role.
    """
    plan = standing.plan
    if plan is None:
        return None
    edge = telling.rulebase.edges.get(plan.edge)
    return PlanView(
        anchor=f"plan-{plan.lead}",
        framework=plan.lead,
        words=plan_in_words(telling.rulebase, plan),
        reasons=tuple(_reason(telling, plan, reason) for reason in plan.reasons),
        total=total(plan.score),
        unit="point" if plan.score == 1 else "points",
        parts=parts_in_words(plan),
        way=edge.text if edge else "",
        way_marks=telling.cite_counting(edge.claims) if edge else (),
        backend=_backend(telling, plan),
        backend_reasons=tuple(_reason(telling, plan, reason) for reason in plan.backend_reasons),
        stops=stops(telling, standing.stops) if stopped else (),
    )


def _backend(telling: Telling, plan: Plan) -> str:
    """Say what the plan runs on, and whether anything speaks for that."""
    backends = telling.rulebase.frameworks[plan.lead].backends
    name = next((backend.name for backend in backends if backend.id == plan.backend), "")
    if not name:
        return ""
    edge = telling.rulebase.edges.get(plan.edge)
    way = edge.backends if edge else ()
    because = (
        f", from which the way to {telling.name(edge.shipper)} is open" if edge and way else ""
    )
    if plan.backend_reasons:
        return f"It runs on {name}{because}; outside the sum:"
    return f"It runs on {name}{because or '; nothing in your answers asks for another backend'}."


def _reason(telling: Telling, plan: Plan, reason: Reason) -> ReasonView:
    anchor = f"reason-{plan.lead}-{reason.role}-{reason.rule}"
    marks = telling.cite_first(reason.claims)
    return ReasonView(
        anchor=anchor,
        framework=reason.framework,
        points=signed(reason.points),
        doubled=reason.doubled,
        text=reason.text,
        whom=_whom(telling, reason),
        rule=f"/rules/{reason.rule}",
        report=telling.report(reason.rule, anchor),
        because=()
        if telling.aside
        else tuple(telling.answer_link(question) for question in reason.questions),
        marks=marks,
        uncited=len(reason.claims) - len(marks),
    )


def _whom(telling: Telling, reason: Reason) -> str:
    """Say for whom a reason speaks, and in what."""
    name = telling.name(reason.framework)
    if reason.role == EDGE:
        return f"Price of handing over to {name}"
    if reason.role == BACKEND:
        return "Backend"
    return f"{name}, {ROLE_WORDS[Role(reason.role)]}"
