"""The routes for programs: JSON, and a recommendation as a record, a badge or a preview card.

Strict where pages are lenient: every fault in what was sent is told at once, as a problem, since
neither a record nor a picture has room to say what it could not use. These let pass only keys that
others add to links.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.editions.diff import since
from advisor.engine.explain import explain
from advisor.errors import AnswersError
from advisor.output.batch import AT_ONCE, recommend_each
from advisor.output.card import badge, card
from advisor.output.diff import leads_now, status
from advisor.output.expectation import failures
from advisor.output.json import Health, Readiness, envelope, questions_json, rulebase_json, to_json
from advisor.output.text import decision_record
from advisor.query.body import batch_forms, body_form
from advisor.query.fields import Form
from advisor.query.query import Query
from advisor.query.read import interpret
from advisor.query.write import pinned_query
from advisor.web import openapi, responses, urls
from advisor.web.dependencies import (
    StrictQuery,
    UncheckedQuery,
    edition_alone,
    form_of,
    no_query,
    origin_of,
    read,
    recommended,
)
from advisor.web.middleware import replayed
from advisor.web.responses import Problem
from advisor.web.site import Site, TheSite

CHARSETS = frozenset({"", "utf-8", "utf8"})

router = APIRouter()


async def _body(request: Request, *media_types: str) -> bytes:
    """Return a body of one of these media types, in UTF-8 and as it is."""
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if media_type.strip().lower() not in media_types or charset not in CHARSETS:
        detail = f"The header Content-Type has to be {' or '.join(media_types)}, in UTF-8."
        raise Problem(415, detail, headers={"Accept": ", ".join(media_types)})
    if (encoding := request.headers.get("content-encoding", "identity")).lower() != "identity":
        detail = f"A body has to come as it is; this one is said to be encoded as {encoding}."
        raise Problem(415, detail, headers={"Accept-Encoding": "identity"})
    return await request.body()


async def _json_body(request: Request, site: TheSite) -> tuple[Site, Query]:
    """Read a JSON body strictly, and find the site of the edition that it names."""
    rulebase, reading = site.shelf.read(body_form(await _body(request, responses.JSON)))
    return site.at(rulebase), reading.strict()


async def _batch(request: Request) -> Iterator[tuple[int, Form]]:
    """Read a body of many projects, each to be read for itself."""
    body = await _body(request, responses.JSON, *responses.LINES)
    media_type = request.headers["content-type"].partition(";")[0].strip().lower()
    return await run_in_threadpool(batch_forms, body, lines=media_type != responses.JSON)


@router.get("/api/v1/recommendations")
@router.get("/recommendation.json")
async def recommendation_by_address(
    request: Request, site: TheSite, query: StrictQuery
) -> Response:
    return _recommendation(request, site, query)


@router.post("/api/v1/recommendations", dependencies=[Depends(no_query)])
async def recommendation_by_body(
    request: Request, asked: Annotated[tuple[Site, Query], Depends(_json_body)]
) -> Response:
    return _recommendation(request, *asked)


@router.post(urls.BATCH_PATH, dependencies=[Depends(no_query)])
async def recommendations(
    site: TheSite, projects: Annotated[Iterator[tuple[int, Form]], Depends(_batch)]
) -> Response:
    """Tell a line for each project, as they come; in a thread, as many take seconds."""

    def lines() -> Iterator[bytes]:
        told = recommend_each(site.shelf, projects)
        while part := b"".join(to_json(each.json()) for each in islice(told, AT_ONCE)):
            yield part

    return StreamingResponse(lines(), media_type=responses.JSON_LINES)


@router.get("/api/v1/questions", dependencies=[Depends(edition_alone)])
async def questions(request: Request, site: TheSite) -> Response:
    return responses.json(request, questions_json(site.rulebase))


@router.get("/api/v1/rulebase", dependencies=[Depends(edition_alone)])
async def rulebase(request: Request, site: TheSite) -> Response:
    return responses.json(request, rulebase_json(site.rulebase))


@router.get("/api/v1/status")
async def link_status(request: Request, site: TheSite) -> Response:
    """Say of a link, whatever it is to, whether the newest edition still recommends the same."""
    rulebase, reading = read(request)
    wrong = [fault for fault in reading.wrong if fault.code != "unknown-edition"]
    gone = len(wrong) < len(reading.wrong)
    newest = site.shelf.current
    if wrong and rulebase is not newest:
        # An edition that knows less than is asked never answered this.
        reading = interpret(newest, reading.form, site.shelf.words)
        rulebase, gone, wrong = newest, True, wrong if reading.wrong else []
    if wrong:
        raise AnswersError(wrong)
    there = recommended(rulebase, reading.query)
    now = since(newest, reading.query, there) or there
    return responses.json(request, to_json(status(there, now, gone=gone)))


@router.get("/healthz")
async def health(request: Request, site: TheSite) -> Response:
    return responses.json(request, to_json(Health("ok", site.rulebase.rules_hash)))


@router.get("/readyz")
async def readiness(request: Request, site: TheSite) -> Response:
    ready = Readiness("ready", site.rulebase.rules_hash, site.faults)
    return responses.json(request, to_json(ready))


@router.get("/openapi.json", dependencies=[Depends(edition_alone)])
async def description(request: Request, site: TheSite) -> Response:
    told = openapi.document(site.shelf, site.rulebase, site.settings.root_path)
    return responses.json(request, to_json(told))


@router.get(urls.RECORD_PATH)
async def record(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the decision record, as a file to keep beside the code that it decides on."""
    recommendation = recommended(site.rulebase, query)
    link = origin_of(request) + urls.result(pinned_query(query, recommendation))
    explanation = explain(site.rulebase, recommendation)
    day = site.shelf.day_of(site.rulebase)
    content = decision_record(site.rulebase, recommendation, explanation, query, link, day=day)
    return responses.answer(request, content.encode(), f"{responses.MARKDOWN}; charset=utf-8")


