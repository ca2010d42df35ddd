"""Asks the package index which versions are the newest, and finds the entries that are behind.

uv asks, by its own interface and with the user's own configuration; no address stands here.
"""

import datetime
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.version import Version

from advisor.errors import Place
from advisor.model.knowledge import Claim, Tool
from advisor.rulebase.files import RawEntry, gather

PYTHONS = ("3.14", "3.13", "3.12", "3.11", "3.9")


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that names a package in the version that its text speaks of."""

    id: str
    package: str
    version: str
    place: Place
    lines: tuple[int, int]
    """The first and the last line of the entry, counted from 1."""


def named_packages(rules: Path) -> Iterator[Named]:
    """Give every claim and every tool with a `package: name==version`, in the order of files."""
    raw = gather(rules)
    entries: tuple[RawEntry[Claim] | RawEntry[Tool], ...]
    entries = (*raw.of(Claim), *raw.of(Tool))
    for entry in entries:
        if entry.shape.package:
            package, _, version = entry.shape.package.partition("==")
            lines = [entry.place(*steps).line for steps, _ in entry.walk()]
            place = entry.place("package")
            yield Named(entry.shape.id, package, version, place, (min(lines), max(lines)))


def newest(uv: str, packages: Iterable[str]) -> Mapping[str, str]:
    """Return the newest final version of each package, as far as the index knows it.

    Each is asked for on the newest Python that it has a version for.

    Raises:
        OSError: uv could not tell of a single one, such as without a network.
    """
    asked = [uv, "pip", "compile", "--no-deps", "--no-header", "--no-annotate", "--quiet"]
    asked += ["--prerelease", "disallow"]
    found: dict[str, str] = {}
    said = ""
    for package in sorted(set(packages)):
        for python in PYTHONS:
            done = subprocess.run(  # noqa: S603 - names of packages that the schema has held
                [*asked, "--python-version", python, "-"],
                input=package,
                capture_output=True,
                text=True,
                check=False,
            )
            said = said or done.stderr.strip()
            if told := re.match(r"[\w.-]+==(\S+)", done.stdout):
                found[package] = told[1]
                break
    if packages and not found:
        raise OSError(1, f"uv could not tell: {said}", "the package index")
    return found


def stale(named: Iterable[Named], current: Mapping[str, str]) -> Iterator[tuple[Named, str]]:
    """Give the entries that name an older version than the newest, with the newest."""
    for each in named:
        now = current.get(each.package, each.version)
        if Version(now) > Version(each.version):
            yield each, now


def write_version(rules: Path, entry: Named, version: str, day: datetime.date) -> None:
    """Put the newest version and the day into an entry, wherever the older one stands in it."""
    path = rules / entry.place.source
    lines = path.read_text(encoding="utf-8").split("\n")
    first, last = entry.lines
    whole = rf"(?<![\d.]){re.escape(entry.version)}(?!\d|\.\d)"
    for number in range(first - 1, last):
        line = re.sub(whole, version, lines[number])
        lines[number] = re.sub(r"^(\s*checked: ).*", rf"\g<1>{day}", line)
    path.write_text("\n".join(lines), encoding="utf-8")
