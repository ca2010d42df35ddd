"""The HTML routes. Each handler reads, asks the engine, makes a view and renders it.

Addresses that are not canonical are sent on to the one that is, unless something in them could
not be used: then the page opens and says so.
"""

from fastapi import APIRouter, Request, Response

from advisor.errors import nearest
from advisor.model.rulebase import Question
from advisor.web import addresses, responses
from advisor.web.asking import Fate, asked_question, contradicted, without_answered
from advisor.web.pages.changes import changes_context
from advisor.web.pages.question import question_context
from advisor.web.pages.questions import questions_context
from advisor.web.pages.result import ResultContext
from advisor.web.problems import Link, Problem, ProblemError
from advisor.web.reading import TheSite, TheVisit
from advisor.web.showing import onward, rendered
from advisor.web.site import Site
from advisor.web.thinking import explained, thought
from advisor.web.visit import Visit

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request, site: TheSite, visit: TheVisit) -> Response:
    """Show the start page."""
    if moved := onward(request, visit, addresses.home(visit.query)):
        return moved
    return rendered(request, site, "pages/home.html", query=visit.query, faults=visit.faults)


@router.get("/ask")
async def ask(site: TheSite, visit: TheVisit) -> Response:
    """Lead on to the next question that matters, or to the result."""
    query = without_answered(visit.query)
    name = contradicted(visit) or thought(site.rulebase, query).next_question
    address = addresses.question(query, name) if name else addresses.result(query)
    return responses.redirect(_carrying_faults(visit, address))


@router.get("/ask/{name}")
async def question(name: str, request: Request, site: TheSite, visit: TheVisit) -> Response:
    """Ask a question, or take its answer and lead on."""
    asked = asked_question(_question(site, name), visit)
    if asked.fate is Fate.ANSWERED:
        address = addresses.next_question(without_answered(asked.query))
        return responses.redirect(_carrying_faults(visit, address))
    if moved := onward(request, visit, addresses.sent_question(asked.query, name)):
        return moved
    here = thought(site.rulebase, asked.query)
    context = question_context(site.rulebase, asked, here)
    return rendered(request, site, "pages/question.html", **context)


@router.get("/questions")
async def questions(request: Request, site: TheSite, visit: TheVisit) -> Response:
    """Ask everything at once."""
    if moved := onward(request, visit, addresses.all_questions(visit.query)):
        return moved
    here = thought(site.rulebase, visit.query)
    context = questions_context(site.rulebase, visit, here)
    return rendered(request, site, "pages/questions.html", **context)


@router.get("/recommendation")
async def recommendation(request: Request, site: TheSite, visit: TheVisit) -> Response:
    """Show a recommendation."""
    if moved := onward(request, visit, addresses.result(visit.query)):
        return moved
    here = explained(site.rulebase, visit.query)
    result = ResultContext(
        site.rulebase,
        visit.query,
        here.recommendation,
        here.explanation,
        visit.origin,
        site.issue_form,
    )
    context = {"result": result, "faults": visit.faults, "raw": visit.raw}
    return rendered(request, site, "pages/recommendation.html", **context)


@router.get("/changes")
async def changes(request: Request, site: TheSite, visit: TheVisit) -> Response:
    """Show all that would change a recommendation."""
    if moved := onward(request, visit, addresses.changes(visit.query)):
        return moved
    here = explained(site.rulebase, visit.query, edits=2)
    context = changes_context(site.rulebase, visit.query, here.recommendation, here.explanation)
    return rendered(request, site, "pages/changes.html", faults=visit.faults, **context)


def _carrying_faults(visit: Visit, address: str) -> str:
    """Return an address, with the query string as it was where some of it could not be used."""
    if not visit.faults:
        return address
    return address.partition("?")[0] + "?" + visit.raw


def _question(site: Site, name: str) -> Question:
    """Return a question of the rule base.

    Raises:
        ProblemError: there is no such question.
    """
    if name in site.rulebase.questions:
        return site.rulebase.questions[name]
    near = site.rulebase.questions.get(nearest(name, site.rulebase.questions))
    ways_on = (Link(label=near.title, address=f"/ask/{near.id}"),) if near else ()
    raise ProblemError(Problem(404, "There is no question of that name.", ways_on=ways_on))
