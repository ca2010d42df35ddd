"""What Python projects ask for, in each of the ways in which they write it."""

import pytest

from advisor.model.rulebase import ClueKind
from advisor.scan import python
from advisor.scan.clues import Scope
from advisor.yamlfile import read_yaml


def packages(clues):
    return {
        (clue.name, clue.versions, clue.line, clue.scope)
        for clue in clues
        if clue.kind is ClueKind.DEPENDENCY
    }


P, O, A = Scope.PROJECT, Scope.OPTIONAL, Scope.ASIDE  # noqa: E741


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Left_Pad>=1,<2  # why", {("python:left-pad", "<2,>=1", 1, P)}),
        ("a[b,C]==1", {("python:a", "==1", 1, P), ("python:a[b]", "==1", 1, P),
                       ("python:a[c]", "==1", 1, P)}),
        ("a ; sys_platform == 'darwin'", {("python:a", "", 1, O)}),
        ("a==1 \\\n  --hash=sha256:00", {("python:a", "==1", 1, P)}),
        ("a @ https://example.org/a-1-py3-none-any.whl", {("python:a", "==1", 1, P)}),
        ("https://example.org/x/a_b-1.2%2Bcpu-py3-none-any.whl",
         {("python:a-b", "==1.2+cpu", 1, P)}),
        ("./local\n-e .\n# a\n\n   \nb", {("python:b", "", 6, P)}),
        ("a==1\n    # via b\nb==2\n    # via -r all.in",
         {("python:a", "==1", 1, A), ("python:b", "==2", 3, P)}),
        ("a==1\n    # via\n    #   b\n    #   c\nb==1\nc==1",
         {("python:a", "==1", 1, A), ("python:b", "==1", 5, P), ("python:c", "==1", 6, P)}),
    ],
)  # fmt: skip
def test_requirements(line, expected):
    assert packages(python.requirements(line)) == expected


def test_where_packages_come_from():
    text = "--extra-index-url https://example.org/whl/cu118\na==1+cpu\n"
    found = [(c.name, c.line) for c in python.requirements(text) if c.kind is ClueKind.INDEX]
    assert found == [("https://example.org/whl/cu118", 1), ("+cpu", 2)]


def test_pyproject_with_groups_poetry_and_uv():
    text = """
[project]
name = "a"
dependencies = ["one>=1"]
[project.optional-dependencies]
more = ["two"]
[dependency-groups]
dev = ["three", {include-group = "other"}]
[tool.poetry.dependencies]
python = "^3.10"
four = "^1.2"
five = {version = "~2.1", extras = ["x"], optional = true}
six = [{version = "<2", python = "<3.8"}, {version = ">=2"}]
[tool.poetry.group.test.dependencies]
seven = "*"
"""
    found = packages(python.pyproject(text)) - {("python:python", ">=3.10,<4", 10, P)}
    assert {(name, versions, scope) for name, versions, _, scope in found} == {
        ("python:a", "", P),
        ("python:one", ">=1", P), ("python:two", "", O), ("python:three", "", A),
        ("python:four", "<2,>=1.2", P), ("python:five", "~=2.1.0", O),
        ("python:five[x]", "~=2.1.0", O), ("python:six", "<2", O), ("python:seven", "", A),
        ("python:python", "<4,>=3.10", P),
    }  # fmt: skip
    assert ("python:four", "<2,>=1.2", 11, P) in found


def test_locks_tell_what_was_chosen_from_what_came_along():
    uv = """
[[package]]
name = "app"
source = { virtual = "." }
dependencies = [{ name = "one" }]
[[package]]
name = "one"
version = "1.0"
dependencies = [{ name = "two" }]
[[package]]
name = "two"
version = "2.0"
"""
    expected = {("python:one", "==1.0", 7, P), ("python:two", "==2.0", 11, A)}
    assert packages(python.lock(uv)) == expected
    poetry = '[[package]]\nname = "one"\nversion = "1.0"\n[package.dependencies]\ntwo = "*"\n'
    poetry += '[[package]]\nname = "two"\nversion = "2.0"\n'
    assert {p[:2] + p[3:] for p in packages(python.lock(poetry))} == {
        ("python:one", "==1.0", P), ("python:two", "==2.0", A)
    }  # fmt: skip


def test_pipfile_setup_cfg_and_conda():
    pipfile = '[packages]\none = "==1.0"\ntwo = "*"\n[dev-packages]\nthree = "*"\n'
    assert packages(python.pipfile(pipfile)) == {
        ("python:one", "==1.0", 2, P), ("python:two", "", 3, P), ("python:three", "", 5, A)
    }  # fmt: skip
    cfg = (
        "[options]\ninstall_requires =\n    one>=1\n    two\n[options.extras_require]\nx = three\n"
    )
    assert packages(python.setup_cfg(cfg)) == {
        ("python:one", ">=1", 3, P), ("python:two", "", 4, P), ("python:three", "", 6, O)
    }  # fmt: skip
    conda = "channels: [nvidia]\ndependencies:\n- one=1.2=cuda_0\n- two>=2\n- pip:\n  - three==3\n"
    data = read_yaml(conda, "").data
    assert packages(python.conda_environment(data, conda)) == {
        ("conda:one", "==1.2.*", 3, P), ("conda:two", ">=2", 4, P), ("python:three", "==3", 6, P)
    }  # fmt: skip


def test_what_should_be_a_list_and_is_a_number_says_nothing():
    text = "channels: 3\ndependencies: [one]"
    assert packages(python.conda_environment(read_yaml(text, "").data, text)) == {
        ("conda:one", "", 2, P)
    }
    pipfile = "[packages]\none = {extras = 3}\n"
    assert packages(python.pipfile(pipfile)) == {("python:one", "", 2, P)}
