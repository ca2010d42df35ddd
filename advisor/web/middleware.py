"""What surrounds every handler: a proxy in front, limits, failures, HEAD, security headers.

Pure ASGI, so that it holds whatever the framework inside does. Of results, who has one already is
told so, and what was told a moment ago is told again: a result depends on nothing but its address,
the body that asks for it, and the site. So its tag is known before anything is read or thought.
"""

import hashlib
import logging
import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from advisor.query.write import PATHS
from advisor.web.responses import (
    A_WHILE,
    CHECK_EACH_TIME,
    HTML,
    PROBLEM_JSON,
    TAG,
    Problem,
    for_programs,
    json_of,
    page_of,
    respond,
    wants_page,
)
from advisor.web.site import Site
from advisor.web.urls import AGENTS_PATH, BATCH_PATH, EMBED_PATH, PICTURES

MAX_BODY = 64 * 1024
MAX_BODIES = {BATCH_PATH: 8 * 1024 * 1024, AGENTS_PATH: 1024 * 1024}
"""How many bytes a body may have where it may have more."""

MOST_DIGITS = 18
"""So many are read of the length of a body: a longer number is too large as well."""

MAX_ADDRESS = 8 * 1024

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Where each kind of thing on a page may come from: from this site or from nowhere."""

UNUSED_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
"""What a browser could do for a page, and these pages never ask for."""

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{kind} {origin}" for kind, origin in POLICY.items()),
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}

SHOWN_ELSEWHERE = HEADERS | {"Cross-Origin-Resource-Policy": "cross-origin"}
"""For pictures that other sites show."""

FRAMED_ELSEWHERE = {
    **{name: value for name, value in SHOWN_ELSEWHERE.items() if name != "X-Frame-Options"},
    "Content-Security-Policy": "; ".join(
        f"{kind} {origin}"
        for kind, origin in (POLICY | {"script-src": "'none'", "frame-ancestors": "*"}).items()
    ),
}
"""For a result that other sites show in a frame; no script runs there."""

READ_ELSEWHERE = HEADERS | {"Access-Control-Allow-Origin": "*"}
"""For what scripts of other sites may read: nothing here depends on who asks."""

CHECKS = frozenset({"/healthz", "/readyz"})
"""What load balancers ask, by whatever address."""

MOST_BYTES = 16 << 20
"""How much is remembered at most; what was asked for last stays."""

ENTRY_BYTES = 1024
"""What each message of an answer is counted with besides its body: headers, place in memory."""

RESULTS = {
    path: (A_WHILE if path in PICTURES else CHECK_EACH_TIME).encode()
    for path in (*PATHS.values(), EMBED_PATH)
}
"""The addresses of results, each with how its answer may be kept."""

DESCRIBING = frozenset({b"host", b"content-type", b"content-encoding"})
"""The headers on which an answer depends."""

NO_GZIP = re.compile(rb"\bgzip\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$)", re.IGNORECASE)

log = logging.getLogger(__name__)


class Guard:
    """Refuses what is beyond the limits, and answers in place of a handler that failed.

    The answer to a failure is written in advance, so that telling it cannot fail; whoever runs
    the site finds the failure in the log, without what was asked.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        """Surround an application; the page of a failure has the look of the site."""
        self.app = app
        self._host_names = [name.lower() for name in site.settings.host_names]
        problem = Problem(500, "The operator finds the reason in the log. Please try again later.")
        self._page = page_of(site, problem), HTML
        self._json = json_of(site, problem), PROBLEM_JSON

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within the limits; answer it if that fails before there is an answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, started, received = Request(scope), False, 0
        most = MAX_BODIES.get(scope["path"], MAX_BODY)

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        async def receive_counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise _too_large(most)
            return message

        try:
            if problem := _problem_beyond_limits(scope, most) or self._misdirected(request):
                await respond(request, problem)(scope, receive, send_noting)
            else:
                await self.app(scope, receive_counting, send_noting)
        except ClientDisconnect:
            log.info("%s %s was given up by its client", scope["method"], scope["path"])
        except Exception:
            if started:
                raise
            log.exception("%s %s failed", scope["method"], scope["path"])
            content, media_type = self._page if wants_page(request) else self._json
            # A new response each time: whatever compresses one changes its headers.
            await Response(content, 500, media_type=media_type)(scope, receive, send)

    def _misdirected(self, request: Request) -> Problem | None:
        """Refuse a host name that is not ours, so that no link can lead to it.

        Who only looks whether the site is there may ask by its address.
        """
        host = request.base_url.hostname or ""
        known = any(fnmatchcase(host, name) for name in self._host_names)
        if known or request.scope["path"] in CHECKS:
            return None
        detail = f"This site is not called '{host}'; its operator names it by --host-name."
        return Problem(421, detail)


