"""What would change a recommendation, as links: each leads to the result that it speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor.engine.whatif.counterfactuals import answers_after
from advisor.model.explanation import Counterfactual, Explanation, Mark, Other
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.changes import counterfactual_in_words, mark_in_words, too_few
from advisor.output.words import names
from advisor.query.query import Query
from advisor.web import urls

Links = list[tuple[str, str]]
"""Words and addresses: `[("If “Load” were “Tools”, …", "/recommendation?load=tools")]`."""


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
