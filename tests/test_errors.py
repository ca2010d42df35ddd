"""What is taken for a slip of the pen, and what is not."""

import pytest

from advisor.errors import nearest

KNOWN = ("2026.11", "2026.12", "2026.12.1", "latest", "draft", "d1-40", "d1-41", "web", "mobile")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("wbe", "web"),
        ("Moblie", "mobile"),
        ("lates", "latest"),
        ("atest", "latest"),
        ("202612", "2026.12"),
        # Whoever mistypes a number may mean any other.
        ("2020.1", ""),
        ("2026.21", ""),
        ("d1-42", ""),
        ("late", "latest"),
        ("bil", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_the_same_but_for_a_slip(given, meant):
    assert nearest(given, KNOWN) == meant


def test_among_none_nothing_is_near():
    assert nearest("web", ()) == ""
