"""What all parts of the page need: the rule base, the recommendation, links and citations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from advisor.answers.query import Query
from advisor.model.admissibility import cap
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.report.words import listed
from advisor.web import addresses
from advisor.web.views.field import ANY_CHOICE, UNSURE_CHOICE, chosen_values
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Citations, Mark


class AnswerLink(View):
    """An answer that brought something about, with the way to change it."""

    question: str = Field(description="The question, in two or three words.")
    answer: str = Field(description="What was answered, in words.")
    change: str = Field(description="The address at which it can be changed.")


@dataclass(frozen=True, slots=True)
class Telling:
    """One recommendation on its way to a page.

    Attributes:
        query: what was asked.
        recommendation: what the engine said to it.
        changes: for each question with an answer, or still open, the address to change it at.
        citations: collects what is cited, in the order in which the page is put together.
        aside: whether the part that is told is beside the point: what it alone cites is listed
            apart.
    """

    rulebase: RuleBase
    query: Query
    recommendation: Recommendation
    changes: Mapping[str, str]
    citations: Citations
    aside: bool = False

    def name(self, framework: str) -> str:
        """Return the name of a framework."""
        return self.rulebase.frameworks[framework].name

    def cite(self, claims: Iterable[str]) -> tuple[Mark, ...]:
        """Cite claims whatever their state."""
        return self.citations.cite(claims, apart=self.aside)

    def cite_counting(self, claims: Sequence[str]) -> tuple[Mark, ...]:
        """Cite those of the claims that count on the basis of the recommendation."""
        known, sources = self.rulebase.claims, self.rulebase.sources
        basis = self.recommendation.basis
        return self.cite(claim for claim in claims if cap(known, sources, claim, basis))

    def answer_link(self, question: str) -> AnswerLink:
        """Return what was answered to a question, with the way to change it."""
        return AnswerLink(
            question=self.rulebase.questions[question].label,
            answer=self.answer(question),
            change=self.changes[question],
        )

    def answer(self, question: str) -> str:
        """Return what was answered to a question, in words."""
        chosen = chosen_values(self.recommendation.answers, question)
        choices = (*self.rulebase.questions[question].choices, UNSURE_CHOICE, ANY_CHOICE)
        return listed([choice.label for choice in choices if choice.id in chosen])


def telling_of(rulebase: RuleBase, query: Query, recommendation: Recommendation) -> Telling:
    """Begin to tell a recommendation: nothing is cited yet."""
    waiting = {item.question: item.unsure for item in recommendation.open_questions}
    still_open = [name for name, unsure in waiting.items() if not unsure]
    changes = {
        name: addresses.change(query, name, still_open)
        for name in rulebase.questions
        if name in waiting or not recommendation.answers.is_absent(name)
    }
    return Telling(rulebase, query, recommendation, changes, Citations(rulebase))
