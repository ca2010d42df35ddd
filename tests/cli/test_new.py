"""`advisor new` writes a sound entry beside its kin, and nothing where that cannot be."""

import shutil
from pathlib import Path

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


def lint_of(rules):
    return CliRunner().invoke(main, ["lint", str(rules)]).stdout.splitlines()


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
    # A rule fires in no case yet: that is for its author to say.
    codes = {row.split(": ")[1] for row in lint_of(rules) if ".yaml:" in row}
    assert {"to-be-filled-in"} <= codes <= {"to-be-filled-in", "never-fires"}


@pytest.mark.parametrize("kind", KINDS)
def test_lint_names_every_text_that_is_still_to_be_filled_in(rules, kind):
    file, line, _ = run(rules, kind, "something-new").stdout.split(":", 2)
    told = [row for row in lint_of(rules) if ": to-be-filled-in: " in row]
    name = Path(file).relative_to(rules).as_posix()
    written = Path(file).read_text().splitlines()
    unfilled = [n for n, row in enumerate(written, 1) if "To be filled in" in row]
    assert [int(row.removeprefix(f"{name}:").split(":")[0]) for row in told] == unfilled
    assert min(unfilled) > int(line)
    Path(file).write_text(Path(file).read_text().replace("To be filled in", "What is so"))
    assert not any("to-be-filled-in" in row for row in lint_of(rules))


def test_a_first_case_of_a_subject_begins_a_file(rules):
    beside = (rules / "bicycles.cases.yaml").read_text()
    (rules / "tradeoffs" / "play.cases.yaml").write_text(
        "# yaml-language-server: $schema=x\n" + beside
    )
    (rules / "bicycles.cases.yaml").unlink()
    done = run(rules, "case", "to-the-lake", "--file", "tradeoffs/everyday.cases.yaml")
    assert done.exit_code == 0
    begun = (rules / "tradeoffs" / "everyday.cases.yaml").read_text()
    assert begun.startswith("# yaml-language-server: $schema=x\ncases:\n  - id: to-the-lake\n")
    assert {row.split(": ")[1] for row in lint_of(rules) if ".yaml:" in row} == {"to-be-filled-in"}


def test_a_first_rule_of_a_subject_begins_a_file_that_names_it(rules):
    assert run(rules, "rule", "new", "--file", "tradeoffs/towing.yaml").exit_code == 0
    begun = (rules / "tradeoffs" / "towing.yaml").read_text()
    assert begun.startswith("topic: towing\nrules:\n  - id: new\n")


def test_all_kinds_one_after_the_other(rules):
    for kind in KINDS:
        assert run(rules, kind, f"new-{kind}").exit_code == 0
    assert "new-question]" in (rules / "rulebase.yaml").read_text()


def test_of_a_rule_base_that_is_too_large_and_of_hidden_files_no_text_is_looked_at(rules):
    (rules / ".notes.yaml").write_text("text: To be filled in\n")
    assert not any("to-be-filled-in" in row for row in lint_of(rules))
    (rules / "claims" / "large.yaml").write_text("# To be filled in\n" + "#" * (16 << 20))
    assert {row.split(": ")[1] for row in lint_of(rules) if ".yaml" in row} == {"too-large"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("claim", "Bad_Id"), "'bad-id'"),
        (("question", "riding"), "there is a question 'riding'"),
        (("case", "school-run"), "there is a case 'school-run'"),
        (("rule", "new", "--file", "tradeofs/x.yaml"), "expected a file such as 'tradeoffs/"),
        (("rule", "new", "--file", "bicycles.cases.yaml"), "no rule is in"),
        (("case", "new", "--file", "../new.cases.yaml"), "no case is in"),
        (("case", "new", "--file", "nowhere/new.cases.yaml"), "no case is in"),
        (("rule", "new", "--file", "tradeoffs/nothing.yaml"), "is about 'nothing'; expected one"),
        (("question", "new", "--file", "questions/nothing.yaml"), "is about 'nothing'; expected"),
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
