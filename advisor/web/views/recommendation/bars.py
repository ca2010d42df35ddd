"""Bars: what each plan's reasons come to, split by what they are for, for and against.

A bar is measured in points, to both sides of zero, and all bars of a page share one scale; the
template draws it. Its words are elsewhere: a bar never says anything alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field

from advisor.model.recommendation import Plan
from advisor.output.words import PART_WORDS
from advisor.web.views.page import View


class Segment(View):
    """A piece of a bar."""

    part: str = Field(description="What its reasons are for: build, ship or edge.")
    start: int = Field(description="Where it begins, in points from zero.")
    width: int = Field(description="How wide it is, in points.")


class BarView(View):
    """A bar."""

    start: int = Field(description="Where the scale begins, in points from zero.")
    width: int = Field(description="How wide the scale is, in points.")
    net: int | None = Field(description="The score, in points from zero; None without a plan.")
    segments: tuple[Segment, ...] = Field(description="The pieces, none of them empty.")


@dataclass(frozen=True, slots=True)
class Scale:
    """How far the bars of a page reach, in points.

    Attributes:
        against: to the left of zero.
        speaking: to the right of it.
    """

    against: int
    speaking: int


def scale_of(plans: Iterable[Plan]) -> Scale:
    """Return the scale on which every plan has room."""
    reaches = [(_sum(plan, sign=-1), _sum(plan, sign=1)) for plan in plans]
    return Scale(
        against=max((against for against, _ in reaches), default=0),
        speaking=max((speaking for _, speaking in reaches), default=0),
    )


def bar_of(plan: Plan | None, scale: Scale) -> BarView:
    """Return the bar of a plan; an empty one where there is no plan."""
    return BarView(
        start=-scale.against,
        width=max(scale.against + scale.speaking, 1),
        net=plan.score if plan else None,
        segments=(*_segments(plan, sign=1), *_segments(plan, sign=-1)) if plan else (),
    )


def _segments(plan: Plan, *, sign: int) -> Iterable[Segment]:
    """Yield the pieces to one side of zero, outwards."""
    reached = 0
    for part in PART_WORDS:
        width = _sum(plan, part, sign=sign)
        if width:
            start = reached if sign > 0 else -reached - width
            yield Segment(part=part, start=start, width=width)
            reached += width


def _sum(plan: Plan, part: str = "", *, sign: int) -> int:
    """Return what the reasons that speak for a plan, or against it, come to, without a sign."""
    return sum(
        max(sign * reason.points, 0) for reason in plan.reasons if not part or reason.role == part
    )
