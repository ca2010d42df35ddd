"""What is read of an address that takes no answers."""

from advisor.query.fields import address_form
from advisor.web.dependencies import read_fields


def test_fields_that_are_known_are_read_and_all_others_told():
    values, faults = read_fields(address_form(b"a=1&b=2&c=&important=x"), {"a": None, "c": None})
    assert values == {"a": "1"}
    assert sorted(fault.place.path for fault in faults) == ["b", "important"]


def test_a_value_that_is_not_known_is_told_with_those_that_are():
    values, (fault,) = read_fields(address_form(b"a=oka"), {"a": ["oak", "elm"]})
    assert values == {}
    assert (fault.code, fault.expected, fault.nearest) == ("unknown-a", "one of oak, elm", "oak")
