"""What the parts of the preview card share: their colours, and the room that each is given."""

from dataclasses import dataclass

PAPER = "#fbfaf7"
INK = "#1b1d1f"
MUTED = "#595650"
TRACK = "#e4e1d9"
ACCENT = "#0b5d57"
NEUTRAL = "#59616a"


@dataclass(frozen=True, slots=True)
class Column:
    """A part of the lower half.

    Attributes:
        top: the base line of its first line.
        room: how many pixels there are from there to its lower end.
    """

    left: int
    top: int
    width: int
    room: int
