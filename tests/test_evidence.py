"""Probes are run by uv, each in a folder of its own, and whatever goes wrong is told as trouble."""

import sys
from pathlib import Path

import pytest

from advisor.evidence import Ran, probes_in, read_outcome, run_probe, run_probes
from advisor.model.knowledge import Seen, Sight

TOLD = {
    "seen": {"bell-rings": ["holds", "rang twice"], "bell-rusts": ["inconclusive", "no rain"]},
    "versions": {"python": "3.12.1", "bell": "1.3"},
    "seconds": 3,
    "memory": 120,
}
SEEN = (
    Seen("bell-rings", Sight.HOLDS, "rang twice"),
    Seen("bell-rusts", Sight.INCONCLUSIVE, "no rain"),
)


@pytest.fixture
def uv(tmp_path):
    """A stand-in that runs the probe in the environment of the tests."""
    path = tmp_path / "uv"
    path.write_text(f'#!/bin/sh\n[ "$1" = run ] && exec {sys.executable} "$2"\n')
    path.chmod(0o755)
    return str(path)


def probe(folder, text, name="bell"):
    path = folder / f"{name}.py"
    path.write_text(text)
    return path


def test_the_last_line_that_a_probe_prints_is_read(tmp_path, uv):
    path = probe(tmp_path, f"import json\nprint('warming up')\nprint(json.dumps({TOLD}))")
    assert run_probe(uv, path) == Ran("bell", SEEN, ("bell 1.3", "python 3.12.1"), 3, 120)


def test_a_probe_starts_in_an_empty_folder_without_what_is_ours(tmp_path, uv, monkeypatch):
    ours = ("PYTHONPATH", "OPENBLAS_NUM_THREADS")
    for name in ours:
        monkeypatch.setenv(name, "1")
    text = f"""
import json, os
here = str((os.listdir(), [name for name in {ours} if name in os.environ]))
print(json.dumps({TOLD | {"seen": {}}} | {{"seen": {{"bell": ["holds", here]}}}}))
"""
    assert run_probe(uv, probe(tmp_path, text)).seen[0].observed == "([], [])"


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("raise SystemExit('no such package')", "no such package"),
        ("", "it printed no verdict"),
        ("print('[]')", "it printed no verdict"),
        ('print(\'{"seen": {"a": ["perhaps", ""]}}\')', "it printed no verdict"),
    ],
)
def test_what_prints_no_verdict_is_trouble(tmp_path, uv, text, trouble):
    assert run_probe(uv, probe(tmp_path, text)) == Ran("bell", trouble=trouble)


def test_a_probe_without_end_is_ended(tmp_path, uv):
    text = "import time\ntime.sleep(60)"
    outcome = run_probe(uv, probe(tmp_path, text), patience=0.2)
    assert outcome.trouble == "no verdict after 0 seconds"


def test_probes_run_side_by_side_as_far_as_memory_goes(tmp_path, uv):
    # Each waits for the other: they only end where both run at once.
    for name, other in (("bell", "horn"), ("horn", "bell")):
        text = (
            f"import json, pathlib, time\nhere = pathlib.Path({str(tmp_path)!r})\n"
            f"(here / '{name}.there').touch()\n"
            f"while not (here / '{other}.there').exists(): time.sleep(0.01)\n"
            f"print(json.dumps({TOLD}))"
        )
        probe(tmp_path, text, name)
    probes = probes_in(Path(tmp_path))
    assert [*probes] == ["bell", "horn"]
    outcomes = list(run_probes(uv, probes.values(), memory=6))
    assert {outcome.probe for outcome in outcomes} == {"bell", "horn"}
    assert all(outcome.seen == SEEN for outcome in outcomes)


def test_a_line_without_versions_is_no_outcome():
    with pytest.raises(KeyError):
        read_outcome("bell", {"seen": {}})
