"""Answers on pages: what was said to a question, in words."""

from collections.abc import Collection
from functools import lru_cache

from advisor.model.answers import Answers
from advisor.model.rulebase import Choice, RuleBase
from advisor.output.words import labels_in_words, listed, quoted
from advisor.query.query import ANY, UNSURE

UNSURE_CHOICE = Choice(
    UNSURE, "I am not sure", "Counts for nothing; the result says whether to find out", neutral=True
)
ANY_CHOICE = Choice(ANY, "It does not matter", "Counts for nothing", neutral=True)


def chosen_values(answers: Answers, name: str) -> frozenset[str]:
    """Return the values that answers give to a question, as a form sends them."""
    if name in answers.unsure:
        return frozenset({UNSURE})
    if name in answers.any:
        return frozenset({ANY})
    return answers.given.get(name, frozenset())


def answer_in_words(rulebase: RuleBase, answers: Answers, name: str) -> str:
    """Return what was answered to a question: `Microcontrollers`, or `“Phones” and “Servers”`."""
    return _in_words(rulebase, name, chosen_values(answers, name))


@lru_cache(maxsize=512)
def _in_words(rulebase: RuleBase, name: str, chosen: frozenset[str]) -> str:
    choices = (*rulebase.questions[name].choices, UNSURE_CHOICE, ANY_CHOICE)
    return labels_in_words([choice.label for choice in choices if choice.id in chosen])


def quoted_answer(rulebase: RuleBase, chosen: Collection[str], name: str) -> str:
    """Return what was said to a question: `“Phones” and “Servers”`; empty where nothing was."""
    choices = (*rulebase.questions[name].choices, UNSURE_CHOICE, ANY_CHOICE)
    return listed([quoted(choice.label) for choice in choices if choice.id in chosen])
