"""Reads YAML into plain data with marks; the only place that knows a YAML library.

Stricter than YAML: no duplicate keys, tabs, anchors, aliases, foreign tags or second documents,
as each of them lets a file mean something else than it seems to. Knows nothing of shapes.
"""

import re
from collections.abc import Iterator
from typing import Protocol

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from advisor.errors import Fault, Place
from advisor.rulebase.document import FILE_START, Document, Mark, Steps, written
from advisor.rulebase.scalars import TRUE_OR_FALSE, Scalar, resolve
from advisor.rulebase.syntax import Complaint, syntax_fault

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C loader where it was built, ten times faster; both give the same marks."""

MAX_DEPTH = 24
"""Deeper than any file of a rule base or of answers, and safe for a recursive builder."""

CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")
)
TEXT_TAGS = frozenset({"tag:yaml.org,2002:str", "!"})

# YAML counts U+0085, U+2028 and U+2029 as ends of lines and editors do not: marks would be wrong.
_UNREADABLE = re.compile(
    r"[^\x09\x0a\x0d\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


class _YamlMark(Protocol):
    """A mark of either parser, counted from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


def read_yaml(text: str, file: str) -> Document:
    """Read a text as YAML.

    Args:
        text: the text.
        file: how to call it in places.

    Returns:
        The data with their marks, and every fault that was found; data None where the text
        cannot be read at all.
    """
    faults = list(_character_faults(text, file))
    if faults:
        return _without_data(text, file, faults)
    try:
        events = list(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        return _without_data(text, file, [syntax_fault(file, _complaint(error))])
    too_deep = _depth_fault(events, file)
    if too_deep:
        return _without_data(text, file, [too_deep])
    return _Builder(file, events).document(text)


def _without_data(text: str, file: str, faults: list[Fault]) -> Document:
    return Document(file, text, None, {(): FILE_START}, {}, tuple(faults))


def _character_faults(text: str, file: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), start=1):
        tab = line.find("\t")
        if tab >= 0:
            place = Place(file, number, tab + 1)
            yield Fault(place, "tab", "a tab stands here", "spaces")
        odd = _UNREADABLE.search(line)
        if odd:
            place = Place(file, number, odd.start() + 1)
            message = f"the character U+{ord(odd[0]):04X} cannot stand in YAML"
            yield Fault(place, "unreadable-character", message, "printable characters")


def _complaint(error: yaml.MarkedYAMLError) -> Complaint:
    return Complaint(
        context=error.context or "",
        problem=error.problem or "",
        mark=_counted_from_one(error.problem_mark),
        opened=_counted_from_one(error.context_mark) if error.context_mark else None,
    )


def _depth_fault(events: list[Event], file: str) -> Fault | None:
    depth = 0
    for event in events:
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, SequenceEndEvent | MappingEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
            return Fault(Place(file, *_mark(event)), "too-deep", message, "a flatter form")
    return None


def _mark(event: Event) -> Mark:
    return _counted_from_one(event.start_mark)


def _counted_from_one(mark: _YamlMark | None) -> Mark:
    return (mark.line + 1, mark.column + 1) if mark else FILE_START


class _Builder:
    """Turns the events of a text that is YAML into data, and notes marks and faults."""

    def __init__(self, file: str, events: list[Event]) -> None:
        self._file = file
        self._starts = [event for event in events if isinstance(event, DocumentStartEvent)]
        self._events = iter(events)
        self._values: dict[Steps, Mark] = {}
        self._keys: dict[Steps, Mark] = {}
        self._faults: list[Fault] = []

    def document(self, text: str) -> Document:
        """Read the first document of the text and refuse any other."""
        data: object = None
        if self._starts:
            self._skip_to_first_document()
            data = self._value(next(self._events), ())
        for start in self._starts[1:]:
            self._refuse(start, (), "second-document", "a second document begins here", "no '---'")
        values = self._values or {(): FILE_START}
        return Document(self._file, text, data, values, self._keys, tuple(self._faults))

    def _skip_to_first_document(self) -> None:
        while not isinstance(next(self._events), DocumentStartEvent):
            pass

    def _value(self, event: Event, steps: Steps) -> object:
        self._values.setdefault(steps, _mark(event))
        self._refuse_extras(event, steps)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(steps)
        if isinstance(event, MappingStartEvent):
            return self._mapping(steps)
        return self._scalar(event, steps) if isinstance(event, ScalarEvent) else None

    def _sequence(self, steps: Steps) -> list[object]:
        data: list[object] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            data.append(self._value(event, (*steps, len(data))))
        return data

    def _mapping(self, steps: Steps) -> dict[str, object]:
        data: dict[str, object] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(event, steps)
            value = self._value(next(self._events), (*steps, key))
            data.setdefault(key, value)
        return data

    def _key(self, event: Event, steps: Steps) -> str:
        """Return the key as text, whatever it is, so that reading can go on."""
        if not isinstance(event, ScalarEvent):
            self._value(event, (*steps, "?"))
            self._refuse(event, steps, "key-not-text", "a key must be a word", "'key: value'")
            return "?"
        word = event.value
        steps = (*steps, word)
        if steps in self._keys:
            message = f"the key '{word}' was given in line {self._keys[steps][0]} already"
            self._refuse(event, steps, "duplicate-key", message, "each key once")
        self._keys.setdefault(steps, _mark(event))
        self._refuse_extras(event, steps)
        if not isinstance(self._scalar(event, steps), str):
            message = f"the key {word or '~'} is not text"
            self._refuse(event, steps, "key-not-text", message, f"quotes around it: '{word}'")
        return word

    def _scalar(self, event: ScalarEvent, steps: Steps) -> Scalar:
        word = event.value
        quoted = event.style in ("'", '"', "|", ">")
        if quoted or event.tag in TEXT_TAGS:
            return word
        if word.lower() in TRUE_OR_FALSE:
            message = f"some programs read {word} as true or false"
            expected = f'"{word}" with quotes, or {TRUE_OR_FALSE[word.lower()]} without'
            self._refuse(event, steps, "ambiguous-word", message, expected)
        try:
            return resolve(word)
        except ValueError:
            self._refuse(event, steps, "bad-date", f"there is no day {word}", "a day that exists")
            return None

    def _refuse_extras(self, event: Event, steps: Steps) -> None:
        if isinstance(event, AliasEvent):
            message = f"the alias *{event.anchor} stands for something written elsewhere"
            self._refuse(event, steps, "alias", message, "the value itself, written out")
            return
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            message = f"the anchor &{anchor} lets one value stand in several places"
            self._refuse(event, steps, "anchor", message, "the value alone")
        if tag and tag not in CORE_TAGS | TEXT_TAGS:
            message = f"the tag {tag} is not one of plain YAML"
            self._refuse(event, steps, "tag", message, "the value alone")

    def _refuse(self, event: Event, steps: Steps, code: str, message: str, expected: str) -> None:
        place = Place(self._file, *_mark(event), written(steps))
        self._faults.append(Fault(place, code, message, expected))
