"""What to do once a plan is chosen, in the order in which it is due, and what to verify first."""

from pydantic import Field

from advisor.model.knowledge import Claim
from advisor.model.recommendation import leading_plans
from advisor.model.rules import Step
from advisor.output.doubtful import doubtful_claims
from advisor.output.words import PHASE_WORDS, date_in_words, ended, plan_in_words
from advisor.web.filters import TOOL_SIGNS
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Mark
from advisor.web.views.recommendation.telling import Telling

PARTLY = 4
"""How many claims that hold in part are told at once; the rest can be opened."""


class ToolUse(View):
    """A tool that a step uses."""

    name: str = Field(description="Its name.")
    state: str = Field(description="How it stands today, in words.")
    address: str = Field(description="Where more is told of it.")


class StepView(View):
    """Something to do."""

    phase: str = Field(description="When it is due, in a word or two.")
    text: str = Field(description="What to do.")
    command: str = Field(description="What to type or to write; empty where words say it all.")
    tools: tuple[ToolUse, ...] = Field(description="The tools that it uses.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


class PlanSteps(View):
    """What to do under a plan."""

    words: str = Field(description="The plan in words.")
    steps: tuple[StepView, ...] = Field(description="What to do, in order.")


class Partly(View):
    """A claim that carries weight and holds in part."""

    text: str = Field(description="What it says.")
    note: str = Field(description="What of it holds; empty where nobody wrote that down.")
    checked: str = Field(description="The day it was checked, in words.")
    address: str = Field(description="The address of its page.")


class Verify(View):
    """What to make sure of before committing."""

    partly: tuple[Partly, ...] = Field(description="Claims that hold in part, the weightiest.")
    more: tuple[Partly, ...] = Field(description="The others of these.")


def plan_steps(telling: Telling) -> tuple[PlanSteps, ...]:
    """Tell what to do under each plan that leads; nothing while too little is known."""
    due = telling.recommendation.steps
    return tuple(
        PlanSteps(
            words=plan_in_words(telling.rulebase, plan),
            steps=tuple(_step(telling, telling.rulebase.steps[name]) for name in due[plan.lead]),
        )
        for plan in leading_plans(telling.recommendation.standings)
        if due.get(plan.lead)
    )


def _step(telling: Telling, step: Step) -> StepView:
    return StepView(
        phase=PHASE_WORDS[step.phase],
        text=step.text,
        command=step.command,
        tools=tuple(_tool(telling, name) for name in step.tools),
        marks=telling.cite_counting(step.claims),
    )


def _tool(telling: Telling, name: str) -> ToolUse:
    tool = telling.rulebase.tools[name]
    return ToolUse(
        name=tool.name, state=TOOL_SIGNS[tool.status].word, address=f"/tools#tool-{name}"
    )


def verify(telling: Telling) -> Verify | None:
    """Tell which claims the leaders' reasons lean on hold in part only; None if there are none."""
    plans = leading_plans(telling.recommendation.standings)
    reasons = (reason for plan in plans for reason in (*plan.reasons, *plan.backend_reasons))
    found = [_partly(claim) for claim in doubtful_claims(telling.rulebase, reasons).values()]
    return Verify(partly=tuple(found[:PARTLY]), more=tuple(found[PARTLY:])) if found else None


def _partly(claim: Claim) -> Partly:
    return Partly(
        text=ended(claim.text),
        note=ended(claim.note) if claim.note else "",
        checked=date_in_words(claim.checked),
        address=f"/claims/{claim.id}",
    )
