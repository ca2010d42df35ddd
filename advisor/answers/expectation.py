"""Whether a recommendation is the one that somebody counts on."""

from advisor.answers.query import Expectation
from advisor.model.recommendation import Recommendation, Verdict


def meets(expectation: Expectation, recommendation: Recommendation) -> bool:
    """Say whether what is expected leads, with the expected shipper if one is named.

    Never under `open` and `none`: nothing is recommended there.
    """
    if recommendation.verdict in {Verdict.OPEN, Verdict.NONE}:
        return False
    if expectation.lead not in recommendation.leaders:
        return False
    plan = next(
        standing.plan
        for standing in recommendation.standings
        if standing.framework == expectation.lead
    )
    shipper = plan.shipper if plan else None
    return expectation.shipper is None or expectation.shipper == shipper
