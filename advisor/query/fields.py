"""What somebody gave, as keys with their values: from an address, a JSON body or a YAML file.

All of them become one `Form`, which holds no more than texts and their places; whether a key or
a value means anything is for `read` to say. Whatever a form would lose in silence is a fault
here: a repeated key of an object, a broken percent sign, a number where text is wanted.
"""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import UnionType
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from advisor.errors import Fault, Place, elsewhere, nearest
from advisor.model.answers import ONE_TOOL, RESERVED, SETTINGS, WITHOUT
from advisor.model.rulebase import RuleBase, Sighting
from advisor.query.query import EXPECT_WORDS
from advisor.yamlfile import Document, Steps, read_yaml, written

MAX_SHOWN = 80
"""Longest text that a message repeats, in characters."""

ACCEPT = "accept"
ALSO = {ACCEPT: "expect", "one_tool": ONE_TOOL}
"""What keys may be called besides: what is expected in files, and what results spell so."""

A_CHOICE = "a choice as text, or a list of them"
A_QUESTION = "a question's id as text, or a list of them"
A_NAME = "a framework's id as text, or a list of them"
A_PLAN = "a plan as text, such as 'lead:shipper', or a list of them"
A_SIGHTING = "a detector with a file and a line, or a list of them"
LISTS = {"important": A_QUESTION, "asked": A_QUESTION, WITHOUT: A_NAME, "seen": A_SIGHTING}
"""Settings that hold one id or several."""
EXPECTED_LISTS = {"leaders": A_NAME, "plan": A_PLAN}
"""The same within what is expected."""
_BROKEN_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class Value(NamedTuple):
    """One value, as text, and where it stands."""

    text: str
    place: Place


class InputField(NamedTuple):
    """A key with everything that was given for it.

    Example: `deploy=web&deploy=mobile` is one field with two values.
    """

    key: str
    values: tuple[Value, ...]
    """As given, repeats included; empty only where a fault says why."""
    place: Place
    """Where the key stands."""
    setting: bool = False
    """Whether it stands next to the answers: its key ought to be a setting, not a question."""
    mixed: bool = False
    """Whether answers and settings stand side by side, as in an address."""


MOST_GUESSED = 20
"""How many wrong names of one request are looked for: each is held against every label."""


class Guesses:
    """Guesses what wrong names were meant to be, and after `MOST_GUESSED` no more."""

    def __init__(self) -> None:
        self._left = MOST_GUESSED

    def more(self) -> bool:
        """Say whether there is another guess, and take it."""
        self._left -= 1
        return self._left >= 0

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """Return the known name closest to `name`, as long as there are guesses."""
        return nearest(name, known) if self.more() else ""


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that was given."""

    fields: tuple[InputField, ...] = ()
    faults: tuple[Fault, ...] = ()
    """What could not even be brought into this form."""
    guesses: Guesses = field(default_factory=Guesses, compare=False)
    """Shared by all forms of one request."""


def joined(forms: Iterable[Form]) -> Form:
    """Put forms together; a key in several of them has the values of all."""
    fields: dict[tuple[str, bool], InputField] = {}
    faults: list[Fault] = []
    for form in forms:
        faults += form.faults
        for each in form.fields:
            first = fields.setdefault((each.key, each.setting), each._replace(values=()))
            fields[each.key, each.setting] = first._replace(values=first.values + each.values)
    return Form(tuple(fields.values()), tuple(faults))


# How a text that somebody gave is repeated in a message


def harmless(text: str) -> str:
    """Return a text shortened, and with unprintable characters written out, for a terminal."""
    short = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."
    if short.isprintable():
        return short
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in short)


def shown(text: str) -> str:
    """Return a text in quotes, shortened and harmless."""
    return f"'{harmless(text)}'"


def one_of(words: Iterable[str]) -> str:
    """Return `one of a, b, c`, in the order given; of a single word that word."""
    listed = list(words)
    return ("one of " if len(listed) > 1 else "") + ", ".join(listed)


# Addresses


def in_query(key: str) -> Place:
    """Return the place of a key in an address."""
    return Place("query", path=harmless(key))


def address_form(raw: bytes | str, locate: Callable[[str], Place] = in_query) -> Form:
    """Bring a query string, which is what follows a question mark, into a form.

    Stricter than a browser: broken percent signs, other separators and keys without a value are
    faults, as each of them would lose something in silence. `locate` gives the place of a key.
    """
    content = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    return joined(_pair_form(pair, locate) for pair in content.split(b"&") if pair)


def _pair_form(pair: bytes, locate: Callable[[str], Place]) -> Form:
    """Bring one `key=value` into a form."""

    def refused(code: str, message: str, expected: str) -> Form:
        text = message.format(shown(pair.decode("ascii", "backslashreplace")))
        return Form(faults=(Fault(place, code, text, expected),))

    written_key, equals, written_value = pair.partition(b"=")
    key, value = _decoded(written_key), _decoded(written_value)
    place = locate(key or written_key.decode("ascii", "backslashreplace"))
    if key is None or value is None:
        expected = "UTF-8, a '%' before two of 0-9 and A-F"
        return refused("bad-encoding", "{} cannot be decoded", expected)
    if not key and equals:
        return refused("empty-key", "{} has no key", "'key=value'")
    if b";" in pair:
        return refused("separator", "there is a semicolon in {}", "'&' between pairs")
    if not equals:
        return refused("empty-value", "{} has no value", "'key=value'")
    values = (Value(value, place),)
    return Form((InputField(key, values, place, setting=key in RESERVED, mixed=True),))


def _decoded(text: bytes) -> str | None:
    """Undo the percent signs and pluses; None where that gives no text."""
    if _BROKEN_PERCENT.search(text):
        return None
    try:
        return unquote_to_bytes(text.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        return None


# JSON bodies and YAML files


class InBody:
    """Says where in a body something stands, as a `Document` does of a file."""

    def __init__(self) -> None:
        self.guesses = Guesses()
        # The projects of a batch say the same again and again: that is written once.
        self._places: dict[Steps, Place] = {}
        self._said: dict[tuple[Steps, str], InputField] = {}

    def place(self, steps: Steps = ()) -> Place:
        """Return the place of a value."""
        if steps not in self._places:
            self._places[steps] = Place("body", path=harmless(written(steps)))
        return self._places[steps]

    key_place = place

    def said(self, steps: Steps, text: str) -> InputField:
        """Return the field of a question that is answered with one text."""
        if (steps, text) not in self._said:
            place = self.place(steps)
            self._said[steps, text] = InputField(str(steps[-1]), (Value(text, place),), place)
        return self._said[steps, text]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written: nothing here counts with it, however long it is."""

    written: str

    def __str__(self) -> str:
        return self.written


