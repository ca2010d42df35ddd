"""What all parts of the page need: the rule base, the recommendation, links and citations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from advisor.model.admissibility import counting
from advisor.model.explanation import Explanation
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.words import BASIS_WORDS, labels_in_words, reason_texts
from advisor.query.query import Query
from advisor.web import urls
from advisor.web.dependencies import Explained, Visit
from advisor.web.urls import report_address, report_body
from advisor.web.views.field import ANY_CHOICE, UNSURE_CHOICE, chosen_values
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Citations, Mark

CITED = 4
"""How many claims are cited for one matter; the page of its rule has all of them."""

CITED_ASIDE = 1
"""The same where a matter is beside the point."""


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
        explanation: the same taken apart.
        changes: for each question with an answer, or still open, the address to change it at.
        citations: collects what is cited, in the order in which the page is put together.
        link: the address of the page, with its host.
        issue_form: the address of a form that takes reports; empty where there is none.
        aside: whether the part that is told is beside the point: what it alone cites is listed
            apart.
    """

    rulebase: RuleBase
    query: Query
    recommendation: Recommendation
    explanation: Explanation
    changes: Mapping[str, str]
    citations: Citations
    link: str
    issue_form: str
    aside: bool = False

    def name(self, framework: str) -> str:
        """Return the name of a framework."""
        return self.rulebase.frameworks[framework].name

    @property
    def reason_texts(self) -> Mapping[str, str]:
        """Return what each rule, and each cost of handing over, says to the reader."""
        return reason_texts(self.rulebase)

    def cite(self, claims: Iterable[str]) -> tuple[Mark, ...]:
        """Cite claims whatever their state."""
        return self.citations.cite(claims, apart=self.aside)

    def cite_first(self, claims: Sequence[str]) -> tuple[Mark, ...]:
        """Cite the strongest of the claims that something rests on."""
        return self.cite(claims[: CITED_ASIDE if self.aside else CITED])

    def report(self, rule: str, anchor: str) -> str:
        """Return where something on this page can be reported as wrong; empty if nowhere."""
        if not self.issue_form:
            return ""
        basis = BASIS_WORDS[self.recommendation.basis]
        subject = f"Rule: {rule}\nBasis: {basis}\nEdition: {self.query.edition or 'none'}"
        body = report_body(subject, self.rulebase.rules_hash, f"{self.link}#{anchor}")
        return report_address(self.issue_form, f"Reason {rule}", body)

    def cite_counting(self, claims: Sequence[str]) -> tuple[Mark, ...]:
        """Cite those of the claims that count on the basis of the recommendation."""
        known, sources = self.rulebase.claims, self.rulebase.sources
        return self.cite(counting(known, sources, claims, self.recommendation.basis))

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
        return labels_in_words([choice.label for choice in choices if choice.id in chosen])


def telling_of(
    rulebase: RuleBase, visit: Visit, explained: Explained, issue_form: str = ""
) -> Telling:
    """Begin to tell a recommendation: nothing is cited yet.

    Args:
        rulebase: what it was made with.
        visit: what was asked, and of which host.
        explained: the answer to it, taken apart.
        issue_form: address of a form that takes reports; empty where there is none.
    """
    query, recommendation = visit.query, explained.recommendation
    waiting = {item.question: item.unsure for item in recommendation.open_questions}
    still_open = [name for name, unsure in waiting.items() if not unsure]
    return Telling(
        rulebase=rulebase,
        query=query,
        recommendation=recommendation,
        explanation=explained.explanation,
        changes={
            name: urls.change(query, name, still_open)
            for name in rulebase.questions
            if name in waiting or not recommendation.answers.is_absent(name)
        },
        citations=Citations(rulebase),
        link=visit.origin + urls.result(query),
        issue_form=issue_form,
    )
