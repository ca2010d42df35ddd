"""What the scan suggests for public projects, held against what people would fill in."""

import pytest
from support.real import real_rulebase
from support.trees import TREES, shares, table


def test_there_are_trees_enough_and_some_were_held_back():
    assert len(TREES) >= 40
    assert sum(bool(tree.get("held")) for tree in TREES) >= 12


@pytest.mark.parametrize("held", [False, True], ids=["tuned on", "held back"])
def test_nothing_is_wrong_and_most_is_found(held):
    rows = table(real_rulebase(), held=held)
    assert not {of: wrong for of, *_, wrong in rows if wrong}
    expected, found, _ = shares(rows)
    assert found >= 0.8 * expected