def _problem_beyond_limits(scope: Scope, most: int) -> Problem | None:
    """Refuse an address that is too long, or a body that is said to be, before it is sent."""
    length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    if length > MAX_ADDRESS:
        return Problem(414, f"The address has {length} bytes; {MAX_ADDRESS} are allowed.")
    return _too_large(most) if announced(scope) > most else None


def _too_large(most: int) -> Problem:
    return Problem(413, f"The body has more than {most} bytes.")


def replayed(messages: Iterable[Message], receive: Receive) -> Receive:
    """Return what gives messages that were received already, and then those that follow."""
    waiting = iter(messages)

    async def receive_again() -> Message:
        return next(waiting, None) or await receive()

    return receive_again


def announced(scope: Scope) -> int:
    """Return how many bytes a body is said to have; 0 where nothing is said."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length[:MOST_DIGITS]) if length.isdecimal() else 0


def takes_gzip(scope: Scope) -> bool:
    """Say whether an answer may be compressed."""
    accepted = b",".join([value for name, value in scope["headers"] if name == b"accept-encoding"])
    return b"gzip" in accepted and not NO_GZIP.search(accepted)


def tag_of(scope: Scope, body: bytes = b"") -> str:
    """Return a digest of all that the answer to a request for a result depends on.

    The version of a site names everything that it was built of; pages say where they are.
    """
    described = [pair for pair in scope["headers"] if pair[0] in DESCRIBING]
    where = (scope["scheme"], described, scope["path"], scope["query_string"], body)
    return hashlib.sha256(repr((scope["app"].state.site.version, where)).encode()).hexdigest()[:32]


class Memory:
    """Answers a request for a result from memory, or with 304, where it can."""

    def __init__(self, app: ASGIApp) -> None:
        """Surround an application whose answers take their tag from `TAG`."""
        self.app = app
        self._told: OrderedDict[tuple[str, bool], Sequence[Message]] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is not known yet, and remember what comes back."""
        path, method = scope.get("path", ""), scope.get("method")
        posted = method == "POST" and path == PATHS["api"]
        # What is said to be too long is refused before it is sent.
        posted = posted and announced(scope) <= MAX_BODY
        if not posted and (path not in RESULTS or method != "GET"):
            await self.app(scope, receive, send)
            return
        body, receive = await _body(receive) if posted else (b"", receive)
        tag, sent = tag_of(scope, body), b""
        # What is posted has no tag: nobody asks whether it is still the same.
        if not posted:
            scope = {**scope, TAG: tag}
            sent = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
        if b'"%s"' % tag.encode() in sent:
            headers = [(b"etag", b'W/"%s"' % tag.encode()), (b"cache-control", RESULTS[path])]
            headers.append((b"vary", b"Accept-Encoding"))
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body"})
            return
        key = (tag, takes_gzip(scope))
        if key in self._told and b"*" not in sent:
            self._told.move_to_end(key)
            for message in self._told[key]:
                await send(message)
            return
        answer: list[Message] = []

        async def send_noting(message: Message) -> None:
            answer.append(message)
            await send(message)

        await self.app(scope, receive, send_noting)
        # Who hangs up gets no answer.
        if answer and answer[0]["status"] == HTTPStatus.OK and not answer[-1].get("more_body"):
            self._remember(key, answer)

    def _remember(self, key: tuple[str, bool], answer: Sequence[Message]) -> None:
        """Keep an answer, and forget those that were not asked for longest."""
        self._forget(key)  # two at a time may have thought about the same
        self._told[key] = answer
        self._bytes += _size(answer)
        while self._bytes > MOST_BYTES:
            self._forget(next(iter(self._told)))

    def _forget(self, key: tuple[str, bool]) -> None:
        self._bytes -= _size(self._told.pop(key, ()))


