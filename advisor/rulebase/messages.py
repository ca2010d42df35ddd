"""Says in plain words, with its place, what Pydantic finds wrong with the data of a file.

The words are ours. Of Pydantic's errors the type, the path, the input and the numbers are used; an
error that the table does not know, or whose numbers are missing, gets the words of its last row.

Example: `{"type": "int_type", "loc": ("rules", 2, "score", "points"), "input": "3"}` becomes
`wrong-type: 'points' is text, '3'; expected a whole number`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic_core import ErrorDetails

from advisor.errors import Fault, elsewhere, nearest
from advisor.model.written import (
    BYTES_PATTERN,
    COLOUR_PATTERN,
    ID_PATTERN,
    PACKAGE_PATTERN,
    URL_PATTERN,
)
from advisor.rulebase.schema import OURS, keys
from advisor.yamlfile import Document, Steps

Words = tuple[str, str, str]
"""Code, message and what was expected."""

UNKNOWN = "unexpected_keyword_argument"
"""What Pydantic calls a key that a shape does not have."""

KEY_MARKER = "[key]"
"""What Pydantic puts at the end of the path to a key that is wrong itself."""

MAX_SHOWN = 40
"""Longest value that a message repeats."""

_TYPES = {
    "str": "text", "int": "a number", "float": "a fraction", "bool": "true or false",
    "date": "a date", "list": "a list", "dict": "a mapping",
}  # fmt: skip

_IS = "{name} is {what}"
_LONE = "lone-word"
_WORDS: dict[str, Words] = {
    "missing": ("missing-key", "the key '{key}' is missing", "'{key}: ...'"),
    UNKNOWN: ("unknown-key", "there is no key {name}", "one of {keys}"),
    # The usual way to a key without a value: `{label: A model, from scratch}`.
    _LONE: (_LONE, "{name} is where a key should be",
            "quotes around the whole value where a comma belongs to it, or 'key: value'"),
    "none": ("no-value", "{name} has no value", "a value"),
    "string_type": ("wrong-type", _IS, "text, in quotes if it looks like something else"),
    "int_type": ("wrong-type", _IS, "a whole number"),
    "bool_type": ("wrong-type", _IS, "true or false"),
    "date_type": ("wrong-type", _IS, "a day, such as 2026-11-20, without quotes"),
    "list_type": ("wrong-type", _IS, "a list"),
    "dict_type": ("wrong-type", _IS, "a mapping"),
    "dataclass_type": ("wrong-type", _IS, "a mapping"),
    ID_PATTERN: ("bad-id", "{shown} cannot be an id", "small letters, digits and hyphens{example}"),
    URL_PATTERN: ("bad-address", "{shown} is not an address", "https://... or http://..."),
    PACKAGE_PATTERN: ("bad-package", "{shown} is no package in a version", "name==1.2.3"),
    COLOUR_PATTERN: ("bad-colour", "{shown} is not a colour",
                     "'#' and six digits or letters from a to f, in quotes"),
    BYTES_PATTERN: ("bad-bytes", "{shown} is no sequence of bytes",
                    "pairs of digits or letters from a to f, in quotes"),
    "enum": ("unknown-word", "{name} cannot be {shown}", "{choices}"),
    "literal_error": ("unknown-word", "{name} cannot be {shown}", "{choices}"),
    "greater_than_equal": ("out-of-range", "{name} is {input}", "at least {ge}"),
    "less_than_equal": ("out-of-range", "{name} is {input}", "at most {le}"),
    "too_short": ("too-few", "{name} has {found}", "at least {min_length}"),
    "too_long": ("too-many", "{name} has {found}", "at most {max_length}"),
    "string_too_short": ("no-value", "{name} is empty", "some text"),
    "string_too_long": ("too-long", "{shown} has {length} characters", "at most {max_length}"),
    "": ("wrong-value", "{name} cannot be {shown}", "another value"),
}  # fmt: skip
"""Words for an error, by its type, or by the pattern that a text does not match."""


def faults_of(
    document: Document, shape: type, steps: Steps, errors: Iterable[ErrorDetails]
) -> list[Fault]:
    """Turn what Pydantic found in the only entry of a list, a part of a file, into faults.

    The part is at `steps`, such as `("claims", 3)`; empty for the whole file. Not told: what the
    reader has said of the same place already, and that a key is missing where an unknown key beside
    it is nearly spelt like it.
    """
    details = list(errors)
    misspelt = {
        (*loc[:-1], nearest(str(loc[-1]), _keys_at(shape, loc[:-1])))
        for loc in (detail["loc"] for detail in details if detail["type"] == UNKNOWN)
    }
    faults = [
        _fault(document, shape, steps, detail)
        for detail in details
        if detail["loc"] not in misspelt
    ]
    return elsewhere(faults, document.faults)


def _fault(document: Document, shape: type, above: Steps, detail: ErrorDetails) -> Fault:
    loc, given, context = detail["loc"], detail["input"], detail.get("ctx", {})
    steps = (*above, *loc)
    wrong_key, unknown_key = steps[-1:] == (KEY_MARKER,), detail["type"] == UNKNOWN
    if wrong_key:
        steps = steps[:-1]
    keys, choices = _keys_at(shape, loc[:-1]), _choices_at(shape, loc)
    as_id = "-".join(re.findall("[a-z0-9]+", str(given).lower()))
    size = len(given) if isinstance(given, str | list | dict) else 0
    facts = {
        **context,
        "name": _name(steps),
        "key": steps[-1] if steps else "",
        "keys": ", ".join(sorted(keys)),
        "choices": " or ".join(", ".join(map(repr, choices)).rsplit(", ", 1)),
        "input": given,
        "shown": _shown(given),
        "what": _TYPES.get(type(given).__name__, type(given).__name__)
        + ("" if isinstance(given, list | dict) else f", {_shown(given)}"),
        "example": f", such as '{as_id}'" if as_id else "",
        "length": size,
        "found": f"{size or 'no'} {'entry' if size == 1 else 'entries'}",
    }
    kind = context.get("pattern", detail["type"])
    if given is None:  # a key without a value, whatever Pydantic wanted it to be
        kind = _LONE if unknown_key else "none"
    try:
        words = context["words"] if kind == OURS else _said(kind, facts)
    except KeyError:
        words = _said("", facts)
    code, message, expected = words
    near = ""
    if code in {"unknown-key", "unknown-word"}:
        near = nearest(str(loc[-1] if unknown_key else given), keys if unknown_key else choices)
    place = document.key_place if wrong_key or unknown_key else document.place
    return Fault(place(steps), code, message, expected, near)


def _said(kind: str, facts: Mapping[str, object]) -> Words:
    """Fill in a row of the table.

    Raises:
        KeyError: there is no such row, or a fact for it is missing.
    """
    code, message, expected = _WORDS[kind]
    return code, message.format_map(facts), expected.format_map(facts)


def _name(steps: Steps) -> str:
    """Call a value by its key, or by its number where it stands in a list."""
    if not steps:
        return "the file"
    if isinstance(steps[-1], int):
        return f"entry {steps[-1] + 1}" + (f" of '{steps[-2]}'" if len(steps) > 1 else "")
    return f"'{steps[-1]}'"


def _shown(value: object) -> str:
    text = str(value)
    text = text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 3]}..."
    return f"'{text}'" if isinstance(value, str) else text


def _keys_at(shape: type, steps: Steps) -> list[str]:
    """Return the keys that may stand at a path."""
    return [*keys(_shape_at(shape, steps))]


def _choices_at(shape: type, steps: Steps) -> list[str]:
    """Return the words that may stand at a path; none where any may."""
    *above, key = [step for step in steps if isinstance(step, str)] or [""]
    for part in _parts_at(_shape_at(shape, tuple(above)), key):
        if isinstance(part, type) and issubclass(part, Enum):
            return [str(word.value) for word in part]
        if get_origin(part) is Literal:
            return list(get_args(part))
    return []


def _shape_at(shape: type, steps: Steps) -> type:
    """Return the shape of what stands at a path, or of the nearest around it that has one."""
    for step in steps:
        parts = (each for each in _parts_at(shape, step) if isinstance(each, type))
        shape = next((part for part in parts if is_dataclass(part)), shape)
    return shape


def _parts_at(shape: type, key: str | int) -> Iterator[Any]:
    """Give the type at a key with all that it is made of: `tuple[A, ...] | None`, and so on."""
    waiting = [kind for name, kind in keys(shape).items() if name == key]
    for part in waiting:
        yield part
        waiting += get_args(part)
