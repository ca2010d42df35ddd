"""Reads what Python projects and conda environments ask for, and what Python source code uses."""

import ast
import configparser
import json
import re
import tomllib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from packaging.utils import canonicalize_name

from advisor.model.rulebase import ClueKind
from advisor.scan.clues import (
    Clue,
    Clues,
    Scope,
    addresses,
    conda_package,
    line_of,
    python_package,
    shell_line,
)

INCLUDE, CONSTRAINTS = "-r", "-c"
FILES = {INCLUDE: INCLUDE, "--requirement": INCLUDE}
FILES |= {CONSTRAINTS: CONSTRAINTS, "--constraint": CONSTRAINTS}
"""Options of a requirements file that name another one."""
_OPTION = re.compile(
    r"(-r|--requirement|-c|--constraint|-i|--index-url|--extra-index-url|-f"
    r"|--find-links)[ =]?\s*(\S+)"
)


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines of a text with their numbers, those joined that a backslash continues."""
    begun: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        begun.append(line.removesuffix("\\"))
        if not line.endswith("\\"):
            yield number - len(begun) + 1, " ".join(begun)
            begun = []
    if begun:
        yield number - len(begun) + 1, " ".join(begun)


def requirements(text: str) -> Clues:
    """Read a requirements file of pip; a package that only others in it want is aside.

    Such a file names those others after `# via`, where a tool has written it.
    """
    found: list[tuple[int, str]] = []
    wanted_by: dict[int, list[str]] = {}
    for number, line in logical_lines(text):
        said, _, comment = f" {line}".partition(" #")
        if said.strip():
            found.append((number, said.strip()))
        elif not comment.strip():
            continue
        if found and (via := comment.strip().removeprefix("via").strip()):
            within = wanted_by.get(found[-1][0]) is not None and not said.strip()
            if comment.strip().startswith("via") or within:
                wanted_by.setdefault(found[-1][0], []).extend(via.split(", "))
        elif found and comment.strip() == "via":
            wanted_by.setdefault(found[-1][0], [])
    names = {canonicalize_name(re.split(r"[\s\[=<>!~;@]", said)[0]) for _, said in found}
    for number, said in found:
        if option := _OPTION.match(said):
            other = FILES.get(option[1])
            kind = ClueKind.COMMAND if other else ClueKind.INDEX
            yield Clue(kind, f"{other} {option[2]}" if other else option[2], number)
            continue
        wanting = wanted_by.get(number, [])
        others = bool(wanting) and all(canonicalize_name(name) in names for name in wanting)
        scope = Scope.ASIDE if others else Scope.PROJECT
        yield from python_package(re.split(r"\s--\w", said)[0], number, scope)


def pyproject(text: str) -> Clues:
    """Read pyproject.toml: PEP 621, groups of PEP 735, Poetry, uv, PDM and Hatch."""
    data = tomllib.loads(text)
    project, tool = _table(data, "project"), _table(data, "tool")
    poetry = _table(tool, "poetry")
    # A project is what its name says, as much as those that ask for it.
    for own in (project.get("name"), poetry.get("name")):
        yield from _listed([own], text, "name")
    yield from _listed(project.get("dependencies"), text, "project")
    for written in _values(project, "optional-dependencies"):
        yield from _listed(written, text, "optional-dependencies", Scope.OPTIONAL)
    for written in [*_values(data, "dependency-groups"), *_values(tool, "pdm", "dev-dependencies"),
                    _table(tool, "uv").get("dev-dependencies")]:  # fmt: skip
        yield from _listed(written, text, "dependenc", Scope.ASIDE)
    yield from _versioned(poetry.get("dependencies"), text, "tool.poetry.dependencies")
    yield from _versioned(poetry.get("dev-dependencies"), text, "tool.poetry", Scope.ASIDE)
    for group in _values(poetry, "group"):
        yield from _versioned(_table(group, "dependencies"), text, "tool.poetry", Scope.ASIDE)
    sources = [tool.get(name, {}) for name in ("uv", "poetry", "pdm")]
    yield from addresses(sources, text, Scope.OPTIONAL)


def pipfile(text: str) -> Clues:
    """Read a Pipfile."""
    data = tomllib.loads(text)
    yield from _versioned(data.get("packages"), text, "[packages]")
    yield from _versioned(data.get("dev-packages"), text, "[dev-packages]", Scope.ASIDE)
    yield from addresses(data.get("source"), text)


def lock(text: str) -> Clues:
    """Read uv.lock, poetry.lock, pdm.lock or pylock.toml.

    What another package of it wants is aside, as nobody chose it.
    """
    data = tomllib.loads(text)
    listed = data.get("package", data.get("packages", ()))
    entries = (
        [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    )
    here = [each for each in entries if {"virtual", "editable"} & set(_table(each, "source"))]
    lines = {line: number for number, line in enumerate(text.split("\n"), start=1)}
    # The projects that the lock is for say themselves what they want; else the others tell.
    chosen = {name for entry in here for name in _names(entry.get("dependencies"))}
    others = {name for each in entries for name in _names(each.get("dependencies"))}
    for entry in entries:
        name, version = str(entry.get("name", "")), str(entry.get("version", ""))
        if not name or entry in here:
            continue
        line = lines.get(f'name = "{name}"', 1)
        direct = name in chosen if here else name not in others
        scope = Scope.PROJECT if direct else Scope.ASIDE
        yield from python_package(f"{name}=={version}" if version else name, line, scope)


def setup_cfg(text: str) -> Clues:
    """Read setup.cfg."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(text)
    yield from _listed([parser.get("metadata", "name", fallback="")], text, "name")
    yield from _listed(
        parser.get("options", "install_requires", fallback="").split("\n"), text, "install_requires"
    )
    if parser.has_section("options.extras_require"):
        for _, written in parser.items("options.extras_require"):
            yield from _listed(written.split("\n"), text, "extras_require", Scope.OPTIONAL)


