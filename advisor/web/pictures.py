"""The pictures of a recommendation, for other sites to show: the badge and the preview card.

Strict, as all that programs ask for: a picture has no room to say what it could not use.
"""

from fastapi import APIRouter, Request, Response

from advisor.output.badge import badge
from advisor.output.card import card
from advisor.output.raster import drawn
from advisor.web import responses
from advisor.web.addresses import BADGE_PATH, CARD_PATH
from advisor.web.reading import TheSite, UncheckedQuery
from advisor.web.thinking import thought

router = APIRouter(include_in_schema=False)


@router.get(BADGE_PATH)
async def recommendation_badge(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the badge."""
    svg = badge(site.rulebase, thought(site.rulebase, query))
    return responses.picture(request, svg.encode(), responses.SVG)


@router.get(CARD_PATH)
def recommendation_card(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the preview card; in a thread, since drawing takes long enough to hold others up."""
    svg = card(site.rulebase, thought(site.rulebase, query), query.project)
    return responses.picture(request, drawn(svg, site.font), responses.PNG)
