"""How else what leads could be shipped: the same builder with another shipper."""

from pydantic import Field

from advisor.output.changes import differences, distance_in_words
from advisor.web.views.page import View
from advisor.web.views.recommendation.others import DifferenceView
from advisor.web.views.recommendation.telling import Telling


class WayView(View):
    """One such way."""

    words: str = Field(description="Who ships instead, and how far it is behind.")
    differences: tuple[DifferenceView, ...] = Field(
        description="What it has over the leader's way, the best first, and what it lacks."
    )


def way_views(telling: Telling) -> tuple[WayView, ...]:
    """Tell the other ways to ship, the best first."""
    base = telling.rulebase
    return tuple(
        WayView(
            words=distance_in_words(base, way),
            differences=tuple(
                DifferenceView(points=points, text=text) for points, text in differences(base, way)
            ),
        )
        for way in telling.explanation.ways
    )
