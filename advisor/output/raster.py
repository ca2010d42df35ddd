"""SVG into PNG: the one place that knows the library that draws."""

from pathlib import Path

import resvg_py

from advisor.output.lettering import FAMILY


def drawn(svg: str, font: Path) -> bytes:
    """Draw a picture; the same one on every machine, since no font but this one is used.

    Args:
        svg: the picture.
        font: the file of the font that it is lettered in.

    Returns:
        A PNG.

    Raises:
        FileNotFoundError: the font is not there. The library would leave all text out and say
            nothing.
    """
    if not font.is_file():
        raise FileNotFoundError(font)
    return resvg_py.svg_to_bytes(
        svg_string=svg, font_files=[str(font)], sans_serif_family=FAMILY, skip_system_fonts=True
    )
