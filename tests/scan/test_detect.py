"""Detectors against clues, and what is concluded."""

import pytest

from advisor.scan.detect import are_among


@pytest.mark.parametrize(
    ("asked", "allowed", "expected"),
    [
        ("<2", "<2", True), ("==1.15", "<2", True), ("==1.15.*", "<2", True), ("~=1.4", "<2", True),
        (">=1,<1.16", "<2", True), (">=1.4", "<2", False), ("", "<2", False), ("<=2", "<2", False),
        (">=2.1", ">=2", True), ("==2.15.0+cpu", ">=2", True), (">1", ">=2", False),
        ("!=1.3", "<2", False),
        ("==2.3.0rc0", ">=2", True), (">2,<1", "<2", False), ("===nonsense", "<2", False),
    ],
)  # fmt: skip
def test_versions_asked_for_are_among_those_allowed(asked, allowed, expected):
    assert are_among(asked, allowed) is expected
