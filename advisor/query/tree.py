"""Nested data, from JSON or YAML, brought into the neutral form.

The only place that minds whether something is text, a list or a number. Knows no rule base.
"""

import datetime
import json
from collections.abc import Iterator, Mapping
from typing import Protocol

from advisor.errors import Fault, Place
from advisor.query.form import Field, Form, Report, Value
from advisor.query.query import SETTINGS
from advisor.query.wording import harmless, shown
from advisor.yamlfile import Steps

LISTS = frozenset({"important", "asked"})
FLAGS = frozenset({"trace"})

A_CHOICE = "a choice as text, or a list of them"
A_QUESTION = "a question's id as text, or a list of them"


class Whereabouts(Protocol):
    """Knows where in a file or body the data stand."""

    def place(self, steps: Steps = ()) -> Place:
        """Return where the value at `steps` stands."""
        ...

    def key_place(self, steps: Steps) -> Place:
        """Return where the key at the end of `steps` stands."""
        ...


def form_of(data: object, where: Whereabouts, steps: Steps = ()) -> Form:
    """Bring answers and what stands beside them into the neutral form.

    Args:
        data: the body, or whatever was given in its place.
        where: where the data stand.
        steps: the way to the body, where it is a part of something larger.
    """
    faults: list[Fault] = []
    body = _mapping(data, steps, where, faults.append)
    settings = {key: value for key, value in body.items() if key != "answers"}
    inside = (*steps, "answers")
    answers = _mapping(body.get("answers", {}), inside, where, faults.append)
    return Form(
        answers=tuple(
            _choices(value, (*inside, key), where, faults.append) for key, value in answers.items()
        ),
        settings=tuple(
            _setting(value, (*steps, key), where, faults.append) for key, value in settings.items()
        ),
        faults=tuple(faults),
    )


def _mapping(
    data: object, steps: Steps, where: Whereabouts, report: Report
) -> Mapping[str, object]:
    if isinstance(data, dict):
        return data
    report(_wrong_type(data, where.place(steps), "an object of keys and values"))
    return {}


def _choices(data: object, steps: Steps, where: Whereabouts, report: Report) -> Field:
    """Read what was given for a question."""
    if data == []:
        report(Fault(where.place(steps), "empty-value", "the list is empty", A_CHOICE))
    values = tuple(_texts(data, steps, where, report, A_CHOICE))
    return Field(str(steps[-1]), values, where.key_place(steps))


def _setting(data: object, steps: Steps, where: Whereabouts, report: Report) -> Field:
    """Read what was given for a key beside the answers; of an unknown key only text is kept."""
    key, place = str(steps[-1]), where.place(steps)
    values: tuple[Value, ...] = ()
    if key in LISTS:
        values = tuple(_texts(data, steps, where, report, A_QUESTION))
    elif key in FLAGS and isinstance(data, bool):
        values = (Value("1" if data else "0", place),)
    elif key in FLAGS:
        report(_wrong_type(data, place, "true or false"))
    elif isinstance(data, str):
        values = (Value(data, place),)
    elif key in SETTINGS:
        report(_wrong_type(data, place, "text"))
    return Field(key, values, where.key_place(steps))


def _texts(
    data: object, steps: Steps, where: Whereabouts, report: Report, expected: str
) -> Iterator[Value]:
    """Give the texts of a text or of a list of texts."""
    if isinstance(data, str):
        yield Value(data, where.place(steps))
    elif isinstance(data, list):
        for index, entry in enumerate(data):
            place = where.place((*steps, index))
            if isinstance(entry, str):
                yield Value(entry, place)
            else:
                report(_wrong_type(entry, place, "text"))
    else:
        report(_wrong_type(data, where.place(steps), expected))


def _wrong_type(data: object, place: Place, expected: str) -> Fault:
    return Fault(place, "wrong-type", f"this is {_called(data)}", expected)


def _called(data: object) -> str:
    """Say in plain words what something is."""
    match data:
        case None | bool():
            return json.dumps(data)
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return f"the text {shown(data)}"
        case datetime.date():
            return f"the date {data}"
        case _:
            return f"the number {harmless(str(data))}"
