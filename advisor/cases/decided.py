"""Which reasons decided: the plans of those expected and those leading, side by side."""

from collections.abc import Collection

from advisor.cases.plans import name_of
from advisor.model.recommendation import Plan, Recommendation, Standing

COMPARED = 2
"""Plans that it takes at least to see what decided."""


def decided(recommendation: Recommendation, expected: Collection[str]) -> tuple[str, ...]:
    """Return the lines of a table: one column for each plan, one line for each reason.

    Args:
        recommendation: what came out.
        expected: the frameworks that ought to lead.
    """
    standings = _compared(recommendation, expected)
    plans = [standing.plan for standing in standings if standing.plan]
    without = [_why_no_plan(standing) for standing in standings if not standing.plan]
    return (*_table(plans), *without)


def _compared(recommendation: Recommendation, expected: Collection[str]) -> list[Standing]:
    """Choose those expected and those leading, and if that is one, the next best."""
    wanted = {*expected, *recommendation.leaders}
    chosen = [s for s in recommendation.standings if s.framework in wanted]
    others = [s for s in recommendation.standings if s.framework not in wanted and s.plan]
    return chosen + others[: max(0, COMPARED - len(chosen))]


def _table(plans: Collection[Plan]) -> list[str]:
    """Write the reasons of the plans below each other, their points beside each other."""
    if not plans:
        return []
    rules = sorted({reason.rule for plan in plans for reason in plan.reasons})
    rows = [("", [name_of(plan) for plan in plans])]
    rows += [(rule, [_points(plan, rule) for plan in plans]) for rule in rules]
    rows.append(("score", [str(plan.score) for plan in plans]))
    label_width = max(len(label) for label, _ in rows)
    widths = [
        max(len(cell) for cell in column) for column in zip(*(c for _, c in rows), strict=True)
    ]
    return [
        label.ljust(label_width)
        + "".join("  " + cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        for label, cells in rows
    ]


def _points(plan: Plan, rule: str) -> str:
    """Return what a rule brings to a plan, with its sign; a dot where it is silent."""
    points = [reason.points for reason in plan.reasons if reason.rule == rule]
    return f"{sum(points):+d}" if points else "."


def _why_no_plan(standing: Standing) -> str:
    stops = ", ".join(stop.rule for stop in standing.stops)
    return f"{standing.framework}: {standing.state}" + (f" by {stops}" if stops else "")
