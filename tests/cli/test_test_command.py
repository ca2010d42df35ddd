"""`advisor test`: runs the cases and shows what decided those that fail."""

from click.testing import CliRunner
from support.bicycles import BICYCLES, CASES, changed, copied

from advisor.cli.main import main


def run(rules):
    return CliRunner().invoke(main, ["test", "--rules", str(rules)])


def test_cases_that_pass_are_counted():
    done = run(BICYCLES)
    assert done.exit_code == 0
    assert done.stdout == "8 cases, 16 results, none not as expected\n"


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
        "8 cases, 16 results, 1 not as expected",
    ]


def test_cases_that_cannot_be_read_are_misuse(tmp_path):
    done = run(changed(tmp_path, "verdict: clear", "verdict: sure"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: the cases cannot be used:\nbicycles.cases.yaml:8:16: ")


def test_no_cases_at_all_are_misuse(tmp_path):
    rules = copied(tmp_path)
    (rules / CASES).unlink()
    assert run(rules).exit_code == 2


def test_a_broken_rule_base_is_misuse(tmp_path):
    done = run(changed(tmp_path, "tie: 0", "tie: none", file="rulebase.yaml"))
    assert done.exit_code == 2
    assert "the rule base cannot be used" in done.stderr