AN_EXPECTATION = f"{A_NAME}, or an object of {', '.join(EXPECT_WORDS)}"
Kind = tuple[type | UnionType, str]
FLAG: Kind = (bool, "true or false")
SETTING_TYPES: dict[str, Kind] = {
    **dict.fromkeys(("trace", "back", ONE_TOOL), FLAG),
    "changes": (int | Number, "a whole number"),
    "edition": (str, "text in quotes"),
}
"""What settings hold that hold neither any text nor a list."""
EXPECTED_TYPES: dict[str, Kind] = {
    **{word: (str, one_of(EXPECT_WORDS[word])) for word in ("verdict", "settled")},
    "all-used": FLAG,
    "max-age": (int | Number, "a number of days, such as 365"),
}
"""The same of what is expected."""


def yaml_form(text: str, file: str) -> Form:
    """Bring a YAML file, of the same form as a JSON body, into a form; places have lines."""
    document = read_yaml(text, file)
    if document.data is None and document.faults:
        return Form(faults=document.faults)
    form = data_form(document.data, document)
    return replace(form, faults=(*document.faults, *elsewhere(form.faults, document.faults)))


def data_form(data: object, where: Document | InBody, steps: Steps = ()) -> Form:
    """Bring answers and what stands beside them into a form.

    `{"answers": {"goal": "research"}, "trace": True}` has the fields `goal` and, beside it,
    `trace`. Where the data are a part of something larger, `steps` is the path to them.
    """
    return _Nested(where).form(data, steps)


