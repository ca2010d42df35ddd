"""Draws pictures with Pillow: shapes that say what stands where, painted onto one image.

The font comes with the advisor. Pillow kerns its letters where the system has FriBiDi, and sets
them side by side where not; whatever is measured is measured in the same way.
"""

import io
import itertools
import math
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from advisor.settings import find_settings

if TYPE_CHECKING:  # imported where something is drawn: most processes never draw
    from PIL import Image, ImageFont

FONT = find_settings().static / "fonts" / "advisor-sans.ttf"
"""A variable font; its one axis is the weight, from 400 to 700."""

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
MISSING = "\N{REPLACEMENT CHARACTER}"
"""The font lacks it, and draws a box."""
LIGHT_INK, DARK_INK = "#ffffff", "#000000"

NARROWER = 16
"""Pixels by which a room is narrowed while lines are made equally long."""
FINER = 2
"""How many times larger letters are drawn before they are reduced, so that each stands where it
belongs and not at the nearest pixel."""
SMOOTH = 4
"""The same for rounded corners."""
OVERHANG = 4
"""Pixels that a letter may stand out on either side of its line."""
MOST_COLOURS = 256
"""As many as the palette of a PNG can have."""
SHADES = 15
"""Shades between an ink and what it stands on, for smooth edges of letters and corners."""
APART = 9
"""By how much a channel of two colours of a palette has to differ for Pillow to tell them apart."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one size, in pixels.

    `Letters(20).clipped("One and two, and three", 150)` is `"One and two,…"`.
    """

    size: int
    bold: bool = False

    @property
    def leading(self) -> int:
        """Pixels from one base line to the next; bold lines stand closer."""
        return self.size * 7 // 6 if self.bold else self.size * 5 // 4

    def height(self, lines: Sequence[str]) -> int:
        """Return the pixels that lines below each other take."""
        return len(lines) * self.leading

    def width(self, text: str) -> int:
        """Return how many pixels a text takes in one line, rounded up."""
        return _width(self, text)

    def clipped(self, text: str, room: int) -> str:
        """Return a text, cut off with an ellipsis where it is wider than the room.

        Between words if that is possible.
        """
        if self.width(text) <= room:
            return text
        begun = range(len(text))
        fits = bisect_right(begun, room, key=lambda end: self.width(text[:end] + ELLIPSIS)) - 1
        whole_words = text[: fits + 1].rpartition(" ")[0].rstrip(" ,;:.")
        return (whole_words or text[: max(fits, 0)]) + ELLIPSIS

    def lines(self, text: str, room: int) -> list[str]:
        """Break a text into as few lines as it needs; a word that is too wide is cut off."""
        lines: list[str] = []
        for word in text.split():
            if lines and self.width(f"{lines[-1]} {word}") <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return [self.clipped(line, room) for line in lines]

    def balanced(self, text: str, room: int) -> list[str]:
        """Break a text into as few lines as it needs, of about the same length each."""
        lines = self.lines(text, room)
        narrowest = max((self.width(word) for word in text.split()), default=0)
        while (room := room - NARROWER) >= narrowest:
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


@lru_cache(maxsize=64)
def font_of(letters: Letters) -> "ImageFont.FreeTypeFont":
    """Load the font, `FINER` times as large as letters are to be; as `png`, it may raise."""
    from PIL import ImageFont  # noqa: PLC0415

    font = ImageFont.truetype(FONT, letters.size * FINER)
    font.set_variation_by_axes([600 if letters.bold else 400])
    # The first letter of all is measured otherwise than later if it has an accent; see
    # findings/pillow-first-measure.sh.
    font.getlength(" ")
    return font


@lru_cache(maxsize=2048)
def _width(letters: Letters, text: str) -> int:
    return math.ceil(font_of(letters).getlength(_printable(text)) / FINER)


def _printable(text: str) -> str:
    """Return a text with blanks for line breaks and all else that Pillow may refuse in a line."""
    return "".join(character if character.isprintable() else " " for character in text)


@lru_cache(maxsize=1024)
def _glyph(character: str) -> bytes:
    return bytes(font_of(Letters(24)).getmask(character))


def drawable(text: str) -> bool:
    """Say whether the font has every character of a text: no box stands for a missing one."""
    return text.isprintable() and all(_glyph(each) != _glyph(MISSING) for each in set(text))


