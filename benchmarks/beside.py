"""Measures an older commit beside this working tree: `python -m benchmarks.beside COMMIT`.

Makes a worktree of the commit with an environment of its own, starts `probe` in either, and takes
rounds in turn, so that a busy machine slows both alike. Each scores by its own rules; with
`--same-rules` both score by the commit's, so that only the code differs. Prints for every figure
the median over the sets of answers (of each set the median of its rounds) in either, and this
tree's share.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 9
FIGURES = {
    "memory after a page of every kind": 1,  # before results are remembered by the hundred
    "explained, all answered": ROUNDS,
    "explained, half answered": ROUNDS,
    "result page, all answered": ROUNDS,
    "result page, half answered": ROUNDS,
    "preview card": 3,
}
"""The figures that `probe` knows, with the rounds that each is given."""


class Probe:
    """A process that measures one checkout."""

    def __init__(self, python: str, checkout: Path, *rules: str) -> None:
        """Start it, with the folder of the rules unless they are its own."""
        self._process = subprocess.Popen(  # noqa: S603 - ours
            [python, str(ROOT / "benchmarks" / "probe.py"), *rules],
            env={**os.environ, "PYTHONPATH": str(checkout), "PYTHONSAFEPATH": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._asked, self._told = self._process.stdin, self._process.stdout

    def measure(self, figure: str) -> list[float]:
        """Take one round of a figure."""
        print(figure, file=self._asked, flush=True)
        return json.loads(self._told.readline())

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()


def environment(folder: Path, checkout: Path) -> str:
    """Make an environment with what a checkout asks for; return its Python."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    install = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    lock = checkout / "requirements" / "serve.txt"
    wanted = ["--requirement", str(lock)] if lock.exists() else [str(checkout)]
    subprocess.run([*install, *wanted], check=True)  # noqa: S603 - ours
    return python


def compare(before: Probe, after: Probe) -> None:
    """Print all figures of two checkouts."""
    for figure, rounds in FIGURES.items():
        taken = [(before.measure(figure), after.measure(figure)) for _ in range(rounds)]
        # The first round warms up what is remembered, where there is a second.
        counted = taken[1:] or taken
        old, new = (
            statistics.median(
                map(statistics.median, zip(*(both[side] for both in counted), strict=True))
            )
            for side in (0, 1)
        )
        unit, scale = ("MiB", 1) if "memory" in figure else ("ms", 1000)
        print(
            f"{figure}: {old * scale:.2f} {unit} before, {new * scale:.2f} {unit} now, "
            f"ratio {new / old:.2f}",
            flush=True,
        )


def main() -> None:
    """Set both up, compare them, and clear away."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside")
    parser.add_argument("commit", nargs="?", default="HEAD")
    parser.add_argument("--same-rules", action="store_true")
    asked = parser.parse_args()
    git = ["git", "-C", str(ROOT), "worktree"]
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        add = [*git, "add", "--quiet", "--detach", str(checkout), asked.commit]
        subprocess.run(add, check=True)  # noqa: S603
        try:
            before = Probe(environment(Path(folder) / "before", checkout), checkout)
            rules = [str(checkout / "rules")] if asked.same_rules else []
            after = Probe(environment(Path(folder) / "after", ROOT), ROOT, *rules)
            compare(before, after)
            before.end()
            after.end()
        finally:
            subprocess.run([*git, "remove", "--force", str(checkout)], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
