"""How far each framework comes, as a bar: for a result, beside questions, in comparisons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from advisor.model.recommendation import Plan, Recommendation, State
from advisor.output.words import PART_WORDS


@dataclass(frozen=True, slots=True)
class Bar:
    """What a plan's reasons come to, drawn in points; all bars of a page share one scale.

    Example: a plan with 3 points for building and 1 against it for handing over has the pieces
    `(("build", 0, 3), ("edge", -1, 1))` and a net of 2.
    """

    start: int
    """Where the scale begins: 0, or below it where something speaks against a plan."""
    width: int
    """How wide the scale is, at least 1."""
    net: int | None
    """The score of the plan; None without one, and then there are no pieces."""
    lent: bool
    """Whether all its points are those of who ships, so that they do not count."""
    pieces: tuple[tuple[str, int, int], ...]
    """What reasons are for (`build`, `ship` or `edge`), where the piece starts, how wide it is."""


def bars(
    recommendation: Recommendation, beside: Collection[Recommendation] = ()
) -> Mapping[str, Bar]:
    """Return the bar of each framework, by its id; `beside` is shown on the same scale."""
    sides = [
        [sum(points.values()) for points in _sides(standing.plan)]
        for each in (recommendation, *beside)
        for standing in each.standings
        if standing.plan
    ]
    speaking = max((side[0] for side in sides), default=0)
    against = max((side[1] for side in sides), default=0)
    return {
        standing.framework: Bar(
            start=-against,
            width=max(against + speaking, 1),
            net=standing.score,
            lent=standing.state is State.NO_REASON and bool(standing.score),
            pieces=_pieces(standing.plan) if standing.plan else (),
        )
        for standing in recommendation.standings
    }


def _sides(plan: Plan) -> tuple[dict[str, int], dict[str, int]]:
    """Return the points that speak for a plan and those against it, by what they are for."""
    speaking, against = dict.fromkeys(PART_WORDS, 0), dict.fromkeys(PART_WORDS, 0)
    for reason in plan.reasons:
        side = speaking if reason.points > 0 else against
        side[reason.role] += abs(reason.points)
    return speaking, against


def _pieces(plan: Plan) -> tuple[tuple[str, int, int], ...]:
    """Lay the points of a plan out from zero, those against it to the left."""
    pieces = []
    for points, leftwards in zip(_sides(plan), (False, True), strict=True):
        reached = 0
        for part, width in points.items():
            if width:
                pieces.append((part, -reached - width if leftwards else reached, width))
                reached += width
    return tuple(pieces)
