"""What the advisor tells is what was recorded; `make moved` shows what is not."""

import json
import os

import pytest
from golden import net
from golden.record import RECORDED, digests
from support.real import loaded

GROUPS = [(rules, group) for rules in net.RULE_BASES for group in net.groups()]
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    monkeypatch.setattr(net, "load", loaded)


@pytest.mark.slow
@pytest.mark.parametrize(("rules", "group"), GROUPS)
def test_everything_told_is_as_recorded(rules, group):
    """All that is recorded cost a sixth of the whole suite; some of every kind has to do."""
    every = 1 if THOROUGH else 20 if group.startswith("result") else 12
    recorded = json.loads(RECORDED.read_text())["groups"][f"{rules}: {group}"][::every]
    told = digests(net.tell(rules, group, every))
    differing = [
        number * every
        for number, digest in enumerate(told)
        if digest not in recorded[number : number + 1]
    ]
    count = f"{len(differing)} of {len(recorded)}"
    assert (len(told), differing) == (len(recorded), []), (
        f"{count} digests of '{group}' of {rules} differ from those recorded: `make moved` shows "
        "which texts moved and how, `make golden` records them once that is wanted"
    )
