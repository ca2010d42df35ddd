"""Reads a zoo of faults: inputs, each with its exact report indented below it."""

from pathlib import Path

ZOO = Path(__file__).parents[1] / "query" / "zoo"


def animals(name):
    """Give each input of a zoo with the lines of its report."""
    found = []
    for line in (ZOO / name).read_text().splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found
