"""Pictures as SVG: rectangles and lines of text, escaped by the library that writes them.

Attributes only, no styles: strict policies drop those. Knows nothing of what is shown.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from advisor.output.lettering import Type

NAMESPACE = "http://www.w3.org/2000/svg"

LIGHT_INK = "#ffffff"
DARK_INK = "#000000"


def picture(width: int, height: int) -> Element:
    """Start a picture of a size in pixels."""
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    return Element("svg", {"xmlns": NAMESPACE, **size})


def written(root: Element) -> str:
    """Write a picture out."""
    return tostring(root, encoding="unicode")


def box(parent: Element, at: tuple[int, int], size: tuple[int, int], fill: str) -> Element:
    """Draw a rectangle.

    Args:
        parent: what it is drawn in.
        at: its left and its upper edge.
        size: its width and height.
        fill: its colour.
    """
    (left, top), (width, height) = at, size
    place = {"x": str(left), "y": str(top), "width": str(width), "height": str(height)}
    return SubElement(parent, "rect", {**place, "fill": fill})


def line(parent: Element, text: str, at: tuple[int, int], letters: Type, fill: str) -> Element:
    """Write a line of text.

    Args:
        parent: what it is written in.
        text: what it says.
        at: where it starts on its base line.
        letters: its size and weight.
        fill: its colour.
    """
    drawn = SubElement(
        parent,
        "text",
        {
            "x": str(at[0]),
            "y": str(at[1]),
            "font-size": str(letters.size),
            "font-weight": str(int(letters.weight)),
            "fill": fill,
        },
    )
    drawn.text = text
    return drawn


def lines_of(
    parent: Element, texts: Sequence[str], corner: tuple[int, int], letters: Type, fill: str
) -> int:
    """Write lines below each other.

    Args:
        parent: what they are written in.
        texts: what they say.
        corner: their left and their upper edge.
        letters: their size and weight.
        fill: their colour.

    Returns:
        Where the next line would have its upper edge.
    """
    left, top = corner
    for text in texts:
        line(parent, text, (left, top + letters.size), letters, fill)
        top += letters.leading
    return top


def ink_on(fill: str) -> str:
    """Return the colour for text on a colour: light or dark, whichever stands out more."""
    behind = _luminance(fill)
    on_light = (_luminance(LIGHT_INK) + 0.05) / (behind + 0.05)
    on_dark = (behind + 0.05) / (_luminance(DARK_INK) + 0.05)
    return LIGHT_INK if on_light >= on_dark else DARK_INK


def _luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's figures
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