async def _body(receive: Receive) -> tuple[bytes, Receive]:
    """Read a body, though not beyond its limit; return it with what gives it, and the rest, again.

    The layers below refuse one that is too long.
    """
    messages: list[Message] = []
    length, more = 0, True
    while more and length <= MAX_BODY:
        messages.append(await receive())
        length += len(messages[-1].get("body", b""))
        more = messages[-1].get("more_body", False)
    return b"".join(each.get("body", b"") for each in messages), replayed(messages, receive)


def _size(answer: Sequence[Message]) -> int:
    return sum(len(message.get("body", b"")) + ENTRY_BYTES for message in answer)


class Compression(GZipMiddleware):
    """Compresses for whoever takes it; the one below takes `gzip;q=0`, a refusal, for a wish."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave out what is said of encodings where gzip is refused."""
        if scope["type"] == "http" and not takes_gzip(scope):
            rest = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            scope = {**scope, "headers": rest}
        await super().__call__(scope, receive, send)


class SecurityHeaders:
    """Sets the security headers on every answer, whoever made it; answers HEAD as GET.

    Outermost of all. A HEAD gets what a GET would, headers and all, without the body; outside of
    what compresses, so that the length is that of the GET.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._usual, self._shown, self._framed, self._read = (
            [(name.lower().encode(), value.encode()) for name, value in headers.items()]
            for headers in (HEADERS, SHOWN_ELSEWHERE, FRAMED_ELSEWHERE, READ_ELSEWHERE)
        )
        self._names = frozenset(name for name, _ in self._read)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, a HEAD as a GET, and add to the answer's headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head, path, secured = scope["method"] == "HEAD", scope["path"], self._usual
        if path in PICTURES:
            secured = self._shown
        elif path == EMBED_PATH:
            secured = self._framed
        elif for_programs(path) and scope["method"] in {"GET", "HEAD"}:
            secured = self._read

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [pair for pair in message["headers"] if pair[0] not in self._names]
                headers = [*own, *secured]
                if all(name != b"cache-control" for name, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
                message = {**message, "headers": headers}
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"} if head else scope, receive, send_secured)


class BehindProxy(ProxyHeadersMiddleware):
    """Lets everything inside see the request as its sender made it, and the site at its root.

    Of proxies that are trusted, Uvicorn's class believes scheme and client, and this one the host.
    The path below which the site lives may have been taken off by the proxy, or not; addresses to
    which a browser is sent on begin with it. Those on pages do so by `Renderer.render`.
    """

    def __init__(self, app: ASGIApp, proxies: str, root_path: str) -> None:
        """Surround an application; proxies are addresses and networks, `10.0.0.0/8,127.0.0.1`."""
        super().__init__(app, trusted_hosts=proxies)  # type: ignore[arg-type]
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        """Pass a request on as it was made, and redirects back below the path."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)  # type: ignore[arg-type]
            return
        root, path = self.root_path, scope["path"]
        if path == root or path.startswith(f"{root}/"):
            path = path.removeprefix(root) or "/"
        # Starlette's own word for the path that links to the whole application begin with.
        scope = {**scope, "path": path, "app_root_path": root}
        told = Headers(scope=scope).get("x-forwarded-host", "")
        if told and (scope["client"] or [""])[0] in self.trusted_hosts:
            scope["headers"] = list(scope["headers"])
            # Of several, the last was written by the proxy that is trusted.
            MutableHeaders(scope=scope)["host"] = told.rpartition(",")[2].strip()

        async def send_below(message: Message) -> None:
            if root and message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("location", "").startswith("/"):
                    headers["location"] = root + headers["location"]
            await send(message)

        await super().__call__(scope, receive, send_below)  # type: ignore[arg-type]
