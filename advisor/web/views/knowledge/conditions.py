"""Under which answers something counts, in the words of the questionnaire."""

from pydantic import Field

from advisor.model.rulebase import Question, RuleBase
from advisor.model.rules import Condition, When
from advisor.output.words import listed
from advisor.web.views.page import View

ALWAYS_WORDS = "Always, whatever is answered."


class ConditionView(View):
    """A question that has to be answered in one of some ways."""

    question: str = Field(description="The question, in two or three words.")
    address: str = Field(description="The address of the question.")
    answers: str = Field(description="The answers of which one has to be given, joined by 'or'.")


class AlternativeView(View):
    """Conditions that have to hold together."""

    conditions: tuple[ConditionView, ...] = Field(description="The conditions.")


def alternatives(rulebase: RuleBase, when: When) -> tuple[AlternativeView, ...]:
    """Return the alternatives of which one has to hold; none where it always counts."""
    if () in when:
        return ()
    return tuple(
        AlternativeView(conditions=tuple(_condition(rulebase, item) for item in alternative))
        for alternative in when
    )


def in_a_line(rulebase: RuleBase, when: When) -> str:
    """Say under which answers something counts, as a sentence."""
    written = [
        ", and ".join(f"{item.question}: {item.answers}" for item in alternative.conditions)
        for alternative in alternatives(rulebase, when)
    ]
    return f"With {'; or '.join(written)}." if written else ALWAYS_WORDS


def _condition(rulebase: RuleBase, condition: Condition) -> ConditionView:
    question = rulebase.questions[condition.question]
    return ConditionView(
        question=question.label,
        address=f"/ask/{question.id}",
        answers=listed(_labels(question, condition), "or"),
    )


def _labels(question: Question, condition: Condition) -> list[str]:
    """Return the words of the choices, in the order in which they are offered."""
    return [f"“{choice.label}”" for choice in question.choices if choice.id in condition.choices]
