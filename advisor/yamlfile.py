"""Reads YAML into plain data, knows where in the file each value and key stands, and writes YAML.

Stricter than YAML: no duplicate keys, tabs, anchors, aliases, foreign tags or second documents,
as each of them lets a file mean something else than it seems to.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml import events
from yaml.events import Event, ScalarEvent

from advisor.errors import Fault, FaultsError, Place

Steps = tuple[str | int, ...]
"""The path to a value from the outside in: `("questions", 1, "id")`."""

Position = tuple[int, int]
"""Line and column, both counted from 1."""

FILE_START: Position = (1, 1)

Scalar = str | int | float | bool | datetime.date | None

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C loader where it was built, ten times faster; both give the same positions."""

MAX_DEPTH = 24
"""Deeper than any file of a rule base or of answers, and safe for a recursive builder."""

CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")
)
TEXT_TAGS = frozenset({"tag:yaml.org,2002:str", "!"})

HIDDEN = r"[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
"""Characters that nobody sees, and that can make a text look like another."""

# YAML counts U+0085, U+2028 and U+2029 as ends of lines and editors do not: positions would be
# wrong.
_UNREADABLE = re.compile(
    r"[^\x09\x0a\x0d\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    rf"|{HIDDEN}"
)

MOST_REFUSED = 100
"""How many lines of a file are told that hold what cannot be read: a picture has nothing else."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
TRUE_OR_FALSE = {"yes": "true", "on": "true", "no": "false", "off": "false"}
"""Words that YAML 1.1 reads as true or false, and YAML 1.2 as text."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FRACTION = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# What the parser says, as a pattern, what we say instead, and what we expect. The first row that
# fits counts.
_PLAIN_WORDS = (
    ("mapping values are not allowed", "there is a ': ' inside a value",
     "quotes around the value, or the key on a line of its own"),
    ("sequence entries are not allowed", "a list begins on the line of its key",
     "the list on the lines below, or in brackets"),
    ("could not find expected ':'", "a key has no ': ' after it", "'key: value'"),
    ("quoted scalar found unexpected end", "a quote is opened and never closed",
     "a closing quote"),
    ("unknown escape character", "there is a backslash between double quotes",
     "single quotes around the value, or two backslashes"),
    ("quoted scalar", "the quoted text cannot be read", "a closing quote, and none inside"),
    ("cannot start any token|block scalar|scanning an a|directive|tag",
     "a value begins with a special character", "quotes around the value"),
    ("node content", "a value is missing", "a value, and every bracket closed"),
    ("flow sequence", "the list in brackets is not complete",
     "a comma between its entries and a closing ']'"),
    ("flow mapping", "the mapping in braces is not complete",
     "a comma between its entries and a closing '}'"),
    ("block mapping", "the line does not continue the keys above it",
     "'key: value', as far to the right as the keys it belongs to"),
    ("block collection", "the line does not continue the list above it",
     "'- ', as far to the right as the entries above"),
    ("document start", "there is something after the end of the data", "nothing, or a list or key"),
    ("", "this is not YAML", "keys and values, lists and text"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file as plain data.

    Attributes:
        file: path below the rule base's folder, with forward slashes.
        text: the file as it was given.
        data: mappings, lists, text, whole numbers, fractions, booleans, dates and None; None as
            well when the file is empty or could not be read.
        values: where each value begins.
        keys: where each key of a mapping begins.
        faults: everything the reader had to refuse; non-empty data beside them is still usable.

    Example:
        Of `b: [1]` the data are `{"b": [1]}`, the values stand at
        `{(): (1, 1), ("b",): (1, 4), ("b", 0): (1, 5)}`, the keys at `{("b",): (1, 1)}`.
    """

    file: str
    text: str
    data: object
    values: Mapping[Steps, Position]
    keys: Mapping[Steps, Position]
    faults: tuple[Fault, ...]

    def place(self, steps: Steps = ()) -> Place:
        """Return where the value at `steps` begins, or the nearest value around it that exists."""
        around = steps
        while around and around not in self.values:
            around = around[:-1]
        return Place(self.file, *self.values.get(around, FILE_START), written(steps))

    def key_place(self, steps: Steps) -> Place:
        """Return where the key at the end of `steps` begins; its value where it has no key."""
        if steps in self.keys:
            return Place(self.file, *self.keys[steps], written(steps))
        return self.place(steps)


def written(steps: Steps) -> str:
    """Write the path to a value as people do: `questions[1].choices[0]`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def walk(data: object) -> Iterator[tuple[Steps, object]]:
    """Give the data and every value inside them, as they stand in the file, with the path to it."""
    waiting: list[tuple[Steps, object]] = [((), data)]
    while waiting:
        steps, value = waiting.pop()
        yield steps, value
        if isinstance(value, dict | list):
            inner = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += reversed([((*steps, step), each) for step, each in inner])


def read_file(folder: Path, file: str) -> Document:
    """Read a file below a folder; bytes that are not UTF-8 are faults."""
    return read_yaml((folder / file).read_bytes().decode("utf-8", "surrogateescape"), file)


def read_yaml(text: str, file: str) -> Document:
    """Read a text as YAML; `file` is what places call it.

    The data are None where the text cannot be read at all; faults say why.
    """
    try:
        _refuse_characters(text, file)
        try:
            return _Builder(text, file, LOADER).document()
        except yaml.YAMLError:
            # Loaders differ in their words and limits. So what one of them refuses is up to the
            # one in Python, which is the same everywhere.
            return _Builder(text, file, yaml.SafeLoader).document()
    except yaml.YAMLError as error:
        faults = [_syntax_fault(error, text, file)]
    except FaultsError as error:
        faults = list(error.faults)
    return Document(file, text, None, {(): FILE_START}, {}, tuple(faults))


def dump_yaml(data: object) -> str:
    """Write plain data as YAML that `read_yaml` reads, keys in the order that they have.

    Example: `{"day": datetime.date(2026, 12, 1)}` becomes `day: 2026-12-01`.
    """
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=130)


def resolve(word: str) -> Scalar:
    """Return the value of an unquoted word by the core schema of YAML 1.2, and of an ISO date.

    Raises:
        ValueError: the word looks like a date and the calendar has no such day.
    """
    if word in NULLS:
        return None
    if word in BOOLEANS:
        return BOOLEANS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    if _DATE.fullmatch(word):
        return datetime.date.fromisoformat(word)
    return float(word) if _FRACTION.fullmatch(word) else word


def _refuse_characters(text: str, file: str) -> None:
    faults = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        tab = line.find("\t")
        if tab >= 0:
            faults.append(Fault(Place(file, number, tab + 1), "tab", "a tab is here", "spaces"))
        odd = _UNREADABLE.search(line)
        if len(faults) >= MOST_REFUSED:
            break
        if odd:
            code, expected = "unreadable-character", "printable characters"
            message = f"the character U+{ord(odd[0]):04X} is not allowed in YAML"
            if "\udc80" <= odd[0] <= "\udcff":  # what `surrogateescape` makes of a lone byte
                code, expected = "not-utf-8", "a file saved as UTF-8"
                message = "a byte here is not UTF-8"
            faults.append(Fault(Place(file, number, odd.start() + 1), code, message, expected))
    if faults:
        raise FaultsError(faults)


def _syntax_fault(error: yaml.YAMLError, text: str, file: str) -> Fault:
    """Say in our own words, and in those alone, why a text is not YAML."""
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}".partition(", but ")[0]
    message, expected = next(row[1:] for row in _PLAIN_WORDS if re.search(row[0], said))
    position = _position(getattr(error, "problem_mark", None))
    before = text.split("\n")[position[0] - 1][: position[1] - 1]
    if message == _PLAIN_WORDS[0][1] and re.fullmatch(r" +[\w-]+", before):
        # A key that is indented too far continues the value above it.
        message = f"the key '{before.strip()}' is inside the value of the line above"
        expected = "it as far to the right as the keys it belongs to"
    opened = getattr(error, "context_mark", None)
    if opened and _position(opened)[0] != position[0]:
        message += f" (see line {_position(opened)[0]})"
    return Fault(Place(file, *position), "syntax", message, expected)


