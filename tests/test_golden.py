"""What the advisor tells is what was recorded; `make moved` shows what is not."""

import json
import os

import pytest
from golden import net
from golden.record import RECORDED, TOGETHER, digests

GROUPS = [(rules, group) for rules in net.RULE_BASES for group in net.groups()]
DRAWN = net.DRAWN if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else net.DRAWN // 5
"""All recorded sets of answers cost a sixth of the whole suite, so a fifth of them has to do."""


@pytest.mark.parametrize(("rules", "group"), GROUPS)
def test_everything_told_is_as_recorded(rules, group):
    recorded = json.loads(RECORDED.read_text())["groups"][f"{rules}: {group}"]
    if group.startswith("result"):
        recorded = recorded[: DRAWN // TOGETHER]
    told = digests(net.tell(rules, group, DRAWN))
    differing = [
        number for number, digest in enumerate(told) if digest not in recorded[number : number + 1]
    ]
    assert (len(told), differing) == (len(recorded), [])
