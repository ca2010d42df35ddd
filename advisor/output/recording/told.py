"""What a decision record is made of, and how it writes reasons and citations down."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from advisor.model.admissibility import counting
from advisor.model.explanation import Explanation
from advisor.model.recommendation import Plan, Reason, Recommendation, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output.citations import Citations
from advisor.output.markdown import escaped
from advisor.output.sums import EDGE
from advisor.output.words import ended, signed


@dataclass(frozen=True, slots=True)
class Told:
    """What one record tells.

    Attributes:
        citations: the numbers of its citations, growing while it is written.
    """

    base: RuleBase
    result: Recommendation
    explanation: Explanation
    citations: Citations = field(init=False)

    def __post_init__(self) -> None:
        """Start without any citation."""
        object.__setattr__(self, "citations", Citations(self.base))

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Return the leaders' plans."""
        return leading_plans(self.result.standings)

    def cited(self, text: str, claims: Iterable[str]) -> str:
        """Return a text of the rule base as a sentence, with the numbers of its claims."""
        return f"{escaped(ended(text))} {self.citations.mark(claims)}".rstrip()

    def cited_counting(self, text: str, claims: Iterable[str]) -> str:
        """Return a text with the numbers of those of its claims that count on the basis."""
        known, sources = self.base.claims, self.base.sources
        return self.cited(text, counting(known, sources, claims, self.result.basis))

    def reason(self, reason: Reason) -> str:
        """Return a reason with its points before it."""
        joins = reason.role == EDGE
        whose = "handing over" if joins else escaped(self.base.frameworks[reason.framework].name)
        doubled = ", counted double" if reason.doubled else ""
        text = self.cited(reason.text, reason.claims)
        return f"{signed(reason.points)} ({whose}{doubled}): {text}"
