"""What all parts of the page need: the results, what each is called, and what was answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from advisor.model.comparison import AnswerState, Comparison
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.words import listed
from advisor.query.query import Query
from advisor.query.write import FEWEST
from advisor.web.pages.answers import ANY_CHOICE, UNSURE_CHOICE

NOT_ANSWERED = "not answered"


@dataclass(frozen=True, slots=True)
class Comparing:
    """A comparison on its way to a page.

    Attributes:
        queries: what each of the results answers, in the order of the results.
        origin: scheme and host of this site.
    """

    rulebase: RuleBase
    queries: Sequence[Query]
    comparison: Comparison
    origin: str

    @property
    def basis(self) -> Basis:
        """Return the one basis of all results."""
        return self.comparison.shared.basis

    @property
    def everyone(self) -> str:
        """Return the results as those of whom something is said."""
        return "Both" if len(self.queries) == FEWEST else "All of them"

    @property
    def together(self) -> Sequence[Recommendation]:
        """Return everything that is drawn on the page, on one scale."""
        return (*self.comparison.results, self.comparison.shared)

    def letters(self, numbers: Collection[int]) -> str:
        """Return what results are called, in a sentence.

        Args:
            numbers: their places, counted from 0.
        """
        return listed([ascii_uppercase[number] for number in numbers])

    def said(self, question: str, saying: AnswerState) -> str:
        """Return what answers say to a question, in words."""
        choices = (*self.rulebase.questions[question].choices, UNSURE_CHOICE, ANY_CHOICE)
        said = [f"“{choice.label}”" for choice in choices if choice.id in saying.choices]
        return listed(said) or NOT_ANSWERED
