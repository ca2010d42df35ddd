"""Reads answers against a rule base, whatever they were written as.

What cannot be used is reported and left out: nothing is guessed, so that an answer that
contradicts itself counts as none.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from advisor.errors import AnswersError, Fault, Place, elsewhere
from advisor.model.answers import (
    ANY,
    MAX_IMPORTANT,
    NON_ANSWERS,
    ONE_TOOL,
    RESERVED,
    SETTINGS,
    UNSURE,
    WITHOUT,
    Answers,
)
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase, Sighting
from advisor.query.fields import (
    ACCEPT,
    MOST_SEEN,
    Form,
    Guesses,
    InputField,
    Value,
    address_form,
    harmless,
    one_of,
    read_seen,
    shown,
)
from advisor.query.meant import meant_choice, meant_name
from advisor.query.query import (
    DRAFT,
    EXPECT_WORDS,
    LATEST,
    MAX_PROJECT,
    UNPRINTABLE,
    Expectation,
    Query,
    shippers_of,
)
from advisor.query.renames import RENAMED, with_new_ids

MAX_VALUES = 500
"""More values than any questionnaire has."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read, and what could not."""

    query: Query
    """Made of all that could be used; for pages, which go on with it."""
    faults: tuple[Fault, ...]
    """Why the rest could not be used, and what has another name now, in order of place."""
    form: Form = field(compare=False)
    """What was given, usable or not."""

    def strict(self) -> Query:
        """Return the query if nothing was wrong with it; for programs.

        Raises:
            AnswersError: if there is any fault, other than an id that has another name now.
        """
        if self.wrong:
            raise AnswersError(self.wrong)
        return self.query

    @property
    def wrong(self) -> tuple[Fault, ...]:
        """The faults without what has another name now, and is used."""
        return tuple([fault for fault in self.faults if fault.code != RENAMED])


def read_query_string(rulebase: RuleBase, raw: bytes | str) -> Reading:
    """Read what follows the question mark of an address; places are `query: <key>`."""
    return interpret(rulebase, address_form(raw))


def interpret(
    rulebase: RuleBase,
    form: Form,
    editions: Collection[str] = (LATEST,),
    edition: str | None = None,
    first_with: Callable[[str], str] = lambda _: "",
) -> Reading:
    """Make a query of all that can be used of a form, and a fault of whatever cannot.

    The order of keys never matters. `editions` are the words that can stand for one; a form that
    names none asks for `edition`. `first_with` gives the first later edition that knows an id, if
    there is one: of `goal`, of `goal:research`.
    """
    fields = form.fields
    count = len(form.faults) + sum(len(given.values) or 1 for given in fields)
    if count > MAX_VALUES:
        first = fields[0].place if fields else form.faults[0].place
        message, expected = f"{count} values are given", f"at most {MAX_VALUES}"
        fault = Fault(Place(first.source), "too-many-values", message, expected)
        return Reading(Query(), (fault,), form)
    reader = _Reader(rulebase, editions, edition, first_with, form.guesses)
    today = with_new_ids(rulebase, form)
    query = reader.query(today)
    faults = {*today.faults, *elsewhere(reader.faults, form.faults)}
    if renamed := tuple(sorted(fault.message for fault in faults if fault.code == RENAMED)):
        query = replace(query, renamed=renamed)
    return Reading(query, tuple(sorted(faults)), form)


