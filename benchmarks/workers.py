"""Measures what answers cost where they are served: `python -m benchmarks.workers`.

First an explained recommendation for a JSON body beside a bare FastAPI application that only
validates the same body, in the time that the processor gives to either; needs /proc. Each body is
sent once, and then again, as what was told a moment ago is remembered. Then two workers beside one;
needs `wrk`, and two cores with nothing else to do. Rounds alternate.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Literal

import uvicorn
from fastapi import FastAPI
from pydantic import ConfigDict, create_model

from advisor.model.rulebase import RuleBase
from advisor.query.write import answers_mapping
from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.protocol import LimitedProtocol
from benchmarks.drawing import profiles

ROUNDS = 7
BODIES = 200
PATH = "/api/v1/recommendations"
SECONDS = 4
TICKS = os.sysconf("SC_CLK_TCK")


def empty(rulebase: RuleBase) -> FastAPI:
    """Make an application that validates a body as the advisor describes it, and says nothing."""
    answers = {}
    for question in rulebase.questions.values():
        one = Literal[(*(choice.id for choice in question.choices), "unsure", "any")]
        answers[question.id] = (one | list[one] | None if question.multiple else one | None, None)
    strict = ConfigDict(extra="forbid")
    given = create_model("Given", __config__=strict, **answers)
    important = (list[Literal[tuple(rulebase.questions)]], [])
    basis = (Literal["checked", "documents"], "checked")
    fields = {"answers": (given, ...), "important": important, "basis": basis}
    fields["project"] = (str, "")
    body = create_model("Body", __config__=strict, **fields)
    app = FastAPI()

    @app.post(PATH)
    async def nothing(_: body) -> dict[str, str]:
        return {}

    return app


def serve(which: str, port: int) -> None:
    """Serve one of both as `advisor serve` does."""
    rulebase = load(find_settings().rules)
    app = create_app(find_settings(), rulebase) if which == "explained" else empty(rulebase)
    uvicorn.run(
        app, port=port, http=LimitedProtocol, ws="none", access_log=False, log_level="warning"
    )


@contextmanager
def running(*arguments: str, port: int) -> Iterator[int]:
    """Run a server until it is not needed any more; give its process."""
    with subprocess.Popen([sys.executable, "-m", *arguments], stderr=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            while not _answers(port):
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        HTTPConnection("127.0.0.1", port).connect()
    except ConnectionRefusedError:
        return False
    return True


def processor(process: int) -> float:
    """Return the seconds that the processor has given to a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def posted(port: int, process: int, bodies: list[str]) -> float:
    """Return the milliseconds of the processor that a body costs."""
    connection = HTTPConnection("127.0.0.1", port)
    before = processor(process)
    for body in bodies:
        connection.request("POST", PATH, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:  # noqa: PLR2004 - a figure would mean nothing
            sys.exit(f"{answer.status} for {body}")
    connection.close()
    return 1000 * (processor(process) - before) / len(bodies)


def explained_and_empty(bodies: list[str]) -> None:
    """Print what an explained answer costs beside an empty one, the first time and again."""
    first, again, theirs = [], [], []
    here = ("benchmarks.workers", "serve")
    with (
        running(*here, "explained", "8701", port=8701) as one,
        running(*here, "empty", "8702", port=8702) as two,
    ):
        for number in range(ROUNDS + 1):
            titled = [body[:-1] + f', "project": "Round {number}"}}' for body in bodies]
            first.append(posted(8701, one, titled))
            again.append(posted(8701, one, titled))
            theirs.append(posted(8702, two, titled))
    # The first round warms up.
    other = statistics.median(theirs[1:])
    for title, times in (("explained", first), ("told again", again)):
        mine = statistics.median(times[1:])
        share = f"{100 * other / mine:.0f} % as many"
        print(f"POST: {title} {mine:.2f} ms, empty {other:.2f} ms of the processor: {share}")


def workers(bodies: list[str]) -> None:
    """Print how many answers two workers give beside one."""
    found: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        listed = ",\n".join(f"[==[{body}]==]" for body in bodies)
        script.write_text(
            f"local bodies, n = {{{listed}}}, 0\n"
            'wrk.method, wrk.headers["Content-Type"] = "POST", "application/json"\n'
            # A title of its own for each, as what was told before is remembered.
            "request = function() n = n + 1\n"
            '  local title = string.format(\', "project": "%d %d"}\', os.time(), n)\n'
            "  local body = bodies[n % #bodies + 1]:sub(1, -2) .. title\n"
            "  return wrk.format(nil, nil, nil, body) end\n"
        )
        command = ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "-s", str(script)]
        serving = ("advisor", "serve", "--workers")
        with (
            running(*serving, "1", "--port", "8701", port=8701),
            running(*serving, "2", "--port", "8702", port=8702),
        ):
            for _ in range(ROUNDS):
                for count, rates in found.items():
                    address = f"http://127.0.0.1:{8700 + count}{PATH}"
                    said = subprocess.run([*command, address], check=True, capture_output=True)  # noqa: S603
                    rate = said.stdout.decode().partition("Requests/sec:")[2].split()[0]
                    rates.append(float(rate))
    one, two = (statistics.median(rates) for rates in found.values())
    print(f"workers: {one:.0f} answers a second by one, {two:.0f} by two: {two / one:.2f} times")


def main() -> None:
    """Measure both, or serve one of the two applications for it."""
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], int(sys.argv[3]))
        return
    drawn = profiles(load(find_settings().rules), BODIES)
    bodies = [json.dumps({"answers": answers_mapping(answers)}) for answers in drawn]
    explained_and_empty(bodies)
    workers(bodies)


if __name__ == "__main__":
    main()
