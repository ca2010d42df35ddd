"""The fields that answer questions, held against the questions of a rule base.

What cannot be used is reported and left out: nothing is guessed, so that an answer that
contradicts itself counts as none.
"""

from collections.abc import Iterable

from advisor.errors import Fault, nearest
from advisor.model.answers import Answers
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase
from advisor.query.form import Field, Report, Value
from advisor.query.likeness import meant_choice
from advisor.query.query import ANY, NON_ANSWERS, RESERVED, SETTINGS, UNSURE
from advisor.query.wording import harmless, one_of, shown


def read_choices(rulebase: RuleBase, fields: Iterable[Field], report: Report) -> Answers:
    """Return the answers that the fields give; none is marked as important yet."""
    said: dict[str, frozenset[str]] = {}
    for field in fields:
        question = rulebase.questions.get(field.key)
        if question is None:
            report(_unknown_question(rulebase, field))
        elif choices := _choices(question, field, report):
            said[question.id] = choices
    return Answers(
        given={name: said[name] for name in sorted(said) if said[name].isdisjoint(NON_ANSWERS)},
        unsure=frozenset(name for name, words in said.items() if UNSURE in words),
        any=frozenset(name for name, words in said.items() if ANY in words),
    )


def _unknown_question(rulebase: RuleBase, field: Field) -> Fault:
    """Say why no question has this key."""
    key = field.key
    if key in SETTINGS:
        message = f"{shown(key)} is not a question"
        return Fault(field.place, "misplaced-key", message, "it beside 'answers', not inside")
    if key in RESERVED:
        return reserved_key(field)
    questions = rulebase.questions.keys()
    if not field.mixed:
        message = f"there is no question {shown(key)}"
        near = nearest(key, questions)
        return Fault(field.place, "unknown-key", message, "a question's id", near)
    message = f"there is no key {shown(key)}"
    expected = f"a question's id or {one_of(sorted(SETTINGS))}"
    return Fault(field.place, "unknown-key", message, expected, nearest(key, questions | SETTINGS))


def reserved_key(field: Field) -> Fault:
    """Say what to write instead of a word that is a key of nothing here."""
    message = f"{shown(field.key)} is a reserved word, not a key"
    expected = ""
    if field.key != "with":
        question = harmless(field.values[0].text) if field.values else ""
        expected = f"the question first, such as {question or 'question'}={field.key}"
    return Fault(field.place, "reserved-key", message, expected)


def _choices(question: Question, field: Field, report: Report) -> frozenset[str]:
    """Return the words that can be used; none where they contradict each other."""
    given: dict[str, Value] = {}
    for value in field.values:
        if value.text in given:
            report(_repeated(question, value))
        elif fault := _unusable(question, value):
            report(fault)
        else:
            given[value.text] = value
    fault = _contradiction(question, tuple(given.values()))
    if fault:
        report(fault)
        return frozenset()
    return frozenset(given)


def _repeated(question: Question, value: Value) -> Fault:
    message = f"{shown(value.text)} is given more than once for '{question.id}'"
    return Fault(value.place, "repeated-value", message, "each value once")


def _unusable(question: Question, value: Value) -> Fault | None:
    """Say why a value is no answer to the question; None if it is one."""
    ids = [choice.id for choice in question.choices]
    known = [*ids, *sorted(NON_ANSWERS)]
    if value.text in known:
        return None
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
    near = meant_choice(question, value.text, NON_ANSWERS)
    return Fault(value.place, "unknown-choice", message, one_of(known), near)


def _contradiction(question: Question, values: tuple[Value, ...]) -> Fault | None:
    """Say why these values cannot stand together; None if they can."""
    if len(values) < 2:  # noqa: PLR2004 - it takes two to contradict each other
        return None
    exclusive = next((v for v in values if v.text in NON_ANSWERS or v.text == NONE_CHOICE), None)
    if exclusive:
        message = f"'{exclusive.text}' stands beside another answer to '{question.id}'"
        expected = f"'{exclusive.text}' alone, or the choices without it"
        return Fault(exclusive.place, "exclusive-value", message, expected)
    if question.multiple:
        return None
    given = " and ".join(f"'{value.text}'" for value in values)
    message = f"'{question.id}' takes one answer and has {given}"
    return Fault(values[1].place, "repeated-choice", message, "one of them")
