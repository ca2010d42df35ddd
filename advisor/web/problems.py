"""What can go wrong with a request, told as a page to browsers and as JSON to programs.

The only file that turns errors into statuses. Programs get `application/problem+json` with
every fault; browsers that open a page get the site's own look.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from advisor.errors import AnswersError, Fault
from advisor.web.responses import HTML
from advisor.web.site import Site, site_of

PROBLEM_JSON = "application/problem+json"
ROUTED_METHODS = ("GET", "POST")
"""The methods that routes are written for; HEAD follows from GET."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem.

    Attributes:
        slug: its name, for ever; an anchor on the documentation page.
        title: what it is, the same each time.
        meaning: when it happens and what helps.
    """

    slug: str
    title: str
    meaning: str


KINDS: Mapping[int, Kind] = {
    404: Kind("not-found", "There is nothing at this address", "The address names no page."),
    405: Kind(
        "method-not-allowed",
        "This address cannot be used that way",
        "The header Allow says which methods can be used.",
    ),
    413: Kind("too-large", "The request is too large", "A body may have up to 64 KB."),
    414: Kind(
        "address-too-long",
        "The address is too long",
        "An address may have up to 8 KB, and no more parts than there is something to say.",
    ),
    415: Kind(
        "unsupported-media-type",
        "The body is not in a form that can be read",
        "A body has to be JSON, and its header Content-Type has to say so.",
    ),
    422: Kind(
        "invalid-answers",
        "The answers cannot be used",
        "The list 'faults' holds every fault with its place, and the nearest known id.",
    ),
    500: Kind(
        "internal-error",
        "Something went wrong on our side",
        "The request was fine as far as anybody knows; the operator finds the reason in the log.",
    ),
}

UNMET = Kind(
    "expectation-not-met",
    "What was expected is not what is recommended",
    "No problem document: the whole answer comes, and its 'expect.message' says what leads.",
)
"""Told by status 409 beside an answer that is complete."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One failed request.

    Attributes:
        detail: what happened, as a sentence.
        faults: everything that is wrong with what was given.
        headers: headers that belong to such an answer.
        ways_on: links that may be what was looked for.
    """

    status: int
    detail: str
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    ways_on: tuple[Link, ...] = ()

    @property
    def kind(self) -> Kind:
        """What kind of problem it is."""
        return KINDS[self.status]


class ProblemError(Exception):
    """A request cannot be answered as asked."""

    def __init__(self, problem: Problem) -> None:
        """Carry the problem to where it is told."""
        super().__init__(problem.detail)
        self.problem = problem


def respond(request: Request, problem: Problem) -> Response:
    """Tell a problem in the form that the asker can use."""
    if wants_page(request):
        content, media_type = page_of(site_of(request), problem), HTML
    else:
        content, media_type = json_of(problem), PROBLEM_JSON
    return Response(content, problem.status, problem.headers, media_type)


def wants_page(request: Request) -> bool:
    """Say whether a browser asked for a page, not a program for data."""
    path = request.url.path
    for_programs = path.startswith(("/api/", "/recommendation.")) or path.endswith(".json")
    return not for_programs and "text/html" in request.headers.get("accept", "")


def page_of(site: Site, problem: Problem) -> bytes:
    """Write a problem as a page."""
    return site.renderer.render("pages/problem.html", problem=problem)


def json_of(problem: Problem) -> bytes:
    """Write a problem as JSON, in the form of RFC 9457, with every fault."""
    told = {
        "type": f"/docs#problem-{problem.kind.slug}",
        "title": problem.kind.title,
        "status": problem.status,
        "detail": problem.detail,
        "faults": [_fault(fault) for fault in problem.faults],
    }
    return (json.dumps(told, ensure_ascii=False) + "\n").encode()


def _fault(fault: Fault) -> dict[str, str | int]:
    """Write one fault; line and column only where the place has them."""
    place: dict[str, str | int] = {"place": fault.place.source, "path": fault.place.path}
    if fault.place.line:
        place |= {"line": fault.place.line, "column": fault.place.column}
    return place | {
        "code": fault.code,
        "message": fault.message,
        "expected": fault.expected,
        "nearest": fault.nearest,
    }


async def on_problem(request: Request, error: Exception) -> Response:
    """Tell a problem that was raised as such."""
    if not isinstance(error, ProblemError):
        raise error
    return respond(request, error.problem)


async def on_answers_error(request: Request, error: Exception) -> Response:
    """Tell every fault in the answers that a program sent."""
    if not isinstance(error, AnswersError):
        raise error
    count = len(error.faults)
    detail = "There is one fault." if count == 1 else f"There are {count} faults."
    return respond(request, Problem(422, detail, error.faults))


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Tell what the router found: no such address, or no such method there."""
    if not isinstance(error, HTTPException):
        raise error
    path = request.url.path
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(allowed_methods(request))
        detail = f"{path} does not answer {request.method}; it answers {allowed}."
        return respond(request, Problem(405, detail, headers={"Allow": allowed}))
    return respond(request, Problem(error.status_code, f"No page lives at {path}."))


def allowed_methods(request: Request) -> list[str]:
    """Return the methods that the address of a request answers, in alphabetical order."""
    routes = request.app.routes
    found = {
        method
        for method in ROUTED_METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes
        )
    }
    return sorted(found | {"HEAD"} if "GET" in found else found)
