"""Fits text into pictures: how wide it is, where its lines break, where it is cut off.

Pictures cannot break lines themselves. Knows the font's widths and nothing of what is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from advisor.output.glyph_widths import BOLD, CHARACTERS, MISSING, REGULAR

FONT_FILE = "fonts/advisor-sans.ttf"
"""Where the font is, below the folder of static files."""

FAMILY = "Advisor Sans"
"""What the font calls itself."""

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
UNITS = 1000
STEP = 16
"""Pixels by which a room is narrowed while lines are made equally long."""


class Weight(IntEnum):
    """How heavy letters are; whole hundreds, since SVG knows no others."""

    REGULAR = 400
    BOLD = 600


WIDTHS = {
    Weight.REGULAR: dict(zip(CHARACTERS, REGULAR, strict=True)),
    Weight.BOLD: dict(zip(CHARACTERS, BOLD, strict=True)),
}


@dataclass(frozen=True, slots=True)
class Type:
    """Letters of one size and weight."""

    size: int
    weight: Weight = Weight.REGULAR

    @property
    def leading(self) -> int:
        """Pixels from one base line to the next; bold lines stand closer."""
        return self.size * 5 // 4 if self.weight is Weight.REGULAR else self.size * 7 // 6

    def height(self, lines: Sequence[str]) -> int:
        """Return the pixels that lines below each other take."""
        return len(lines) * self.leading

    def width(self, text: str) -> int:
        """Return how many pixels a text takes in one line, rounded up."""
        widths = WIDTHS[self.weight]
        return -(-self.size * sum(widths.get(character, MISSING) for character in text) // UNITS)

    def clipped(self, text: str, room: int) -> str:
        """Return a text, cut off with an ellipsis where it is wider than the room.

        Between words if that is possible.
        """
        if self.width(text) <= room:
            return text
        while " " in text and self.width(text + ELLIPSIS) > room:
            text = text.rpartition(" ")[0].rstrip(" ,;:.")
        while text and self.width(text + ELLIPSIS) > room:
            text = text[:-1]
        return text + ELLIPSIS

    def lines(self, text: str, room: int) -> list[str]:
        """Break a text into as few lines as it needs; a word that is too wide is cut off."""
        return [self.clipped(line, room) for line in self._broken(text.split(), room)]

    def balanced(self, text: str, room: int) -> list[str]:
        """Break a text into as few lines as it needs, of about the same length each."""
        lines = self.lines(text, room)
        narrowest = max((self.width(word) for word in text.split()), default=0)
        while (room := room - STEP) >= narrowest:
            narrower = self.lines(text, room)
            if len(narrower) > len(lines):
                break
            lines = narrower
        return lines

    def most_lines(self, text: str, room: int, most: int) -> list[str]:
        """Break a text into a few lines at most; the last one ends with an ellipsis if need be."""
        lines = self.lines(text, room)
        if len(lines) <= most:
            return lines
        kept = lines[: most - 1]
        rest = " ".join(text.split()[sum(len(line.split()) for line in kept) :])
        return [*kept, self.clipped(rest, room)]

    def _broken(self, words: Sequence[str], room: int) -> Iterator[str]:
        line = ""
        for word in words:
            longer = f"{line} {word}".strip()
            if line and self.width(longer) > room:
                yield line
                longer = word
            line = longer
        if line:
            yield line


def drawable(text: str) -> bool:
    """Say whether the font has every character of a text."""
    return set(text) <= WIDTHS[Weight.REGULAR].keys()
