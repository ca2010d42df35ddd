"""Answers on pages: what was said to a question, in words, and what other answers would change."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from advisor.engine.whatif.counterfactuals import answers_after
from advisor.model.answers import Answers
from advisor.model.explanation import Counterfactual, Explanation, Mark, Other
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import Choice, RuleBase
from advisor.output.changes import counterfactual_in_words, mark_in_words, too_few
from advisor.output.words import labels_in_words, listed, names, quoted
from advisor.query.query import ANY, UNSURE, Query
from advisor.web import urls

UNSURE_CHOICE = Choice(
    UNSURE, "I am not sure", "Counts for nothing; the result says whether to find out", neutral=True
)
ANY_CHOICE = Choice(ANY, "It does not matter", "Counts for nothing", neutral=True)

Links = list[tuple[str, str]]
"""Words and addresses: `[("If “Load” were “Tools”, …", "/recommendation?load=tools")]`."""


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


def quoted_answer(rulebase: RuleBase, name: str, chosen: Collection[str]) -> str:
    """Return what was said to a question: `“Phones” and “Servers”`; empty where nothing was."""
    choices = (*rulebase.questions[name].choices, UNSURE_CHOICE, ANY_CHOICE)
    return listed([quoted(choice.label) for choice in choices if choice.id in chosen])


@dataclass(frozen=True, slots=True)
class CounterfactualLinks:
    """What would make a framework lead alone."""

    too_few: str
    """That one answer, or two, are not enough; empty if one is."""
    openings: Links
    """Answers to questions that are still open."""
    changes: Links
    """Other answers than those given."""
    more: int = 0
    """How many more there are than are told here."""


def changes_context(
    rulebase: RuleBase, query: Query, recommendation: Recommendation, explanation: Explanation
) -> dict[str, object]:
    """Return what `pages/changes.html` is given.

    Returns:
        now: who leads now, in a sentence.
        back: the address of the recommendation.
        others: all that do not lead alone, by id, each with all that would make it.
        marks: links that set a mark of importance, or take it away.
    """
    leaders = recommendation.leaders
    verb = "leads" if len(leaders) == 1 else "lead, level,"
    return {
        "now": f"{names(rulebase, leaders)} {verb} now." if leaders else "Nothing leads now.",
        "back": urls.result(query),
        "others": {
            name: CounterfactualLinks(
                too_few(rulebase, other, edits=2),
                counterfactual_links(rulebase, query, other, other.openings),
                counterfactual_links(rulebase, query, other, other.changes),
            )
            for name, other in explanation.others.items()
        },
        "marks": mark_links(rulebase, explanation.marks, query),
    }


def counterfactual_links(
    rulebase: RuleBase, query: Query, other: Other, found: Sequence[Counterfactual]
) -> Links:
    """Return links that make the changes by which a framework would lead alone."""
    return [
        (
            counterfactual_in_words(rulebase, each, other.framework),
            urls.result(replace(query, answers=answers_after(query.answers, *each))),
        )
        for each in found
    ]


def mark_links(rulebase: RuleBase, marks: Sequence[Mark], query: Query) -> Links:
    """Return links that set a mark of importance, or take it away."""
    answers = query.answers
    return [
        (
            mark_in_words(rulebase, mark),
            urls.result(
                replace(
                    query, answers=replace(answers, important=answers.important ^ {mark.question})
                )
            ),
        )
        for mark in marks
    ]
