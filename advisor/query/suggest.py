"""Which choice somebody may have meant: by its id, else by the words that people see of it.

Rather none than a wrong one: what is suggested is easily copied.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping

from advisor import errors
from advisor.model.rulebase import NONE_CHOICE, Question

ALIKE = 0.6
"""How like an id or a word a text has to be that begins with the same letter, from 0 to 1."""

MUCH_ALIKE = 0.8
"""The same where the first letter differs, which slips seldom hit."""

LONGEST = 40
"""Longer texts, in characters, are no slip of the pen."""

SHORTEST = 3
"""Shorter words, in letters, say too little."""

MOST_GUESSED = 500
"""How many wrong names of one request are looked for: each takes longer than to read it."""


class Guesses:
    """Guesses what wrong names were meant to be; after `MOST_GUESSED` it does so no more."""

    def __init__(self) -> None:
        """Begin with all guesses left."""
        self._left = MOST_GUESSED

    def _may(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """Return the known name closest to a wrong one; empty where none is close."""
        return errors.nearest(name, known) if self._may() else ""

    def choice(self, question: Question, text: str, non_answers: Iterable[str]) -> str:
        """Return the choice of a question that was meant, as `meant_choice` does."""
        return meant_choice(question, text, non_answers) if self._may() else ""


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
