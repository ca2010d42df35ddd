"""A probe is one file that `uv run` alone runs, with exact pins, named after what it decides."""

import re
import tomllib
from pathlib import Path

import pytest
from support.real import real_rulebase

PROBES = sorted((Path(__file__).parents[1] / "probes").glob("*.py"))


def head_of(probe):
    """Return the metadata in the comment at the top (PEP 723)."""
    block = re.match(r"# /// script\n((?:#.*\n)+?)# ///\n", probe.read_text())
    return tomllib.loads(re.sub(r"^# ?", "", block[1], flags=re.MULTILINE))


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.stem)
def test_a_probe_pins_what_it_installs_and_names_what_it_decides(probe):
    head = head_of(probe)
    assert head["requires-python"]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", each) for each in head["dependencies"])
    assert not re.search(r"^\s*(?:import|from) advisor", probe.read_text(), re.MULTILINE)
    rulebase = real_rulebase()
    assert probe.stem in {*rulebase.claims, *rulebase.steps}


def test_there_are_probes():
    assert PROBES
