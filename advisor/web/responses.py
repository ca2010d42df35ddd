"""Answers as they go out: pages, JSON, files, redirects and problems, and how they are cached.

A page that is not at its canonical address sends the browser on to it, unless something in the
address could not be used: then the page opens and says so.
"""

import hashlib
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from json import dumps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from advisor.errors import AnswersError, Fault, RuleBaseError
from advisor.output.json import NOT_MET, fault_json
from advisor.web.site import Site

HTML = "text/html; charset=utf-8"
JSON = "application/json"
JSON_LINES = "application/x-ndjson"
LINES = (JSON_LINES, "application/ndjson", "application/jsonl", "application/jsonlines",
         "application/json-seq")  # fmt: skip
"""By what names JSON lines come; of the last, a sign stands before each."""
MARKDOWN = "text/markdown"
SVG = "image/svg+xml"
ATOM = "application/atom+xml"
PNG = "image/png"

FOREVER = "public, max-age=31536000, immutable"
"""For addresses that carry the hash of what they lead to."""

A_WHILE = "public, max-age=3600"
"""For pictures: an hour after the rules changed, nobody sees the old ones any more."""

CHECK_EACH_TIME = "no-cache"
"""For addresses whose content changes with a release."""

TAG = "advisor.tag"
"""Where a request holds the tag of its answer, if that is known before the answer is."""


def raw_query(request: Request) -> str:
    """Return the query string as it was sent: `goal=research&gaol=fun`."""
    return str(request.scope["query_string"], "latin-1")


def onward(request: Request, canonical: str, faults: Collection[object]) -> Response | None:
    """Send the browser on to the canonical address of a page.

    None where it is there already, or where faults of the address would be lost.
    """
    path, query = request.scope["path"], raw_query(request)
    there = canonical == (f"{path}?{query}" if query else path)
    return None if faults or there else redirect(canonical)


def redirect(address: str) -> Response:
    """Send a browser to the address that it should show, by GET."""
    headers = {"Location": address, "Cache-Control": CHECK_EACH_TIME}
    return Response(status_code=303, headers=headers)


def show(request: Request, site: Site, template: str, /, **context: object) -> Response:
    """Answer with a page; the arguments are those of `Renderer.render`."""
    return answer(request, site.renderer.render(template, **context), HTML)


def json(request: Request, content: bytes, status: int = 200) -> Response:
    """Answer with JSON; with 304 where a program that asked by GET has it already."""
    if status != 200 or request.method != "GET":  # noqa: PLR2004 - the name of a status
        return Response(content, status, media_type=JSON)
    return answer(request, content, JSON)


def answer(
    request: Request, content: bytes, media_type: str, caching: str = CHECK_EACH_TIME
) -> Response:
    """Answer with a tag, and without the content where the tag was sent along.

    The tag is that of the content where none is known. It is weak: the content may be compressed
    on its way out. Of the tags that are sent, strong ones are as good.
    """
    tag = f'"{request.scope.get(TAG) or hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": f"W/{tag}", "Cache-Control": caching}
    sent = request.headers.get("if-none-match", "").split(",")
    if {entry.strip().removeprefix("W/") for entry in sent} & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


