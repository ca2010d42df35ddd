"""Rules of the house that a machine can hold: small files, no drawers, no names in the code."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

HOUSE = Path(__file__).parents[1]
CODE = sorted((HOUSE / "advisor").rglob("*.py"))
SHOWN = [*CODE, *(p for d in ("templates", "static") for p in sorted((HOUSE / d).rglob("*.*")))]
MOST_LINES = 400
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}


def relative(path):
    return str(path.relative_to(HOUSE))


def test_a_file_opens_by_saying_what_lives_there():
    assert [relative(path) for path in CODE if not path.read_text().startswith('"""')] == []


def test_a_file_is_short():
    files = [*CODE, *(HOUSE / "tests").rglob("*.py")]
    lines = {relative(path): len(path.read_text().splitlines()) for path in files}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


def test_no_file_is_a_drawer():
    assert not [relative(p) for p in CODE if p.stem in DRAWERS or p.parent.name in DRAWERS]


def test_inits_hold_a_docstring_and_no_imports():
    inits = [p for p in CODE if p.name == "__init__.py"]
    imports = {
        relative(path): found
        for path in inits
        if (found := re.findall(r"^(?:from|import) .*", path.read_text(), re.MULTILINE))
    }
    # That of the package as a whole says what NumPy reads when it is first imported.
    assert imports == {"advisor/__init__.py": ["import os"]}


WHOLE = ("laws", "zoo")
"""Tests of what holds for a whole room; all others are called after a module."""


@pytest.mark.parametrize(
    "room", sorted(p.parent.name for p in (HOUSE / "advisor").glob("*/__init__.py"))
)
def test_tests_mirror_the_package(room):
    folder = HOUSE / "advisor" / room
    modules = {"_".join(p.relative_to(folder).with_suffix("").parts) for p in folder.rglob("*.py")}
    modules |= {p.stem for p in folder.rglob("*.py")} | {*WHOLE}
    stray = [
        relative(test)
        for test in (HOUSE / "tests" / room).rglob("test_*.py")
        if not any(
            name == test.stem[5:] or test.stem[5:].startswith(f"{name}_") for name in modules
        )
    ]
    assert stray == []


def defined(kind):
    """Every class, or every function, of the package: its name with its file and length."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, kind):
                yield node.name, relative(path), node.end_lineno - node.lineno + 1


def test_a_class_name_stands_for_one_thing():
    places = defaultdict(set)
    for name, path, _ in defined(ast.ClassDef):
        places[name].add(path)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_functions_are_short():
    long = [each for each in defined((ast.FunctionDef, ast.AsyncFunctionDef)) if each[2] > 60]
    assert long == []


def framework_words():
    words = {"jax", "torch", "keras", "tensorflow", "onnx"}
    for path in (HOUSE / "rules" / "frameworks").glob("*.yaml"):
        framework = yaml.safe_load(path.read_text())
        words |= {framework["id"].lower(), framework["name"].lower()}
    return words


def font_names(path):
    """The words in a font: its table of names, two bytes a character, which start anywhere."""
    content = path.read_bytes()
    texts = [content[start:].decode("utf-16-be", errors="ignore") for start in (0, 1)]
    assert any("Advisor Sans" in text for text in texts)
    return " ".join(texts)


def test_nothing_in_the_code_names_a_framework():
    unknown = {path for path in SHOWN if path.suffix in {".png", ".woff2", ".ico"}}
    assert not unknown, "say here how to look into these kinds of files"
    named = re.compile("|".join(map(re.escape, framework_words())), re.IGNORECASE)
    texts = {p: font_names(p) if p.suffix == ".ttf" else p.read_text() for p in SHOWN}
    assert [relative(path) for path, text in texts.items() if named.search(text)] == []


def test_no_page_style_or_script_names_another_host():
    pattern = re.compile(
        r"""(?:src|href|url|@import)\s*[=(]?\s*["']?(?:https?:)?//""", re.IGNORECASE
    )
    shown = [p for p in SHOWN if p.suffix in {".html", ".css", ".js", ".svg"}]
    assert shown
    assert not [relative(p) for p in shown if pattern.search(p.read_text())]
