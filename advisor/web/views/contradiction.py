"""What is wrong with the answer to a question, in the words that stand on the page."""

from collections.abc import Collection, Iterable

from advisor.errors import Fault
from advisor.model.rulebase import NONE_CHOICE, Question
from advisor.query.query import ANY, UNSURE
from advisor.web.pages.answers import ANY_CHOICE, UNSURE_CHOICE
from advisor.web.views.unusable import told


def contradiction(question: Question, written: Collection[str], faults: Iterable[Fault]) -> str:
    """Say what to do about an answer that cannot be used.

    Args:
        question: what was asked.
        written: the values that were sent.
        faults: what is wrong with them.
    """
    nothing = [choice for choice in question.choices if choice.id == NONE_CHOICE]
    alone = {choice.id: choice.label for choice in (*nothing, UNSURE_CHOICE, ANY_CHOICE)}
    found = [
        alone[value] for value in (NONE_CHOICE, UNSURE, ANY) if value in alone.keys() & written
    ]
    if found:
        return f"'{found[0]}' stands beside another answer. Choose it alone, or take it back."
    return " ".join(told(fault) for fault in faults)
