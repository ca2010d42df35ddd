"""What the documents for newcomers name is there: files, functions, targets of make."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from advisor.cli.main import main
from advisor.query.query import EXPECT_WORDS

HOUSE = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "docs/architecture.md"]
ALL = [*DOCUMENTS, "docs/contributing.md", "docs/agents.md"]
FOLDERS = (HOUSE, HOUSE / "advisor", HOUSE / "rules")
"""Where the files stand that are named without more."""


def text_of(document):
    """The text on one line, without blocks of code."""
    text = re.sub(r"```.*?```", "", (HOUSE / document).read_text(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


def defined_in(path):
    nodes = list(ast.walk(ast.parse(path.read_text())))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names = {node.name for node in nodes if isinstance(node, kinds)}
    return names | {node.id for node in nodes if isinstance(node, ast.Name)}


@pytest.mark.parametrize("document", ALL)
def test_every_file_that_is_named_with_its_folder_is_there(document):
    files = re.findall(r"`(\w[\w-]*/[\w/-]*(?:\.(?:py|html|yaml)|/))`", text_of(document))
    links = re.findall(r"\]\((\w[\w./-]+)(?:#[\w-]+)?\)", text_of(document))
    assert files or links
    assert not [f for f in files if not any((folder / f).exists() for folder in FOLDERS)]
    assert not [each for each in links if not (HOUSE / document).parent.joinpath(each).exists()]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_function_that_is_named_with_its_file_is_there(document):
    found = re.findall(r"`([\w.]+)`(?: for [\w ]+)? in `([\w/]+\.py)`", text_of(document))
    swapped = re.findall(r"`([\w/]+\.py)`: `([\w.]+)`", text_of(document))
    found += [(name, file) for file, name in swapped]
    assert found
    for name, file in found:
        path = next(folder / file for folder in FOLDERS if (folder / file).exists())
        assert {*name.split(".")} <= defined_in(path), (name, file)


def test_every_target_of_make_that_is_named_is_there():
    targets = re.findall(r"^([a-z-]+):", (HOUSE / "Makefile").read_text(), re.MULTILINE)
    for document in ("README.md", "docs/contributing.md"):
        named = re.findall(r"[`\n]make ([a-z-]+)", (HOUSE / document).read_text())
        assert named
        assert set(named) <= set(targets)


CI = (HOUSE / "docs" / "ci.md").read_text()


def test_the_answers_file_of_the_recipes_is_accepted(tmp_path):
    (example, *_) = re.findall(r"```yaml\n(.*?)```", CI, re.DOTALL)
    file = tmp_path / "advice.yaml"
    file.write_text(example)
    done = CliRunner().invoke(main, ["check", str(file), "--rules", str(HOUSE / "rules")])
    assert (done.exit_code, done.output.count("accepted")) == (0, 1)


def test_the_recipes_name_every_word_that_can_be_accepted():
    assert not [word for word in EXPECT_WORDS if f"| `{word}" not in CI]


def test_the_hook_of_pre_commit_is_the_command_of_the_recipes():
    (hook,) = yaml.safe_load((HOUSE / ".pre-commit-hooks.yaml").read_text())
    assert hook["entry"] == "advisor check"
    assert f"- id: {hook['id']}\n" in CI
    assert re.search(hook["files"], "services/a/advice.yaml")
