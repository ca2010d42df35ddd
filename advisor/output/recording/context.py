"""What a decision record begins with: what was answered, and what speaks for the decision."""

from collections.abc import Iterator

from advisor.output.changes import labels_of
from advisor.output.markdown import bullets, escaped, paragraph
from advisor.output.recording.told import Told
from advisor.output.words import ended, listed

NOTHING = "Nothing was answered yet."


def context(told: Told) -> list[str]:
    """Give the question and the answers."""
    options = listed([framework.name for framework in told.base.frameworks.values()], "or")
    asked = f"What should the project use, given these answers: {options}?"
    said = list(_answers(told))
    return [paragraph(escaped(asked)), bullets(said) if said else paragraph(NOTHING)]


def _answers(told: Told) -> Iterator[str]:
    """Give each answer, in the order of the questionnaire."""
    answers = told.result.answers
    for question in told.base.questions.values():
        if question.id in answers.given:
            chosen = tuple(answers.given[question.id])
            words = escaped(labels_of(told.base, question.id, chosen))
        elif question.id in answers.unsure:
            words = "not sure"
        elif question.id in answers.any:
            words = "does not matter"
        else:
            continue
        double = "; counts double" if question.id in answers.important else ""
        left_out = "; left out, as it does not apply" if question.id in told.result.ignored else ""
        yield f"{escaped(question.title)} **{words}**{double}{left_out}"


def drivers(told: Told) -> list[str]:
    """Give what speaks for the leading plans, each matter once; sources stand with the options."""
    reasons = [reason for plan in told.plans for reason in plan.reasons if reason.points > 0]
    return [bullets(dict.fromkeys(escaped(ended(reason.text)) for reason in reasons))]