PROBLEM_JSON = "application/problem+json"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem."""

    slug: str
    """Its name, for ever; an anchor on the documentation page."""
    title: str
    meaning: str
    """When it happens and what helps."""


PROBLEM_TYPES: Mapping[int, ProblemType] = {
    404: ProblemType(
        "not-found",
        "There is nothing at this address",
        "A link may be cut off, or what it led to may be called otherwise now.",
    ),
    405: ProblemType(
        "method-not-allowed",
        "This address cannot be used that way",
        "The header Allow says which methods can be used.",
    ),
    413: ProblemType(
        "too-large",
        "The request is too large",
        "Send less at once: 64 KB in a body, 8 MB in one of many projects.",
    ),
    414: ProblemType(
        "address-too-long",
        "The address is too long",
        "An address may have up to 8 KB, and no more parts than there is something to say.",
    ),
    415: ProblemType(
        "unsupported-media-type",
        "The body is not in a form that can be read",
        "A body has to be JSON, not compressed, and its header Content-Type has to say so.",
    ),
    421: ProblemType(
        "misdirected",
        "This site goes by another name",
        "The header Host, or what a proxy says of it, is none of the site's names.",
    ),
    422: ProblemType(
        "invalid-answers",
        "The answers cannot be used",
        "The list 'faults' holds every fault with its place, and the nearest known id.",
    ),
    500: ProblemType(
        "internal-error",
        "Something went wrong on our side",
        "The request was fine as far as we know; the operator finds the reason in the log.",
    ),
}

UNMET = ProblemType(
    NOT_MET,
    "What was expected is not what is recommended",
    "No problem document: the whole answer comes, and its 'expect.failed' says what differs.",
)
"""Told by status 409 beside an answer that is complete."""


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """A request that cannot be answered as asked; raise it, or `respond` with it."""

    status: int
    detail: str
    """What happened, as a sentence."""
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    ways_on: tuple[tuple[str, str], ...] = ()
    """What may have been looked for, in words and by address: `(("All claims", "/claims"),)`."""

    @property
    def kind(self) -> ProblemType:
        """What kind of problem it is."""
        return PROBLEM_TYPES[self.status]


@dataclass(eq=False)
class Moved(Exception):  # noqa: N818 - no error of anybody's
    """What was asked for has another address now, and the same query string; raise it."""

    path: str


def respond(request: Request, problem: Problem) -> Response:
    """Tell a problem in the form that the asker can use."""
    if wants_page(request):
        content, media_type = page_of(request.app.state.site, problem), HTML
    else:
        content, media_type = json_of(request.app.state.site, problem), PROBLEM_JSON
    return Response(content, problem.status, problem.headers, media_type)


def wants_page(request: Request) -> bool:
    """Say whether a browser asked for a page, not a program for data."""
    path = request.scope["path"]
    return not for_programs(path) and "text/html" in request.headers.get("accept", "")


def for_programs(path: str) -> bool:
    """Say whether an address is there for programs alone."""
    return path.startswith(("/api/", "/recommendation.")) or path.endswith(".json")


def page_of(site: Site, problem: Problem) -> bytes:
    """Write a problem as a page."""
    return site.renderer.render("pages/problem.html", problem=problem)


def json_of(site: Site, problem: Problem) -> bytes:
    """Write a problem as JSON, in the form of RFC 9457, with every fault."""
    told = {
        "type": f"{site.settings.root_path}/docs#problem-{problem.kind.slug}",
        "title": problem.kind.title,
        "status": problem.status,
        "code": problem.kind.slug,
        "detail": problem.detail,
        "faults": [fault_json(fault) for fault in problem.faults],
    }
    return (dumps(told, ensure_ascii=False) + "\n").encode()


async def on_error(request: Request, error: Exception) -> Response:
    """Tell an error; raise it again if it is none that a request can be answered with.

    What the router raises is told in our words: its own, and its headers, are not passed on.
    """
    path = request.scope["path"]
    match error:
        case Problem():
            return respond(request, error)
        case Moved():
            query = raw_query(request)
            return redirect(f"{error.path}?{query}" if query else error.path)
        case RuleBaseError():
            log.error("An edition cannot be served: %s", error)
            return respond(request, Problem(404, "This edition cannot be read by this advisor."))
        case AnswersError():
            count = len(error.faults)
            detail = "There is one fault." if count == 1 else f"There are {count} faults."
            return respond(request, Problem(422, detail, error.faults))
        case HTTPException(status_code=HTTPStatus.NOT_FOUND):
            return respond(request, Problem(404, f"There is no page at {path}."))
        case HTTPException(status_code=HTTPStatus.METHOD_NOT_ALLOWED):
            allowed = ", ".join(_allowed_methods(request))
            detail = f"{path} does not answer {request.method}; it answers {allowed}."
            return respond(request, Problem(405, detail, headers={"Allow": allowed}))
    raise error


HANDLED = (Problem, Moved, AnswersError, RuleBaseError, HTTPException)
"""The errors that `on_error` can tell; all others are failures."""


def _allowed_methods(request: Request) -> list[str]:
    """Return the methods that the address of a request answers, HEAD where GET, in order."""
    found = {
        method
        for method in ("GET", "POST")
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    }
    return sorted(found | {"HEAD"} if "GET" in found else found)
