"""What source code uses, by its syntax tree."""

import json

import pytest

from advisor.scan import python


def uses(text, reader=python.python_source):
    return {(clue.kind.value, clue.name, clue.line) for clue in reader(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a.b as c\nc.d(1, x='y')",
         {("use", "a.b.d(1)", 2), ("use", "a.b.d(x=y)", 2), ("use", "a.b.d()", 2)}),
        ("from a import b\nclass C(b.D):\n  def m(self): pass",
         {("subclass", "a.b.D", 2), ("subclass", "a.b.D.m()", 3)}),
        ("def f(x):\n  return x.go('far')", {("use", ".go()", 2), ("use", ".go(far)", 2)}),
        ("from a import b as c\nc()", {("use", "a.b()", 2), ("use", "a", 1)}),
    ],
)  # fmt: skip
def test_names_are_followed_to_what_was_imported(text, expected):
    assert expected <= uses(text)


def test_text_and_comments_are_no_code():
    assert uses("# import a\nx = 'import a'\n") == set()
    assert uses("from . import a\na.b()\nown.c = 1\n") == {("use", ".b()", 2)}


def test_setup_py_says_what_it_asks_for():
    text = """from setuptools import setup
REQUIRED = ['one']
setup(install_requires=['two>=1'],
  extras_require={'x': ['three']})
"""
    found = {(c.name, c.line, str(c.scope)) for c in python.setup_py(text) if ":" in c.name}
    assert found >= {("python:one", 2, "project"), ("python:two", 3, "project"),
                     ("python:three", 4, "optional")}  # fmt: skip


@pytest.mark.parametrize("indent", [1, None])
def test_notebooks_are_read_cell_by_cell(indent):
    cells = [
        {"cell_type": "markdown", "source": ["import no\n"]},
        {"cell_type": "code", "source": ["!pip install left-pad\n", "import a\n", "a.b()"]},
        {"cell_type": "code", "source": "%%bash\nls"},
    ]
    text = json.dumps({"cells": cells}, indent=indent)
    found = uses(text, python.notebook)
    assert {(kind, name) for kind, name, _ in found} >= {
        ("dependency", "python:left-pad"),
        ("use", "a.b()"),
    }
    line = next(line for _, name, line in found if name == "a.b()")
    assert "a.b()" in text.split("\n")[line - 1]


def test_a_cell_may_end_lines_as_it_likes():
    cell = {"cell_type": "code", "source": "x = 1\rimport a\r\nimport b"}
    text = json.dumps({"cells": [cell]})
    names = {name for kind, name, _ in uses(text, python.notebook) if kind == "use"}
    assert names == {"a", "b"}
