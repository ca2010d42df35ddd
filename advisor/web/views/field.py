"""A question as part of a form: its choices, what is chosen, what is wrong with that.

Shared by the page of one question and the page of all. Knows no addresses.
"""

from collections.abc import Collection

from pydantic import Field

from advisor.model.answers import MAX_IMPORTANT
from advisor.model.rulebase import NONE_CHOICE, Choice, Question
from advisor.output.words import counted
from advisor.web.pages.answers import ANY_CHOICE, UNSURE_CHOICE
from advisor.web.views.page import View


class Option(View):
    """One thing to choose."""

    id: str = Field(description="The id of its input on the page.")
    value: str = Field(description="What is sent when it is chosen.")
    label: str = Field(description="Its words.")
    hint: str = Field(description="A few more words; empty if none are needed.")
    checked: bool = Field(description="Whether it is chosen.")


class Important(View):
    """The mark that lets a question count double."""

    offered: bool = Field(description="Whether the mark can be set here.")
    checked: bool = Field(description="Whether it is set.")
    note: str = Field(description="What the mark does, or why it cannot be set.")


class QuestionField(View):
    """A question to be answered in a form."""

    name: str = Field(description="Its id; the name of its inputs.")
    title: str = Field(description="The question itself.")
    changes: str = Field(description="One line that says what the answer changes.")
    why: str = Field(description="Why it is asked.")
    kind: str = Field(description="The type of its inputs: radio or checkbox.")
    several: bool = Field(description="Whether several choices can be taken together.")
    options: tuple[Option, ...] = Field(description="The choices.")
    apart: tuple[Option, ...] = Field(description="What can be said instead, each alone.")
    error: str = Field(description="What is wrong with what was sent; empty if nothing is.")
    important: Important = Field(description="The mark that lets it count double.")

    @property
    def first_input(self) -> str:
        """The id of its first input, for links to it."""
        return (self.options + self.apart)[0].id


def question_field(
    question: Question, chosen: Collection[str], important: Collection[str], error: str = ""
) -> QuestionField:
    """Make a field of a question.

    Args:
        question: the question.
        chosen: values that are chosen, `unsure` and `any` among them.
        important: ids of all questions that are marked as important.
        error: what is wrong with what was sent.
    """
    plain = [choice for choice in question.choices if choice.id != NONE_CHOICE]
    nothing = [choice for choice in question.choices if choice.id == NONE_CHOICE]
    apart = [*nothing, UNSURE_CHOICE, ANY_CHOICE]
    return QuestionField(
        name=question.id,
        title=question.title,
        changes=question.changes,
        why=question.why,
        kind="checkbox" if question.multiple else "radio",
        several=question.multiple,
        options=tuple(_option(question.id, choice, chosen) for choice in plain),
        apart=tuple(_option(question.id, choice, chosen) for choice in apart),
        error=error,
        important=_important(question.id, important),
    )


def _option(name: str, choice: Choice, chosen: Collection[str]) -> Option:
    return Option(
        id=f"{name}-{choice.id}",
        value=choice.id,
        label=choice.label,
        hint=choice.hint,
        checked=choice.id in chosen,
    )


def _important(name: str, important: Collection[str]) -> Important:
    """Offer the mark unless as many other questions have it as may."""
    if name not in important and len(important) >= MAX_IMPORTANT:
        note = f"{counted(MAX_IMPORTANT, 'question')} count double already, and no more can."
        return Important(offered=False, checked=False, note=note[0].upper() + note[1:])
    note = (
        f"Reasons that rest on this answer weigh twice; up to {counted(MAX_IMPORTANT, 'question')}"
    )
    return Important(offered=True, checked=name in important, note=note)
