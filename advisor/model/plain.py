"""Nouns as plain data, such as JSON knows: one way for hashing, exporting and answering."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any

Forms = Mapping[type, Callable[[Any], object]]
"""For some types, what stands in the place of a value."""

AS_THEY_ARE: Forms = MappingProxyType({})


def plain(value: object, forms: Forms = AS_THEY_ARE) -> object:
    """Return a value of the model as dicts, lists, texts, numbers, booleans and None.

    A noun becomes a dict of its fields, in the order of the model; a mapping keeps its order; a
    set is sorted; a day becomes text such as `2026-12-01`.

    Args:
        value: a noun, or anything that a field of one holds.
        forms: what stands in the place of values of some types; it is made plain in its turn.
    """
    if form := forms.get(type(value)):
        value = form(value)
    if is_dataclass(value) and not isinstance(value, type):
        value = own_fields(value)
    match value:
        case Mapping():
            return {str(key): plain(item, forms) for key, item in value.items()}
        case frozenset():
            return sorted(str(item) for item in value)
        case tuple() | list():
            return [plain(item, forms) for item in value]
        case datetime.date():
            return value.isoformat()
        case _:
            return value


def own_fields(noun: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    """Return the fields of a noun by name, their values as they are."""
    return {field.name: getattr(noun, field.name) for field in fields(noun)}
