"""Asks the application for a page and counts what that costs it: no client, no socket."""

import asyncio
import time
from collections.abc import Sequence

from fastapi import FastAPI
from starlette.types import Message

HEADERS = ((b"host", b"here"), (b"accept-encoding", b"gzip"))
OK = 200


def page_times(app: FastAPI, path: str, queries: Sequence[str]) -> list[float]:
    """Return the CPU seconds that each of these addresses takes, compressed answer included."""
    return asyncio.run(_timed(app, path, queries))


async def _timed(app: FastAPI, path: str, queries: Sequence[str]) -> list[float]:
    """Ask for one address after another."""
    times = []
    for query in queries:
        began = time.process_time()
        sent = await _asked(app, path, query)
        times.append(time.process_time() - began)
        if sent[0]["status"] != OK:
            msg = f"{path}?{query} gave {sent[0]['status']}; a figure would mean nothing"
            raise RuntimeError(msg)
    return times


async def _asked(app: FastAPI, path: str, query: str) -> list[Message]:
    """Return the messages that the application sends for an address."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "server": ("here", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": list(HEADERS),
    }
    await app(scope, receive, send)
    return sent
