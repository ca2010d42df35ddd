"""The preview card: what a chat or a network shows of a link to a recommendation.

An SVG of the size that such previews have, lettered in the vendored font and drawn by `raster`.
It says what the page says, in the order of the page: the answer, how sure, why, who else.
"""

from xml.etree.ElementTree import Element

from advisor.model.recommendation import Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.card_bars import draw_bars
from advisor.output.card_points import draw_points
from advisor.output.card_room import ACCENT, INK, MUTED, NEUTRAL, PAPER, TRACK, Column
from advisor.output.gist import ground, sureness, verdict
from advisor.output.headline import headline
from advisor.output.lettering import FAMILY, Type, Weight, drawable
from advisor.output.svg import box, ink_on, line, lines_of, picture, written

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 72, 1128
BAND = 16
"""How wide the band in the leaders' colours is, along the left edge."""

WORDMARK = Type(28, Weight.BOLD)
NAME_LEFT = LEFT + 48
CHIP = Type(24, Weight.BOLD)
CHIP_GAP = 32
PROJECT = Type(26)
SURE = Type(29)
FOOT = Type(20)
HEADLINES = tuple(Type(size, Weight.BOLD) for size in (62, 54, 47, 41, 36, 32))

ANSWER_TOP, ANSWER_BOTTOM = 108, 338
ANSWER_GAP = 8
"""Pixels between the answer and how sure it is."""
POINTS = Column(left=LEFT, top=374, width=576, room=174)
BARS = Column(left=704, top=374, width=RIGHT - 704, room=204)
FOOT_RULE, FOOT_LINE = 566, 599


def card(rulebase: RuleBase, recommendation: Recommendation, project: str = "") -> str:
    """Draw the card of a recommendation.

    Args:
        rulebase: the rule base that it was made with.
        recommendation: what to show.
        project: the title of the project; left out if the font lacks a character of it.

    Returns:
        An SVG document.
    """
    root = picture(WIDTH, HEIGHT)
    root.set("font-family", FAMILY)
    box(root, (0, 0), (WIDTH, HEIGHT), PAPER)
    colours = _colours(rulebase, recommendation)
    _band(root, colours)
    end = _chip(root, verdict(recommendation), colours)
    _masthead(root, rulebase.title, end)
    _answer(root, rulebase, recommendation, project if drawable(project) else "")
    draw_points(root, rulebase, recommendation, POINTS)
    draw_bars(root, rulebase, recommendation, BARS)
    _foot(root, rulebase, recommendation)
    return written(root)


def _colours(rulebase: RuleBase, recommendation: Recommendation) -> list[str]:
    """Return the colours of what is recommended; a neutral one where nothing is."""
    if recommendation.verdict in {Verdict.OPEN, Verdict.NONE}:
        return [NEUTRAL]
    return [rulebase.frameworks[name].colour["light"] for name in recommendation.leaders]


def _band(root: Element, colours: list[str]) -> None:
    """Draw the leaders' colours along the edge, a part of the same height for each."""
    for number, colour in enumerate(colours):
        top, bottom = (HEIGHT * n // len(colours) for n in (number, number + 1))
        box(root, (0, top), (BAND, bottom - top), colour)


def _masthead(root: Element, title: str, end: int) -> None:
    """Draw the mark of the site and its name, which ends before something else begins."""
    for number, (width, fill) in enumerate(((34, ACCENT), (22, MUTED), (12, MUTED))):
        box(root, (LEFT, 56 + 11 * number), (width, 7), fill).set("rx", "2")
    name = WORDMARK.clipped(title, end - CHIP_GAP - NAME_LEFT)
    line(root, name, (NAME_LEFT, 79), WORDMARK, INK)


def _chip(root: Element, words: str, colours: list[str]) -> int:
    """Draw the verdict in the colour of a sole leader, and return where it begins."""
    fill = colours[0] if len(colours) == 1 else NEUTRAL
    width = CHIP.width(words) + 44
    left = RIGHT - width
    box(root, (left, 46), (width, 44), fill).set("rx", "22")
    line(root, words, (left + 22, 76), CHIP, ink_on(fill))
    return left


def _answer(
    root: Element, rulebase: RuleBase, recommendation: Recommendation, project: str
) -> None:
    """Write the project, the answer and how sure it is, in the middle of their room."""
    room = RIGHT - LEFT
    above = [PROJECT.clipped(project, room)] if project else []
    below = SURE.most_lines(sureness(rulebase, recommendation), room, 2)
    taken = PROJECT.height(above) + ANSWER_GAP + SURE.height(below)
    left_over = ANSWER_BOTTOM - ANSWER_TOP - taken
    letters, lines = _fitting(headline(rulebase, recommendation), room, left_over)
    top = ANSWER_TOP + (left_over - letters.height(lines)) // 2
    top = lines_of(root, above, (LEFT, top), PROJECT, MUTED)
    top = lines_of(root, lines, (LEFT, top), letters, INK)
    lines_of(root, below, (LEFT, top + ANSWER_GAP), SURE, MUTED)


def _fitting(text: str, width: int, height: int) -> tuple[Type, list[str]]:
    """Break a headline in the largest size that fits; cut it off if even the smallest does not."""
    for letters in HEADLINES:
        lines = letters.balanced(text, width)
        if letters.height(lines) <= height:
            return letters, lines
    smallest = HEADLINES[-1]
    return smallest, smallest.most_lines(text, width, height // smallest.leading)


def _foot(root: Element, rulebase: RuleBase, recommendation: Recommendation) -> None:
    """Say what it rests on, and as of when."""
    box(root, (LEFT, FOOT_RULE), (RIGHT - LEFT, 1), TRACK)
    line(root, ground(rulebase, recommendation), (LEFT, FOOT_LINE), FOOT, MUTED)
