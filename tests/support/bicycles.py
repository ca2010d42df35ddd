"""The example rule base, for tests that need files: whole, or a copy that may be changed."""

import shutil
from pathlib import Path

BICYCLES = Path(__file__).parents[2] / "examples" / "bicycles"
CASES = "bicycles.cases.yaml"


def copied(folder):
    """Copy the example below a folder of a test."""
    return Path(shutil.copytree(BICYCLES, folder / "rules"))


def changed(folder, old, new, file=CASES):
    """Copy the example and change one thing in a file of it."""
    rules = copied(folder)
    text = (rules / file).read_text()
    assert text.count(old) >= 1
    (rules / file).write_text(text.replace(old, new, 1))
    return rules
