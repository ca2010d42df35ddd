"""The routes of pages that take answers, and of the files that pages load.

Each handler reads, asks the engine, and has a page made and shown.
"""

from dataclasses import replace

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from advisor.editions.diff import answers_today, since
from advisor.engine.compare import compare as compared
from advisor.engine.explain import explain
from advisor.engine.whatif.open_questions import early_answer
from advisor.query.meant import meant_name
from advisor.query.query import DRAFT
from advisor.query.read import Reading
from advisor.query.write import FEWEST, read_several
from advisor.scan.detect import query_of as query_of_scan
from advisor.scan.scan import scan as scanned_files
from advisor.scan.tree import pasted
from advisor.web import openapi, urls
from advisor.web.dependencies import (
    TheName,
    TheReading,
    asked_question,
    form_of,
    no_query,
    origin_of,
    read_fields,
    recommended,
    without_answered,
)
from advisor.web.pages.compare import compare_context
from advisor.web.pages.question import (
    question_context,
    questions_context,
    read_pasted,
    says_something,
    scan_context,
)
from advisor.web.pages.result import ResultContext
from advisor.web.pages.rules import trace_context
from advisor.web.responses import (
    CHECK_EACH_TIME,
    FOREVER,
    Problem,
    answer,
    onward,
    raw_query,
    redirect,
    show,
)
from advisor.web.site import THEME_PATH, Site, TheSite

FORM = "application/x-www-form-urlencoded"

router = APIRouter()


@router.get("/")
async def home(request: Request, site: TheSite, found: TheReading) -> Response:
    # Who comes by the bare address stays there: nothing is asked yet.
    moved = raw_query(request) and onward(request, urls.home(found.query), found.faults)
    return moved or show(request, site, "pages/home.html", query=found.query, faults=found.faults)


@router.get("/ask")
async def ask(request: Request, site: TheSite, found: TheReading) -> Response:
    """Lead on to the next question that matters, or to the result.

    The result comes once those are asked that decide most, and again when nothing is left to ask.
    """
    query = without_answered(found.query)
    # A question that was sent off with something unusable comes back first.
    paths = [fault.place.path for fault in found.faults]
    contradicted = next((path for path in paths if path in found.query.asked), None)
    here = recommended(site.rulebase, query)
    name = contradicted or here.next_question
    done = query.back or early_answer(site.rulebase, here, query.asked)
    if not name or (not contradicted and done):
        return _on(request, found, urls.result(query))
    return _on(request, found, urls.question(query, name))


@router.get("/ask/{name}")
async def question(request: Request, site: TheSite, found: TheReading, name: TheName) -> Response:
    """Ask a question, or take its answer and lead on."""
    questions = site.rulebase.questions
    if name not in questions:
        first = site.shelf.first_with(site.rulebase.edition, name)
        if first == DRAFT:
            detail = "Only the draft of the next edition has this question."
        elif first:
            detail = f"This question is known since edition {first}."
        else:
            detail = "There is no question of that name."
        rulebase = site.shelf.rulebase(first) if first else site.rulebase
        near = rulebase.questions.get(name if first else meant_name(name, rulebase.questions))
        there = urls.pinned(urls.address_of(rulebase, near), first) if near else ""
        raise Problem(404, detail, ways_on=((near.title, there),) if near else ())
    asked = asked_question(questions[name], found)
    if asked.answered:
        return _on(request, found, urls.next_question(without_answered(asked.query)))
    if moved := onward(request, urls.sent_question(asked.query, name), found.faults):
        return moved
    here = recommended(site.rulebase, asked.query)
    context = question_context(site.rulebase, asked, here)
    return show(request, site, "pages/question.html", **context)


@router.get("/questions")
async def questions(request: Request, site: TheSite, found: TheReading) -> Response:
    if moved := onward(request, urls.all_questions(found.query), found.faults):
        return moved
    here = recommended(site.rulebase, found.query)
    context = questions_context(site.rulebase, found, here)
    return show(request, site, "pages/questions.html", **context)


@router.get("/scan")
async def scan_form(request: Request, site: TheSite) -> Response:
    """Ask for files whose answers are to be read."""
    _, faults = read_fields(form_of(request), {})
    moved = onward(request, "/scan", faults)
    return moved or show(request, site, "pages/scan.html", **scan_context(faults=faults))


@router.post("/scan", dependencies=[Depends(no_query)])
async def scan(request: Request, site: TheSite) -> Response:
    """Read files, and lead on to the questions that they answer; nothing of them is kept."""
    sent_as = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent_as != FORM:
        raise Problem(415, f"The header Content-Type has to be {FORM}.", headers={"Accept": FORM})
    given = read_pasted(await request.body())
    scanned = None
    if not given.faults:
        scanned = await run_in_threadpool(scanned_files, site.rulebase, pasted(given.files))
        if says_something(scanned) and not scanned.faults:
            return redirect(urls.all_questions(query_of_scan(scanned.findings)))
    page = show(request, site, "pages/scan.html", **scan_context(given, scanned))
    page.status_code = 200 if scanned else 422
    return page


