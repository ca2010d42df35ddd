"""`advisor new` writes a sound entry beside its kin, and nothing where that cannot be."""

import shutil

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES

from advisor.cli.main import main

KINDS = ["claim", "rule", "question", "case"]


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(BICYCLES, folder)
    return folder


def run(rules, *arguments):
    return CliRunner().invoke(main, ["new", *arguments, "--rules", str(rules)])


def contents(rules):
    return {path: path.read_text() for path in rules.rglob("*.yaml")}


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_stands_where_it_is_said_to_and_is_sound(rules, kind):
    done = run(rules, kind, "something-new")
    assert done.exit_code == 0
    file, line, said = done.stdout.split(":", 2)
    assert kind in said
    (path,) = (each for each in rules.rglob("*.yaml") if str(each) == file)
    lines = path.read_text().splitlines()
    assert lines[int(line) - 1].strip() == "- id: something-new"
    lint = CliRunner().invoke(main, ["lint", str(rules)])
    # A rule fires in no case yet: that is for its author to say.
    codes = {row.split(": ")[1] for row in lint.stdout.splitlines() if ".yaml:" in row}
    assert codes <= {"never-fires"}


def test_all_kinds_one_after_the_other(rules):
    for kind in KINDS:
        assert run(rules, kind, f"new-{kind}").exit_code == 0
    assert "new-question]" in (rules / "rulebase.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("claim", "Bad_Id"), "'bad-id'"),
        (("question", "riding"), "there is a question 'riding'"),
        (("case", "school-run"), "there is a case 'school-run'"),
        (("rule", "new", "--file", "tradeofs/x.yaml"), "expected a file such as 'tradeoffs/"),
        (("rule", "new", "--file", "bicycles.cases.yaml"), "no rule is in"),
        (("thing", "new"), "'thing' is not one of"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(rules, arguments, said):
    before = contents(rules)
    done = run(rules, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert contents(rules) == before


def test_without_a_file_to_write_into_that_is_told(rules):
    (rules / "bicycles.cases.yaml").unlink()
    done = run(rules, "case", "new")
    assert (done.exit_code, "no file has a case yet" in done.stderr) == (2, True)
