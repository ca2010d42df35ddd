"""What other sites show of a link to a recommendation: its card, with what the card says."""

from pydantic import Field

from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.card import HEIGHT, WIDTH
from advisor.output.summary import in_words
from advisor.web import urls
from advisor.web.dependencies import Visit
from advisor.web.views.page import View


class Preview(View):
    """The preview card of a page."""

    image: str = Field(description="The address of the card, with the host; others need that.")
    alt: str = Field(description="What the card says, for people who cannot see it.")
    width: int = Field(description="Its width in pixels.")
    height: int = Field(description="Its height in pixels.")


def preview(rulebase: RuleBase, visit: Visit, recommendation: Recommendation) -> Preview:
    """Name the card of a recommendation.

    Args:
        rulebase: what it was made with.
        visit: what was asked, and of which host.
        recommendation: what the card shows.
    """
    return Preview(
        image=visit.origin + urls.card(visit.query),
        alt=in_words(rulebase, recommendation),
        width=WIDTH,
        height=HEIGHT,
    )
