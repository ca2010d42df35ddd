"""Results without thinking twice: who has one already, and what was told a moment ago.

A result depends on nothing but its address, the body that asks for it, and the site. So its tag is
known before anything is read or thought, and what was sent once is sent again as it was,
compressed or not.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.query.write import PATHS
from advisor.web.middleware import MAX_BODY, announced, replayed, takes_gzip
from advisor.web.responses import A_WHILE, CHECK_EACH_TIME, TAG
from advisor.web.urls import EMBED_PATH, PICTURES

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