@router.get("/recommendation")
async def recommendation(request: Request, site: TheSite, found: TheReading) -> Response:
    if moved := onward(request, urls.result(found.query), found.faults):
        return moved
    result = _result(request, site, found)
    current = site.shelf.current
    context = {
        "result": result,
        "faults": found.faults,
        "raw": raw_query(request),
        "since": since(current, found.query, result.recommendation) if site.pin else None,
        "today": urls.result(replace(found.query, edition=current.edition)),
    }
    return show(request, site, "pages/recommendation.html", **context)


@router.get(urls.EMBED_PATH)
async def embedded(request: Request, site: TheSite, found: TheReading) -> Response:
    """Show a recommendation in short, in a frame of another site."""
    if moved := onward(request, urls.embed(found.query), found.faults):
        return moved
    here = recommended(site.rulebase, found.query)
    context = {"query": found.query, "recommendation": here, "faults": found.faults}
    return show(request, site, "pages/embed.html", **context)


@router.get("/grounds")
async def grounds(request: Request, site: TheSite, found: TheReading) -> Response:
    """Say how sure a recommendation is, and what the documents say."""
    if moved := onward(request, urls.grounds(found.query), found.faults):
        return moved
    context = {"result": _result(request, site, found), "faults": found.faults}
    return show(request, site, "pages/grounds.html", **context)


@router.get("/keep")
async def keep(request: Request, site: TheSite, found: TheReading) -> Response:
    """Offer what can be copied into a repository or a page elsewhere."""
    if moved := onward(request, urls.keep(found.query), found.faults):
        return moved
    context = {"result": _result(request, site, found), "faults": found.faults}
    return show(request, site, "pages/keep.html", **context)


@router.get("/changes")
async def changes(request: Request, site: TheSite, found: TheReading) -> Response:
    if moved := onward(request, urls.changes(found.query), found.faults):
        return moved
    here = recommended(site.rulebase, found.query)
    explanation = explain(site.rulebase, here, edits=2)
    context = {"query": found.query, "here": here, "explanation": explanation}
    return show(request, site, "pages/changes.html", faults=found.faults, **context)


@router.get("/trace")
async def trace(request: Request, site: TheSite, found: TheReading) -> Response:
    if moved := onward(request, urls.trace(found.query), found.faults):
        return moved
    here = recommended(site.rulebase, found.query)
    context = trace_context(site.rulebase, found.query, here)
    return show(request, site, "pages/trace.html", faults=found.faults, **context)


@router.get("/compare")
async def compare(request: Request, site: TheSite) -> Response:
    """Compare the recommendations that links lead to, or ask for such links."""
    links = read_several(site.shelf.read, request.scope["query_string"])
    if moved := onward(request, urls.compare(links.queries), links.faults):
        return moved
    comparison = None
    if len(links.queries) >= FEWEST:
        asked = list(zip(links.rulebases, links.queries, strict=True))
        others = [each is not site.rulebase for each in links.rulebases]
        known = site.rulebase.frameworks.keys()
        if not all(each.frameworks.keys() <= known for each in links.rulebases):
            detail = "One of these editions recommends a framework that the newest no longer has."
            raise Problem(422, detail)
        own = {n: (by, query.answers) for n, (by, query) in enumerate(asked) if others[n]}
        answers = [
            answers_today(site.rulebase, query).query.answers if other else query.answers
            for other, (_, query) in zip(others, asked, strict=True)
        ]
        comparison = compared(site.rulebase, answers, links.queries[0].basis, own)
    context = compare_context(site.rulebase, links, comparison, origin_of(request))
    return show(request, site, "pages/compare.html", **context)


@router.get("/docs")
async def documentation(request: Request, site: TheSite, found: TheReading) -> Response:
    """Show how programs use this site, without loading anything from anywhere else."""
    context = openapi.docs_context(site.rulebase, found.form)
    return show(request, site, "pages/docs.html", **context)


@router.get(THEME_PATH)
@router.get("/static/{name:path}")
@router.get("/favicon.ico")
@router.get("/robots.txt")
async def file(request: Request, site: TheSite) -> Response:
    """Give a file that was found at the start, to be kept for ever at the address of its content.

    Browsers look for an icon beside answers that cannot link one, such as JSON.
    """
    path = request.scope["path"]
    asset = site.assets.get("/static/icon.svg" if path == "/favicon.ico" else path)
    if asset is None:
        raise HTTPException(404)
    named = raw_query(request) == f"v={asset.version}"
    return answer(request, asset.content, asset.media_type, FOREVER if named else CHECK_EACH_TIME)


def _result(request: Request, site: Site, found: Reading) -> ResultContext:
    """Recommend, explain, and make what the pages of a result ask."""
    here = recommended(site.rulebase, found.query)
    explanation = explain(site.rulebase, here)
    return ResultContext(
        *(site.rulebase, found.query, here, explanation, origin_of(request)),
        issue_form=site.settings.issue_form,
        pin=site.pin,
    )


def _on(request: Request, found: Reading, address: str) -> Response:
    """Lead on, with the query string as it was where some of it could not be used."""
    path = address.partition("?")[0]
    return redirect(f"{path}?{raw_query(request)}" if found.faults else address)
