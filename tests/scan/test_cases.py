"""Cases of the detectors: what differs is told, and so is a detector that no case needs."""

import shutil

import pytest
from click.testing import CliRunner
from support.real import RULES

from advisor.cli.main import main
from advisor.rulebase.files import DETECTOR_CASES


@pytest.fixture
def rules(tmp_path):
    return shutil.copytree(RULES, tmp_path / "rules")


def changed(rules, old, new):
    path = rules / DETECTOR_CASES
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def run(command, rules):
    return CliRunner().invoke(main, [command, str(rules)])


def test_a_case_that_comes_out_otherwise_fails(rules):
    changed(rules, "suggests: {field: [series]}", "suggests: {field: [tabular]}")
    changed(rules, "tools: [libtensorflow]", "tools: [theano]")
    done = run("test", rules)
    assert done.exit_code == 1
    assert "'suggests' of 'series': field: tabular is missing" in done.output
    assert "'suggests' of 'series': field: series is not expected" in done.output
    assert "'tools' of 'programs-in-cpp-and-rust' are libtensorflow" in done.output
    assert "scan cases, 2 not as expected" in done.output


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("field: [series]", "field: [serie]", "there is no answer 'serie' to 'field'"),
        ("tools: [libtensorflow]", "tools: [libtensor]", "there is no tool 'libtensor'"),
        ("id: tables", "id: series", "the case 'series' is given in"),
        ("darts", "nothing", "'series-required' recognises nothing in any case"),
    ],
)
def test_lint_names_what_is_wrong_with_a_case(rules, old, new, told):
    changed(rules, old, new)
    done = run("lint", rules)
    assert done.exit_code == 1
    assert told in done.output
