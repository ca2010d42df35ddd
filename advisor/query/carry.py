"""Which ids of today were meant, by ids of an earlier edition or by slips of the pen.

Whatever had another name is used under its new one, and said; what is no more is a fault. Both
are told as faults, of which the first kind refuses nothing. A slip is only answered by a question:
rather none than a wrong one, as what is suggested is easily copied.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from advisor.errors import Fault, Place
from advisor.model.answers import NON_ANSWERS, WITHOUT
from advisor.model.remembered import remembered
from advisor.model.rulebase import NONE_CHOICE, Question, Rename, RuleBase
from advisor.query.fields import Form, InputField, Value, joined, shown

BESIDE = {"important": "question", "asked": "question"}
BESIDE |= {"expect": "framework", WITHOUT: "framework"}
"""What keys beside the answers name."""

ANSWERED = frozenset({"question", "choice", "framework"})
"""The kinds of things that answers, and keys beside them, name."""

RENAMED = "renamed"
"""The code of what is used under its new name."""
DROPPED = "dropped"
"""The code of what is no more."""


@remembered(1)
def _renames(rulebase: RuleBase) -> Mapping[tuple[str, str], Rename]:
    return {(each.kind, each.was): each for each in rulebase.renames if each.kind in ANSWERED}


def carry(rulebase: RuleBase, form: Form) -> Form:
    """Return a form in which old ids of questions, choices and frameworks are those of today."""
    renames, words = _renames(rulebase), {given.key for given in form.fields}
    for given in form.fields:
        for value in given.values:
            words.update(value.text.split(":") if given.beside else [f"{given.key}:{value.text}"])
    # Most forms need not be taken apart, and a batch has thousands.
    if words.isdisjoint([was for _, was in renames]):
        return form
    carrier = _Carrier(renames)
    moved = [each for given in form.fields for each in carrier.fields(given)]
    faults = (*form.faults, *carrier.faults)
    return replace(joined(Form((each,)) for each in moved), faults=faults)


@dataclass
class _Carrier:
    renames: Mapping[tuple[str, str], Rename]
    faults: list[Fault] = field(default_factory=list)

    def fields(self, given: InputField) -> Iterator[InputField]:
        """Give what a field becomes: one for each question that its values go to."""
        if given.beside:
            yield given._replace(values=tuple(self.values(given)))
        elif (question := self.now("question", given.key, given.place)) is not None:
            groups: dict[str, list[Value]] = {question: []}
            for value in given.values:
                was = (f"{given.key}:{value.text}", f"{question}:{value.text}")
                if not (old := next((w for w in was if ("choice", w) in self.renames), "")):
                    groups[question].append(value)
                elif choice := self.now("choice", old, value.place):
                    to, _, text = choice.partition(":")
                    # Two old choices that became one are said once.
                    if text not in [each.text for each in groups.setdefault(to, [])]:
                        groups[to].append(value._replace(text=text))
            for key, values in groups.items():
                if values or not given.values:
                    yield given._replace(key=key, values=tuple(values))

    def values(self, given: InputField) -> Iterator[Value]:
        """Give the values of a key beside the answers that are still there."""
        kind = BESIDE.get(given.key, "")  # nothing that was renamed is of no kind
        for value in given.values:
            names = [self.now(kind, name, value.place) for name in value.text.split(":")]
            if None not in names:
                yield value._replace(text=":".join(map(str, names)))

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
            self.faults.append(Fault(place, DROPPED, message, "an answer of today"))
        return rename.now or None


ALIKE = 0.6
"""How like an id or a word a text has to be that begins with the same letter, from 0 to 1."""

MUCH_ALIKE = 0.8
"""The same where the first letter differs, which slips seldom hit."""

LONGEST = 40
"""Longer texts, in characters, are no slip of the pen."""

SHORTEST = 3
"""Shorter words, in letters, say too little."""


def meant_choice(question: Question, text: str) -> str:
    """Return the id of the choice that a text is like; empty where none is, or several are.

    Example: `moblie`, `iphone` and `iOS` mean `mobile`, the choice "Phones and tablets: Android,
    iOS"; `machines`, which stands in two choices, means none. What can be said to any question may
    be meant as well.
    """
    if len(text) > LONGEST:
        return ""
    lowered = text.lower()
    words = {
        choice.id: frozenset(_split(f"{choice.label} {choice.hint}".lower()))
        for choice in question.choices
    }
    others = ({NONE_CHOICE} & words.keys()) | NON_ANSWERS
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
