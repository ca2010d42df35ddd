"""The plans with their reasons, the sum of which is the score."""

from pydantic import Field

from advisor.model.recommendation import Plan, Reason, Standing
from advisor.model.rules import Role
from advisor.report.words import ROLE_WORDS, plan_in_words, signed
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Mark
from advisor.web.views.recommendation.steps import StepView, step_views
from advisor.web.views.recommendation.telling import AnswerLink, Telling

COST = "edge"
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
    because: tuple[AnswerLink, ...] = Field(description="The answers that brought it in.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


class PlanView(View):
    """Who builds and who ships, and why."""

    anchor: str = Field(description="Its id on the page, for links to it.")
    framework: str = Field(description="The id of the framework that leads it.")
    words: str = Field(description="The plan in words.")
    total: str = Field(description="What the reasons add up to, in words.")
    reasons: tuple[ReasonView, ...] = Field(description="The reasons, weightiest first.")
    way: str = Field(description="How one hands over to the other; empty where nobody has to.")
    way_marks: tuple[Mark, ...] = Field(description="The citations of that.")
    backend: str = Field(description="Why it runs on what it runs on; empty if it needs nothing.")
    backend_reasons: tuple[ReasonView, ...] = Field(description="The reasons for that.")
    steps: tuple[StepView, ...] = Field(description="What to do under it, in order.")


def plan_view(telling: Telling, standing: Standing) -> PlanView | None:
    """Write out the best plan of a framework; None where it has none."""
    plan = standing.plan
    if plan is None:
        return None
    edge = telling.rulebase.edges.get(plan.edge)
    return PlanView(
        anchor=f"plan-{plan.lead}",
        framework=plan.lead,
        words=plan_in_words(telling.rulebase, plan),
        total=_total(plan),
        reasons=tuple(_reason(telling, plan, reason) for reason in plan.reasons),
        way=edge.text if edge else "",
        way_marks=telling.cite_counting(edge.claims) if edge else (),
        backend=_backend(telling, plan),
        backend_reasons=tuple(_reason(telling, plan, reason) for reason in plan.backend_reasons),
        steps=step_views(telling, plan),
    )


def total(points: int) -> str:
    """Return a sum of points: a sign only where it is negative."""
    return signed(points).removeprefix("+")


def _total(plan: Plan) -> str:
    """Say what the reasons add up to."""
    if not plan.reasons:
        return "No reason speaks for or against it: 0 points"
    reasons = "1 reason" if len(plan.reasons) == 1 else f"{len(plan.reasons)} reasons"
    points = "1 point" if plan.score == 1 else f"{total(plan.score)} points"
    return f"{reasons}, {points} together"


def _backend(telling: Telling, plan: Plan) -> str:
    """Say what the plan runs on, and whether anything speaks for that."""
    backends = telling.rulebase.frameworks[plan.lead].backends
    name = next((backend.name for backend in backends if backend.id == plan.backend), "")
    if not name:
        return ""
    if plan.backend_reasons:
        return f"It runs on {name}:"
    return f"It runs on {name}; nothing in your answers asks for another backend."


def _reason(telling: Telling, plan: Plan, reason: Reason) -> ReasonView:
    return ReasonView(
        anchor=f"reason-{plan.lead}-{reason.role}-{reason.rule}",
        framework=reason.framework,
        points=signed(reason.points),
        doubled=reason.doubled,
        text=reason.text,
        whom=_whom(telling, reason),
        rule=f"/rules/{reason.rule}",
        because=tuple(telling.answer_link(question) for question in reason.questions),
        marks=telling.cite(reason.claims),
    )


def _whom(telling: Telling, reason: Reason) -> str:
    """Say for whom a reason speaks, and in what."""
    name = telling.name(reason.framework)
    if reason.role == COST:
        return f"Price of handing over to {name}"
    if reason.role == BACKEND:
        return "Backend"
    return f"{name}, {ROLE_WORDS[Role(reason.role)]}"
