"""The reasons on the preview card: as many as fit whole, the weightiest first.

Where several are level, each is heard, if need be cut off. What the reasons are, `gist` says.
"""

from xml.etree.ElementTree import Element

from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.card_room import ACCENT, INK, Column
from advisor.output.gist import heard, points
from advisor.output.lettering import Type, Weight
from advisor.output.svg import line, lines_of

LETTERS = Type(24)
SIGN = Type(24, Weight.BOLD)
SIGN_WIDTH = 52
GAP = 12
"""Pixels between one reason and the next."""
MOST_CUT_OFF = 5
"""So many lines fit where each is a reason of its own."""


def draw_points(
    root: Element, rulebase: RuleBase, recommendation: Recommendation, column: Column
) -> None:
    """Write what weighs most, each with its points in the colour of the one it speaks for."""
    told = points(rulebase, recommendation)
    texts = [point.text for point in told]
    top = column.top - LETTERS.size
    for point, lines in zip(told, _that_fit(texts, heard(recommendation), column), strict=False):
        framework = rulebase.frameworks.get(point.framework)
        colour = framework.colour["light"] if framework else ACCENT
        line(root, point.sign, (column.left, top + LETTERS.size), SIGN, colour)
        top = GAP + lines_of(root, lines, (column.left + SIGN_WIDTH, top), LETTERS, INK)


def _that_fit(texts: list[str], least: int, column: Column) -> list[list[str]]:
    """Break texts into lines.

    Args:
        texts: what is to be said.
        least: how many of them, if there are so many, have to be told even if cut off.
        column: where they are to fit.

    Returns:
        The lines of the first texts; of all those that fit whole, or of those to be heard.
    """
    least = min(least, len(texts))
    width = column.width - SIGN_WIDTH
    whole = [LETTERS.lines(text, width) for text in texts]
    for number in range(len(whole), least - 1, -1):
        if sum(map(len, whole[:number])) <= _line_room(number, column):
            return whole[:number]
    number = min(least, MOST_CUT_OFF)
    each = _line_room(number, column) // number
    return [LETTERS.most_lines(text, width, each) for text in texts[:number]]


def _line_room(number: int, column: Column) -> int:
    """Return how many lines fit when they belong to so many reasons."""
    return (column.room + LETTERS.leading - (number - 1) * GAP) // LETTERS.leading
