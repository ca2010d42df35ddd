"""The other ways to ship what a leader builds: the same builder with each other shipper.

Who leads is decided between builders; which shipper goes along is part of a plan. So a lead can
be clear while the choice of the shipper is close, and that is told here. Knows no words.
"""

from collections.abc import Iterator, Sequence

from advisor.engine import consequences
from advisor.engine.basics import Basics
from advisor.engine.plans import Scored
from advisor.model.recommendation import Plan


def other_ways(basics: Basics, leading: Sequence[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """Yield the best plan of each leader with each other shipper, as far as it could lead.

    Args:
        basics: what follows from the answers.
        leading: the leaders' plans.

    Yields:
        Such a plan, and the one by which its builder leads; the best ones first for each.
    """
    for leader in leading:
        if leader.builder and leader.shipper:
            for scored in _by_shipper(basics, leader):
                yield consequences.plan_of(scored, basics.evaluation), leader


def _by_shipper(basics: Basics, leader: Plan) -> Sequence[Scored]:
    """Return the best plan with each shipper but the leader's own."""
    best: dict[str | None, Scored] = {}
    for scored in basics.plans:
        if scored.candidate.lead == leader.lead and scored.own_reason:
            best.setdefault(scored.candidate.shipper, scored)
    best.pop(leader.shipper, None)
    return tuple(best.values())
