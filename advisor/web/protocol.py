"""How connections are held: Uvicorn's HTTP/1.1 with limits of time, and an end that loses nothing.

The limits are for clients that send or take a request in small pieces, or never: each has a
connection, and a server has only so many.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import Iterator
from typing import Any, ClassVar, cast

import h11
import uvicorn
from uvicorn.protocols.http.flow_control import CLOSE_HEADER, HIGH_WATER_LIMIT
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from advisor.web.middleware import HEADERS

HEAD_SECONDS = 10
"""How long a request line and headers may take."""
BODY_SECONDS = 20
"""How long a body may take after that."""
TAKE_SECONDS = 30
"""How long a client may need for `TAKE_BYTES` of an answer that waits for it."""
TAKE_BYTES = 64 * 1024
PATIENCE = 5
"""How long a server that is to end waits for answers that are not finished."""

MOST_CONNECTIONS = 4000
"""As many as a process holds at once, unless it may open fewer files."""
BACKLOG = 128
"""How many connections may wait to be taken in."""
OTHER_FILES = 64 + 4 * BACKLOG
"""How many files a process has open beside those: what it reads, and connections on their way."""

SECURE = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]

LIMITS = {h11.IDLE: HEAD_SECONDS, h11.SEND_BODY: BODY_SECONDS}
"""Seconds by what is expected of a client."""
LAST_LIMITS = {h11.IDLE: 1, h11.SEND_BODY: PATIENCE - 2}
"""The same once the server is to end; an answer that takes longer than all that is cut."""


def open_files() -> int:
    """Let this process open as many files as it may; return how many connections that allows."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return MOST_CONNECTIONS
    wanted = MOST_CONNECTIONS + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        wanted = soft
    return max(wanted - OTHER_FILES, 1)


class Joined:
    """Sends what is written in one go in one piece, the headers of an answer with its body.

    A process that is killed has then sent all of it or nothing, and a proxy can ask another one.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held = bytearray()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is the transport's
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Hold data until whoever writes pauses, or until there is much of it."""
        if not self._held:
            self._loop.call_soon(self._send)
        self._held += data
        if len(self._held) > HIGH_WATER_LIMIT:
            self._send()

    def close(self) -> None:
        """Close the connection once all is sent."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._held:
            self._transport.write(bytes(self._held))
            self._held.clear()


class LimitedProtocol(H11Protocol):
    """A connection that is closed when its client keeps it waiting."""

    most = MOST_CONNECTIONS
    """How many there may be; where there are more, the one that waits longest makes room."""
    by_age: ClassVar[dict["LimitedProtocol", None]] = {}
    """All there are, in the order in which they came."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as Uvicorn has it
        super().__init__(*arguments, **named)
        self._expected: object = None
        self._limit: asyncio.TimerHandle | None = None
        self._left = 0

    def _limit_to(self, seconds: float | None) -> None:
        """Close the connection in so many seconds, instead of when it was to be closed so far."""
        if self._limit:
            self._limit.cancel()
        self._limit = self.loop.call_later(seconds, self._late) if seconds else None

    def _look(self) -> None:
        """Set the limit for what is expected of the client, where that has changed."""
        if (expected := self.conn.their_state) is not self._expected:
            self._expected = expected
            self._limit_to(LIMITS.get(expected))

    def _late(self) -> None:
        left = self.transport.get_write_buffer_size()
        if left:
            if left > self._left - TAKE_BYTES:
                self.transport.abort()
            else:
                self._left = left
                self._limit_to(TAKE_SECONDS)
        elif self.waits and not self.conn.trailing_data[0]:
            self.timeout_keep_alive_handler()
        elif self.conn.their_state not in LIMITS or self.conn.our_state is h11.SEND_BODY:
            self.transport.abort()
        else:
            if self.cycle:
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            self._refuse(408, "The request took too long to arrive.")

    def _refuse(self, status: int, message: str) -> None:
        """Answer what never became a request, and close the connection."""
        kind = (b"content-type", b"text/plain; charset=utf-8")
        headers, reason = [kind, CLOSE_HEADER, *SECURE], STATUS_PHRASES[status]
        response = h11.Response(status_code=status, headers=headers, reason=reason)
        for event in (response, h11.Data(data=message.encode()), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, with the headers of all answers."""
        self._refuse(400, msg)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection in; where there are too many, let another one go."""
        super().connection_made(cast("asyncio.Transport", Joined(transport, self.loop)))
        self._look()
        if len(self.connections) > self.most:
            others = (one for one in self.by_age if one in self.connections and one.waits)
            next(others, self).transport.abort()
        self.by_age[self] = None

    @property
    def waits(self) -> bool:
        """Whether the connection is open and nothing was asked by it yet, or lately."""
        return self.conn.their_state is h11.IDLE and not self.transport.is_closing()

    def data_received(self, data: bytes) -> None:
        """Take what the client sent."""
        super().data_received(data)
        self._look()

    def pause_writing(self) -> None:
        """Wait for a client that takes its answer slowly, but not for ever."""
        super().pause_writing()
        self._left = self.transport.get_write_buffer_size()
        self._limit_to(TAKE_SECONDS)

    def resume_writing(self) -> None:
        """Go on: the client has taken enough."""
        super().resume_writing()
        self._limit_to(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._limit_to(None)
        self.by_age.pop(self, None)
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Answer a last request, and say with it that the connection closes; then close it."""
        state, cycle = self.server_state, self.cycle
        if CLOSE_HEADER not in state.default_headers:
            state.default_headers = [*state.default_headers, CLOSE_HEADER]
        if cycle and not cycle.response_complete:
            cycle.default_headers = state.default_headers
            cycle.keep_alive = False
        self._unset_keepalive_if_required()
        self._limit_to(LAST_LIMITS.get(self.conn.their_state, PATIENCE - 1))


class Server(uvicorn.Server):
    """A server that takes in whoever knocked before it closes its door."""

    parent: int | None = None
    """The process that watches over this one, if one does; this one ends when that is gone."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take connections in, as few at once as the configuration says."""
        await super().startup(sockets)
        for door in sockets or []:
            door.listen(BACKLOG)

    async def on_tick(self, counter: int) -> bool:
        """Say whether it is time to end."""
        orphaned = self.parent is not None and os.getppid() != self.parent
        return await super().on_tick(counter) or orphaned

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End once every request that was sent is answered."""
        knocking = [one for door in sockets or [] for one in _knocking(door)]
        for server in self.servers:
            server.close()
        loop = asyncio.get_running_loop()
        for one in knocking:
            await loop.connect_accepted_socket(self._connection, one)
        await super().shutdown(sockets)

    def _connection(self) -> asyncio.Protocol:
        state = self.lifespan.state
        return LimitedProtocol(config=self.config, server_state=self.server_state, app_state=state)


def _knocking(door: socket.socket) -> Iterator[socket.socket]:
    with contextlib.suppress(OSError):
        while True:
            taken, _ = door.accept()
            taken.setblocking(False)  # noqa: FBT003 - its only argument
            yield taken
