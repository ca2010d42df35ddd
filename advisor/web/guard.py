"""What no handler has to think of: limits on what is sent, and errors nobody foresaw.

Pure ASGI. Errors end here as an answer in the site's form, written in advance so that telling
them cannot fail; whoever runs the site finds them in the log, without what was asked.
"""

import logging

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.web.problems import PROBLEM_JSON, Problem, json_of, page_of, respond, wants_page
from advisor.web.responses import HTML
from advisor.web.site import Site

MAX_BODY = 64 * 1024
MAX_ADDRESS = 8 * 1024

log = logging.getLogger(__name__)


class Limits:
    """Refuses addresses and bodies beyond their limits."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within the limits."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        problem = _address_problem(scope) or _announced_body_problem(scope)
        if problem:
            await respond(Request(scope), problem)(scope, receive, send)
            return
        await self.app(scope, _limited(receive), send)


def _address_problem(scope: Scope) -> Problem | None:
    """Refuse an address that is too long."""
    length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    if length <= MAX_ADDRESS:
        return None
    return Problem(414, f"The address has {length} bytes; {MAX_ADDRESS} are allowed.")


def _announced_body_problem(scope: Scope) -> Problem | None:
    """Refuse a body that is said to be too long, before it is sent."""
    announced = Headers(scope=scope).get("content-length", "")
    if not announced.isdecimal() or int(announced) <= MAX_BODY:
        return None
    return Problem(413, f"The body has {announced} bytes; {MAX_BODY} are allowed.")


def _limited(receive: Receive) -> Receive:
    """Count a body while it comes in, and stop it where it turns out too long."""
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY:
            raise HTTPException(413)
        return message

    return limited


class LastResort:
    """Answers in place of a handler that failed."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        """Write the answers in advance.

        Args:
            app: the application inside.
            site: the site whose look the page has.
        """
        self.app = app
        problem = Problem(500, "The operator finds the reason in the log. Please try again later.")
        self._page = page_of(site, problem)
        self._json = json_of(problem)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer it if that fails before there is an answer."""
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except Exception:
            if started or scope["type"] != "http":
                raise
            log.exception("%s %s failed", scope["method"], scope["path"])
            await self._apology(Request(scope))(scope, receive, send)

    def _apology(self, request: Request) -> Response:
        """Return the answer in the form that the asker can use."""
        if wants_page(request):
            return Response(self._page, 500, media_type=HTML)
        return Response(self._json, 500, media_type=PROBLEM_JSON)
