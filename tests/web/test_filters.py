"""Filters of templates: words and signs for whatever the model can say."""

import pytest

from advisor.model.knowledge import Basis, Evidence, Status
from advisor.model.recommendation import State
from advisor.model.rules import Phase, Role
from advisor.web.filters import CLAIM_SIGNS, TOOL_SIGNS, filters, short_title


@pytest.mark.parametrize("kind", [Status, Evidence, State, Phase, Role, Basis])
def test_every_value_has_words(rulebase, kind):
    words = filters(rulebase)["words"]
    assert all(words(value) for value in kind)


def test_every_status_has_a_sign_and_no_two_kinds_share_a_name(rulebase):
    assert set(CLAIM_SIGNS) == set(Status)
    assert {tool.status for tool in rulebase.tools.values()} <= set(TOOL_SIGNS)
    assert not set(CLAIM_SIGNS) & set(TOOL_SIGNS)
    sign = filters(rulebase)["sign"]
    assert sign(Status.HOLDS) == CLAIM_SIGNS["holds"]


def test_a_title_loses_its_full_stop_and_ends_between_words():
    assert short_title("It runs in browsers.") == "It runs in browsers"
    long = short_title("word " * 40)
    assert len(long) <= 70
    assert long.endswith("word…")