@dataclass
class _Nested:
    """Nested data on the way into a form: minds whether something is text, a list or a number."""

    where: Document | InBody
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._guesses = self.where.guesses if isinstance(self.where, InBody) else Guesses()

    def form(self, data: object, steps: Steps) -> Form:
        body = self._mapping(data, steps)
        inside = (*steps, "answers")
        answers = self._mapping(body.pop("answers", {}), inside)
        fields = [self._choices(value, (*inside, key)) for key, value in answers.items()]
        for called, value in body.items():
            only_in_files = called == ACCEPT and not isinstance(self.where, Document)
            key = called if only_in_files else ALSO.get(called, called)
            if key != called and key in body:
                message = f"'{called}' is given as well as '{key}', which means the same"
                place = self.where.key_place((*steps, called))
                self._refuse(place, "repeated-key", message, "one of them")
            fields.append(self._setting(key, value, (*steps, called)))
        return Form(tuple(fields), tuple(self.faults), self._guesses)

    def _mapping(self, data: object, steps: Steps) -> dict[str, object]:
        if isinstance(data, dict):
            return dict(data)
        self._wrong_type(data, steps, "an object of keys and values")
        return {}

    def _choices(self, data: object, steps: Steps) -> InputField:
        """Read what was given for a question."""
        if isinstance(data, str) and isinstance(self.where, InBody):
            return self.where.said(steps, data)
        values = tuple(self._texts(data, steps, A_CHOICE))
        return InputField(str(steps[-1]), values, self.where.key_place(steps))

    def _setting(self, key: str, data: object, steps: Steps) -> InputField:
        """Read what was given for a setting; of an unknown key only text is kept."""
        values: Iterable[Value] = ()
        # Once `back` was a text, "0" or "1"; that is still accepted.
        data = data == "1" if key == "back" and data in ("0", "1") else data
        if key in LISTS:
            # To mark or leave out nothing goes without saying.
            values = self._texts(data, steps, LISTS[key]) if data != [] else ()
        elif key == "expect":
            values = self._expected(data, steps)
        elif key in SETTINGS or isinstance(data, str):
            values = self._one(data, steps, SETTING_TYPES.get(key, (str, "text")))
        return InputField(key, tuple(values), self.where.key_place(steps), setting=True)

    def _expected(self, data: object, steps: Steps) -> Iterator[Value]:
        """Give what is expected as an address has it: `{"verdict": "close"}`: `verdict:close`."""
        if data == {}:
            place = self.where.place(steps)
            self._refuse(place, "empty-value", "nothing is expected", AN_EXPECTATION)
        if not isinstance(data, dict):
            yield from self._texts(data, steps, AN_EXPECTATION)
            return
        for word, value in data.items():
            inside = (*steps, word)
            values: Iterable[Value] = ()
            if word in EXPECTED_LISTS:
                values = self._texts(value, inside, EXPECTED_LISTS[word])
            elif word in EXPECTED_TYPES:
                values = self._one(value, inside, EXPECTED_TYPES[word], ("false", "true"))
            else:
                message, expected = f"there is no key {shown(word)}", one_of(EXPECT_WORDS)
                near = self._guesses.nearest(word, EXPECT_WORDS)
                self._refuse(self.where.key_place(inside), "unknown-key", message, expected, near)
            yield from (each._replace(text=f"{word}:{each.text}") for each in values)

    def _one(
        self, data: object, steps: Steps, of: Kind, said: Sequence[str] = "01"
    ) -> Iterator[Value]:
        """Give the text of one value of a kind; `said` is how an address says no and yes."""
        kind, expected = of
        # Python takes `true` for a number.
        if isinstance(data, kind) and isinstance(data, bool) is (kind is bool):
            text = said[data] if isinstance(data, bool) else str(data)
            yield Value(text, self.where.place(steps))
        else:
            self._wrong_type(data, steps, expected)

    def _texts(self, data: object, steps: Steps, expected: str) -> Iterator[Value]:
        """Give the texts of a text or of a list of texts, which may not be empty."""
        if isinstance(data, str):
            yield Value(data, self.where.place(steps))
        elif data == []:
            self._refuse(self.where.place(steps), "empty-value", "the list is empty", expected)
        elif isinstance(data, list):
            for index, entry in enumerate(data):
                if isinstance(entry, str):
                    yield Value(entry, self.where.place((*steps, index)))
                else:
                    self._wrong_type(entry, (*steps, index), "text")
        else:
            self._wrong_type(data, steps, expected)

    def _wrong_type(self, data: object, steps: Steps, expected: str) -> None:
        match data:
            case None | bool():
                called = json.dumps(data)
            case dict():
                called = "an object"
            case list():
                called = "a list"
            case str():
                called = f"the text {shown(data)}"
            case datetime.date():
                called = f"the date {data}"
            case _:
                called = f"the number {harmless(str(data))}"
        self._refuse(self.where.place(steps), "wrong-type", f"this is {called}", expected)

    def _refuse(self, place: Place, *told: str) -> None:
        self.faults.append(Fault(place, *told))


MOST_SEEN = 60
LONGEST_FILE = 200
"""The longest path of a file, in characters."""
SEEN_FORM = re.compile(rf"([a-z0-9-]+)@([^\s](?:.{{0,{LONGEST_FILE - 2}}}[^\s])?):(\d{{1,7}})(~?)")


def seen_word(seen: Sighting) -> str:
    """Write a sighting; a file without lines has line 0, and less than its detector says a `~`."""
    return f"{seen.detector}@{seen.file}:{seen.line}" + "~" * seen.weakened


def read_seen(rulebase: RuleBase, value: Value, guesses: Guesses) -> Sighting | Fault:
    """Read a sighting, or say what is wrong with it."""
    match = SEEN_FORM.fullmatch(value.text)
    if not match or not match[2].isprintable():
        message = f"{shown(value.text)} does not say where something was seen"
        expected = "a detector, '@', a file, ':' and a line"
        return Fault(value.place, "bad-seen", message, expected)
    detector = rulebase.detectors.get(match[1])
    if detector is None:
        message = f"there is no detector '{match[1]}'"
        near = guesses.nearest(match[1], rulebase.detectors)
        return Fault(value.place, "unknown-detector", message, "the id of a detector", near)
    return Sighting(
        detector.id, match[2], int(match[3]), detector.sure and not match[4], bool(match[4])
    )
