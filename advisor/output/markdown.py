"""Markdown as CommonMark understands it: texts that cannot break it, paragraphs, lists, headings.

Knows nothing of recommendations.
"""

import re
import string
import textwrap
from collections.abc import Iterable

WIDTH = 88

_ACTIVE = re.compile(r"[\\`*_\[\]<>&#|~$]")
"""Characters that could begin or end something in the midst of a line."""

_PUNCTUATION = re.compile("[" + re.escape(string.punctuation) + "]")

_MARKER = re.compile(r"(?P<number>\d{1,9}(?=[.)](\s|$)))|(?=[-+](\s|$))|(?=(-+|=+)\s*$)")
"""What would begin a list, or underline a heading, at the beginning of a line."""


def escaped(text: str) -> str:
    """Return a text of the rule base as it reads; nothing in it means anything in Markdown."""
    return _ACTIVE.sub(r"\\\g<0>", text)


def literal(text: str) -> str:
    """Return a text from anywhere as it reads, on one line; not even an address is a link."""
    return _PUNCTUATION.sub(r"\\\g<0>", " ".join(text.split()))


def paragraph(text: str, first: str = "", rest: str = "") -> str:
    """Wrap a text that is Markdown already.

    Args:
        text: what to wrap; long words, such as addresses, stay whole.
        first: what stands before the first line.
        rest: what stands before the others, spaces only.
    """
    lines = textwrap.wrap(
        _guarded(text.strip()),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join([*lines[:1], *(rest + _guarded(line[len(rest) :]) for line in lines[1:])])


def _guarded(line: str) -> str:
    """Escape what would begin something of its own at the beginning of a wrapped line."""
    found = _MARKER.match(line)
    if not found:
        return line
    number = found["number"] or ""
    return f"{number}\\{line[len(number) :]}"


def bullets(texts: Iterable[str]) -> str:
    """Write texts that are Markdown already as a list."""
    return "\n".join(paragraph(text, "* ", "  ") for text in texts)


def numbered(texts: Iterable[str]) -> str:
    """Write texts that are Markdown already as a numbered list."""
    marks = ((f"{number}. ", text) for number, text in enumerate(texts, start=1))
    return "\n".join(paragraph(text, mark, " " * len(mark)) for mark, text in marks)


def code(lines: str, indent: str = "") -> str:
    """Write lines as a block of code; fenced so that nothing in them can end it."""
    runs = (len(run) for run in re.findall("`+", lines))
    fence = "`" * max(3, 1 + max(runs, default=0))
    return textwrap.indent(f"{fence}\n{lines}\n{fence}", indent)


def section(level: int, title: str, *blocks: str) -> str:
    """Write a heading with the blocks below it; nothing where all blocks are empty."""
    filled = [block for block in blocks if block]
    return "\n\n".join([f"{'#' * level} {title}", *filled]) if filled else ""
