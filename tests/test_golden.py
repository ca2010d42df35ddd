"""What the advisor tells is what was recorded; `make moved` shows what is not."""

import json

import pytest
from golden import net
from golden.record import RECORDED, digests

GROUPS = [(rules, group) for rules in net.RULE_BASES for group in net.groups()]


@pytest.mark.parametrize(("rules", "group"), GROUPS)
def test_everything_told_is_as_recorded(rules, group):
    recorded = json.loads(RECORDED.read_text())["groups"][f"{rules}: {group}"]
    told = digests(net.tell(rules, group))
    differing = [
        number for number, digest in enumerate(told) if digest not in recorded[number : number + 1]
    ]
    assert (len(told), differing) == (len(recorded), [])
