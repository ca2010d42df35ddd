"""Measures results that are asked for again: `python -m benchmarks.repeated`; needs `wrk`.

Serves the advisor and bare Starlette applications, each in a process of its own, and has them
asked over keep-alive connections in turn. Prints requests a second, and the share of the bare one.
"""

import multiprocessing
import re
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from urllib.request import Request, urlopen

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from advisor.model.answers import Answers
from advisor.query.query import Query
from advisor.query.write import query_string
from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app
from benchmarks.drawing import profiles

ROUNDS = 7
SECONDS = 1
START = 8
"""Seconds that a server is given to start."""


def advisor() -> ASGIApp:
    """Make the application that is measured."""
    return create_app(find_settings())


def bare(content: bytes) -> ASGIApp:
    """Make an application of one address, which answers the same always."""

    async def answer(_: object) -> Response:
        return Response(content, media_type="text/html; charset=utf-8")

    return Starlette(routes=[Route("/recommendation", answer)])


def serve(make: Callable[..., ASGIApp], port: int, *arguments: object) -> None:
    """Serve an application as `advisor serve` does."""
    settings = {"access_log": False, "server_header": False, "log_level": "warning"}
    uvicorn.run(make(*arguments), port=port, **settings)


def asked(address: str, headers: Sequence[str]) -> float:
    """Return how many requests a second are answered."""
    options = [word for header in headers for word in ("-H", header)]
    command = ["wrk", "-t1", "-c8", f"-d{SECONDS}s", *options, address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1])


def main() -> None:
    """Start the servers, measure, and end them."""
    given = profiles(load(find_settings().rules), 1)[0].given
    query = query_string(Query(Answers(given=given)))
    processes: list[multiprocessing.Process] = []

    def start(make: Callable[..., ASGIApp], *arguments: object) -> str:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        process = multiprocessing.Process(target=serve, args=(make, port, *arguments))
        process.start()
        processes.append(process)
        time.sleep(START)
        return f"http://127.0.0.1:{port}/recommendation?{query}"

    try:
        ours = start(advisor)
        request = Request(ours, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - ours
        with urlopen(request) as answer:  # noqa: S310
            # The link that names the edition, to which the other one leads.
            ours, page, tag = answer.url, answer.read(), answer.headers["ETag"]
        small, same = start(bare, b"Hello"), start(bare, page)
        gzip = ["Accept-Encoding: gzip"]
        figures = {
            "bare, 5 bytes": (small, gzip),
            f"bare, {len(page)} bytes": (same, gzip),
            "304": (ours, [*gzip, f"If-None-Match: {tag}"]),
            "remembered": (ours, gzip),
        }
        rounds = [[asked(*each) for each in figures.values()] for _ in range(ROUNDS)]
    finally:
        for process in processes:
            process.terminate()
    small_rounds, same_rounds, *_ = zip(*rounds, strict=True)
    for name, taken in zip(figures, zip(*rounds, strict=True), strict=True):
        shares = [
            statistics.median(ours / theirs for ours, theirs in zip(taken, bares, strict=True))
            for bares in (small_rounds, same_rounds)
        ]
        print(
            f"{name}: {statistics.median(taken):.0f} requests a second, "
            f"{shares[0]:.2f} of bare with 5 bytes, {shares[1]:.2f} of bare with as many"
        )


if __name__ == "__main__":
    main()
