"""The fields beside the answers: what is important, on which basis, what is expected.

What cannot be used is reported and left out, as in `choices`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from advisor.errors import Fault, nearest
from advisor.model.answers import MAX_IMPORTANT, Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.query.choices import reserved_key
from advisor.query.expectation import shippers_of
from advisor.query.form import Field, Report, Value
from advisor.query.query import LATEST, MAX_PROJECT, RESERVED, SETTINGS, Expectation, Query
from advisor.query.wording import one_of, shown


def read_options(
    rulebase: RuleBase, answers: Answers, fields: Iterable[Field], report: Report
) -> Query:
    """Return the query that the fields make of the answers."""
    known: dict[str, Field] = {}
    for field in fields:
        if field.key in SETTINGS:
            known[field.key] = field
        else:
            report(_unknown_key(rulebase, field))
    options = _Options(rulebase, known, report)
    basis = options.word("basis", [str(basis) for basis in Basis])
    return Query(
        answers=replace(answers, important=options.important()),
        basis=Basis(basis) if basis else Basis.CHECKED,
        edition=options.word("edition", [LATEST]),
        expect=options.expectation(),
        trace=options.word("trace", ["0", "1"]) == "1",
        project=options.project(),
        asked=options.questions("asked"),
    )


def _unknown_key(rulebase: RuleBase, field: Field) -> Fault:
    """Say why no option has this key."""
    key = field.key
    if key in RESERVED:
        return reserved_key(field)
    if key in rulebase.questions:
        message = f"{shown(key)} is a question"
        return Fault(field.place, "misplaced-key", message, "it inside 'answers'")
    keys = {"answers", *SETTINGS}
    message = f"there is no key {shown(key)}"
    return Fault(field.place, "unknown-key", message, one_of(sorted(keys)), nearest(key, keys))


class _Options:
    """Reads one option after another."""

    def __init__(self, rulebase: RuleBase, fields: Mapping[str, Field], report: Report) -> None:
        self._rulebase = rulebase
        self._fields = fields
        self._report = report

    def word(self, key: str, known: Collection[str]) -> str | None:
        """Return the one value of a key if it is known."""
        value = self._single(key)
        return self._known(value, known, key) if value else None

    def questions(self, key: str) -> frozenset[str]:
        """Return the questions that a key names."""
        named: set[str] = set()
        for value in self._values(key):
            if value.text in named:
                message = f"{shown(value.text)} is given more than once for '{key}'"
                self._report(Fault(value.place, "repeated-value", message, "each value once"))
            elif self._known(value, self._rulebase.questions, key):
                named.add(value.text)
        return frozenset(named)

    def important(self) -> frozenset[str]:
        """Return the questions marked as important; none if they are too many to choose from."""
        named = self.questions("important")
        if len(named) <= MAX_IMPORTANT:
            return named
        message = f"{len(named)} questions are marked as important"
        place = self._fields["important"].place
        self._report(Fault(place, "too-many-important", message, f"at most {MAX_IMPORTANT}"))
        return frozenset()

    def expectation(self) -> Expectation | None:
        """Return what is expected, written as `lead` or `lead:shipper`."""
        value = self._single("expect")
        if not value:
            return None
        lead, colon, shipper = value.text.partition(":")
        known = [self._framework(lead, value, "the builder in 'expect'" if colon else "")]
        if colon:
            known.append(self._framework(shipper, value, "the shipper in 'expect'"))
        if not all(known):
            return None
        return Expectation(lead, shipper or None) if self._can_be(lead, shipper, value) else None

    def _framework(self, name: str, value: Value, called: str) -> str | None:
        """Return a part of an expectation if it is a framework."""
        frameworks = self._rulebase.frameworks
        return self._known(Value(name, value.place), frameworks, "expect", called)

    def _can_be(self, lead: str, shipper: str, value: Value) -> bool:
        """Say whether a rule base has such a plan, and report it where it has none."""
        shippers = shippers_of(self._rulebase, lead)
        if not shipper or shipper in shippers:
            return True
        message = f"no plan builds with '{lead}' and ships with '{shipper}'"
        expected = one_of([lead, *(f"{lead}:{name}" for name in shippers)])
        self._report(Fault(value.place, "no-such-plan", message, expected))
        return False

    def project(self) -> str:
        """Return the project's title; an empty one is none."""
        value = self._single("project", may_be_empty=True)
        title = value.text.strip() if value else ""
        if len(title) > MAX_PROJECT:
            message = f"the title of the project has {len(title)} characters"
            self._refuse(value, "too-long", message, f"at most {MAX_PROJECT}")
            return ""
        if not title.isprintable():
            message = f"{shown(title)} has characters that cannot be printed"
            self._refuse(value, "unprintable", message, "text on one line")
            return ""
        return title

    def _values(self, key: str) -> tuple[Value, ...]:
        return self._fields[key].values if key in self._fields else ()

    def _single(self, key: str, *, may_be_empty: bool = False) -> Value | None:
        """Return the only value of a key; None where there is none, or no telling which."""
        values = self._values(key)
        if len(values) > 1:
            message = f"'{key}' is given more than once"
            self._refuse(values[1], "repeated-key", message, f"'{key}' once")
            return None
        value = values[0] if values else None
        if value and not value.text and not may_be_empty:
            self._refuse(value, "empty-value", f"'{key}' has an empty value", f"no '{key}' at all")
            return None
        return value

    def _known(
        self, value: Value, known: Collection[str], key: str, called: str = ""
    ) -> str | None:
        """Return the value's text if it is one of those known.

        Args:
            value: what was given.
            known: what it may be.
            key: where it was given.
            called: what it is to be called where it cannot be used; the key in quotes if empty.
        """
        called = called or f"'{key}'"
        if value.text in known:
            return value.text
        if not value.text:
            self._refuse(
                value, "empty-value", f"{called} has an empty value", one_of(sorted(known))
            )
            return None
        message = f"{called} cannot be {shown(value.text)}"
        near = nearest(value.text, known)
        self._report(Fault(value.place, f"unknown-{key}", message, one_of(sorted(known)), near))
        return None

    def _refuse(self, value: Value | None, code: str, message: str, expected: str) -> None:
        if value:
            self._report(Fault(value.place, code, message, expected))