def _position(mark: Any) -> Position:  # noqa: ANN401 - each parser has marks of its own
    """Count from 1 what the parsers count from 0."""
    return (mark.line + 1, mark.column + 1) if mark else FILE_START


class _Builder:
    """Turns the events of a text into data, and notes positions and faults."""

    def __init__(self, text: str, file: str, loader: type[yaml.SafeLoader]) -> None:
        self._text = text
        self._file = file
        self._events: Iterator[Event] = yaml.parse(text, Loader=loader)
        self._values: dict[Steps, Position] = {}
        self._keys: dict[Steps, Position] = {}
        self._faults: list[Fault] = []

    def document(self) -> Document:
        """Read the first document of the text and refuse any other.

        Raises:
            FaultsError: it is nested too deep.
            yaml.YAMLError: it is not YAML.
        """
        data: object = None
        first = True
        for event in self._events:
            if isinstance(event, events.DocumentStartEvent):
                if first:
                    data = self._value(next(self._events), ())
                else:
                    message = "a second document begins here"
                    self._refuse(event, (), "second-document", message, "no '---'")
                first = False
        values = self._values or {(): FILE_START}
        return Document(self._file, self._text, data, values, self._keys, tuple(self._faults))

    def _value(self, event: Event, steps: Steps) -> object:
        self._values.setdefault(steps, _position(event.start_mark))
        self._refuse_extras(event, steps)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, steps)
        if isinstance(event, events.CollectionStartEvent) and len(steps) >= MAX_DEPTH:
            # Events are read one by one, so no parser has minded yet how deep they are.
            place = Place(self._file, *_position(event.start_mark))
            message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
            raise FaultsError([Fault(place, "too-deep", message, "a flatter form")])
        if isinstance(event, events.MappingStartEvent):
            mapping: dict[str, object] = {}
            for key_event in self._inside():
                key = self._key(key_event, steps)
                value = self._value(next(self._events), (*steps, key))
                mapping.setdefault(key, value)
            return mapping
        if isinstance(event, events.CollectionStartEvent):
            return [
                self._value(inner, (*steps, index)) for index, inner in enumerate(self._inside())
            ]
        return None

    def _inside(self) -> Iterator[Event]:
        """Give the first event of each entry or key, up to the end of the list or mapping."""
        while not isinstance(event := next(self._events), events.CollectionEndEvent):
            yield event

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
        self._keys.setdefault(steps, _position(event.start_mark))
        self._refuse_extras(event, steps)
        if not isinstance(self._scalar(event, steps), str):
            message = f"the key {word or '~'} is not text"
            self._refuse(event, steps, "key-not-text", message, f"quotes around it: '{word}'")
        return word

    def _scalar(self, event: ScalarEvent, steps: Steps) -> Scalar:
        word = event.value
        if hidden := re.search(HIDDEN, word):
            message = f"an escape stands for U+{ord(hidden[0]):04X}, which is invisible"
            self._refuse(event, steps, "unreadable-character", message, "visible characters")
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
        if isinstance(event, events.AliasEvent):
            message = f"the alias *{event.anchor} points to something written elsewhere"
            self._refuse(event, steps, "alias", message, "the value itself, written out")
            return
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            message = f"the anchor &{anchor} lets one value appear in several places"
            self._refuse(event, steps, "anchor", message, "the value alone")
        if tag and tag not in CORE_TAGS | TEXT_TAGS:
            message = f"the tag {tag} is not one of plain YAML"
            self._refuse(event, steps, "tag", message, "the value alone")

    def _refuse(self, event: Event, steps: Steps, code: str, message: str, expected: str) -> None:
        place = Place(self._file, *_position(event.start_mark), written(steps))
        self._faults.append(Fault(place, code, message, expected))
