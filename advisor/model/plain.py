"""Nouns as plain data, such as JSON knows: one way for hashing, exporting and answering."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

Forms = Mapping[type, Callable[[Any], object]]
"""For some types, what stands in the place of a value."""

AS_THEY_ARE: Forms = MappingProxyType({})


def plain(value: object, forms: Forms = AS_THEY_ARE) -> object:
    """Return a value of the model as dicts, lists, texts, numbers, booleans and None.

    A noun becomes a dict of its fields, in the order of the model; a mapping keeps its order; a
    set is sorted; a day becomes text such as `2026-12-01`. What `forms` puts in the place of values
    of some types is made plain in its turn.
    """
    # Most values are texts and numbers: they pass before anything slower is asked.
    if value is None or isinstance(value, str | int):
        return value
    if form := forms.get(type(value)):
        value = form(value)
    if isinstance(value, tuple | list):
        return [plain(item, forms) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item, forms) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return {name: plain(item, forms) for name, item in own_fields(value).items()}


def own_fields(noun: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    """Return the fields of a noun by name, their values as they are."""
    return {field.name: getattr(noun, field.name) for field in fields(noun)}
