"""Which id a text that is none was meant to be: for typing errors, and for names that people use.

It is only asked about, never taken for an answer: rather none than a wrong one, as what is
suggested is easily copied.
"""

import re
from collections.abc import Collection, Iterable, Mapping

from advisor.errors import MUCH_ALIKE, nearest
from advisor.model.answers import NON_ANSWERS
from advisor.model.rulebase import NONE_CHOICE, Question

LONGEST = 40
"""Longer texts, in characters, are no typing error."""

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


def meant_name(text: str, known: Collection[str], others: Collection[str] = ()) -> str:
    """Return which known name, or which of the others, a text is like; empty where none is.

    Of questions and frameworks, by their ids, what people see of them counts as well.

    Example: `gaol` and `purpose` mean `goal`, the question with the label "Purpose".
    """
    things = known.values() if isinstance(known, Mapping) else ()
    labels = {each.id: each.label if isinstance(each, Question) else each.name for each in things}
    titles = {each.id: each.title for each in things if isinstance(each, Question)}
    return _meant(text, {*known, *others}, labels, titles)


def _meant(text: str, ids: Iterable[str], *seen: Mapping[str, str]) -> str:
    """Return which id is meant by a text; `seen` is what people see of ids, most telling first."""
    if len(text) > LONGEST:
        return ""
    words = [{name: _words(told) for name, told in each.items()} for each in seen]

    def pointed(*, alike: bool) -> str:
        """Return the id to which the words of the text point; a common word points nowhere."""
        for each in words:
            names: set[str] = set()
            for word in _words(text):
                having = {
                    name
                    for name, own in each.items()
                    if word in own or (alike and nearest(word, own, MUCH_ALIKE))
                }
                names |= having if len(having) == 1 else set()
            if len(names) == 1:
                return names.pop()
        return ""

    return pointed(alike=False) or nearest(text, ids) or pointed(alike=True)


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", text.lower()) if len(w) >= SHORTEST)
