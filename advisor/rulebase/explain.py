"""Says in plain words, with its place, what Pydantic finds wrong with a document's data.

The table of words below covers every complaint that the shapes can cause. Knows nothing of
other files.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic_core import ErrorDetails

from advisor.errors import Fault, nearest
from advisor.rulebase.schema import COLOUR_PATTERN, ID_PATTERN, URL_PATTERN, Shape
from advisor.yamlfile import Document, Steps

Words = tuple[str, str, str]
"""Code, message and what was expected."""

KEY_MARKER = "[key]"
"""What Pydantic puts at the end of the way to a key that is wrong itself."""

COMMA_HINT = "quotes around the whole value where a comma belongs to it, or 'key: value'"
"""The usual way to a key without a value: `{label: A model, from scratch}`."""

MAX_SHOWN = 40
"""Longest value that a message repeats."""


def explain(document: Document, shape: type[Shape], errors: Iterable[ErrorDetails]) -> list[Fault]:
    """Turn what Pydantic found into faults.

    Left out: what the reader has said of the same place already, and a missing key where one
    that is almost it was found unknown beside it.

    Args:
        document: the document that was validated.
        shape: the shape it was validated with.
        errors: what Pydantic found.

    Returns:
        The faults, in the order of the errors.
    """
    details = list(errors)
    said = {(fault.place.line, fault.place.column) for fault in document.faults}
    misspelt = {(*steps[:-1], near) for steps, near in _unknown_keys(shape, details)}
    faults = [
        _fault(document, shape, detail) for detail in details if detail["loc"] not in misspelt
    ]
    return [fault for fault in faults if (fault.place.line, fault.place.column) not in said]


def _unknown_keys(shape: type[Shape], details: list[ErrorDetails]) -> Iterator[tuple[Steps, str]]:
    for detail in details:
        if detail["type"] == "extra_forbidden":
            steps = detail["loc"]
            yield steps, nearest(str(steps[-1]), _keys_at(shape, steps[:-1]))


def _fault(document: Document, shape: type[Shape], detail: ErrorDetails) -> Fault:
    steps = detail["loc"]
    code, message, expected = _words(detail)
    if code == "lone-word":
        return Fault(document.key_place(steps), code, message, expected)
    if code == "unknown-key":
        keys = _keys_at(shape, steps[:-1])
        expected = "one of " + ", ".join(sorted(keys))
        near = nearest(str(steps[-1]), keys)
        return Fault(document.key_place(steps), code, message, expected, near)
    if steps and steps[-1] == KEY_MARKER:
        return Fault(document.key_place(steps[:-1]), code, message, expected)
    near = nearest(str(detail["input"]), _quoted(expected)) if code == "unknown-word" else ""
    return Fault(document.place(steps), code, message, expected, near)


def _words(detail: ErrorDetails) -> Words:
    if detail["type"] == "missing":
        return (
            "missing-key",
            f"the key '{detail['loc'][-1]}' is missing",
            f"'{detail['loc'][-1]}: ...'",
        )
    name = _name(detail["loc"])
    if detail["input"] is None and detail["type"] == "extra_forbidden":
        return "lone-word", f"{name} stands where a key should", COMMA_HINT
    if detail["input"] is None:
        return "no-value", f"{name} has no value", "a value"
    return _WORDS.get(detail["type"], _own_words)(name, detail, detail.get("ctx", {}))


def _name(steps: Steps) -> str:
    """Call a value by its key, or by its number where it stands in a list."""
    keys = [step for step in steps if step != KEY_MARKER]
    if not keys:
        return "the file"
    if isinstance(keys[-1], int):
        return f"entry {keys[-1] + 1}" + (f" of '{keys[-2]}'" if len(keys) > 1 else "")
    return f"'{keys[-1]}'"


def _shown(value: object) -> str:
    text = str(value)
    text = text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 3]}..."
    return f"'{text}'" if isinstance(value, str) else text


def _quoted(text: str) -> list[str]:
    return re.findall(r"'([^']*)'", text)


def _keys_at(shape: type[Shape], steps: Steps) -> list[str]:
    """Return the keys that may stand at a place."""
    for step in steps:
        fields = {field.alias: field for field in shape.model_fields.values()}
        field = fields.get(str(step))
        shape = (_shape_inside(field.annotation) if field else None) or shape
    return [field.alias or "" for field in shape.model_fields.values()]


def _shape_inside(annotation: Any) -> type[Shape] | None:  # noqa: ANN401 - annotations are Any
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next(filter(None, map(_shape_inside, get_args(annotation))), None)


# --- the words for each kind of error; the arguments are name, error and the error's context ----


def _wrong_type(expected: str) -> Callable[[str, ErrorDetails, Mapping[str, Any]], Words]:
    def words(name: str, detail: ErrorDetails, _: Mapping[str, Any]) -> Words:
        value = detail["input"]
        message = f"{name} is {_KINDS.get(type(value).__name__, type(value).__name__)}"
        if not isinstance(value, list | dict):
            message += f", {_shown(value)}"
        return "wrong-type", message, expected

    return words


def _bad_form(_name: str, detail: ErrorDetails, context: Mapping[str, Any]) -> Words:
    shown = _shown(detail["input"])
    if context["pattern"] != ID_PATTERN:
        code, what, expected = _FORMS[context["pattern"]]
        return code, f"{shown} is not {what}", expected
    words = re.findall("[a-z0-9]+", str(detail["input"]).lower())
    example = f", such as '{'-'.join(words)}'" if words else ""
    return "bad-id", f"{shown} cannot be an id", f"small letters, digits and hyphens{example}"


def _unknown_word(name: str, detail: ErrorDetails, context: Mapping[str, Any]) -> Words:
    message = f"{name} cannot be {_shown(detail['input'])}"
    return "unknown-word", message, str(context["expected"])


def _out_of_range(name: str, detail: ErrorDetails, context: Mapping[str, Any]) -> Words:
    expected = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
    return "out-of-range", f"{name} is {detail['input']}", expected


def _too_few(name: str, _detail: ErrorDetails, context: Mapping[str, Any]) -> Words:
    found = f"{name} has {context['actual_length'] or 'no'} {_entries(context['actual_length'])}"
    return "too-few", found, f"at least {context['min_length']}"


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


def _empty(name: str, _detail: ErrorDetails, _context: Mapping[str, Any]) -> Words:
    return "no-value", f"{name} is empty", "some text"


def _too_long(_name: str, detail: ErrorDetails, context: Mapping[str, Any]) -> Words:
    message = f"{_shown(detail['input'])} has {len(detail['input'])} characters"
    return "too-long", message, f"at most {context['max_length']}"


def _own_words(_name: str, detail: ErrorDetails, context: Mapping[str, Any]) -> Words:
    """Repeat what a shape says itself: it names its own code and what it expected."""
    return detail["type"], detail["msg"], str(context.get("expected", ""))


_KINDS = {
    "str": "text", "int": "a number", "float": "a fraction", "bool": "true or false",
    "date": "a date", "list": "a list", "dict": "a mapping",
}  # fmt: skip

_FORMS = {
    URL_PATTERN: ("bad-address", "an address", "https://... or http://..."),
    COLOUR_PATTERN: (
        "bad-colour",
        "a colour",
        "'#' and six digits or letters from a to f, in quotes",
    ),
}

_WORDS: Mapping[str, Callable[[str, ErrorDetails, Mapping[str, Any]], Words]] = {
    "extra_forbidden": lambda name, _detail, _context: (
        "unknown-key",
        f"there is no key {name}",
        "",
    ),
    "string_type": _wrong_type("text, in quotes if it looks like something else"),
    "int_type": _wrong_type("a whole number"),
    "bool_type": _wrong_type("true or false"),
    "date_type": _wrong_type("a day, such as 2026-11-20, without quotes"),
    "list_type": _wrong_type("a list"),
    "dict_type": _wrong_type("a mapping"),
    "model_type": _wrong_type("a mapping"),
    "string_pattern_mismatch": _bad_form,
    "enum": _unknown_word,
    "literal_error": _unknown_word,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "too_short": _too_few,
    "string_too_short": _empty,
    "string_too_long": _too_long,
}
