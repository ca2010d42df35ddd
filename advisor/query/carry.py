"""Carries what was written with the ids of an earlier edition over to those of today.

Whatever had another name is used under its new one, and said; what is no more is a fault. Both
are told as faults, of which the first kind refuses nothing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from advisor.errors import Fault, Place
from advisor.model.answers import WITHOUT
from advisor.model.rulebase import RuleBase
from advisor.query.fields import Form, InputField, Value, joined, shown

BESIDE = {"important": "question", "asked": "question"}
BESIDE |= {"expect": "framework", WITHOUT: "framework"}
"""What keys beside the answers name."""

RENAMED = "renamed"
"""The code of what is used under its new name."""


def carry(rulebase: RuleBase, form: Form) -> Form:
    """Return a form in which old ids of questions, choices and frameworks are those of today."""
    old = _old_names(rulebase)
    return _Carrier(rulebase).form(form) if old and _names(form, old) else form


@lru_cache(maxsize=8)
def _old_names(rulebase: RuleBase) -> frozenset[str]:
    return frozenset(rename.was for rename in rulebase.renames)


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
            message = f"the {kind} {shown(name)} is no more: {rename.text}"
            self.faults.append(Fault(place, "dropped", message, "an answer of today"))
        return rename.now or None
