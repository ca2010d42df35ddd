"""The route of the documentation page, which loads nothing from anywhere else."""

from fastapi import APIRouter, Request, Response

from advisor.web.example import example
from advisor.web.problems import KINDS, UNMET
from advisor.web.reading import TheSite, TheVisit
from advisor.web.showing import rendered
from advisor.web.views.documentation import ProblemKind, documentation_page

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def documentation(request: Request, site: TheSite, visit: TheVisit) -> Response:
    """Show how programs use this site."""
    kinds = tuple(
        ProblemKind(status=status, slug=kind.slug, title=kind.title, meaning=kind.meaning)
        for status, kind in sorted({**KINDS, 409: UNMET}.items())
    )
    tried = example(site.rulebase)
    page = documentation_page(site.rulebase, site.shell, visit, kinds, tried)
    return rendered(request, site, page)