def conda_environment(data: Mapping[str, Any], text: str) -> Clues:
    """Read an environment of conda that was parsed already, with what pip adds to it."""
    channels = data.get("channels")
    for channel in map(str, channels if isinstance(channels, list) else ()):
        yield Clue(ClueKind.INDEX, channel, line_of(text, channel))
    for entry in data.get("dependencies") or ():
        if isinstance(entry, str):
            yield from conda_package(entry, line_of(text, entry, "dependencies"))
        elif isinstance(entry, dict) and isinstance(entry.get("pip"), list):
            for written in map(str, entry["pip"]):
                line = line_of(text, written, "dependencies")
                yield from (replace(clue, line=line) for clue in requirements(written))


def _table(data: object, *keys: str) -> Mapping[str, Any]:
    """Return the table at the end of some keys; an empty one where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _values(data: object, *keys: str) -> list[object]:
    return list(_table(data, *keys).values())


def _names(dependencies: object) -> Iterator[str]:
    """Give the names of the packages that a package of a lock wants."""
    if isinstance(dependencies, dict):
        yield from map(canonicalize_name, dependencies)
    elif isinstance(dependencies, list):
        for each in dependencies:
            name = each.get("name") if isinstance(each, dict) else each
            yield canonicalize_name(re.split(r"[\s\[=<>!~;@]", str(name))[0])


def _listed(written: object, text: str, head: str, scope: Scope = Scope.PROJECT) -> Clues:
    """Read requirements in a list, which stands below a head in the text."""
    for each in written if isinstance(written, list) else ():
        if isinstance(each, str) and each.strip():
            line = line_of(text, each.strip(), head)
            yield from python_package(each.strip(), line, scope)


def _versioned(table: object, text: str, head: str, scope: Scope = Scope.PROJECT) -> Clues:
    """Read a table of names with versions, as Poetry and pipenv write them."""
    for name, said in table.items() if isinstance(table, dict) else ():
        details = (
            next((d for d in said if isinstance(d, dict)), {}) if isinstance(said, list) else said
        )
        details = details if isinstance(details, dict) else {"version": said}
        optional = details.get("optional") or details.get("platform") or isinstance(said, list)
        listed = details.get("extras")
        extras = ",".join(map(str, listed if isinstance(listed, list) else ()))
        marker = str(details.get("markers") or "")
        each = f"{name}[{extras}]" if extras else name
        each += _as_python(str(details.get("version") or ""))
        inner = Scope.OPTIONAL if optional and scope is Scope.PROJECT else scope
        line = line_of(text, name, head)
        yield from python_package(f"{each}; {marker}" if marker else each, line, inner)


def _as_python(version: str) -> str:
    """Write a version of Poetry or pipenv as Python does: `^1.2` becomes `>=1.2,<2`."""
    if caret := re.fullmatch(r"\^\s*(\d+)((?:\.\d+)*)", version):
        zero = re.match(r"\.(\d+)", caret[2])
        after = f"0.{int(zero[1]) + 1}" if caret[1] == "0" and zero else f"{int(caret[1]) + 1}"
        return f">={caret[1]}{caret[2]},<{after}"
    if tilde := re.fullmatch(r"~\s*(\d+(?:\.\d+)+)", version):
        return f"~={tilde[1]}.0" if tilde[1].count(".") == 1 else f"~={tilde[1]}"
    if re.fullmatch(r"\d[\w.+]*", version):
        return f"=={version}"
    return version if re.match(r"[<>=!~]", version) and "||" not in version else ""


LONGEST_NAME = 12
"""A dotted name of more parts is none that a package offers."""

LONGEST_VALUE = 60
"""Longer arguments, in characters, say nothing that a detector could name."""


AHEAD = 400
"""How many lines ahead a line of a notebook is looked for in its JSON."""

SETUP = {
    "name": Scope.PROJECT, "install_requires": Scope.PROJECT, "extras_require": Scope.OPTIONAL,
}  # fmt: skip
"""Arguments of setuptools' `setup` that name packages; a project is what its name says."""


