"""Reads source code in Python, alone and in notebooks, by its syntax tree.

A notebook is read as the JSON that it is: the readers that know more of its format bring a dozen
packages, and none of what they know is needed.
"""

import ast
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace

from advisor.model.detectors import ClueKind
from advisor.scan.clues import Clue, Clues, Scope, python_package, shell_line

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
    names = dict(_imported(nodes))
    seen: dict[tuple[ClueKind, str], int] = {}
    for kind, name, line in (*_imports(nodes), *_uses(nodes, names)):
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


def _imported(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    """Give the names that imports bind, with what they stand for."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for each in node.names:
                bound = each.asname or each.name.partition(".")[0]
                yield bound, each.name if each.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((e.asname or e.name, f"{node.module}.{e.name}") for e in node.names)


def _imports(nodes: list[ast.AST]) -> Iterator[tuple[ClueKind, str, int]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((ClueKind.USE, each.name, node.lineno) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield ClueKind.USE, node.module, node.lineno
            for each in node.names:
                yield ClueKind.USE, f"{node.module}.{each.name}", node.lineno


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
