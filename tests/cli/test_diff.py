"""`advisor diff` holds editions, folders and commits against each other, in three forms."""

import json
import subprocess

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES, changed
from support.published import frozen

from advisor.cli.main import main


def diff(*arguments):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.fixture
def rules(tmp_path):
    return changed(tmp_path, "points: 3", "points: 1", "tradeoffs/loads.yaml")


def test_folders_are_held_against_each_other(rules):
    told = diff(BICYCLES, rules)
    assert told.exit_code == 0
    assert "Rules: 1 changed" in told.stdout
    assert "~ children-in-the-box (points 3 → 1): Two small children" in told.stdout
    assert "school-run" in told.stdout
    assert "Who leads: another one in " in told.stdout


@pytest.mark.slow
def test_for_a_pull_request_it_is_markdown_and_for_programs_json(rules):
    told = diff(BICYCLES, rules, "--format", "markdown").stdout
    assert told.startswith("# What changed from ")
    assert "\n## Rules: 1 changed\n\n* " in told
    data = json.loads(diff(BICYCLES, rules, "--format", "json").stdout)
    assert data["entries"]["rules"]["changed"][0]["fields"] == ["points 3 → 1"]
    assert data["draws"] == 100_000


def test_an_edition_is_held_against_the_rules_as_they_are_written(rules):
    frozen(rules, "2026.06")
    assert "Who leads: another one in 0% ± 0.1" in diff("2026.06", "--rules", rules).stdout
    refused = diff("2026.07", "--rules", rules)
    assert (refused.exit_code, "an edition (2026.06)" in refused.output) == (2, True)


def test_a_commit_is_read_from_the_repository_of_the_rules(rules):
    def git(*arguments):
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", rules, *who, *arguments], check=True, capture_output=True)  # noqa: S603, S607

    git("init")
    git("add", ".")
    git("commit", "-m", "The first.")
    assert "Who leads: another one in 0% ± 0.1" in diff("HEAD", "--rules", rules).stdout
    for name in ("--output=x", "HEAD~9", "nothing"):
        assert diff("--rules", rules, "--", name).exit_code == 2
