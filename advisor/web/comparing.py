"""The route of the page that sets several recommendations side by side."""

from fastapi import APIRouter, Request, Response

from advisor.query.write import read_several
from advisor.web import addresses
from advisor.web.reading import TheSite, origin_of, query_of
from advisor.web.showing import shown
from advisor.web.thinking import compared
from advisor.web.views.comparison.page import comparison_page

router = APIRouter(include_in_schema=False)


@router.get(addresses.COMPARE_PATH)
async def compare(request: Request, site: TheSite) -> Response:
    """Compare the recommendations that links lead to, or ask for such links."""
    links = read_several(site.rulebase, query_of(request))
    comparison = compared(site.rulebase, links.queries)
    page = comparison_page(site.rulebase, site.shell, links, comparison, origin_of(request))
    return shown(request, site, page, addresses.compare(links.queries))
