"""`advisor lint` tells every fault at once, in three forms; `advisor test` what decided a case."""

import errno
import json
import os

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES, CASES, changed, copied

from advisor.cli.main import main


def lint(rules, *arguments):
    return CliRunner().invoke(main, ["lint", "--rules", str(rules), *arguments])


@pytest.mark.parametrize("command", ["lint", "test"])
def test_the_folder_can_be_an_argument_too(command):
    by_argument = CliRunner().invoke(main, [command, str(BICYCLES)])
    by_option = CliRunner().invoke(main, [command, "--rules", str(BICYCLES)])
    assert by_argument.exit_code == 0
    assert by_argument.stdout == by_option.stdout
    both = CliRunner().invoke(main, [command, str(BICYCLES), "--rules", str(BICYCLES)])
    assert both.exit_code == 2
    assert "choose one" in both.stderr


@pytest.fixture
def broken(tmp_path):
    """The example with a fault in a rule and one in a case."""
    rules = changed(tmp_path, "points: 1", "points: 1.5", file="tradeoffs/storage.yaml")
    text = (rules / CASES).read_text()
    (rules / CASES).write_text(text.replace("verdict: clear", "verdict: sure", 1))
    return rules


def test_a_sound_rule_base_is_counted():
    done = lint(BICYCLES)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[:3] == ["     3 frameworks", "     6 questions", "     4 sources"]
    once = "entries that fire in one case only"
    assert lines[-3:] == ["     9 cases", f"     7 {once}", "no faults"]


def test_faults_of_rules_and_cases_are_told_together(broken):
    done = lint(broken)
    assert done.exit_code == 1
    assert [line.split(": ")[:2] for line in done.stdout.splitlines()] == [
        ["bicycles.cases.yaml:8:16", "unknown-word"],
        ["tradeoffs/storage.yaml:17:60", "wrong-type"],
        ["2 faults"],
    ]


def test_a_rule_that_fires_in_no_case_is_a_fault(tmp_path):
    rules = copied(tmp_path)
    text = (rules / CASES).read_text()
    (rules / CASES).write_text(text.replace("weather: all-year", "weather: fair"))
    done = lint(rules)
    assert done.exit_code == 1
    assert (
        "tradeoffs/everyday.yaml:28:9: never-fires: 'rain-is-level' fires in no case" in done.stdout
    )


def test_an_unknown_answer_in_a_case_is_a_fault(tmp_path):
    done = lint(changed(tmp_path, "hills: flat", "hils: flat"))
    assert done.exit_code == 1
    assert done.stdout.endswith("\n1 fault\n")
    assert "bicycles.cases.yaml:5:71: unknown-key: there is no question 'hils'" in done.stdout


def test_json_tells_the_same(broken):
    done = lint(broken, "--format", "json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [(fault["file"], fault["line"], fault["column"]) for fault in told["faults"]] == [
        ("bicycles.cases.yaml", 8, 16),
        ("tradeoffs/storage.yaml", 17, 60),
    ]
    assert told["faults"][0]["code"] == "unknown-word"
    assert told["counts"] == {}
    sound = json.loads(lint(BICYCLES, "--format", "json").stdout)
    assert (sound["faults"], sound["counts"]["cases"]) == ([], 9)
    assert "lamp-posts" in sound["fire-once"]


def test_annotations_name_the_file_as_seen_from_the_repository(broken):
    lines = lint(broken, "--format", "github").stdout.splitlines()
    where, _, said = lines[0].removeprefix("::error ").partition("::")
    assert where == f"file={broken}/bicycles.cases.yaml,line=8,col=16,title=unknown-word"
    assert said.startswith("'verdict' cannot be 'sure'; expected ")


def test_a_folder_that_is_missing_is_misuse_and_an_empty_one_a_finding(tmp_path):
    assert lint(tmp_path / "nowhere").exit_code == 2
    done = lint(tmp_path)
    assert done.exit_code == 1
    assert "missing-file" in done.stdout
    assert "no-cases" in done.stdout


def test_what_is_no_file_is_a_fault_and_no_traceback(tmp_path):
    rules = copied(tmp_path)
    (rules / "sources.yaml").unlink()
    os.mkfifo(rules / "sources.yaml")
    (rules / "notes.cases.yaml").mkdir()
    done = lint(rules)
    assert done.exit_code == 1
    assert "notes.cases.yaml: no-file: " in done.stdout
    assert "sources.yaml: no-file: " in done.stdout


def test_a_file_that_cannot_be_read_is_misuse_and_no_traceback(monkeypatch, tmp_path):
    def refused(*_):
        raise PermissionError(errno.EACCES, "Permission denied", "notes.yaml")

    monkeypatch.setattr("advisor.cli.lint.load", refused)
    done = lint(copied(tmp_path))
    assert done.exit_code == 2
    assert "notes.yaml: Permission denied" in done.stderr


def run(rules):
    return CliRunner().invoke(main, ["test", "--rules", str(rules)])


def test_cases_that_pass_are_counted():
    done = run(BICYCLES)
    assert done.exit_code == 0
    assert done.stdout == "9 cases, 17 results, none not as expected\n"


def test_a_case_that_fails_is_a_finding_with_what_decided(tmp_path):
    done = run(changed(tmp_path, "leaders: [cargo-bike]", "leaders: [city-bike]"))
    assert done.exit_code == 1
    first, *lines = done.stdout.splitlines()
    assert first.startswith("bicycles.cases.yaml:3:9: school-run, on checked: Two small children")
    assert lines == [
        "  leaders are cargo-bike, expected city-bike",
        "                           cargo-bike/pedals  city-bike",
        "    children-in-the-box                   +3          .",
        "    room-in-the-garage                    +1          .",
        "    short-ways-any-weight                 +1          .",
        "    score                                  5          0",
        "",
        "9 cases, 17 results, 1 not as expected",
    ]


def test_cases_that_cannot_be_read_are_misuse(tmp_path):
    done = run(changed(tmp_path, "verdict: clear", "verdict: sure"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: the cases cannot be used:\nbicycles.cases.yaml:8:16: ")


def test_a_file_of_cases_that_is_only_a_link_to_nothing_is_a_fault(tmp_path):
    rules = copied(tmp_path)
    (rules / "gone.cases.yaml").symlink_to("nowhere.yaml")
    done = lint(rules)
    assert done.exit_code == 1
    assert done.stdout.startswith("gone.cases.yaml: no-file: ")


def test_no_cases_at_all_are_misuse(tmp_path):
    rules = copied(tmp_path)
    (rules / CASES).unlink()
    assert run(rules).exit_code == 2


def test_a_broken_rule_base_is_misuse(tmp_path):
    done = run(changed(tmp_path, "tie: 0", "tie: none", file="rulebase.yaml"))
    assert done.exit_code == 2
    assert "the rule base cannot be used" in done.stderr
