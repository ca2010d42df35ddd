"""Measures evaluation, the whole recommendation, start-up and the page, all in one run.

Times are CPU time of this process, the median of several rounds; ratios are taken between
rounds that alternate, so that a busy machine slows both sides alike. Every round goes through
all sets of answers, so that none is still remembered when it comes up again.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.engine.scoring.evaluate import evaluate
from advisor.engine.scoring.index import index_of
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.query.query import Query
from advisor.query.write import query_string
from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app
from benchmarks import plain, scanning
from benchmarks.drawing import profiles
from benchmarks.large import large_rulebase
from benchmarks.serving import page_times

ROUNDS = 15
PROFILES = 40
MILLI = 1000
START = """
import asyncio, time
began = time.perf_counter()
import httpx
from advisor.settings import find_settings
from advisor.web.app import create_app
async def first():
    transport = httpx.ASGITransport(app=create_app(find_settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        (await client.get("/")).raise_for_status()
asyncio.run(first())
print(time.perf_counter() - began)
"""


def median_times(*works: Callable[[], object]) -> list[float]:
    """Return the median CPU seconds of each piece of work, rounds taken in turn."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, found in zip(works, times, strict=True):
            found.append(cpu_time(work))
    return [statistics.median(found) for found in times]


def evaluation(title: str, rulebase: RuleBase) -> None:
    """Print evaluation (totals and the fired rules) against the plain loop."""
    index = index_of(rulebase, Basis.CHECKED)
    sets = profiles(rulebase, PROFILES)
    none: frozenset[str] = frozenset()
    for answers in sets:
        ours = evaluate(index, index.row(answers.given))
        theirs = plain.evaluate(index.items, answers.given, none)
        points = [sum(theirs.totals.get(s, 0) for s in slots) for slots in index.totals]
        if ours.points.tolist() != points or tuple(index.listed(ours.fired)) != theirs.fired:
            sys.exit("the plain loop and the engine disagree; a figure would mean nothing")

    def indexed() -> None:
        for answers in sets:
            index.listed(evaluate(index, index.row(answers.given)).fired)

    def looped() -> None:
        for answers in sets:
            plain.evaluate(index.items, answers.given, none)

    fast, slow = median_times(indexed, looped)
    print(
        f"evaluation, {title}: {len(rulebase.questions)} questions, {len(index.items)} items: "
        f"{fast / PROFILES * MILLI:.4f} ms, plain loop {slow / PROFILES * MILLI:.4f} ms, "
        f"ratio {fast / slow:.3f}"
    )


def whole(title: str, rulebase: RuleBase) -> None:
    """Print the whole recommendation against one plain loop over the same rules."""
    index = index_of(rulebase, Basis.CHECKED)
    sets = profiles(rulebase, PROFILES)

    def complete() -> None:
        for answers in sets:
            recommend(rulebase, answers)

    def partial() -> None:
        for answers in sets:
            half = dict(list(answers.given.items())[::2])
            recommend(rulebase, Answers(given=half))

    def looped() -> None:
        for answers in sets:
            plain.evaluate(index.items, answers.given, frozenset())

    full, half, slow = median_times(complete, partial, looped)
    print(
        f"recommendation, {title}: all answered {full / PROFILES * MILLI:.3f} ms "
        f"({full / slow:.1f} plain loops), half answered {half / PROFILES * MILLI:.3f} ms "
        f"({half / slow:.1f})"
    )


def explained(rulebase: RuleBase) -> None:
    """Print the whole recommendation with everything that explains it."""
    for title, sets in shares(profiles(rulebase, PROFILES)):
        rounds = [
            [
                cpu_time(lambda some=some: explain(rulebase, recommend(rulebase, some)))
                for some in sets
            ]
            for _ in range(ROUNDS)
        ]
        print(f"explained, {title}: {figures(rounds)}")


def page(rulebase: RuleBase) -> None:
    """Print what the page of a recommendation costs the server, compressing it included."""
    app = create_app(find_settings(), rulebase)
    for title, sets in shares(profiles(rulebase, PROFILES)):
        queries = [query_string(Query(some)) for some in sets]
        rounds = [page_times(app, "/recommendation", queries) for _ in range(ROUNDS)]
        print(f"page, {title}: {figures(rounds)}")


def shares(sets: Sequence[Answers]) -> Iterator[tuple[str, list[Answers]]]:
    """Yield the sets of answers whole, and with every other answer left out."""
    for step, title in ((1, "all answered"), (2, "half answered")):
        yield title, [Answers(given=dict(list(a.given.items())[::step])) for a in sets]


def cpu_time(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def figures(rounds: Sequence[Sequence[float]]) -> str:
    """Say what the sets cost, each by the median of its rounds; the first round warms up."""
    times = sorted(statistics.median(times) * MILLI for times in zip(*rounds[1:], strict=True))
    most = times[len(times) * 95 // 100 - 1]
    return (
        f"median {statistics.median(times):.2f} ms, 95 of 100 at most {most:.2f} ms, "
        f"all at most {times[-1]:.2f} ms"
    )


def start() -> None:
    """Print the time from an empty process to the first answer."""
    times = [
        float(subprocess.check_output([sys.executable, "-c", START]))  # noqa: S603 - ours
        for _ in range(5)
    ]
    print(f"start to first answer: {statistics.median(times):.2f} s (wall clock)")


def main() -> None:
    """Run everything; the large rule base last, as it would weigh on all that comes after it."""
    real = load(Path(find_settings().rules))
    evaluation("real rule base", real)
    whole("real rule base", real)
    explained(real)
    page(real)
    start()
    scanning.main()
    big = large_rulebase(questions=200, rules=10_000)
    evaluation("large", big)
    whole("large", big)


if __name__ == "__main__":
    main()
