"""The JSON routes: strict where pages are lenient, the same result bytes everywhere.

Every fault in what was sent is told at once, by `problems`.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from advisor.output.json import envelope, health_json, questions_json, rulebase_json, to_json
from advisor.query.expect import meets
from advisor.query.query import Query
from advisor.query.read import read_body
from advisor.web import openapi, responses
from advisor.web.problems import Problem, ProblemError
from advisor.web.reading import StrictQuery, TheSite, no_query
from advisor.web.site import Site
from advisor.web.thinking import thought

JSON_TYPE = "application/json"
CHARSETS = frozenset({"", "utf-8", "utf8"})

router = APIRouter(include_in_schema=False)
"""Left out of the generated schema: `openapi` writes it, with the questions of the rule base."""


async def _json_body(request: Request, site: TheSite) -> Query:
    """Read a JSON body strictly."""
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if media_type.strip().lower() != JSON_TYPE or charset not in CHARSETS:
        detail = f"The header Content-Type has to be {JSON_TYPE}, in UTF-8."
        raise ProblemError(Problem(415, detail, headers={"Accept": JSON_TYPE}))
    return read_body(site.rulebase, await request.body()).strict()


@router.get("/api/v1/recommendations")
@router.get("/recommendation.json")
async def recommendation_by_address(
    request: Request, site: TheSite, query: StrictQuery
) -> Response:
    """Recommend for the answers in the address."""
    return _recommendation(request, site, query)


@router.post("/api/v1/recommendations", dependencies=[Depends(no_query)])
async def recommendation_by_body(
    request: Request, site: TheSite, query: Annotated[Query, Depends(_json_body)]
) -> Response:
    """Recommend for the answers in the body."""
    return _recommendation(request, site, query)


@router.get("/api/v1/questions", dependencies=[Depends(no_query)])
async def questions(request: Request, site: TheSite) -> Response:
    """List the questions with their choices."""
    return responses.json(request, questions_json(site.rulebase))


@router.get("/api/v1/rulebase", dependencies=[Depends(no_query)])
async def rulebase(request: Request, site: TheSite) -> Response:
    """Give everything that recommendations rest on."""
    return responses.json(request, rulebase_json(site.rulebase))


@router.get("/healthz")
async def health(request: Request, site: TheSite) -> Response:
    """Say that the site is there, and with which rules."""
    return responses.json(request, health_json(site.rulebase))


@router.get("/openapi.json", dependencies=[Depends(no_query)])
async def description(request: Request, site: TheSite) -> Response:
    """Describe these routes for programs."""
    return responses.json(request, to_json(openapi.document(site.rulebase)))


def _recommendation(request: Request, site: Site, query: Query) -> Response:
    """Answer with a recommendation; with 409 where another one was expected."""
    recommendation = thought(site.rulebase, query)
    content = to_json(envelope(site.rulebase, query, recommendation))
    met = query.expect is None or meets(query.expect, recommendation)
    return responses.json(request, content, 200 if met else 409)
