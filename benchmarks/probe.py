"""Measures whichever advisor stands first on the path, one round for each line it is sent.

Started by `beside`, once for each of two checkouts. Uses only what both have.

Scores by the rules of its own checkout, or by those of a folder that is named.
Reads the name of a figure from a line and answers with a line: the CPU seconds (or bytes) of each
of its parts, as JSON, such as `[0.0021, 0.0019]`.
"""

import asyncio
import itertools
import json
import random
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app

try:
    from advisor.engine.explain import explain
except ImportError:  # what it was called until the house was rebuilt
    from advisor.engine.explanation import explain
try:
    from advisor.cli.collector import spare_the_collector
except ImportError:  # older checkouts set the garbage collector where they serve
    spare_the_collector = None

DRAWN = 40
SEED = 20261129
ALONE = (
    "/", "/questions", "/claims", "/sources", "/tools", "/disagreements", "/frameworks",
    "/tradeoffs", "/docs", "/openapi.json", "/api/v1/questions", "/api/v1/rulebase",
)  # fmt: skip
OF_ANSWERS = (
    "/recommendation", "/recommendation.json", "/recommendation.md", "/recommendation.svg",
    "/recommendation.png", "/changes", "/trace", "/questions",
)  # fmt: skip

TITLES = itertools.count(1)

# Rules of an older commit can be faulty by checks that came later.
rulebase = load(Path(sys.argv[1]), sound=False) if sys.argv[1:] else load(find_settings().rules)
app = create_app(find_settings(), rulebase)


def drawn(step: int) -> list[Answers]:
    """Draw answers to all questions, and keep every `step`-th of each set."""
    chance = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    sets = []
    for _ in range(DRAWN):
        given = {}
        for question in rulebase.questions.values():
            ids = [choice.id for choice in question.choices if choice.id != "none"]
            count = chance.randint(1, 2) if question.multiple else 1
            given[question.id] = frozenset(chance.sample(ids, count))
        sets.append(Answers(given=dict(list(given.items())[::step])))
    return sets


def address(path: str, answers: Answers) -> str:
    """Write the canonical address of a page for answers by choice."""
    pairs = [(name, one) for name, some in sorted(answers.given.items()) for one in sorted(some)]
    return f"{path}?{urlencode(pairs)}"


async def visit(where: str) -> None:
    """Ask the application for an address, without a client or a socket."""
    path, _, query = where.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "server": ("here", 80), "client": ("127.0.0.1", 1), "root_path": "",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(b"host", b"here"), (b"accept-encoding", b"gzip")],
    }  # fmt: skip
    statuses = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        statuses.append(message.get("status", 200))

    await app(scope, receive, send)
    if statuses[0] != 200:  # noqa: PLR2004 - the one status that is no redirect and no fault
        message = f"{where} gave {statuses[0]}; a figure would mean nothing"
        raise RuntimeError(message)


def cpu(works: Sequence) -> list[float]:
    """Return the CPU seconds of each piece of work."""
    times = []
    for work in works:
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return times


def explained(step: int) -> list[float]:
    """Measure recommendations with what explains them."""
    return cpu([lambda a=a: explain(rulebase, recommend(rulebase, a)) for a in drawn(step)])


def visits(path: str, step: int, most: int = DRAWN) -> list[float]:
    """Measure what pages of answers cost the server, compression included.

    Each round gives the project another title: some versions remember what was told.
    """
    title = next(TITLES)
    addresses = [f"{address(path, answers)}&project={title}" for answers in drawn(step)[:most]]
    return cpu([lambda a=a: asyncio.run(visit(a)) for a in addresses])


def memory() -> list[float]:
    """Visit a page of every kind, and measure what the process holds then, in MiB."""
    things = [
        f"/{kind}/{next(iter(getattr(rulebase, kind)))}"
        for kind in ("claims", "sources", "rules", "frameworks")
    ]
    questions = [f"/ask/{name}" for name in rulebase.questions]
    answered = [address(path, answers) for path in OF_ANSWERS for answers in drawn(2)]
    compared = [("with", address("", answers)[1:]) for answers in drawn(2)[:3]]
    compare = f"/compare?{urlencode(compared)}"
    for where in (*ALONE, *things, *questions, *answered, compare, "/method"):
        asyncio.run(visit(where))
    # Some versions go on in the background.
    while threading.active_count() > 1:
        time.sleep(0.1)
    asyncio.run(visit("/method"))
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return [pages * 4096 / 2**20]


FIGURES = {
    "explained, all answered": lambda: explained(1),
    "explained, half answered": lambda: explained(2),
    "result page, all answered": lambda: visits("/recommendation", 1),
    "result page, half answered": lambda: visits("/recommendation", 2),
    "preview card": lambda: visits("/recommendation.png", 2, most=6),
    "memory after a page of every kind": memory,
}

if __name__ == "__main__":
    if spare_the_collector:
        spare_the_collector()
    for line in sys.stdin:
        print(json.dumps(FIGURES[line.strip()]()), flush=True)
