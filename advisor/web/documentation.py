"""The route of the documentation page, which loads nothing from anywhere else."""

from fastapi import APIRouter, Request, Response

from advisor.web.pages.docs import docs_context
from advisor.web.problems import KINDS, UNMET
from advisor.web.reading import TheSite, TheVisit
from advisor.web.showing import rendered

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def documentation(request: Request, site: TheSite, visit: TheVisit) -> Response:
    """Show how programs use this site."""
    context = docs_context(site.rulebase, visit.form, {**KINDS, 409: UNMET})
    return rendered(request, site, "pages/docs.html", **context)