@router.get(urls.BADGE_PATH)
async def recommendation_badge(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    recommendation = recommended(site.rulebase, query)
    moved = since(site.shelf.current, query, recommendation)
    newest = site.shelf.current
    changed = leads_now(newest, moved) if moved and moved.state == "changed" else ""
    svg = badge(site.rulebase, recommendation, changed)
    return responses.answer(request, svg.encode(), responses.SVG, responses.A_WHILE)


@router.get(urls.CARD_PATH)
def recommendation_card(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the preview card; in a thread, since drawing takes long enough to hold others up."""
    png = card(site.rulebase, recommended(site.rulebase, query), query.project)
    return responses.answer(request, png, responses.PNG, responses.A_WHILE)


def _recommendation(request: Request, site: Site, query: Query) -> Response:
    """Answer with a recommendation; with 409 where another one was expected."""
    recommendation = recommended(site.rulebase, query)
    moved, below = since(site.shelf.current, query, recommendation), site.settings.root_path
    content = to_json(envelope(site.rulebase, query, recommendation, below, moved))
    unmet = query.expect and failures(site.rulebase, query.expect, recommendation)
    return responses.json(request, content, 409 if unmet else 200)


async def agents(request: Request) -> ASGIApp:
    """Hand a request to the protocol, once all of it is there and within the limits."""
    # Imported here, as it comes with an extra.
    from advisor.agents.server import answer, refusal, server_of  # noqa: PLC0415

    site: Site = request.app.state.site
    await edition_alone(request)
    word = site.shelf.word(form_of(request))
    body = await _body(request, responses.JSON)
    if refused := refusal(body):
        return Response(refused.model_dump_json(), 400, media_type=responses.JSON)
    # A host that is named in the settings was held against them already.
    named = site.settings.host_names != ("*",)
    hosts = [request.headers.get("host", "")] if named else []
    server = server_of(site.shelf, origin_of(request), word)

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        read: Message = {"type": "http.request", "body": body}
        await answer(server, hosts, scope, replayed([read], receive), send)

    return told
