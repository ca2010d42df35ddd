"""The routes for programs: JSON, and a recommendation as a record, a badge or a preview card.

Strict where pages are lenient: every fault in what was sent is told at once, by `problems`, since
neither a record nor a picture has room to say what it could not use. These let pass only keys that
others add to links.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from advisor.engine.explain import explain
from advisor.model.plain import plain
from advisor.output.badge import badge
from advisor.output.card import card
from advisor.output.json import Health, Readiness, envelope, questions_json, rulebase_json, to_json
from advisor.output.text import decision_record
from advisor.query.expect import failures
from advisor.query.fields import body_form
from advisor.query.query import Query
from advisor.query.read import interpret
from advisor.web import openapi, responses, urls
from advisor.web.dependencies import StrictQuery, UncheckedQuery, no_query, origin_of, recommended
from advisor.web.problems import Problem
from advisor.web.site import Site, TheSite

CHARSETS = frozenset({"", "utf-8", "utf8"})

router = APIRouter()


async def _json_body(request: Request, site: TheSite) -> Query:
    """Read a JSON body strictly."""
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if media_type.strip().lower() != responses.JSON or charset not in CHARSETS:
        detail = f"The header Content-Type has to be {responses.JSON}, in UTF-8."
        raise Problem(415, detail, headers={"Accept": responses.JSON})
    if (encoding := request.headers.get("content-encoding", "identity")).lower() != "identity":
        detail = f"A body has to come as it is; this one is said to be encoded as {encoding}."
        raise Problem(415, detail, headers={"Accept-Encoding": "identity"})
    return interpret(site.rulebase, body_form(await request.body())).strict()


@router.get("/api/v1/recommendations")
@router.get("/recommendation.json")
async def recommendation_by_address(
    request: Request, site: TheSite, query: StrictQuery
) -> Response:
    return _recommendation(request, site, query)


@router.post("/api/v1/recommendations", dependencies=[Depends(no_query)])
async def recommendation_by_body(
    request: Request, site: TheSite, query: Annotated[Query, Depends(_json_body)]
) -> Response:
    return _recommendation(request, site, query)


@router.get("/api/v1/questions", dependencies=[Depends(no_query)])
async def questions(request: Request, site: TheSite) -> Response:
    return responses.json(request, questions_json(site.rulebase))


@router.get("/api/v1/rulebase", dependencies=[Depends(no_query)])
async def rulebase(request: Request, site: TheSite) -> Response:
    return responses.json(request, rulebase_json(site.rulebase))


@router.get("/healthz")
async def health(request: Request, site: TheSite) -> Response:
    return responses.json(request, to_json(plain(Health("ok", site.rulebase.rules_hash))))


@router.get("/readyz")
async def readiness(request: Request, site: TheSite) -> Response:
    ready = Readiness("ready", site.rulebase.rules_hash, site.faults)
    return responses.json(request, to_json(plain(ready)))


@router.get("/openapi.json", dependencies=[Depends(no_query)])
async def description(request: Request, site: TheSite) -> Response:
    return responses.json(
        request, to_json(openapi.document(site.rulebase, site.settings.root_path))
    )


@router.get(urls.RECORD_PATH)
async def record(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the decision record, as a file to keep beside the code that it decides on."""
    recommendation = recommended(site.rulebase, query)
    link = origin_of(request) + urls.result(query)
    explanation = explain(site.rulebase, recommendation)
    content = decision_record(site.rulebase, recommendation, explanation, query, link)
    return responses.answer(request, content.encode(), f"{responses.MARKDOWN}; charset=utf-8")


@router.get(urls.BADGE_PATH)
async def recommendation_badge(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    svg = badge(site.rulebase, recommended(site.rulebase, query))
    return responses.picture(request, svg.encode(), responses.SVG)


@router.get(urls.CARD_PATH)
def recommendation_card(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the preview card; in a thread, since drawing takes long enough to hold others up."""
    png = card(site.rulebase, recommended(site.rulebase, query), query.project)
    return responses.picture(request, png, responses.PNG)


def _recommendation(request: Request, site: Site, query: Query) -> Response:
    """Answer with a recommendation; with 409 where another one was expected."""
    recommendation = recommended(site.rulebase, query)
    content = to_json(envelope(site.rulebase, query, recommendation, site.settings.root_path))
    unmet = query.expect and failures(site.rulebase, query.expect, recommendation)
    return responses.json(request, content, 409 if unmet else 200)