def boxed(text: str) -> str:
    """Return a text with one `MISSING` for characters in a row that the font lacks: `▯ód▯`."""
    composed = unicodedata.normalize("NFC", text)
    runs = itertools.groupby(composed, drawable)
    return "".join("".join(run) if drawn else MISSING for drawn, run in runs)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle, in pixels; the radius is that of its corners.

    Its fill is a colour such as `#0b5d57`, as is what it stands on, where that is not the paper.
    """

    left: int
    top: int
    width: int
    height: int
    fill: str
    radius: int = 0
    behind: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: where it starts, and what its letters stand on, in pixels."""

    text: str
    left: int
    base_line: int
    letters: Letters
    fill: str
    behind: str = ""


Shape = Rectangle | TextLine


def text_lines(
    texts: Sequence[str], left: int, top: int, letters: Letters, fill: str
) -> Iterator[TextLine]:
    """Yield lines below each other, the first of which has its upper edge at `top`."""
    for number, text in enumerate(texts):
        yield TextLine(text, left, top + letters.size + number * letters.leading, letters, fill)


def png(width: int, height: int, paper: str, shapes: Sequence[Shape]) -> bytes:
    """Paint shapes onto paper of a colour, the first at the bottom; return a PNG.

    Raises:
        OSError: the file of the font is not there, or holds no font.
    """
    from PIL import Image  # noqa: PLC0415

    image = Image.new("RGB", (width, height), paper)
    for shape in shapes:
        if isinstance(shape, TextLine):
            corner = (shape.left - OVERHANG, shape.base_line - shape.letters.leading)
            image.paste(shape.fill, corner, _line_mask(shape.text, shape.letters))
        else:
            mask = _corner_mask(shape.width, shape.height, shape.radius)
            image.paste(shape.fill, (shape.left, shape.top), mask)
    # Writing 256 colours takes a quarter of the time of writing all. The palette has every
    # colour that fills an area; the pixels of smooth edges get the shade that is nearest.
    inks = dict.fromkeys((shape.fill, shape.behind or paper) for shape in shapes)
    image = image.quantize(palette=_palette(tuple(inks)), dither=Image.Dither.NONE)
    content = io.BytesIO()
    image.save(content, "PNG", compress_level=2)
    return content.getvalue()


@lru_cache(maxsize=40)
def _line_mask(text: str, letters: Letters) -> "Image.Image":
    """Return how much of each pixel a line covers; its base line is a `leading` from the top."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    width, height = letters.width(text) + 2 * OVERHANG, letters.leading + letters.size // 2
    mask = Image.new("L", (width * FINER, height * FINER))
    start = (OVERHANG * FINER, letters.leading * FINER)
    ImageDraw.Draw(mask).text(start, _printable(text), 255, font_of(letters), anchor="ls")
    return mask.reduce(FINER)


@lru_cache(maxsize=64)
def _corner_mask(width: int, height: int, radius: int) -> "Image.Image":
    """Return how much of each pixel a rectangle with rounded corners covers."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    mask = Image.new("L", (width * SMOOTH, height * SMOOTH))
    whole = (0, 0, width * SMOOTH - 1, height * SMOOTH - 1)
    ImageDraw.Draw(mask).rounded_rectangle(whole, radius * SMOOTH, fill=255)
    return mask.reduce(SMOOTH)


@lru_cache(maxsize=8)
def _palette(inks: tuple[tuple[str, str], ...]) -> "Image.Image":
    """Return an image whose palette has each ink, what it stands on, and shades between these.

    `(("#1b1d1f", "#fbfaf7"),)` gives 2 colours and 15 shades.
    """
    from PIL import Image, ImageColor  # noqa: PLC0415

    pairs = [[ImageColor.getrgb(colour) for colour in pair] for pair in inks]
    exact = list(dict.fromkeys(itertools.chain(*pairs)))
    shades = (
        tuple(a + (b - a) * part // (SHADES + 1) for a, b in zip(*pair, strict=True))
        for pair in pairs
        for part in range(1, SHADES + 1)
    )
    # Pillow takes for a colour what is near it, so that no shade may be near an exact one.
    apart = [
        (r, g, b)
        for r, g, b in dict.fromkeys(shades)
        if not any(
            abs(r - c[0]) < APART and abs(g - c[1]) < APART and abs(b - c[2]) < APART for c in exact
        )
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette(list(itertools.chain(*[*exact, *apart][:MOST_COLOURS])))
    return palette


def ink_on(fill: str) -> str:
    """Return the colour for text on a colour: light or dark, whichever stands out more."""
    behind = _luminance(fill)
    on_light = (_luminance(LIGHT_INK) + 0.05) / (behind + 0.05)
    on_dark = (behind + 0.05) / (_luminance(DARK_INK) + 0.05)
    return LIGHT_INK if on_light >= on_dark else DARK_INK


def _luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG 2 defines it: 0 black, 1 white."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's figures
        for channel in (byte / 255 for byte in bytes.fromhex(colour.removeprefix("#")))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
