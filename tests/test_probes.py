"""A probe is one file that `uv run` alone runs, with exact pins; it runs commands as written."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from support.real import real_rulebase

PROBES = sorted((Path(__file__).parents[1] / "probes").glob("*.py"))
MOST_MEMORY = 3_000

SHELL = re.compile(r"(pip install|npm install|export) ")
"""Lines that make an environment: a probe has its own, or runs them apart from the rest."""


def head_of(probe):
    """Return the metadata in the comment at the top (PEP 723)."""
    block = re.match(r"# /// script\n((?:#.*\n)+?)# ///\n", probe.read_text())
    return tomllib.loads(re.sub(r"^# ?", "", block[1], flags=re.MULTILINE))


def texts_of(probe):
    """Return every text that stands in the program."""
    nodes = ast.walk(ast.parse(probe.read_text()))
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.stem)
def test_a_probe_pins_what_it_installs_and_has_a_record(probe):
    head = head_of(probe)
    assert head["requires-python"]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", each) for each in head["dependencies"])
    assert not re.search(r"^\s*(?:import|from) advisor", probe.read_text(), re.MULTILINE)
    (last,) = real_rulebase().records[probe.stem].runs[-1:]
    assert last.memory <= MOST_MEMORY


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.stem)
def test_a_probe_runs_the_commands_that_the_steps_print(probe):
    rulebase, texts = real_rulebase(), texts_of(probe)
    decided = {seen.decides for seen in rulebase.records[probe.stem].runs[-1].seen}
    for step in decided & {*rulebase.steps}:
        command = rulebase.steps[step].command
        parts = [part.splitlines() for part in command.split("\n\n")]
        own = [[line for line in part if not SHELL.match(line)] for part in parts]
        for part in [part for part in own if part] or parts:
            assert any(all(line in text for line in part) for text in texts), (step, part)


def test_every_record_has_its_probe():
    assert {probe.stem for probe in PROBES} == set(real_rulebase().records)
