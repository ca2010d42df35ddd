"""Takes a recommendation apart: why not the others, what would change it, what it rests on.

Costs more than the recommendation itself, so it is worked out where somebody asks for it.
"""

from collections.abc import Iterator, Sequence

from advisor.engine.bases import bases_differ
from advisor.engine.basics import Basics, basics_of
from advisor.engine.board import Board, board_of
from advisor.engine.flips import flips
from advisor.engine.index import index_of
from advisor.engine.ways import other_ways
from advisor.model.answers import MAX_IMPORTANT
from advisor.model.explanation import (
    Against,
    Alternative,
    Counterfactual,
    Difference,
    Explanation,
    Mark,
    Other,
    WhyNot,
)
from advisor.model.recommendation import (
    Plan,
    Recommendation,
    Standing,
    State,
    Verdict,
    leading_plans,
)
from advisor.model.rulebase import RuleBase

WHY_NOT = {
    State.LEADS: WhyNot.SHARES,
    State.FOLLOWS: WhyNot.OUTSCORED,
    State.NO_REASON: WhyNot.NO_REASON,
    State.NO_ROLE: WhyNot.NO_ROLE,
    State.RULED_OUT: WhyNot.RULED_OUT,
}


def explain(rulebase: RuleBase, recommendation: Recommendation) -> Explanation:
    """Take a recommendation apart.

    Args:
        rulebase: the rule base that it was made with.
        recommendation: what to explain.

    Returns:
        The explanation. Flips and marks are exact.
    """
    index = index_of(rulebase, recommendation.basis)
    board = board_of(index, recommendation.answers)
    changes = flips(board)
    leading = leading_plans(recommendation.standings)
    return Explanation(
        others={
            standing.framework: _other(standing, leading, changes[standing.framework])
            for standing in recommendation.standings
            if standing.framework in changes
        },
        ways=_ways(basics_of(index, recommendation.answers), recommendation, leading),
        marks=tuple(_marks(board)),
        bases=bases_differ(rulebase, recommendation) if recommendation.other.differs else None,
    )


def _other(
    standing: Standing, leading: Sequence[Plan], changes: tuple[Counterfactual, ...]
) -> Other:
    """Say why a framework does not lead alone, and what would make it."""
    plan = standing.plan
    openings = tuple(flip for flip in changes if all(move.opens for move in flip))
    return Other(
        framework=standing.framework,
        why=WHY_NOT[standing.state],
        stops=tuple(stop.rule for stop in standing.stops),
        against=tuple(
            _against(plan, leader) for leader in leading if plan and leader.lead != plan.lead
        ),
        size=sum(move.size for move in changes[0]) if changes else 0,
        changes=tuple(flip for flip in changes if not all(move.opens for move in flip)),
        openings=openings,
    )


def _ways(
    basics: Basics, recommendation: Recommendation, leading: Sequence[Plan]
) -> tuple[Alternative, ...]:
    """Hold the other ways to ship what leads against the leaders' plans."""
    if recommendation.verdict is Verdict.OPEN:
        return ()
    return tuple(
        Alternative(plan, _against(plan, leader)) for plan, leader in other_ways(basics, leading)
    )


def _against(plan: Plan, leader: Plan) -> Against:
    """Hold a plan against a leader's, rule by rule."""
    ours, theirs = _points(plan), _points(leader)
    differences = [
        Difference(rule, ours.get(rule, 0), theirs.get(rule, 0))
        for rule in {**theirs, **ours}
        if ours.get(rule, 0) != theirs.get(rule, 0)
    ]
    differences.sort(key=lambda each: (each.ours - each.theirs, each.rule))
    return Against(leader.lead, leader.score - plan.score, tuple(differences))


def _points(plan: Plan) -> dict[str, int]:
    """Return what each rule, or cost, brings to a plan."""
    points: dict[str, int] = {}
    for reason in plan.reasons:
        points[reason.rule] = points.get(reason.rule, 0) + reason.points
    return points


def _marks(board: Board) -> Iterator[Mark]:
    """Yield the marks of importance that would change who leads."""
    important = board.answers.important
    for question in board.index.rulebase.questions:
        adds = question not in important
        if adds and len(important) >= MAX_IMPORTANT:
            continue
        leaders = board.leaders_marked(question)
        if leaders != board.leaders:
            yield Mark(question, adds, leaders)
