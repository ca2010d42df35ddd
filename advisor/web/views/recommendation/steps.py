"""What to do once a plan is chosen, in the order in which it is due."""

from pydantic import Field

from advisor.model.recommendation import Plan
from advisor.model.rules import Phase, Step
from advisor.report.words import listed
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Mark
from advisor.web.views.recommendation.telling import Telling

PHASE_WORDS = {
    Phase.INSTALL: "Install",
    Phase.BUILD: "Build",
    Phase.EXPORT: "Hand over",
    Phase.SHIP: "Ship",
    Phase.CHECK: "Check before you commit",
}


class StepView(View):
    """Something to do."""

    phase: str = Field(description="When it is due, in a word or two.")
    text: str = Field(description="What to do.")
    command: str = Field(description="What to type or to write; empty where words say it all.")
    tools: str = Field(description="The names of the tools that it uses; empty if none.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


def step_views(telling: Telling, plan: Plan) -> tuple[StepView, ...]:
    """Tell what to do under a plan; nothing for plans that do not lead."""
    due = telling.recommendation.steps.get(plan.lead, ())
    return tuple(_step(telling, telling.rulebase.steps[name]) for name in due)


def _step(telling: Telling, step: Step) -> StepView:
    return StepView(
        phase=PHASE_WORDS[step.phase],
        text=step.text,
        command=step.command,
        tools=listed([telling.rulebase.tools[name].name for name in step.tools]),
        marks=telling.cite_counting(step.claims),
    )
