"""The route of the page that tells what became of every rule."""

from fastapi import APIRouter, Request, Response

from advisor.web import addresses
from advisor.web.pages.trace import trace_context
from advisor.web.reading import TheSite, TheVisit
from advisor.web.showing import onward, rendered
from advisor.web.thinking import thought

router = APIRouter(include_in_schema=False)


@router.get(addresses.TRACE_PATH)
async def trace(request: Request, site: TheSite, visit: TheVisit) -> Response:
    """Show every rule that was considered."""
    if moved := onward(request, visit, addresses.trace(visit.query)):
        return moved
    here = thought(site.rulebase, visit.query)
    context = trace_context(site.rulebase, visit.query, here)
    return rendered(request, site, "pages/trace.html", faults=visit.faults, **context)
