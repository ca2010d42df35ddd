"""What the engine says to a query, here and on the other basis, and to several at once."""

from collections.abc import Sequence
from dataclasses import replace

from advisor.answers.query import Query
from advisor.answers.several import FEWEST
from advisor.engine.comparison import compare
from advisor.engine.recommend import recommend
from advisor.model.comparison import Comparison
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase


def thought(rulebase: RuleBase, query: Query) -> Recommendation:
    """Return the recommendation for a query."""
    return recommend(rulebase, query.answers, query.basis, query.asked)


def thought_otherwise(
    rulebase: RuleBase, query: Query, here: Recommendation
) -> Recommendation | None:
    """Return the recommendation on the other basis; None where it is not different."""
    if not here.other.differs:
        return None
    return thought(rulebase, replace(query, basis=here.other.basis))


def compared(rulebase: RuleBase, queries: Sequence[Query]) -> Comparison | None:
    """Return results side by side, on the basis of the first; None where they are too few."""
    if len(queries) < FEWEST:
        return None
    return compare(rulebase, [query.answers for query in queries], queries[0].basis)
