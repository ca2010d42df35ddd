"""Which ids of today were meant, by ids of an earlier edition or by slips of the pen.

Whatever had another name is used under its new one, and said; what is no more is a fault. Both
are told as faults, of which the first kind refuses nothing. A slip is only answered by a question:
rather none than a wrong one, as what is suggested is easily copied.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from advisor.errors import MUCH_ALIKE, Fault, Place, nearest
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
    seen = {choice.id: f"{choice.label} {choice.hint}" for choice in question.choices}
    others = ({NONE_CHOICE} & seen.keys()) | NON_ANSWERS
    special = [word for word in others if word[:1] == text[:1].lower()]
    return _meant(text, seen.keys() - {NONE_CHOICE}, seen) or nearest(text, special, MUCH_ALIKE)


def meant_key(rulebase: RuleBase, text: str, others: Collection[str] = ()) -> str:
    """Return the id of the question, or which of the other keys, a text is like; empty for none.

    Example: `gaol` and `purpose` mean `goal`, the question with the label "Purpose".
    """
    asked = rulebase.questions.values()
    labels, titles = ({q.id: q.label for q in asked}, {q.id: q.title for q in asked})
    return _meant(text, {*labels, *others}, labels, titles)


def _meant(text: str, ids: Iterable[str], *seen: Mapping[str, str]) -> str:
    """Return which id is meant by a text; `seen` is what people see of ids, most telling first."""
    if len(text) > LONGEST:
        return ""

    def pointed(*, alike: bool) -> str:
        """Return the id to which the words of the text point; a common word points nowhere."""
        for told in seen:
            names: set[str] = set()
            for word in _words(text):
                having = {
                    name
                    for name, own in told.items()
                    if word in _words(own) or (alike and nearest(word, _words(own), MUCH_ALIKE))
                }
                names |= having if len(having) == 1 else set()
            if len(names) == 1:
                return names.pop()
        return ""

    return pointed(alike=False) or nearest(text, ids) or pointed(alike=True)


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", text.lower()) if len(w) >= SHORTEST)
