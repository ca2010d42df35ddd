"""Nouns as plain data, such as JSON knows: one way for hashing, keeping and answering, and back."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Forms = Mapping[type, Callable[[Any], object]]
"""For some types, what stands in the place of a value."""

AS_THEY_ARE: Forms = MappingProxyType({})

AS_IT_IS = frozenset({str, int, bool, type(None)})

N = TypeVar("N")

Make = Callable[..., Any]


def plain(value: object, forms: Forms = AS_THEY_ARE) -> object:
    """Return a value of the model as dicts, lists, texts, numbers, booleans and None.

    A noun becomes a dict of its fields, in the order of the model; a mapping keeps its order; a
    set is sorted; a day becomes text such as `2026-12-01`. What `forms` puts in the place of values
    of some types is made plain in its turn.
    """
    if value is None or isinstance(value, (str, int)):
        return value
    if type(value) in forms or not isinstance(value, (tuple, list, dict)):
        value = plainer(value, forms)
    # Most values are texts and numbers: they pass before anything slower is asked.
    if isinstance(value, (tuple, list)):
        return [each if type(each) in AS_IT_IS else plain(each, forms) for each in value]
    if isinstance(value, dict):
        return {
            str(key): each if type(each) in AS_IT_IS else plain(each, forms)
            for key, each in value.items()
        }
    return plain(value, forms)


def plainer(value: Any, forms: Forms = AS_THEY_ARE) -> object:  # noqa: ANN401 - any value of the model
    """Return a value with one layer made plain: what it holds stays as it is."""
    if form := forms.get(type(value)):
        return form(value)
    if isinstance(value, MappingProxyType):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return value.isoformat() if isinstance(value, datetime.date) else own_fields(value)


def own_fields(noun: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    """Return the fields of a noun by name, their values as they are."""
    names, values = _getter(cast("Any", type(noun)))
    return dict(zip(names, values(noun), strict=False))


@cache
def _getter(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[object, ...]]]:  # noqa: ANN401 - any dataclass
    """Return the names of a noun's fields, and what gives their values."""
    names = tuple(field.name for field in fields(kind))
    if len(names) == 1:
        return names, lambda noun: (getattr(noun, names[0]),)
    return names, attrgetter(*names)


def noun_of(kind: type[N], data: object) -> N:
    """Return the noun that `plain` made data of: `plain` of it gives the same data.

    A field that the data lack has its default, so that what was kept by an earlier advisor is read
    by a later one.

    Raises:
        KeyError, TypeError, ValueError: the data are not those of such a noun.
    """
    return cast("N", _maker(cast("Any", kind))(data))


@cache
def _maker(kind: Any) -> Make:  # noqa: ANN401, PLR0911 - any type that a field of a noun has
    """Return what makes a value of a type from plain data."""
    args, origin = get_args(kind), get_origin(kind) or kind
    if origin is UnionType:
        return _union([each for each in args if each is not type(None)])
    if origin is tuple:
        item = _maker(args[0])
        return lambda data: tuple([item(each) for each in data])
    if origin is Mapping:
        key, value = map(_maker, args)
        return lambda data: MappingProxyType({key(k): value(v) for k, v in data.items()})
    if is_dataclass(origin):
        hints, make = get_type_hints(origin), cast("Make", origin)
        makers = {field.name: _maker(hints[field.name]) for field in fields(origin)}
        return lambda data: make(**{name: makers[name](data[name]) for name in data})
    if origin is datetime.date:
        return datetime.date.fromisoformat
    if origin is frozenset or (isinstance(origin, type) and issubclass(origin, Enum)):
        return cast("Make", origin)
    return lambda data: data


def _union(kinds: list[Any]) -> Make:
    """Return what makes a value of one of several types: None, the only one, or the noun it fits.

    A noun fits that has all the fields of the data, and needs no others.
    """
    if len(kinds) == 1:
        make = _maker(kinds[0])
        return lambda data: None if data is None else make(data)
    known = [
        (
            {field.name for field in fields(kind) if field.default is MISSING},
            {field.name for field in fields(kind)},
            _maker(kind),
        )
        for kind in kinds
    ]

    def fitting(data: Mapping[str, object]) -> object:
        (make,) = [make for needed, all_, make in known if needed <= data.keys() <= all_]
        return make(data)

    return fitting
