"""A recommendation as a file: the decision record, and for other sites the badge and the card.

Strict, as all that programs ask for: a file has no room to say what it could not use.
"""

from fastapi import APIRouter, Request, Response

from advisor.engine.explanation import explain
from advisor.output.badge import badge
from advisor.output.card import card
from advisor.output.record import Heading, decision_record
from advisor.web import addresses, responses
from advisor.web.reading import TheSite, UncheckedQuery, origin_of
from advisor.web.thinking import thought

router = APIRouter(include_in_schema=False)


@router.get(addresses.RECORD_PATH)
async def record(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the decision record."""
    recommendation = thought(site.rulebase, query)
    link = origin_of(request) + addresses.result(query)
    heading = Heading(query.project, link, query.edition or "")
    explanation = explain(site.rulebase, recommendation)
    content = decision_record(site.rulebase, recommendation, explanation, heading)
    return responses.text(request, content, responses.MARKDOWN)


@router.get(addresses.BADGE_PATH)
async def recommendation_badge(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the badge."""
    svg = badge(site.rulebase, thought(site.rulebase, query))
    return responses.picture(request, svg.encode(), responses.SVG)


@router.get(addresses.CARD_PATH)
def recommendation_card(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the preview card; in a thread, since drawing takes long enough to hold others up."""
    png = card(site.rulebase, thought(site.rulebase, query), query.project)
    return responses.picture(request, png, responses.PNG)
