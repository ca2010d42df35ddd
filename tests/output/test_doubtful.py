"""What to verify before committing: claims that hold in part, where a reason leans on them."""

from dataclasses import replace

from support.small import SMALL

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Status
from advisor.output.doubtful import doubtful_claims


def reason(points, *claims, doubled=False):
    result = recommend(SMALL, Answers({"goal": frozenset({"research"})}))
    found = next(r for s in result.standings if s.plan for r in s.plan.reasons)
    return replace(found, points=points, doubled=doubled, claims=claims)


def claim_of(status):
    return next(c.id for c in SMALL.claims.values() if c.status is status and c.evidence)


def test_a_reason_that_holds_by_itself_leans_on_nothing_else():
    holds, partly = claim_of(Status.HOLDS), claim_of(Status.PARTLY)
    assert doubtful_claims(SMALL, [reason(3, holds, partly)]) == {}


def test_a_reason_leans_on_what_holds_in_part_where_nothing_else_carries_its_points():
    partly = claim_of(Status.PARTLY)
    assert list(doubtful_claims(SMALL, [reason(2, partly)])) == [partly]
    assert list(doubtful_claims(SMALL, [reason(-2, partly)])) == [partly]


def test_what_counts_double_has_to_be_carried_once():
    holds, partly = claim_of(Status.HOLDS), claim_of(Status.PARTLY)
    assert doubtful_claims(SMALL, [reason(6, holds, partly, doubled=True)]) == {}
