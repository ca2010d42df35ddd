"""Where files say what was answered, in an address and back."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.real import real_rulebase

from advisor.errors import Fault, Place
from advisor.model.rulebase import Sighting
from advisor.query.fields import Guesses, Value, read_seen, seen_word
from advisor.query.query import Query
from advisor.query.read import read_query_string
from advisor.query.write import query_string

HERE = Place("query", path="seen")
FILES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=99
)


@given(st.sampled_from(sorted(real_rulebase().detectors)), FILES, st.integers(0, 9_999_999),
       st.booleans())  # fmt: skip
def test_a_sighting_is_read_as_it_was_written(detector, file, line, weakened):
    sure = real_rulebase().detectors[detector].sure and not weakened
    seen = Sighting(detector, file, line, sure, weakened)
    assert read_seen(real_rulebase(), Value(seen_word(seen), HERE), Guesses()) == seen
    read = read_query_string(real_rulebase(), urlencode({"seen": seen_word(seen)}))
    assert (read.faults, read.query.seen) == ((), (seen,))
    assert query_string(read.query, {"seen"}).startswith(f"seen={detector}%40")
    assert query_string(read.query) == ""


def test_what_says_less_is_written_so_whatever_was_written_before():
    detector = next(iter(real_rulebase().detectors))
    for weakened, end in ((False, "%3A1"), (True, "%3A1~"), (False, "%3A1")):
        seen = Sighting(detector, "setup.py", 1, weakened=weakened)
        assert query_string(Query(seen=(seen,)), {"seen"}).replace(":", "%3A").endswith(end)


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("torch-requird@a.txt:1", "unknown-detector", "torch-required"),
        ("torch-required@a.txt", "bad-seen", ""),
        ("torch-required@:1", "bad-seen", ""),
        ("torch-required@" + "a" * 201 + ":1", "bad-seen", ""),
        ("torch-required@a\u202e.txt:1", "bad-seen", ""),
        ("torch-required@a.txt:12345678", "bad-seen", ""),
    ],
)
def test_what_says_no_place_is_a_fault(text, code, near):
    fault = read_seen(real_rulebase(), Value(text, HERE), Guesses())
    assert isinstance(fault, Fault)
    assert (fault.code, fault.nearest) == (code, near)


def test_there_are_not_too_many_places():
    words = "&".join(f"seen=torch-required@{n}.txt:1" for n in range(61))
    read = read_query_string(real_rulebase(), words)
    assert read.query.seen == ()
    assert [fault.code for fault in read.faults] == ["too-many-seen"]
