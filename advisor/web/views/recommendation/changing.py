"""Changes of answers as links that make them: each leads to the result that it speaks of."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import Field

from advisor.engine.whatif.edits import answers_after
from advisor.model.explanation import Counterfactual, Mark, Other
from advisor.model.rulebase import RuleBase
from advisor.output.changes import first_flips, flip_as_sentence, mark_in_words, too_few
from advisor.query.query import Query
from advisor.web import addresses
from advisor.web.views.page import Link, View


class Flips(View):
    """What would make a framework lead alone; the fewest clicks that do."""

    too_few: str = Field(description="That one answer, or two, are not enough; empty if one is.")
    changes: tuple[Link, ...] = Field(description="Other answers than those given.")
    openings: tuple[Link, ...] = Field(description="Answers to questions that are still open.")
    more: int = Field(description="How many more there are than are told here.")


def flips_of(rulebase: RuleBase, query: Query, other: Other, *, all_of_them: bool) -> Flips:
    """Tell what would make a framework lead alone.

    Args:
        rulebase: what names the questions.
        query: what was asked.
        other: the framework.
        all_of_them: whether every one is told, not the first few.
    """
    changes, openings = (other.changes, other.openings) if all_of_them else first_flips(other)
    name = other.framework
    return Flips(
        too_few=too_few(rulebase, other, 2 if all_of_them else 1),
        changes=_links(rulebase, query, changes, name),
        openings=_links(rulebase, query, openings, name),
        more=len(other.changes) + len(other.openings) - len(changes) - len(openings),
    )


def _links(
    rulebase: RuleBase, query: Query, flips: Sequence[Counterfactual], framework: str
) -> tuple[Link, ...]:
    return tuple(
        Link(
            label=flip_as_sentence(rulebase, flip, framework),
            address=addresses.result(replace(query, answers=answers_after(query.answers, *flip))),
        )
        for flip in flips
    )


def mark_link(rulebase: RuleBase, query: Query, mark: Mark) -> Link:
    """Return a link that sets a mark of importance, or takes it away."""
    important = query.answers.important ^ {mark.question}
    answers = replace(query.answers, important=important)
    return Link(
        label=mark_in_words(rulebase, mark),
        address=addresses.result(replace(query, answers=answers)),
    )
