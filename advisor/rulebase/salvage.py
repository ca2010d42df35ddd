"""What entries name although they have not the shape of their kind, read off their keys.

So that a fault of shape does not hide what is named wrongly beside it. Values of the wrong type
are passed over: the fault of shape speaks of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.errors import Place
from advisor.rulebase.raw import Broken
from advisor.rulebase.schema import ID_PATTERN
from advisor.yamlfile import Steps

NAMING: Mapping[str, str] = {
    "because": "claim",
    "claims": "claim",
    "rests-on": "claim",
    "settled-by": "claim",
    "shown-by": "claim",
    "builder": "framework",
    "framework": "framework",
    "frameworks": "framework",
    "shipper": "framework",
    "to": "framework",
    "edge": "edge",
    "questions": "question",
    "source": "source",
    "topic": "subject",
    "replaced-by": "tool",
    "tools": "tool",
}
"""Keys whose values are ids, and of what."""

ASKING = frozenset({"when", "applies", "answers"})
"""Keys below which questions are keys and choices values."""

_ID = re.compile(ID_PATTERN)


@dataclass(frozen=True, slots=True)
class Named:
    """An id in a broken entry.

    Attributes:
        kind: of what it is the id.
        question: for a choice, the question that should have it.
    """

    kind: str
    id: str
    place: Place
    question: str = ""


def named(broken: Broken) -> Iterator[Named]:
    """Give every id that a broken entry names."""
    yield from _inside(broken, broken.data, ())


def _inside(broken: Broken, data: object, steps: Steps) -> Iterator[Named]:
    if isinstance(data, list):
        for index, entry in enumerate(data):
            yield from _inside(broken, entry, (*steps, index))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _below(broken, key, value, (*steps, key))


def _below(broken: Broken, key: object, value: object, steps: Steps) -> Iterator[Named]:
    if key in ASKING:
        yield from _conditions(broken, value, steps)
        return
    kind = NAMING.get(str(key))
    if kind:
        for name, way in _ids(value, steps):
            yield Named(kind, name, broken.place(*way))
    yield from _inside(broken, value, steps)


def _conditions(broken: Broken, data: object, steps: Steps) -> Iterator[Named]:
    """Give the questions and choices of one alternative, or of each in a list."""
    if isinstance(data, list):
        for index, alternative in enumerate(data):
            yield from _conditions(broken, alternative, (*steps, index))
    elif isinstance(data, dict):
        for question, choices in data.items():
            way = (*steps, question)
            for name, _ in _ids(question, way):
                yield Named("question", name, broken.key_place(*way))
                for choice, end in _ids(choices, way):
                    yield Named("choice", choice, broken.place(*end), name)


def _ids(value: object, steps: Steps) -> Iterator[tuple[str, Steps]]:
    """Give the ids in a text or a list of texts, each with the way to it."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _ids(entry, (*steps, index))
    elif isinstance(value, str) and _ID.match(value):
        yield value, steps