@dataclass
class _Reader:
    """Reads one field after another, and gathers what is wrong with them."""

    rulebase: RuleBase
    editions: Collection[str]
    edition: str | None
    first_with: Callable[[str], str]
    guesses: Guesses
    faults: list[Fault] = field(default_factory=list)

    def query(self, form: Form) -> Query:
        said = dict(self.choices(each for each in form.fields if not each.setting))
        given = {name: said[name] for name in sorted(said) if said[name].isdisjoint(NON_ANSWERS)}
        settings = [each for each in form.fields if each.setting]
        self.settings = {each.key: each for each in settings if each.key in SETTINGS}
        self.faults += [self.unknown_key(each) for each in settings if each.key not in SETTINGS]
        basis = self.word("basis", [str(basis) for basis in Basis])
        return Query(
            answers=Answers(
                given=given,
                unsure=frozenset(name for name, words in said.items() if UNSURE in words),
                any=frozenset(name for name, words in said.items() if ANY in words),
                important=self.important(),
                without=self.named(WITHOUT, self.rulebase.frameworks),
                one_tool=self.word(ONE_TOOL, ["0", "1"]) == "1",
            ),
            basis=Basis(basis) if basis else Basis.CHECKED,
            edition=self.word("edition", sorted(self.editions)) or self.edition,
            expect=self.expectation(),
            trace=self.word("trace", ["0", "1"]) == "1",
            changes=int(self.word("changes", ["1", "2"]) or 1),
            project=self.project(),
            asked=self.named("asked", self.rulebase.questions),
            back=self.word("back", ["0", "1"]) == "1",
            seen=tuple(self.seen()),
        )

    def refuse(self, place: Place, code: str, message: str, expected: str, near: str = "") -> None:
        self.faults.append(Fault(place, code, message, expected, near))

    def unknown(self, name: str, fault: Fault) -> None:
        """Report an id that means nothing here; if a later edition knows it, by that."""
        if first := self.first_with(name):
            since, expected = f"since edition {first}", f"edition {first} or a later one"
            if first == DRAFT:
                since, expected = "in the draft alone", "edition draft"
            message = f"{fault.message}, which is known {since}"
            fault = replace(fault, message=message, expected=expected, nearest="")
        self.faults.append(fault)

    # Answers

    def choices(self, fields: Iterable[InputField]) -> Iterable[tuple[str, frozenset[str]]]:
        """Yield for each question the words that can be used; none that contradict each other."""
        for given in fields:
            question = self.rulebase.questions.get(given.key)
            if question is None:
                self.unknown(given.key, self.unknown_key(given))
                continue
            usable: dict[str, Value] = {}
            for value in given.values:
                if value.text in usable:
                    self.repeated(value, question.id)
                elif fault := unusable(question, value, self.guesses):
                    self.unknown(f"{question.id}:{value.text}", fault)
                else:
                    usable[value.text] = value
            if len(usable) > 1 and (fault := contradiction(question, tuple(usable.values()))):
                self.faults.append(fault)
            elif usable:
                yield question.id, frozenset(usable)

    def unknown_key(self, given: InputField) -> Fault:
        """Say why nothing has this key where it stands."""
        key, questions = given.key, self.rulebase.questions
        if key in (questions if given.setting else SETTINGS):
            message = f"{shown(key)} is {'' if given.setting else 'not '}a question"
            where = "inside 'answers'" if given.setting else "next to 'answers', not inside"
            return Fault(given.place, "misplaced-key", message, f"it {where}")
        if key in RESERVED:
            message, expected = f"{shown(key)} is a reserved word, not a key", ""
            if key != "with":
                question = harmless(given.values[0].text) if given.values else ""
                expected = f"the question first, such as {question or 'question'}={key}"
            return Fault(given.place, "reserved-key", message, expected)
        if given.setting:
            known = {"answers", *SETTINGS, *([ACCEPT] if given.place.line else [])}
            near, expected = self.guesses.nearest(key, known), one_of(sorted(known))
        else:
            others = SETTINGS if given.mixed else ()
            near = meant_name(key, questions, others) if self.guesses.more() else ""
            expected = "a question's id" + (f" or {one_of(sorted(others))}" if others else "")
        noun = "key" if given.setting or given.mixed else "question"
        return Fault(given.place, "unknown-key", f"there is no {noun} {shown(key)}", expected, near)

    # The settings

    def word(self, key: str, known: Collection[str]) -> str | None:
        """Return the one value of a key if it is known."""
        value = self.single(key)
        return value.text if value and self.is_known(value, known, key) else None

    def named(self, key: str, known: Collection[str]) -> frozenset[str]:
        """Return the questions, or frameworks, that a key names."""
        named: set[str] = set()
        for value in self.settings[key].values if key in self.settings else ():
            if value.text in named:
                self.repeated(value, key)
            elif self.is_known(value, known, key):
                named.add(value.text)
        return frozenset(named)

    def important(self) -> frozenset[str]:
        """Return the questions marked as important; none if they are too many to choose from."""
        named = self.named("important", self.rulebase.questions)
        if len(named) <= MAX_IMPORTANT:
            return named
        message = f"{len(named)} questions are marked as important"
        place = self.settings["important"].place
        self.refuse(place, "too-many-important", message, f"at most {MAX_IMPORTANT}")
        return frozenset()

    def expectation(self) -> Expectation | None:
        """Return what is expected; None where nothing is, or where a part of it means nothing."""
        values = self.settings["expect"].values if "expect" in self.settings else ()
        before = len(self.faults)
        plans: dict[tuple[str, str], Value] = {}
        said: dict[str, str] = {}
        for value in values:
            word, colon, rest = value.text.partition(":")
            if not colon or word not in EXPECT_WORDS:
                word, rest = "leaders", value.text
            part = Value(rest, value.place)
            if word not in {"leaders", "plan"}:
                if word in said:
                    self.repeated(value, "expect")
                elif self.is_expectable(word, part):
                    said[word] = rest
            elif plan := self.plan(part, whole=word == "plan"):
                if plan in plans:
                    self.repeated(part, "expect")
                plans[plan] = part
        if not values or len(self.faults) > before:
            return None
        return Expectation(
            leads=frozenset(lead for lead, _ in plans),
            plans=frozenset(plan for plan in plans if plan[1]),
            verdict=Verdict(said.get("verdict", Verdict.TIE)),
            settled=said.get("settled"),
            all_used=said.get("all-used") == "true",
            max_age=int(said["max-age"]) if "max-age" in said else None,
        )

    def is_expectable(self, word: str, value: Value) -> bool:
        """Say whether a word of what is expected can have this value; report it where not."""
        if known := EXPECT_WORDS[word]:
            return self.is_known(value, known, "expect", f"'{word}'")
        if value.place.source in {"query", "body"}:
            # The same request gets the same answer on any day.
            message = f"nothing here looks at '{word}'; `advisor check` does"
            self.refuse(value.place, "unused-key", message, f"no '{word}'")
            return False
        if re.fullmatch(r"[0-9]{1,5}", value.text):
            return True
        message = f"'{word}' cannot be {shown(value.text)}"
        self.refuse(value.place, "unknown-expect", message, "a number of days, such as 365")
        return False

    def plan(self, value: Value, *, whole: bool) -> tuple[str, str] | None:
        """Return a lead and its shipper, the latter empty if none is named and none has to be."""
        lead, colon, shipper = value.text.partition(":")
        parts = [(lead, "the builder" if colon or whole else "the lead")]
        parts += [(shipper, "the shipper")] if colon or whole else []
        # A list, so that the faults of both parts are told.
        known = [
            self.is_known(Value(name, value.place), self.rulebase.frameworks, "expect", called)
            for name, called in parts
        ]
        if not all(known):
            return None
        shippers = shippers_of(self.rulebase, lead)
        if shipper and shipper not in shippers:
            message = f"no plan builds with '{lead}' and ships with '{shipper}'"
            expected = one_of([lead, *(f"{lead}:{name}" for name in shippers)])
            self.refuse(value.place, "no-such-plan", message, expected)
            return None
        return lead, shipper

    def seen(self) -> Iterator[Sighting]:
        """Give where files say what is answered, each place once, in order."""
        values = self.settings["seen"].values if "seen" in self.settings else ()
        if len(values) > MOST_SEEN:
            message = f"{len(values)} places are given"
            self.refuse(values[0].place, "too-many-seen", message, f"at most {MOST_SEEN}")
            return
        read = {value.text: read_seen(self.rulebase, value, self.guesses) for value in values}
        self.faults += [each for each in read.values() if isinstance(each, Fault)]
        yield from sorted(each for each in read.values() if isinstance(each, Sighting))

    def project(self) -> str:
        """Return the project's title; an empty one is none."""
        value = self.single("project", may_be_empty=True)
        title = value.text if value else ""
        if value and len(title) > MAX_PROJECT:
            message = f"the title of the project has {len(title)} characters"
            self.refuse(value.place, "too-long", message, f"at most {MAX_PROJECT}")
            return ""
        if value and re.search(f"{UNPRINTABLE}|[\ud800-\udfff]", title):
            message = f"{shown(title)} has characters that cannot be printed"
            self.refuse(value.place, "unprintable", message, "text on one line")
            return ""
        return title.strip()

    def single(self, key: str, *, may_be_empty: bool = False) -> Value | None:
        """Return the only value of a key; None where there is none, or no telling which."""
        values = self.settings[key].values if key in self.settings else ()
        if len(values) > 1:
            message = f"'{key}' is given more than once"
            self.refuse(values[1].place, "repeated-key", message, f"'{key}' once")
            return None
        value = values[0] if values else None
        if value and not value.text and not may_be_empty:
            message = f"'{key}' has an empty value"
            self.refuse(value.place, "empty-value", message, f"no '{key}' at all")
            return None
        return value

    def is_known(self, value: Value, known: Collection[str], key: str, called: str = "") -> bool:
        """Say whether a value is one of those known; report it where it is not.

        The report calls it `called`, or else by its key in quotes.
        """
        if value.text in known:
            return True
        called, expected = called or f"'{key}'", one_of(known)
        if not value.text:
            self.refuse(value.place, "empty-value", f"{called} has an empty value", expected)
            return False
        message = f"{called} cannot be {shown(value.text)}"
        near = meant_name(value.text, known) if self.guesses.more() else ""
        fault = Fault(value.place, f"unknown-{key}", message, expected, near)
        self.unknown(value.text, fault)
        return False

    def repeated(self, value: Value, key: str) -> None:
        message = f"{shown(value.text)} is given more than once for '{key}'"
        self.refuse(value.place, "repeated-value", message, "each value once")


