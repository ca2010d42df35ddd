"""Measures a batch beside the single address: `python -m benchmarks.batch`.

Has the application answer 10,000 drawn projects as JSON lines, and a share of them one by one by
POST, in turn. Prints CPU seconds, the median of the rounds, and the share of the single address.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Sequence

import httpx
from fastapi import FastAPI

from advisor.query.write import answers_mapping
from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app
from benchmarks.drawing import profiles

PROJECTS = 10_000
SINGLE = 200
"""How many are asked one by one in each round; the time of all is taken to be in proportion."""

ROUNDS = 5


async def cpu(app: FastAPI, path: str, bodies: Sequence[str], media_type: str) -> float:
    """Return the CPU seconds that it takes to answer some bodies."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        began = time.process_time()
        for body in bodies:
            headers = {"Content-Type": media_type}
            (await client.post(path, content=body, headers=headers)).raise_for_status()
        return time.process_time() - began


def main() -> None:
    """Measure both in turn."""
    rulebase = load(find_settings().rules)
    app, path = create_app(find_settings(), rulebase), "/api/v1/recommendations"
    drawn = profiles(rulebase, PROJECTS)
    bodies = [json.dumps({"answers": answers_mapping(answers)}) for answers in drawn]
    lines = "\n".join(bodies)
    rounds = []
    for number in range(ROUNDS):
        batch = asyncio.run(cpu(app, f"{path}:batch", [lines], "application/x-ndjson"))
        some = bodies[number * SINGLE : (number + 1) * SINGLE]
        single = asyncio.run(cpu(app, path, some, "application/json"))
        rounds.append((batch, single * PROJECTS / SINGLE))
    batch, single = (statistics.median(taken) for taken in zip(*rounds, strict=True))
    share = statistics.median(batch / single for batch, single in rounds)
    print(f"batch of {PROJECTS}: {batch:.2f} s; one by one {single:.1f} s; share {share:.3f}")


if __name__ == "__main__":
    main()
