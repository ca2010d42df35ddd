"""The route of the page that sets several recommendations side by side."""

from fastapi import APIRouter, Request, Response

from advisor.query.several import read_several
from advisor.web import addresses
from advisor.web.pages.compare import compare_context
from advisor.web.reading import TheSite, origin_of, query_of
from advisor.web.showing import show
from advisor.web.thinking import compared

router = APIRouter(include_in_schema=False)


@router.get(addresses.COMPARE_PATH)
async def compare(request: Request, site: TheSite) -> Response:
    """Compare the recommendations that links lead to, or ask for such links."""
    links = read_several(site.rulebase, query_of(request))
    comparison = compared(site.rulebase, links.queries)
    context = compare_context(site.rulebase, links, comparison, origin_of(request))
    canonical = addresses.compare(links.queries)
    return show(request, site, "pages/compare.html", canonical, **context)
