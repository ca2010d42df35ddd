"""How far each framework comes, and how far it could: for a result, beside questions, compared."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from advisor.model.recommendation import Recommendation, State


@dataclass(frozen=True, slots=True)
class Bar:
    """What a plan scores and could score, drawn in points; all bars of a page share one scale.

    Example: with 5 points, of which open answers could make anything from 2 to 9, beside a plan
    that could come to 12, the bar is `Bar(start=0, width=12, net=5, lent=False, reach=(2, 9))`.
    """

    start: int
    """Where the scale begins: 0, or below it where a score is or could be."""
    width: int
    """How wide the scale is, at least 1."""
    net: int | None
    """The score of the best plan; None without one."""
    lent: bool
    """Whether all its points are those of who ships, so that they do not count."""
    reach: tuple[int, int] | None
    """The least and the most that the score could become; None where it stays as it is."""


def bars(
    recommendation: Recommendation, beside: Collection[Recommendation] = ()
) -> Mapping[str, Bar]:
    """Return the bar of each framework, by its id; `beside` is shown on the same scale."""
    shown = (recommendation, *beside)
    ends = [0, *(end for each in shown for reach in each.reach.values() for end in reach)]
    start = min(ends)
    return {
        standing.framework: Bar(
            start=start,
            width=max(max(ends) - start, 1),
            net=standing.score,
            lent=standing.state is State.NO_REASON and bool(standing.score),
            reach=reach if reach and reach[0] != reach[1] else None,
        )
        for standing in recommendation.standings
        for reach in [recommendation.reach.get(standing.framework)]
    }
