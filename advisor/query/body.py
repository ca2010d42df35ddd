"""A JSON body as bytes, turned into plain data with every fault that JSON readers hide.

Duplicate keys, NaN, numbers of any length, bytes that are not UTF-8, nesting without end.
Knows neither rule bases nor what the data mean.
"""

import json
from dataclasses import dataclass
from typing import NoReturn

from advisor.errors import Fault, Place
from advisor.query import tree
from advisor.query.form import Form
from advisor.query.wording import harmless, shown
from advisor.yamlfile import Steps, written

MAX_DEPTH = 8
"""Deeper than any body that could be right."""

BODY = Place("body")


class _Refused(Exception):  # noqa: N818 - it carries the fault, it is not one more kind of error
    """The whole body is refused."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it was written: nothing here counts with it."""

    written: str

    def __str__(self) -> str:
        return self.written


class _Pairs(list[tuple[str, object]]):
    """An object as it was written, repeated keys included."""


class InBody:
    """Says where in a body something stands."""

    def place(self, steps: Steps = ()) -> Place:
        """Return the place of the value at `steps`."""
        return Place("body", path=harmless(written(steps)))

    def key_place(self, steps: Steps) -> Place:
        """Return the place of the key at the end of `steps`."""
        return self.place(steps)


def form_of(body: bytes) -> Form:
    """Bring a JSON body into the neutral form."""
    faults: list[Fault] = []
    try:
        data = _plain(_parsed(body), (), faults)
    except _Refused as refused:
        return Form(faults=(refused.fault,))
    form = tree.form_of(data, InBody())
    return Form(form.answers, form.settings, (*faults, *form.faults))


def _parsed(body: bytes) -> object:
    """Parse the body; objects keep their repeated keys and numbers their digits."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8"
        raise _Refused(Fault(BODY, "not-utf-8", message, "JSON in UTF-8")) from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        place = Place("body", error.lineno, error.colno)
        message = f"this is not JSON: {error.msg.lower()}"
        raise _Refused(Fault(place, "not-json", message, "one JSON object")) from None
    except RecursionError:
        raise _too_deep(BODY) from None


def _no_constant(name: str) -> NoReturn:
    message = f"{name} stands in it, which JSON does not have"
    raise _Refused(Fault(BODY, "not-json", message, "text in quotes"))


def _too_deep(place: Place) -> _Refused:
    message = f"lists and objects are nested more than {MAX_DEPTH} deep"
    return _Refused(Fault(place, "too-deep", message, "a flatter form"))


def _plain(data: object, steps: Steps, faults: list[Fault]) -> object:
    """Turn what was parsed into plain data; of a repeated key the first stays, with a fault."""
    if len(steps) > MAX_DEPTH:
        raise _too_deep(InBody().place(steps))
    if isinstance(data, _Pairs):
        plain: dict[str, object] = {}
        for key, value in data:
            if key in plain:
                message = f"the key {shown(key)} is given more than once"
                place = InBody().place((*steps, key))
                faults.append(Fault(place, "duplicate-key", message, "each key once"))
            else:
                plain[key] = _plain(value, (*steps, key), faults)
        return plain
    if isinstance(data, list):
        return [_plain(entry, (*steps, index), faults) for index, entry in enumerate(data)]
    return data
