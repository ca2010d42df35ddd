"""Asks a server 200,000 times and watches its memory: `python -m benchmarks.soak [COUNT]`.

Needs /proc. Pages, results in every form, batches of knowledge and requests that are refused come
in turn. Prints what the process holds after each tenth of the requests, and the statuses. After
the second tenth all is there that a process remembers.
"""

import json
import random
import sys
import time
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

from advisor.editions.edition import open_shelf
from advisor.model.answers import Answers
from advisor.query.query import Query
from advisor.query.write import PATHS, answers_mapping, query_string
from advisor.settings import find_settings
from benchmarks.drawing import profiles
from benchmarks.large import SEED
from benchmarks.workers import PATH, running

PORT = 8703
CLIENTS = 8
COUNT = 200_000
SETS = 2000
KNOWLEDGE = ("/", "/claims", "/tools", "/sources", "/method", "/docs", "/openapi.json", "/readyz")
REFUSED = ("/nothing", "/recommendation.json?gaol=fun", "/claims/none", f"/{'x' * 9000}")
PICTURES = ("/recommendation.png", "/recommendation.svg")


def requests() -> list[tuple[str, str]]:
    """Draw addresses, each with the body that is sent to it, or none."""
    chance = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    found = [(address, "") for address in (*KNOWLEDGE, *REFUSED) for _ in range(40)]
    forms = [path for path in PATHS.values() if path not in PICTURES] + ["/questions", "/trace"]
    rulebase = open_shelf(find_settings().rules).current
    for answers in profiles(rulebase, SETS):
        kept = {n: said for n, said in answers.given.items() if chance.random() < 0.5}  # noqa: PLR2004
        # As pages write it: they would only redirect from anything else.
        query = query_string(Query(Answers(kept), edition=rulebase.edition))
        found += [(f"{path}?{query}", "") for path in forms]
        found.append((PATH, json.dumps({"answers": answers_mapping(answers)})))
        if chance.random() < 0.05:  # noqa: PLR2004
            found += [(f"{path}?{query}", "") for path in PICTURES]
    return found


def held(process: int) -> float:
    """Return the MiB that a process holds."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> None:
    """Ask, and print what came of it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    asked, statuses = requests(), Counter[int]()

    def ask(seed: int) -> None:
        chance, connection = random.Random(seed), HTTPConnection("127.0.0.1", PORT)  # noqa: S311
        while statuses.total() < count:
            address, body = chance.choice(asked)
            headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
            connection.request("POST" if body else "GET", address, body or None, headers)
            answer = connection.getresponse()
            answer.read()
            statuses[answer.status] += 1

    with running("advisor", "serve", "--port", str(PORT), port=PORT) as process:
        threads = [Thread(target=ask, args=[seed]) for seed in range(CLIENTS)]
        for thread in threads:
            thread.start()
        tenths: list[float] = []
        for tenth in range(1, 11):
            while statuses.total() < count * tenth // 10:
                time.sleep(0.1)
            tenths.append(held(process))
            print(f"{statuses.total():>8} requests, {tenths[-1]:.0f} MiB", flush=True)
        for thread in threads:
            thread.join()
    print(dict(sorted(statuses.items())))
    print(f"memory from the second tenth on: {tenths[-1] / tenths[1] - 1:+.1%}")


if __name__ == "__main__":
    main()
