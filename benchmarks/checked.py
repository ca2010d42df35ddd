"""Measures `advisor check` of one file and of a thousand: `python -m benchmarks.checked`.

Freezes the rules twice into a folder of its own, so that each file is read by two editions, and
runs the command in processes of its own, in turn with a Python that only imports NumPy. Prints the
best seconds, and the processor's seconds, of each.
"""

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from advisor.editions import edition as editions
from advisor.model.recommendation import MODEL
from advisor.query.query import Expectation, Query
from advisor.query.write import answers_file
from advisor.rulebase.load import load
from advisor.settings import find_settings
from benchmarks.drawing import profiles

ROUNDS = 5
FILES = 1000


def prepare(folder: Path) -> list[str]:
    """Write two editions and many answers files below a folder; return the files' names."""
    rules = Path(shutil.copytree(find_settings().rules, folder / "rules"))
    shutil.rmtree(rules / editions.FOLDER, ignore_errors=True)
    rulebase = load(rules)
    for name in ("2000.01", "2000.02"):
        same = replace(rulebase, edition=name)
        day, hashed = datetime.date(2000, 1, 1), editions.written_hash(rules)
        made = editions.Edition(name, day, MODEL, editions.FORMAT, hashed, (), (), rulebase=same)
        editions.freeze(rules, made)
    names = []
    # Nearly all are as accepted, as they are in a repository of many projects on most days.
    expected = Expectation(frozenset(rulebase.frameworks))
    for number, answers in enumerate(profiles(rulebase, FILES)):
        file = folder / f"{number}.yaml"
        query = Query(answers, edition="2000.01", expect=expected)
        file.write_text(answers_file(query), "utf-8")
        names.append(str(file))
    return names


def measured(*arguments: str) -> tuple[float, float]:
    """Run Python once; return how many seconds it took, and how many of the processor."""
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own command
    after = os.times()
    used = after.children_user + after.children_system
    return time.perf_counter() - start, used - before.children_user - before.children_system


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = prepare(folder)
        check = ("-m", "advisor", "check", "--rules", str(folder / "rules"))
        what = {
            "import numpy": ("-c", "import numpy"),
            "check one file": (*check, files[0]),
            f"check {FILES} files": (*check, *files),
        }
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in what}
        for _ in range(ROUNDS):
            for name, arguments in what.items():
                seen[name].append(measured(*arguments))
    for name, runs in seen.items():
        wall, used = map(min, zip(*runs, strict=True))
        print(f"{name:>18}: {wall:.2f} s, {used:.2f} s of the processor")


if __name__ == "__main__":
    main()