def python_source(text: str) -> Clues:
    """Read a source file: what it imports, reaches, calls and derives from.

    Raises:
        SyntaxError: it is not Python, or not of this version.
        ValueError: the same.
        RecursionError: it is nested too deep.
        MemoryError: the same.
    """
    yield from _source_clues(_nodes(text))


def _nodes(text: str) -> list[ast.AST]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes that Python will refuse one day
        return list(ast.walk(ast.parse(text)))


def _source_clues(nodes: list[ast.AST]) -> Clues:
    names: dict[str, str] = {}
    found: list[tuple[ClueKind, str, int]] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            for each in node.names:
                bound = each.asname or each.name.partition(".")[0]
                names[bound] = each.name if each.asname else bound
                found.append((ClueKind.USE, each.name, node.lineno))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((ClueKind.USE, node.module, node.lineno))
            for each in node.names:
                names[each.asname or each.name] = name = f"{node.module}.{each.name}"
                found.append((ClueKind.USE, name, node.lineno))
    seen: dict[tuple[ClueKind, str], int] = {}
    for kind, name, line in (*found, *_uses(nodes, names)):
        seen[kind, name] = min(line, seen.get((kind, name), line))
    yield from (Clue(kind, name, line) for (kind, name), line in seen.items())


def setup_py(text: str) -> Clues:
    """Read setup.py, as source code, and for what its call of `setup` asks for."""
    nodes = _nodes(text)
    yield from _source_clues(nodes)
    for node in nodes:
        if isinstance(node, ast.keyword) and node.arg in SETUP:
            scope = SETUP[node.arg]
            for each in ast.walk(node.value):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield from python_package(each.value, each.lineno, scope)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            # Often a list is made first and passed on.
            called = "".join(each.id for each in node.targets if isinstance(each, ast.Name))
            if re.search(r"^(install_requires|requirements|required|requires)$", called.lower()):
                for each in node.value.elts:
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield from python_package(each.value, each.lineno)


def notebook(text: str) -> Clues:
    """Read the code of a notebook, and what its cells install."""
    data = json.loads(text)
    cells = data.get("cells") if isinstance(data, dict) else None
    raw = text.split("\n")
    at = 0
    for cell in cells if isinstance(cells, list) else ():
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source")
        lines = "".join(map(str, source)) if isinstance(source, list) else str(source)
        lines = lines.replace("\r\n", "\n").replace("\r", "\n")  # as Python counts them
        code: list[str] = []
        places: list[int] = []
        for line in lines.split("\n"):
            written = json.dumps(line, ensure_ascii=False)[1:-1]
            if written.strip():
                ahead = range(at, min(at + AHEAD, len(raw)))
                at = next((n for n in ahead if written in raw[n]), at)
            places.append(at + 1)
            magic = re.match(r"\s*[!%]+\s*(.*)", line)
            if magic:
                yield from shell_line(magic[1], at + 1)
            code.append("" if magic else line)
        try:
            found = list(python_source("\n".join(code)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # a cell of another language, or half written
        yield from (replace(clue, line=places[clue.line - 1]) for clue in found)


def _uses(nodes: list[ast.AST], names: dict[str, str]) -> Iterator[tuple[ClueKind, str, int]]:
    for node in nodes:
        if isinstance(node, ast.Attribute) and (name := _dotted(node, names)):
            yield ClueKind.USE, name, node.lineno
        elif isinstance(node, ast.Call):
            name = _dotted(node.func, names)
            if not name and isinstance(node.func, ast.Attribute):
                name = f".{node.func.attr}"  # of something that was made here
            if name:
                yield ClueKind.USE, f"{name}()", node.lineno
                yield from ((ClueKind.USE, f"{name}({said})", node.lineno) for said in _said(node))
        elif isinstance(node, ast.ClassDef):
            for base in filter(None, (_dotted(each, names) for each in node.bases)):
                yield ClueKind.SUBCLASS, base, node.lineno
                for each in node.body:
                    if isinstance(each, ast.FunctionDef):
                        yield ClueKind.SUBCLASS, f"{base}.{each.name}()", each.lineno


def _dotted(node: ast.AST, names: dict[str, str]) -> str:
    """Return the full name of what is reached by an import; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < LONGEST_NAME:
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in names:
        return ""
    return ".".join([names[node.id], *reversed(parts)])


def _said(call: ast.Call) -> Iterator[str]:
    """Give the arguments of a call that are written out: `4`, `devices=8`."""
    for prefix, value in [("", each) for each in call.args] + [
        (f"{each.arg}=", each.value) for each in call.keywords if each.arg
    ]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str | int | float):
            written = str(value.value)
            if len(written) <= LONGEST_VALUE:
                yield prefix + written
