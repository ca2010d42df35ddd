"""Where everyone stands, in rows with bars: for a result, beside questions, in comparisons."""

from collections.abc import Collection
from dataclasses import dataclass

from advisor.model.recommendation import Plan, Recommendation, State
from advisor.model.rulebase import RuleBase
from advisor.output.words import PART_WORDS, STATE_WORDS, parts_in_words, plan_in_words, total

LENT = ", so its points do not count"
"""What is said of a plan all of whose points are those of who ships."""


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
    pieces: tuple[tuple[str, int, int], ...]
    """What reasons are for (`build`, `ship` or `edge`), where the piece starts, how wide it is."""


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A framework's place in words."""

    framework: str
    """Its id, for its colour."""
    name: str
    plan: str
    """The best plan that it leads; empty if none."""
    leads: bool
    state: str
    score: str
    """The points of its plan, in brackets where they do not count; empty if none."""
    parts: str
    """What they are made of: `4 for building and 3 for shipping`; empty if of nothing."""
    bar: Bar


def standing_rows(
    rulebase: RuleBase, recommendation: Recommendation, beside: Collection[Recommendation] = ()
) -> tuple[StandingRow, ...]:
    """Return a row for each framework, in the order of the standings.

    Args:
        rulebase: what names the frameworks.
        recommendation: whose standings they are.
        beside: what else is shown on the page, on the same scale.
    """
    sides = [
        [sum(points.values()) for points in _sides(standing.plan)]
        for each in (recommendation, *beside)
        for standing in each.standings
        if standing.plan
    ]
    speaking = max((side[0] for side in sides), default=0)
    against = max((side[1] for side in sides), default=0)
    rows = []
    for standing in recommendation.standings:
        plan, state = standing.plan, STATE_WORDS[standing.state]
        score = total(plan.score) if plan else ""
        if plan and plan.score and standing.state is State.NO_REASON:
            state, score = state + LENT, f"({score})"
        rows.append(
            StandingRow(
                framework=standing.framework,
                name=rulebase.frameworks[standing.framework].name,
                plan=plan_in_words(rulebase, plan) if plan else "",
                leads=standing.state is State.LEADS,
                state=state,
                score=score,
                parts=parts_in_words(plan) if plan else "",
                bar=Bar(
                    start=-against,
                    width=max(against + speaking, 1),
                    net=plan.score if plan else None,
                    pieces=_pieces(plan) if plan else (),
                ),
            )
        )
    return tuple(rows)


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
