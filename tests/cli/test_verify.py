"""`advisor verify` runs what was named, tells what changed, and writes records where asked."""

import json
import sys

import pytest
from click.testing import CliRunner
from defusedxml import ElementTree as Xml
from support.bicycles import copied

from advisor.cli.main import main
from advisor.rulebase.load import load

PROBE = """
import json
print(json.dumps({"seen": SEEN, "versions": {"scales": "1.0"}, "seconds": 2, "memory": 9}))
"""


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """A copy of the example with a probe beside it, and a stand-in for uv."""
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text(f'#!/bin/sh\nexec {sys.executable} "$2"\n')
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{uv.parent}:/bin:/usr/bin")
    rules = copied(tmp_path)
    see(rules, "scales", {"basket-carries": ["holds", "15 kg"], "axle-coupling": ["holds", "40"]})
    see(rules, "nose", {"garage-floor": ["holds", "dry"]})
    verify(rules, "--record")
    return rules


def see(rules, probe, seen):
    path = rules.parent / "probes" / f"{probe}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(PROBE.replace("SEEN", repr(seen)))


def verify(rules, *arguments):
    return CliRunner().invoke(main, ["verify", "--rules", str(rules), *arguments])


def test_what_is_as_recorded_is_the_same(rules):
    assert set(load(rules).records) == {"scales", "nose"}
    done = verify(rules)
    assert done.exit_code == 0
    assert done.stdout == "3 same, 0 changed, 0 inconclusive, 0 not recorded yet\n"
    assert "1/2 " in done.stderr
    assert "2 s, 9 MB" in done.stderr


def test_a_change_is_told_and_ends_with_1_and_is_written_only_where_asked(rules):
    see(rules, "scales", {"basket-carries": ["fails", "3 kg"]})
    done = verify(rules)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "scales: axle-coupling: inconclusive",
        "  now inconclusive: the probe no longer decides it",
        "  recorded holds: 40",
        "scales: basket-carries: changed",
        "  now fails: 3 kg",
        "  recorded holds: 15 kg",
        "1 same, 1 changed, 1 inconclusive, 0 not recorded yet",
    ]
    assert len(load(rules).records["scales"].runs) == 1
    assert verify(rules, "--record").exit_code == 1
    done = CliRunner().invoke(main, ["lint", str(rules)])
    assert "against-record: 'basket-carries' is 'holds', and the probe 'scales'" in done.stdout


def test_what_came_to_no_verdict_is_inconclusive_and_no_change(rules):
    (rules.parent / "probes" / "scales.py").write_text("raise SystemExit('no network')")
    done = verify(rules, "--record", "scales")
    assert done.exit_code == 0
    assert "now inconclusive: no network" in done.stdout
    assert load(rules).records["scales"].runs[0].times == 1


@pytest.mark.parametrize(
    ("arguments", "ran"),
    [
        (["nose"], {"nose"}),
        (["axle-coupling"], {"scales"}),
        (["--plan", "city-bike:trailer"], {"scales"}),
        (["--plan", "cargo-bike"], set()),
    ],
)
def test_probes_are_chosen_by_what_they_decide(rules, arguments, ran):
    told = json.loads(verify(rules, "--format", "json", *arguments).stdout)["verdicts"]
    assert {each["probe"] for each in told} == ran


def test_junit_tells_failures_and_skips(rules):
    see(rules, "scales", {"basket-carries": ["fails", "3 kg, in red: \x1b[31m"]})
    (suite,) = Xml.fromstring(verify(rules, "--format", "junit").stdout)
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
    assert [case.get("name") for case in suite if case.find("failure") is not None] == [
        "basket-carries"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["basket-carry"], "no probe decides 'basket-carry'; did you mean 'basket-carries'?"),
        (["--plan", "tandem"], "there is no framework 'tandem'; expected cargo-bike"),
        (["--probes", "nowhere"], "there are no probes in nowhere"),
    ],
)
def test_what_cannot_be_chosen_is_misuse(rules, arguments, said):
    done = verify(rules, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_without_uv_it_says_how_to_get_it(rules, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    done = verify(rules)
    assert done.exit_code == 2
    assert "uv is not on the PATH; `make verify` installs it" in done.stderr
