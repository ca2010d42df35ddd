"""Results without thinking twice: who has one already, and what was told a moment ago.

A result depends on nothing but its address and the site. So its tag is known before anything is
read or thought, and what was sent once is sent again as it was, compressed or not.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.query.write import PATHS
from advisor.web.middleware import takes_gzip
from advisor.web.responses import A_WHILE, CHECK_EACH_TIME, TAG
from advisor.web.urls import EMBED_PATH, PICTURES

MOST_BYTES = 16 << 20
"""How much is remembered at most; what was asked for last stays."""

ENTRY_BYTES = 1024
"""What an answer is counted with beside its body: its headers, and its place in the memory."""

RESULTS = {
    path: (A_WHILE if path in PICTURES else CHECK_EACH_TIME).encode()
    for path in (*PATHS.values(), EMBED_PATH)
}
"""The addresses of results, each with how its answer may be kept."""


def tag_of(scope: Scope) -> str:
    """Return a digest of all that the answer to a request for a result depends on.

    The version of a site names everything that it was built of; pages say where they are.
    """
    host = [value for name, value in scope["headers"] if name == b"host"]
    where = (scope["scheme"], host, scope["path"], scope["query_string"])
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
        caching = RESULTS.get(scope["path"]) if scope["type"] == "http" else None
        if caching is None or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        tag, started = tag_of(scope), "http.response.start"
        sent = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
        if b'"%s"' % tag.encode() in sent:
            headers = [(b"etag", b'W/"%s"' % tag.encode()), (b"cache-control", caching)]
            headers.append((b"vary", b"Accept-Encoding"))
            await send({"type": started, "status": 304, "headers": headers})
            await send({"type": "http.response.body"})
            return
        key = (tag, takes_gzip(scope))
        if key not in self._told or b"*" in sent:
            answer: list[Message] = []

            async def send_noting(message: Message) -> None:
                answer.append(message)
                await send(message)

            await self.app({**scope, TAG: tag}, receive, send_noting)
            if answer[0]["status"] == HTTPStatus.OK and not answer[-1].get("more_body"):
                self._remember(key, answer)
            return
        self._told.move_to_end(key)
        for message in self._told[key]:
            await send(message)

    def _remember(self, key: tuple[str, bool], answer: Sequence[Message]) -> None:
        """Keep an answer, and forget those that were not asked for longest."""
        self._forget(key)  # two at a time may have thought about the same
        self._told[key] = answer
        self._bytes += _size(answer)
        while self._bytes > MOST_BYTES:
            self._forget(next(iter(self._told)))

    def _forget(self, key: tuple[str, bool]) -> None:
        self._bytes -= _size(self._told.pop(key, ()))


def _size(answer: Sequence[Message]) -> int:
    return sum(len(message.get("body", b"")) + ENTRY_BYTES for message in answer)
