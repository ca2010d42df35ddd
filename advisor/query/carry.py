"""Which ids of today were meant, by ids of an earlier edition or by slips of the pen.

Whatever had another name is used under its new one, and said; what is no more is a fault. Both
are told as faults, of which the first kind refuses nothing. A slip is only answered by a question:
rather none than a wrong one, as what is suggested is easily copied.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from advisor.errors import Fault, Guesses, Place
from advisor.model.answers import NON_ANSWERS, WITHOUT
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase
from advisor.query.fields import Form, InputField, Value, joined, one_of, shown

BESIDE = {"important": "question", "asked": "question"}
BESIDE |= {"expect": "framework", WITHOUT: "framework"}
"""What keys beside the answers name."""

ANSWERED = frozenset({"question", "choice", "framework"})
"""The kinds of things that answers, and keys beside them, name."""

RENAMED = "renamed"
"""The code of what is used under its new name."""


def carry(rulebase: RuleBase, form: Form) -> Form:
    """Return a form in which old ids of questions, choices and frameworks are those of today."""
    old = _old_names(rulebase)
    return _Carrier(rulebase).form(form) if old and _names(form, old) else form


@lru_cache(maxsize=8)
def _old_names(rulebase: RuleBase) -> frozenset[str]:
    return frozenset(each.was for each in rulebase.renames if each.kind in ANSWERED)


def _names(form: Form, old: frozenset[str]) -> bool:
    """Say whether something in a form has an old name: most forms need not be taken apart."""
    for given in form.fields:
        if given.key in old:
            return True
        for value in given.values:
            words = value.text.split(":") if given.beside else [f"{given.key}:{value.text}"]
            if not old.isdisjoint(words):
                return True
    return False


class _Carrier:
    def __init__(self, rulebase: RuleBase) -> None:
        self.renames = {(rename.kind, rename.was): rename for rename in rulebase.renames}
        self.faults: list[Fault] = []

    def form(self, form: Form) -> Form:
        moved = [each for given in form.fields for each in self.fields(given)]
        whole = joined(Form((each,)) for each in moved)
        return Form(whole.fields, (*form.faults, *self.faults))

    def fields(self, given: InputField) -> Iterator[InputField]:
        """Yield what a field becomes: itself, or one for each question that its values go to."""
        if given.beside:
            yield given._replace(values=tuple(self.values(given)))
            return
        question = self.now("question", given.key, given.place)
        if question is None:
            return
        groups: dict[str, dict[str, Value]] = {question: {}}
        for value in given.values:
            name = f"{given.key}:{value.text}"
            if ("choice", name) not in self.renames:
                name = f"{question}:{value.text}"
            if ("choice", name) not in self.renames:
                groups[question][f"{value.place} {value.text}"] = value
            elif choice := self.now("choice", name, value.place):
                to, _, text = choice.partition(":")
                groups.setdefault(to, {}).setdefault(text, value._replace(text=text))
        for key, values in groups.items():
            if values or not given.values:
                yield given._replace(key=key, values=tuple(values.values()))

    def values(self, given: InputField) -> Iterator[Value]:
        """Yield the values of a key beside the answers that are still there."""
        kind = BESIDE.get(given.key)
        for value in given.values:
            parts = re.split("(:)", value.text) if kind else [value.text]
            names = [self.now(kind, part, value.place) if kind else part for part in parts]
            if None not in names:
                yield value._replace(text="".join(filter(None, names)))

    def now(self, kind: str, name: str, place: Place) -> str | None:
        """Return the name of today, and say so where it is another; None where there is none."""
        rename = self.renames.get((kind, name))
        if rename is None:
            return name
        if rename.now:
            message = f"the {kind} {shown(name)} is called {shown(rename.now)} now"
            self.faults.append(Fault(place, RENAMED, message))
        else:
            message = f"the {kind} {shown(name)} was dropped: {rename.text}"
            self.faults.append(Fault(place, "dropped", message, "an answer of today"))
        return rename.now or None


ALIKE = 0.6
"""How like an id or a word a text has to be that begins with the same letter, from 0 to 1."""

MUCH_ALIKE = 0.8
"""The same where the first letter differs, which slips seldom hit."""

LONGEST = 40
"""Longer texts, in characters, are no slip of the pen."""

SHORTEST = 3
"""Shorter words, in letters, say too little."""


def meant_choice(question: Question, text: str, non_answers: Iterable[str]) -> str:
    """Return the id of the choice that a text is like; empty where none is, or several are.

    Example: `moblie`, `iphone` and `iOS` mean `mobile`, the choice "Phones and tablets: Android,
    iOS"; `machines`, which stands in two choices, means none.
    `non_answers` can be said to any question, and are meant as well.
    """
    if len(text) > LONGEST:
        return ""
    lowered = text.lower()
    words = {
        choice.id: frozenset(_split(f"{choice.label} {choice.hint}".lower()))
        for choice in question.choices
    }
    others = ({NONE_CHOICE} & words.keys()).union(non_answers)
    special = {word for word in others if word[:1] == text[:1].lower()}
    return (
        _pointed_at(lowered, words, lambda word, own: word in own)
        or _most_alike(lowered, words.keys() - {NONE_CHOICE})
        or _most_alike(lowered, special, MUCH_ALIKE)
        or _pointed_at(lowered, words, lambda word, own: bool(_most_alike(word, own, MUCH_ALIKE)))
    )


def _pointed_at(
    text: str,
    words: Mapping[str, frozenset[str]],
    among: Callable[[str, frozenset[str]], bool],
) -> str:
    """Return the one choice to which the words of a text point; a common word points nowhere."""
    pointed: set[str] = set()
    for word in _split(text):
        having = {name for name, own in words.items() if among(word, own)}
        pointed |= having if len(having) == 1 else set()
    return pointed.pop() if len(pointed) == 1 else ""


def _split(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text) if len(word) >= SHORTEST]


def _most_alike(text: str, known: Iterable[str], least: float = ALIKE) -> str:
    """Return what a text is most like; empty where it is not like anything enough."""
    for each in difflib.get_close_matches(text, sorted(known), n=len(text) + 1, cutoff=least):
        ratio = difflib.SequenceMatcher(None, each, text).ratio()
        if text[0] == each[0] or ratio >= MUCH_ALIKE:
            return each
    return ""


def unusable(question: Question, value: Value, guesses: Guesses) -> Fault | None:
    """Say why a value is no answer to the question; None if it is one."""
    # What is usable is found at once: a batch asks a hundred thousand times.
    for choice in question.choices:
        if choice.id == value.text:
            return None
    ids = [choice.id for choice in question.choices]
    if value.text in NON_ANSWERS:
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
    near = meant_choice(question, value.text, NON_ANSWERS) if guesses.more() else ""
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
