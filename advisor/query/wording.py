"""How a text that somebody gave is repeated in a message: short, and harmless to a terminal."""

from collections.abc import Iterable

MAX_SHOWN = 80
"""Longest text that a message repeats, in characters."""


def harmless(text: str) -> str:
    """Return the text shortened, with unprintable characters written out."""
    short = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."
    if short.isprintable():
        return short
    return "".join(_printable(character) for character in short)


def shown(text: str) -> str:
    """Return the text in quotes, shortened and harmless."""
    return f"'{harmless(text)}'"


def one_of(words: Iterable[str]) -> str:
    """Return `one of a, b, c`, in the order given; of a single word that word."""
    listed = list(words)
    return ("one of " if len(listed) > 1 else "") + ", ".join(listed)


def _printable(character: str) -> str:
    return character if character.isprintable() else f"\\u{ord(character):04x}"
