"""`advisor recommend` for several projects: JSON lines, lists and several files."""

import json

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES

from advisor.cli.main import main

LINE = '{"answers": {"riding": "new-bicycle"}}'


def run(*arguments, **more):
    return CliRunner().invoke(main, ["recommend", "--rules", str(BICYCLES), *arguments], **more)


def test_a_line_for_each_project_and_faults_apart(tmp_path):
    lines = tmp_path / "many.jsonl"
    lines.write_text(f'{LINE}\n{{"answers": {{"ridding": "x"}}}}\n{{"answers":\n')
    done = run(str(lines))
    assert done.exit_code == 2
    assert [line.split(": ")[0] for line in done.stdout.splitlines()] == [f"{lines}:1"]
    unknown, broken = done.stderr.splitlines()
    assert unknown.startswith(f"{lines}:2: answers.ridding: unknown-key: ")
    assert unknown.endswith("did you mean 'riding'?")
    assert broken.startswith(f"{lines}:3:12: not-json: ")


def test_as_json_problems_stand_among_the_results():
    done = run("-", "--json", input=f"{LINE}\n{{}}\n3\n")
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 2
    assert first["result"]["verdict"]
    assert second["result"]["verdict"] == "open"
    assert third["problem"]["code"] == "invalid-answers"
    assert third["file"] == "standard input"


def test_several_files_of_one_project_each_and_options_for_all(tmp_path):
    one, other = tmp_path / "one.yaml", tmp_path / "other.json"
    one.write_text("project: Ours\nanswers:\n  riding: new-bicycle\n")
    other.write_text(LINE)
    done = run(str(one), str(other), "--answer", "storage=garage")
    assert done.exit_code == 0
    first, second = done.stdout.splitlines()
    assert first.startswith(f"{one}: Ours: ")
    assert second.startswith(f"{other}: ")
    one.write_text("answers:\n  riding: new\n")
    done = run(str(one), str(other))
    assert done.exit_code == 2
    assert (
        done.stderr.startswith(f"{one}:2:11: answers.riding: ") or "unknown-choice" in done.stderr
    )


def test_one_project_in_a_file_is_told_in_full(tmp_path):
    one = tmp_path / "one.json"
    one.write_text(LINE)
    assert len(run(str(one)).stdout.splitlines()) > 5
    pretty = json.dumps(json.loads(LINE), indent=2)
    assert run("-", input=pretty).stdout == run(str(one)).stdout


@pytest.mark.parametrize("option", [["--record"], ["--trace"], ["--changes", "2"]])
def test_what_looks_at_one_project_is_misuse_for_several(option):
    done = run("-", *option, input=f"{LINE}\n{LINE}\n")
    assert done.exit_code == 2
    assert "look at one project" in done.stderr


def test_a_broken_list_is_told_with_its_place():
    done = run("-", input="[{},")
    assert done.exit_code == 2
    assert "standard input cannot be used" in done.stderr
