"""Which ids of today stand for ids of an earlier edition.

Whatever had another name is used under its new one, and said; what is no more is a fault. Both
are told as faults, of which the first kind refuses nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from advisor.errors import Fault, Place
from advisor.model.answers import WITHOUT
from advisor.model.remembered import remembered
from advisor.model.rulebase import Rename, RuleBase
from advisor.query.fields import Form, InputField, Value, joined, shown

KIND_NAMED_BY = {"important": "question", "asked": "question"}
KIND_NAMED_BY |= {"expect": "framework", WITHOUT: "framework"}
"""What the values of settings are ids of."""

ANSWERED = frozenset({"question", "choice", "framework"})
"""The kinds of things that answers and settings name."""

RENAMED = "renamed"
"""The code of what is used under its new name."""
DROPPED = "dropped"
"""The code of what is no more."""


@remembered(1)
def _renames(rulebase: RuleBase) -> Mapping[tuple[str, str], Rename]:
    """Return the renames that concern answers, by kind and old id."""
    return {(each.kind, each.was): each for each in rulebase.renames if each.kind in ANSWERED}


def with_new_ids(rulebase: RuleBase, form: Form) -> Form:
    """Return a form in which old ids of questions, choices and frameworks are those of today."""
    renames, words = _renames(rulebase), {given.key for given in form.fields}
    for given in form.fields:
        for value in given.values:
            words.update(value.text.split(":") if given.setting else [f"{given.key}:{value.text}"])
    # Most forms need not be taken apart, and a batch has thousands.
    if words.isdisjoint([was for _, was in renames]):
        return form
    renamer = _Renamer(renames)
    moved = [each for given in form.fields for each in renamer.fields(given)]
    faults = (*form.faults, *renamer.faults)
    return replace(joined(Form((each,)) for each in moved), faults=faults)


@dataclass
class _Renamer:
    renames: Mapping[tuple[str, str], Rename]
    faults: list[Fault] = field(default_factory=list)

    def fields(self, given: InputField) -> Iterator[InputField]:
        """Give what a field becomes: one for each question that its values go to."""
        if given.setting:
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
        """Give the values of a setting that are still there."""
        kind = KIND_NAMED_BY.get(given.key, "")  # nothing that was renamed is of no kind
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
