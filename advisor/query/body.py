"""A JSON body as it was written: repeated keys and the digits of numbers are still there.

A batch is a body of many: a list, or a line for each.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, NoReturn

from advisor.errors import AnswersError, Fault, Place
from advisor.query.fields import Form, InBody, Number, data_form, shown
from advisor.yamlfile import Steps

MAX_PARSED_DEPTH = 100
"""Levels of a body that are parsed at all, to say where it gets too deep."""

_TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[][{}]', re.DOTALL)

_NO_JSON = {
    r",\s*[\]}]": "there is a comma before a closing bracket",
    r",?\s*'": "there is a single quote here, where JSON has double ones",
    r'"(?:[^"\\]|\\.)*\Z': "a quote is opened here and never closed",
    r",?\s*\Z": "the JSON ends before it is complete",
    "": "this is not JSON from here on",
}
"""Why something is no JSON, by what stands where a parser stops; the first that fits counts."""

MAX_DEPTH = 8
"""How deep lists and objects of a body may be nested; deeper than any that could be right."""

MOST_PROJECTS = 10_000
"""How many projects a batch may have."""

SEPARATOR = b"\x1e"
BODY = Place("body")


class _Pairs(NamedTuple):
    """An object as it was written, repeated keys included."""

    pairs: list[tuple[str, object]]


def body_form(body: bytes, where: InBody | None = None) -> Form:
    """Bring a JSON body into a form; places are such as `body: answers.deploy[1]`."""
    try:
        parsed = _parsed(body)
    except AnswersError as refused:
        return Form(faults=refused.faults)
    return _form(parsed, where or InBody())


def batch_forms(body: bytes, *, lines: bool = True) -> Iterator[tuple[int, Form]]:
    """Bring a list, or JSON lines where it may be lines, into a form for each project.

    Each comes with its line, or its number in the list.

    Raises:
        AnswersError: it holds no project or too many, or a list in it is no JSON.
    """
    where, begins = InBody(), body.lstrip().startswith(b"[")
    parsed = _parsed(body) if begins or not lines else None
    listed = isinstance(parsed, list)
    if not listed and not lines:
        message, expected = "this is not a list", "a list of projects, or JSON lines by their type"
        raise AnswersError([Fault(BODY, "wrong-type", message, expected)])
    # A sequence (RFC 7464) has a sign before each.
    parts = body[1:].split(SEPARATOR) if body.startswith(SEPARATOR) else body.split(b"\n")
    found = enumerate(parsed if isinstance(parsed, list) else parts, 1)
    given = [(number, each) for number, each in found if listed or each.strip()]
    if not 0 < len(given) <= MOST_PROJECTS:
        message, expected = f"{len(given)} projects are given", f"1 to {MOST_PROJECTS}"
        raise AnswersError([Fault(BODY, "number-of-projects", message, expected)])
    read = _form if listed else body_form
    return ((number, read(each, where)) for number, each in given)


def _form(parsed: object, where: InBody) -> Form:
    faults: list[Fault] = []
    try:
        form = data_form(_plain(parsed, (), faults), where)
    except AnswersError as refused:
        return Form(faults=refused.faults)
    return replace(form, faults=(*faults, *form.faults)) if faults else form


def _parsed(body: bytes) -> object:
    """Parse a body; objects keep their repeated keys and numbers their digits."""

    def no_constant(name: str) -> NoReturn:
        message = f"it holds {name}, which JSON does not have"
        raise AnswersError([Fault(BODY, "not-json", message, "text in quotes")])

    try:
        text = body.decode("utf-8")
        # Parsers differ in how deep they go before they fail: nothing comes near to that.
        depth, many = 0, text.count("{") + text.count("[") > MAX_PARSED_DEPTH
        for bracket in _TEXT_OR_BRACKET.finditer(text) if many else ():
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(bracket[0], 0)
            if depth > MAX_PARSED_DEPTH:
                raise _too_deep(BODY)
        return json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_int=Number,
            parse_float=Number,
            parse_constant=no_constant,
        )
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8"
        raise AnswersError([Fault(BODY, "not-utf-8", message, "JSON in UTF-8")]) from None
    except json.JSONDecodeError as error:
        place = Place("body", error.lineno, error.colno)
        before = text[: error.pos].rstrip()
        rest = text[len(before) - 1 if before.endswith(",") else error.pos :]
        message = next(words for pattern, words in _NO_JSON.items() if re.match(pattern, rest))
        raise AnswersError([Fault(place, "not-json", message, "one JSON object")]) from None


def _too_deep(place: Place) -> AnswersError:
    message = f"lists and objects are nested more than {MAX_DEPTH} deep"
    return AnswersError([Fault(place, "too-deep", message, "a flatter form")])


def _plain(data: object, steps: Steps, faults: list[Fault]) -> object:
    """Turn what was parsed into plain data; of a repeated key the first stays, with a fault."""
    if len(steps) > MAX_DEPTH:
        raise _too_deep(InBody().place(steps))
    if isinstance(data, str):
        return data
    if isinstance(data, _Pairs):
        plain: dict[str, object] = {}
        for key, value in data.pairs:
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
