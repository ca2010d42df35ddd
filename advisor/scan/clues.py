"""What a file says, piece by piece, before anybody asks what it means."""

import re
import shlex
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import unquote

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion

from advisor.model.rulebase import ClueKind


class Scope(StrEnum):
    """For what a project has something, strongest first."""

    PROJECT = "project"
    """For itself."""
    OPTIONAL = "optional"
    """For some machines, or for those who ask for it."""
    ASIDE = "aside"
    """For its tests, its documentation, its builds, or because another package wants it."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that a file says.

    Example: of `numpy<2` in line 3 it is `Clue(ClueKind.DEPENDENCY, "python:numpy", 3, "<2")`.
    """

    kind: ClueKind
    name: str
    line: int
    """Counted from 1; 0 where the file has no lines."""
    versions: str = ""
    """Of a dependency, the versions asked for as Python writes them; empty where any will do."""
    scope: Scope = Scope.PROJECT


Clues = Iterator[Clue]

PLATFORM = re.compile(r"sys_platform|platform_|os_name")
_ADDRESS = re.compile(r"https?://[^\s'\",]+")
_WHEEL = re.compile(r"^https?://\S*/([^/\s?#]+\.whl)\b")
_WORD = re.compile(r"[\w@/.+-]+")
CANDIDATES = 5
"""How many lines with the first word of a name are held against the whole of it."""
MOST_ADDRESSES = 50
LONGEST_COMMAND = 4000
"""A longer line, in characters, is nothing that people wrote."""


@lru_cache(maxsize=2)
def _lines_of(text: str) -> tuple[list[str], Mapping[str, list[int]]]:
    """Return the lines of a text, and the numbers of those in which each word stands."""
    lines, found = text.split("\n"), dict[str, list[int]]()
    for number, line in enumerate(lines, start=1):
        for word in _WORD.findall(line):
            found.setdefault(word, []).append(number)
    return lines, found


@lru_cache(maxsize=32)
def _first_line(text: str, head: str) -> int:
    return text.count("\n", 0, max(text.find(head), 0)) + 1


def line_of(text: str, name: str, head: str = "") -> int:
    """Return the line in which a name stands, at or below a head if it can be; 1 where nowhere."""
    (every, words), word = _lines_of(text), _WORD.match(name)
    lines = words.get(word[0], []) if word else []
    after = lines[bisect_left(lines, _first_line(text, head)) :] or lines
    # Words come up in comments as well: a line that has all of the name is the better one.
    whole = (number for number in after[:CANDIDATES] if name in every[number - 1])
    return next(whole, next(iter(after), 1))


def python_package(written: str, line: int, scope: Scope = Scope.PROJECT) -> Clues:
    """Read a requirement as PEP 508 has it: `numpy[dev]>=2; python_version > "3.9"`."""
    try:
        if address := _WHEEL.search(written.partition(" @ ")[2] or written):
            written = "{}=={}".format(*parse_wheel_filename(unquote(address[1])))
        wanted = Requirement(written)
    except (InvalidRequirement, InvalidWheelFilename, InvalidVersion):
        return
    if wanted.marker and PLATFORM.search(str(wanted.marker)):
        scope = max(scope, Scope.OPTIONAL, key=list(Scope).index)
    name, versions = f"python:{canonicalize_name(wanted.name)}", str(wanted.specifier)
    yield Clue(ClueKind.DEPENDENCY, name, line, versions, scope)
    for extra in sorted(wanted.extras):
        yield Clue(ClueKind.DEPENDENCY, f"{name}[{extra.lower()}]", line, versions, scope)
    if local := re.search(r"\+[a-z0-9.]+", versions) or re.search(
        r"\+[a-z0-9.]+", wanted.url or ""
    ):
        yield Clue(ClueKind.INDEX, local[0], line, "", scope)


def conda_package(written: str, line: int, scope: Scope = Scope.PROJECT) -> Clues:
    """Read a package as conda has it: `conda-forge::numpy=1.12=py39_0`."""
    channel, _, rest = written.rpartition("::")
    found = re.fullmatch(r"\s*([\w.-]+)(?:\[.*\])?\s*(.*)", rest)
    if not found:
        return
    versions, _, build = found[2].replace("==", "=").strip().lstrip("=").partition("=")
    if found[2].startswith("=") and versions:
        versions = "==" + versions.strip().removesuffix("*").removesuffix(".") + ".*"
    elif not re.match(r"[<>!~]", found[2]):
        versions = ""
    else:
        versions = found[2].split(" ")[0]
    yield Clue(ClueKind.DEPENDENCY, f"conda:{found[1].lower()}", line, versions, scope)
    for index in filter(None, (channel, build)):
        yield Clue(ClueKind.INDEX, index, line, "", scope)


def shell_line(written: str, line: int, scope: Scope = Scope.PROJECT) -> Clues:
    """Read what a shell would run: the commands, and the packages that they install."""
    for command in re.split(r"&&|\|\||;|\|", written[:LONGEST_COMMAND]):
        try:
            words = shlex.split(command, comments=True)
        except ValueError:
            words = command.split()
        if not words:
            continue
        yield Clue(ClueKind.COMMAND, " ".join(words), line, "", scope)
        installer = next((n for n, word in enumerate(words[:-1]) if word == "install"), 0)
        by = re.sub(r"[\d.]+$", "", words[installer - 1].rpartition("/")[2]) if installer else ""
        readers = {"pip": python_package, "conda": conda_package, "mamba": conda_package}
        readers |= {"micromamba": conda_package, "add": python_package}
        if words[:2] in (["uv", "add"], ["poetry", "add"]):
            installer, by = 1, "add"
        if reader := readers.get(by):
            for word in words[installer + 1 :]:
                if not word.startswith("-"):
                    yield from reader(word, line, scope)
            for address in _ADDRESS.findall(command):
                yield Clue(ClueKind.INDEX, address, line, "", scope)


def packages(
    found: object, ecosystem: str, text: str, head: str = "", scope: Scope = Scope.PROJECT
) -> Clues:
    """Give the names of a table or list of packages, with their lines in a text."""
    names = found if isinstance(found, list | Mapping) else ()
    for name in names:
        if isinstance(name, str):
            line = line_of(text, name, head)
            yield Clue(ClueKind.DEPENDENCY, f"{ecosystem}:{name}", line, "", scope)


def addresses(found: object, text: str, scope: Scope = Scope.PROJECT) -> Clues:
    """Give the addresses in a part of a file, where packages come from."""
    for address in sorted(set(_ADDRESS.findall(str(found))))[:MOST_ADDRESSES]:
        line = text.count("\n", 0, max(text.find(address), 0)) + 1
        yield Clue(ClueKind.INDEX, address, line, "", scope)
