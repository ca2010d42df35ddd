"""What the engine says to a query, alone or with what explains it, and to several at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.engine.compare import compare
from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.model.comparison import Comparison
from advisor.model.explanation import Explanation
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.query.query import Query
from advisor.query.several import FEWEST


@dataclass(frozen=True, slots=True)
class Explained:
    """A recommendation, and the same taken apart."""

    recommendation: Recommendation
    explanation: Explanation


def thought(rulebase: RuleBase, query: Query) -> Recommendation:
    """Return the recommendation for a query."""
    return recommend(rulebase, query.answers, query.basis, query.asked)


def explained(rulebase: RuleBase, query: Query, edits: int = 1) -> Explained:
    """Return the recommendation for a query with what explains it, so many edits at once tried."""
    recommendation = thought(rulebase, query)
    return Explained(recommendation, explain(rulebase, recommendation, edits))


def compared(rulebase: RuleBase, queries: Sequence[Query]) -> Comparison | None:
    """Return results side by side, on the basis of the first; None where they are too few."""
    if len(queries) < FEWEST:
        return None
    return compare(rulebase, [query.answers for query in queries], queries[0].basis)
