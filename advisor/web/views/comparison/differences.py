"""Where the answers differ, and whether that bears on who leads or on the plan."""

from collections.abc import Mapping

from pydantic import Field

from advisor.model.comparison import AnswerState, Differing, Weight
from advisor.web.views.comparison.agreement import PLAN_WORDS
from advisor.web.views.comparison.comparing import Comparing
from advisor.web.views.page import View

WEIGHT_WORDS: Mapping[Weight, str] = {
    Weight.ALONE: "Matters by itself",
    Weight.TOGETHER: "Matters only together with others",
    Weight.PLAN: f"Matters to {PLAN_WORDS}",
    Weight.PLAN_TOGETHER: f"Matters to {PLAN_WORDS}, but only together with others",
    Weight.NONE: "Does not matter to who leads, or to the plan",
}
"""What a difference can do, from most to least."""


class SayingView(View):
    """What some of the results rest on."""

    who: str = Field(description="Which of them.")
    said: str = Field(description="What they answer, in words.")
    doubled: bool = Field(description="Whether it counts double there.")


class DifferenceView(View):
    """A question to which not all give the same answer."""

    question: str = Field(description="The question.")
    sayings: tuple[SayingView, ...] = Field(description="The answers, each with who gives it.")


class DifferenceGroup(View):
    """Differences that do the same."""

    title: str = Field(description="What they do.")
    differences: tuple[DifferenceView, ...] = Field(description="The differences, in order.")


def difference_groups(comparing: Comparing) -> tuple[DifferenceGroup, ...]:
    """Return the differences, those that matter most first; groups without any are left out."""
    groups = (
        DifferenceGroup(
            title=title,
            differences=tuple(
                _difference(comparing, differing)
                for differing in comparing.comparison.differing
                if differing.weight is weight
            ),
        )
        for weight, title in WEIGHT_WORDS.items()
    )
    return tuple(group for group in groups if group.differences)


def _difference(comparing: Comparing, differing: Differing) -> DifferenceView:
    """Tell who says what to a question; the same answer once."""
    who: dict[AnswerState, list[int]] = {}
    for number, saying in enumerate(differing.sayings):
        who.setdefault(saying, []).append(number)
    return DifferenceView(
        question=comparing.rulebase.questions[differing.question].title,
        sayings=tuple(
            SayingView(
                who=comparing.letters(numbers),
                said=comparing.said(differing.question, saying),
                doubled=saying.important,
            )
            for saying, numbers in who.items()
        ),
    )
