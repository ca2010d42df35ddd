"""`advisor scan`: as text, JSON, a link and an answers file."""

import json

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES
from support.real import loaded

from advisor.cli.main import main


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    monkeypatch.setattr("advisor.rulebase.load.load", lambda folder, **_: loaded(folder))


def run(*arguments):
    return CliRunner().invoke(main, ["scan", *map(str, arguments)])


@pytest.fixture
def project(tmp_path):
    (tmp_path / "requirements.txt").write_text("torch\ntorchserve\nfastapi\n")
    return tmp_path


def test_the_report_names_answers_places_tools_and_where_to_go_on(project):
    told = run(project).output
    assert "In PyTorch (says so)\n      requirements.txt:1 [torch-required]" in told
    assert "TorchServe (ended)" in told
    assert "[torchserve-archived]" in told
    assert "/questions?deploy=server&existing=pytorch&serving=ready-server" in told


def test_json_and_link_lead_to_the_same(project):
    told = json.loads(run(project, "--json").output)
    assert told["link"] == run(project, "--link").output.strip()
    said = {each["question"]: each for each in told["findings"]["suggestions"]}
    assert said["existing"]["seen"][0] == {
        "detector": "torch-required", "file": "requirements.txt", "line": 1, "sure": True,
        "weakened": False,
    }  # fmt: skip


def test_what_is_written_is_read_by_recommend_and_never_over_a_file(project, tmp_path):
    written = tmp_path / "advice.yaml"
    run(project, "--write", written)
    assert "existing: pytorch  # requirements.txt:1" in written.read_text()
    assert CliRunner().invoke(main, ["recommend", str(written)]).exit_code == 0
    again = run(project, "--write", written)
    assert again.exit_code == 2
    assert "exists already" in again.output


def test_misuse_and_a_rule_base_without_detectors(project):
    assert run(project / "requirements.txt").exit_code == 2
    assert run(project, "--json", "--link").exit_code == 2
    told = run(project, "--rules", BICYCLES)
    assert told.exit_code == 0
    assert "They suggest no answer." in told.output


def test_an_empty_answers_file_is_one(tmp_path):
    written = tmp_path / "advice.yaml"
    assert run(tmp_path, "--write", written).exit_code == 0
    assert CliRunner().invoke(main, ["recommend", str(written)]).exit_code == 0