def unusable(question: Question, value: Value, guesses: Guesses) -> Fault | None:
    """Say why a value is no answer to the question; None if it is one."""
    ids = [choice.id for choice in question.choices]
    if value.text in ids or value.text in NON_ANSWERS:
        return None
    known = [*ids, *sorted(NON_ANSWERS)]
    if not value.text:
        message = f"'{question.id}' has an empty value"
        return Fault(value.place, "empty-value", message, one_of(known))
    if value.text == NONE_CHOICE:
        message = f"'{question.id}' cannot be answered with 'none'"
        return Fault(value.place, "no-none", message, one_of(known))
    several = [part.strip() for part in value.text.split(",")]
    if len(several) > 1 and all(part in ids for part in several):
        message = f"'{question.id}' has several choices in one value: {shown(value.text)}"
        expected = "each choice as a value of its own" if question.multiple else "one of them"
        return Fault(value.place, "joined-choices", message, expected)
    message = f"'{question.id}' has no choice {shown(value.text)}"
    near = meant_choice(question, value.text) if guesses.more() else ""
    return Fault(value.place, "unknown-choice", message, one_of(known), near)


def contradiction(question: Question, values: tuple[Value, ...]) -> Fault | None:
    """Say why these values, two or more, cannot stand together; None if they can."""
    exclusive = next((v for v in values if v.text in NON_ANSWERS or v.text == NONE_CHOICE), None)
    if exclusive:
        message = f"'{exclusive.text}' is given with another answer to '{question.id}'"
        expected = f"'{exclusive.text}' alone, or the choices without it"
        return Fault(exclusive.place, "exclusive-value", message, expected)
    if question.multiple:
        return None
    given = " and ".join(f"'{value.text}'" for value in values)
    message = f"'{question.id}' takes one answer and has {given}"
    return Fault(values[1].place, "repeated-choice", message, "one of them")
