"""Connections over real sockets: limits of time, too many of them, an end that loses nothing."""

import asyncio
import contextlib
import socket
import threading
import time

import pytest
import uvicorn
from support.serving import until

from advisor.web import protocol
from advisor.web.protocol import LimitedProtocol, Server

SHORT, LONG = 0.3, 60.0
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"


class Site:
    """An application that answers with the body it was sent, as slowly as it is asked to."""

    def __init__(self):
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.answered = 0

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body, more = body + message["body"], message["more_body"]
        self.begun.set()
        if scope["path"] == "/slow":
            await asyncio.to_thread(self.go_on.wait, 20)
        if scope["path"] == "/large":
            body = bytes(64_000_000)
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": body})
        self.answered += 1


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def serve(monkeypatch, site):
    """Serve the site with limits, in seconds; give the server and its port."""
    with contextlib.ExitStack() as stack:

        def start(head=LONG, body=LONG, take=LONG, most=100):
            limits = {protocol.h11.IDLE: head, protocol.h11.SEND_BODY: body}
            monkeypatch.setattr(protocol, "LIMITS", limits)
            monkeypatch.setattr(protocol, "TAKE_SECONDS", take)
            monkeypatch.setattr(LimitedProtocol, "most", most)
            door = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            config = uvicorn.Config(
                site, http=LimitedProtocol, ws="none", log_config=None, timeout_graceful_shutdown=5
            )
            server = Server(config)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
            thread.start()

            def end():
                server.should_exit = True
                site.go_on.set()
                thread.join(20)
                assert not thread.is_alive()

            stack.callback(end)
            until(lambda: server.started)
            return server, door.getsockname()[1]

        yield start


@contextlib.contextmanager
def client(port, *parts):
    """Connect and send; give what comes back as a function, which waits for the end of it."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connected:
        for part in parts:
            connected.sendall(part)

        def rest():
            received = []
            with contextlib.suppress(ConnectionResetError):
                while taken := connected.recv(65536):
                    received.append(taken)
            return b"".join(received)

        yield connected, rest


def test_a_request_in_one_piece_is_answered_and_the_connection_kept(serve):
    _, port = serve(head=SHORT, body=SHORT)
    with client(port, POST, b"123456789") as (connected, _):
        assert connected.recv(9999).endswith(b"\r\n\r\n123456789")
        # Idle, it is kept for as long as Uvicorn keeps one; the limit begins with a request.
        time.sleep(2 * SHORT)
        connected.sendall(POST + b"987654321")
        assert connected.recv(9999).endswith(b"\r\n\r\n987654321")


@pytest.mark.parametrize(
    "begun", [b"", b"GE", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nA"]
)
def test_headers_that_do_not_come_close_the_connection(serve, begun):
    _, port = serve(head=SHORT)
    with client(port, begun) as (_, rest):
        since = time.monotonic()
        answer = rest()
        assert SHORT / 2 < time.monotonic() - since < 20 * SHORT
        assert answer.startswith(b"HTTP/1.1 408 ") if begun else answer == b""
        assert not begun or b"x-content-type-options: nosniff" in answer


def test_headers_in_small_pieces_do_not_win_time(serve):
    _, port = serve(head=2 * SHORT)
    with client(port, b"GET / HTTP/1.1\r\n") as (connected, rest):
        since = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - since < 10 * SHORT:
                connected.sendall(b"A: b\r\n")
                time.sleep(SHORT / 5)
        assert time.monotonic() - since < 8 * SHORT
        assert rest()[:12] in {b"", b"HTTP/1.1 408"}


def test_a_second_request_that_does_not_come_whole_closes_the_connection(serve):
    _, port = serve(head=SHORT)
    with client(port, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") as (connected, rest):
        assert connected.recv(9999).startswith(b"HTTP/1.1 200 ")
        connected.sendall(b"GET")
        assert rest().startswith(b"HTTP/1.1 408 ")


def test_a_body_that_does_not_come_whole_closes_the_connection(serve, site):
    _, port = serve(body=SHORT)
    with client(port, POST, b"1") as (_, rest):
        assert rest().startswith(b"HTTP/1.1 408 ")
    assert not site.begun.is_set()


def test_an_answer_that_nobody_takes_is_given_up(serve):
    server, port = serve(take=SHORT)
    with client(port, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n"):
        until(lambda: server.server_state.connections)
        until(lambda: not server.server_state.connections, within=protocol.BODY_SECONDS)


def test_an_answer_that_is_taken_slowly_comes_whole(serve):
    _, port = serve(take=3 * SHORT)
    with client(port, b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") as (_, rest):
        time.sleep(SHORT)
        assert len(rest()) > 64_000_000


def test_with_too_many_connections_those_that_wait_make_room(serve):
    server, port = serve(most=5)
    with contextlib.ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(client(port))
        until(lambda: 0 < len(server.server_state.connections) <= 5)
        with client(port, b"GET / HTTP/1.0\r\n\r\n") as (_, rest):
            assert rest().startswith(b"HTTP/1.1 200 ")


def test_what_is_no_http_is_answered_with_the_headers_of_all_answers(serve):
    _, port = serve()
    with client(port, b"nonsense\r\n\r\n") as (_, rest):
        answer = rest()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"content-security-policy: default-src 'none'" in answer


def test_a_server_that_is_to_end_answers_all_that_was_sent(serve, site):
    server, port = serve()
    slow, kept, knocking = (
        b"GET /%s HTTP/1.1\r\nHost: a\r\n\r\n" % path for path in (b"slow", b"", b"")
    )
    with client(port, kept) as (idle, idle_rest), client(port, slow) as (_, slow_rest):
        assert idle.recv(9999).startswith(b"HTTP/1.1 200 ")
        assert site.begun.wait(5)
        server.should_exit = True
        until(lambda: any(b"close" in pair for pair in server.server_state.default_headers))
        idle.sendall(knocking)
        assert b"connection: close" in idle_rest()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
        site.go_on.set()
        answer = slow_rest()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in answer


def test_it_takes_in_who_knocked_before_it_was_to_end(serve, monkeypatch):
    server, port = serve()
    with contextlib.ExitStack() as stack:
        knocked = []
        taken = Server.shutdown

        async def knock(self, sockets=None):
            # Nobody is taken in between this and what follows.
            asked = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            knocked.extend(stack.enter_context(client(port, asked)) for _ in range(20))
            await taken(self, sockets)

        monkeypatch.setattr(Server, "shutdown", knock)
        server.should_exit = True
        until(lambda: len(knocked) == 20)
        assert all(rest().startswith(b"HTTP/1.1 200 ") for _, rest in knocked)


def test_idle_and_unfinished_connections_do_not_keep_it_from_ending(serve, monkeypatch):
    monkeypatch.setattr(protocol, "LAST_LIMITS", dict.fromkeys(protocol.LAST_LIMITS, SHORT))
    server, port = serve()
    with client(port), client(port, b"GET"), client(port, POST) as (_, rest):
        until(lambda: len(server.server_state.connections) == 3)
        server.should_exit = True
        assert rest().startswith(b"HTTP/1.1 408 ")
        until(lambda: not server.server_state.connections, within=3)


def test_an_answer_is_sent_in_one_piece(serve):
    _, port = serve()
    with client(port, POST, b"123456789") as (connected, _):
        assert connected.recv(9999).endswith(b"\r\n\r\n123456789")


def test_a_process_may_open_as_many_files_as_it_has_connections():
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1000, before[1]))
        most = protocol.open_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= most + 4 * protocol.BACKLOG
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        assert 0 < most <= protocol.MOST_CONNECTIONS
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
