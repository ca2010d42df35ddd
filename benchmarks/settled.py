"""How often `settled` is said of leads that are: run with `python -m benchmarks.settled`.

Draws partial answers to the real rule base and goes through every completion of each, as far as
one with other leaders turns up. Exits with 1 where `settled` was said wrongly.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice, product
from math import prod
from pathlib import Path

import numpy as np

from advisor.engine.recommend import recommend
from advisor.engine.scoring.conditions import applying, counting
from advisor.engine.scoring.evaluate import evaluate
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.verdict import leading
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.rulebase.load import load
from advisor.settings import find_settings
from benchmarks.drawing import choice_sets, partial

SETS = 500
MOST = 1_000_000
"""Sets with more completions are left out, and counted."""


def completions(
    rulebase: RuleBase, given: Mapping[str, frozenset[str]], missing: list[str]
) -> Iterator[dict[str, frozenset[str]]]:
    """Yield every way to answer what is missing, or to leave it open."""
    options = [[None, *choice_sets(rulebase.questions[name])] for name in missing]
    for chosen in product(*options):
        pairs = zip(missing, chosen, strict=True)
        yield {**given, **{name: choices for name, choices in pairs if choices}}


def main() -> None:
    """Print recall, and the time that it takes to say."""
    rulebase = load(Path(find_settings().rules))
    index = index_of(rulebase, Basis.CHECKED)
    safe = said = wrong = skipped = tried = 0
    times = []
    for given, missing in partial(rulebase, SETS):
        if prod(1 + len(choice_sets(rulebase.questions[name])) for name in missing) > MOST:
            skipped += 1
            continue
        began = time.process_time()
        result = recommend(rulebase, Answers(given=given))
        times.append(time.process_time() - began)
        # A thousand completions at once, until one has other leaders.
        holds, left = True, completions(rulebase, given, missing)
        while holds and (some := list(islice(left, 1000))):
            rows = [index.row(counting(each, applying(rulebase, each))) for each in some]
            leaders = leading(evaluate(index, np.array(rows)))
            holds = bool((leaders == [name in result.leaders for name in index.names]).all())
            tried += len(some)
        safe += holds
        said += result.settled.lead
        wrong += result.settled.lead and not holds
    print(
        f"settled: {SETS} partial answers, {skipped} with too many completions left out, "
        f"{tried} completions tried; safe {safe}, said of {said}, wrongly of {wrong}, "
        f"recall {said / safe:.1%}; recommendation {statistics.median(times) * 1000:.2f} ms, "
        f"at most {max(times) * 1000:.2f} ms"
    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
