"""Nouns as plain data: every field in order, sets sorted, mappings as they are."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

import pytest

from advisor.model.plain import noun_of, plain


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Part:
    names: frozenset[str]
    day: datetime.date


@dataclass(frozen=True)
class Whole:
    title: str
    parts: tuple[Part, ...]
    by_colour: MappingProxyType
    score: int | None
    firm: bool


WHOLE = Whole(
    "W", (Part(frozenset("ba"), datetime.date(2026, 12, 1)),),
    MappingProxyType({"z": (1,), Colour.RED: ()}), None, firm=True,
)  # fmt: skip


def test_a_noun_becomes_its_fields_in_order_with_all_that_they_hold():
    told = plain(WHOLE)
    assert told == {
        "title": "W",
        "parts": [{"names": ["a", "b"], "day": "2026-12-01"}],
        "by_colour": {"z": [1], "red": []},
        "score": None,
        "firm": True,
    }
    assert list(told) == ["title", "parts", "by_colour", "score", "firm"]
    assert list(told["by_colour"]) == ["z", "red"]


def test_a_form_stands_in_the_place_of_a_value_at_any_depth():
    forms = {Part: lambda part: {"names": part.names}, MappingProxyType: lambda m: list(m.items())}
    told = plain(WHOLE, forms)
    assert told["parts"] == [{"names": ["a", "b"]}]
    assert told["by_colour"] == [["z", [1]], ["red", []]]


def test_what_has_no_plain_form_is_refused():
    with pytest.raises(TypeError):
        plain((Fraction(1, 2),))


@dataclass(frozen=True)
class Cut:
    names: frozenset[str]
    depth: int


@dataclass(frozen=True)
class Kept:
    colour: Colour
    what: Part | Cut
    by_colour: Mapping[Colour, tuple[Cut, ...]]
    day: datetime.date | None
    later: tuple[str, ...] = ("new",)


@pytest.mark.parametrize("day", [None, datetime.date(2026, 12, 1)])
def test_a_noun_comes_back_from_its_plain_form(day):
    cut = Cut(frozenset("xy"), 3)
    for what in (cut, Part(frozenset("a"), datetime.date(2026, 1, 2))):
        kept = Kept(Colour.RED, what, {Colour.RED: (cut,)}, day, ())
        assert noun_of(Kept, plain(kept)) == kept


def test_a_field_that_is_lacking_has_its_default_and_none_is_dropped():
    told = plain(Kept(Colour.RED, Cut(frozenset(), 1), {}, None))
    del told["later"]
    assert noun_of(Kept, told).later == ("new",)
    with pytest.raises(KeyError):
        noun_of(Kept, told | {"unheard": 1})
    del told["day"]
    with pytest.raises(TypeError):
        noun_of(Kept, told)
