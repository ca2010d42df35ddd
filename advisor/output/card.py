"""Pictures of a recommendation: a badge, and the preview card that a chat shows of a link.

It says what the page says, in the order of the page: the answer, how sure, why, who else.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from advisor.model.recommendation import Recommendation, State
from advisor.model.rulebase import RuleBase
from advisor.output import drawing, headline
from advisor.output.drawing import Letters, Rectangle, Shape, TextLine, ink_on, text_lines
from advisor.output.text import TEMPLATES
from advisor.output.words import competes, counted, line_in_words

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 72, 1128
BAND = 16
"""How wide the band in the leaders' colours is, along the left edge."""

PAPER, TRACK = "#fbfaf7", "#e4e1d9"
INK, MUTED = "#1b1d1f", "#595650"
ACCENT, NEUTRAL = "#0b5d57", "#59616a"

SITE, SITE_LEFT = Letters(28, bold=True), LEFT + 48
CHIP, CHIP_PADDING, CHIP_GAP = Letters(24, bold=True), 22, 32

ANSWER_TOP, ANSWER_BOTTOM = 108, 338
PROJECT, SURE, ANSWER_GAP = Letters(26), Letters(29), 8
HEADLINES = tuple(Letters(size, bold=True) for size in (62, 54, 47, 41, 36, 32))

LOWER_TOP = 374
"""The base line of the first reason and of the first bar's name."""
REASON, REASON_SIGN, REASON_GAP = Letters(24), Letters(24, bold=True), 12
REASON_LEFT, REASON_WIDTH, REASON_ROOM = LEFT + 52, 524, 174
MOST_CUT_OFF = 5
"""So many reasons have a line each where not all fit whole."""

CHART_LEFT, CHART_WIDTH, CHART_ROOM = 704, RIGHT - 704, 204
CHART_NAME, CHART_LEADER = Letters(23), Letters(23, bold=True)
CHART_LABEL, CHART_GAP, DOT = Letters(20), 18, 16
LEAST_LABEL = 130
"""Pixels that a name leaves to what stands at the other end of its line."""
MOST_BARS = 5
"""How many frameworks the chart shows at most."""

FOOT, FOOT_RULE, FOOT_LINE = Letters(20), 566, 599


def card(rulebase: RuleBase, recommendation: Recommendation, project: str = "") -> bytes:
    """Draw the card of a recommendation as a PNG of `WIDTH` by `HEIGHT` pixels.

    A box stands in the title of the project for characters that the font lacks.
    """
    return drawing.png(WIDTH, HEIGHT, PAPER, list(shapes(rulebase, recommendation, project)))


def shapes(
    rulebase: RuleBase, recommendation: Recommendation, project: str = ""
) -> Iterator[Shape]:
    """Yield what stands on the card and where, from top to bottom."""
    leaders = recommendation.leaders if recommendation.verdict.recommends else ()
    colours = [rulebase.frameworks[name].colour["light"] for name in leaders] or [NEUTRAL]
    for number, colour in enumerate(colours):
        top, bottom = (HEIGHT * n // len(colours) for n in (number, number + 1))
        yield Rectangle(0, top, BAND, bottom - top, colour)

    # The verdict on the right, in the colour of a sole leader; the name of the site ends before.
    fill = colours[0] if len(colours) == 1 else NEUTRAL
    words = headline.verdict_label(recommendation)
    chip_width = CHIP.width(words) + 2 * CHIP_PADDING
    chip_left = RIGHT - chip_width
    yield Rectangle(chip_left, 46, chip_width, 44, fill, radius=22)
    yield TextLine(words, chip_left + CHIP_PADDING, 76, CHIP, ink_on(fill), fill)
    for number, (width, colour) in enumerate(((34, ACCENT), (22, MUTED), (12, MUTED))):
        yield Rectangle(LEFT, 56 + 11 * number, width, 7, colour, radius=2)
    name = SITE.clipped(rulebase.title, chip_left - CHIP_GAP - SITE_LEFT)
    yield TextLine(name, SITE_LEFT, 79, SITE, INK)

    yield from _answer(rulebase, recommendation, drawing.boxed(project))
    yield from _reasons(rulebase, recommendation)
    yield from _chart(rulebase, recommendation)
    yield Rectangle(LEFT, FOOT_RULE, RIGHT - LEFT, 1, TRACK)
    yield TextLine(headline.basis_sentence(rulebase, recommendation), LEFT, FOOT_LINE, FOOT, MUTED)


def _answer(rulebase: RuleBase, recommendation: Recommendation, project: str) -> Iterator[TextLine]:
    """Yield the project, the answer and how sure it is, in the middle of their room."""
    room = RIGHT - LEFT
    above = [PROJECT.clipped(project, room)] if project else []
    below = SURE.most_lines(headline.how_sure_alone(rulebase, recommendation), room, 3)
    left_over = ANSWER_BOTTOM - ANSWER_TOP - ANSWER_GAP
    left_over -= PROJECT.height(above) + SURE.height(below)
    # The answer in the largest size that fits, or cut off in the smallest.
    text = headline.headline(rulebase, recommendation)
    for letters in HEADLINES:
        lines = letters.balanced(text, room)
        if letters.height(lines) <= left_over:
            break
    else:
        lines = letters.most_lines(text, room, left_over // letters.leading)
    top = ANSWER_TOP + (left_over - letters.height(lines)) // 2
    yield from text_lines(above, LEFT, top, PROJECT, MUTED)
    top += PROJECT.height(above)
    yield from text_lines(lines, LEFT, top, letters, INK)
    top += letters.height(lines) + ANSWER_GAP
    yield from text_lines(below, LEFT, top, SURE, MUTED)


def _reasons(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[TextLine]:
    """Yield what weighs most, each with its points in the colour of the one it speaks for."""
    found = headline.summary_lines(rulebase, recommendation)
    texts = [line.text for line in found]
    top = LOWER_TOP - REASON.size
    told = _that_fit(texts, headline.lines_needed(recommendation))
    for line, broken in zip(found, told, strict=False):
        framework = rulebase.frameworks.get(line.framework)
        colour = framework.colour["light"] if framework else ACCENT
        yield TextLine(line.sign, LEFT, top + REASON.size, REASON_SIGN, colour)
        yield from text_lines(broken, REASON_LEFT, top, REASON, INK)
        top += REASON.height(broken) + REASON_GAP


def _that_fit(texts: list[str], needed: int) -> list[list[str]]:
    """Break reasons into lines: as many as fit whole, or as are needed at least, cut off."""

    def room(number: int) -> int:
        return (REASON_ROOM + REASON.leading - (number - 1) * REASON_GAP) // REASON.leading

    needed = min(needed, len(texts))
    whole = [REASON.lines(text, REASON_WIDTH) for text in texts]
    for number in range(len(whole), needed - 1, -1):
        if sum(map(len, whole[:number])) <= room(number):
            return whole[:number]
    number = min(needed, MOST_CUT_OFF)
    each = room(number) // number
    return [REASON.most_lines(text, REASON_WIDTH, each) for text in texts[:number]]


def _chart(rulebase: RuleBase, recommendation: Recommendation) -> Iterator[Shape]:
    """Yield for each framework its name, its points as a dot, and as a line what they could be.

    Where there are too many to be legible, the last line says how many are left out.
    """
    standings, reach = recommendation.standings, recommendation.reach
    shown = standings if len(standings) <= MOST_BARS else standings[: MOST_BARS - 1]
    pitch = CHART_ROOM // (min(len(standings), MOST_BARS) or 1)
    ends = [0, *chain.from_iterable(reach.values())]
    start, width = min(ends), max(max(ends) - min(ends), 1)

    def across(points: int) -> int:
        return CHART_LEFT + DOT // 2 + (points - start) * (CHART_WIDTH - DOT) // width

    for number, standing in enumerate(shown):
        framework = rulebase.frameworks[standing.framework]
        base_line = LOWER_TOP + number * pitch
        leads, colour = standing.state is State.LEADS, framework.colour["light"]
        letters = CHART_LEADER if leads else CHART_NAME
        name = letters.clipped(framework.name, CHART_WIDTH - LEAST_LABEL - CHART_GAP)
        yield TextLine(name, CHART_LEFT, base_line, letters, INK)

        least, most = reach.get(framework.id, (0, 0))
        said = line_in_words(standing, least, most if competes(standing) else least)
        label = CHART_LABEL.clipped(said, CHART_WIDTH - letters.width(name) - CHART_GAP)
        left = RIGHT - CHART_LABEL.width(label)
        yield TextLine(label, left, base_line, CHART_LABEL, INK if leads else MUTED)

        middle = base_line + 18
        yield Rectangle(CHART_LEFT, middle - 1, CHART_WIDTH, 2, TRACK)
        if least < most:
            yield Rectangle(across(least), middle - 2, across(most) - across(least), 4, colour)
            for end in (least, most):
                yield Rectangle(across(end) - 1, middle - 6, 3, 12, colour)
        if standing.score is not None and competes(standing):
            left, top = across(standing.score) - DOT // 2, middle - DOT // 2
            yield Rectangle(left, top, DOT, DOT, colour, DOT // 2)
    if len(shown) < len(standings):
        words = f"and {counted(len(standings) - len(shown), 'other')}"
        top = LOWER_TOP + len(shown) * pitch
        yield TextLine(words, CHART_LEFT, top, CHART_LABEL, MUTED)


BADGE_HEIGHT, SIZE, PADDING = 22, 12, 8
"""The height of the badge, the size of its letters, the space beside them; in pixels."""
FINE = 1000
"""The size in which letters are measured, one by one: not rounded to pixels, and not kerned."""
ROOM_FOR_OTHER_FONTS = 109
"""Per cent: badges use a font of the reader's, and common ones are this much wider than ours."""

TITLE_FILL, VERDICT_FILL = "#2f353b", "#59616a"


@dataclass(frozen=True, slots=True)
class Panel:
    """One field of the badge."""

    text: str
    fill: str
    bold: bool = False

    @property
    def ink(self) -> str:
        """Return the colour of its text."""
        return ink_on(self.fill)

    @property
    def text_width(self) -> int:
        """Return how wide its text is drawn, whatever font the reader has."""
        fine = sum(map(Letters(FINE, self.bold).width, self.text))
        return math.ceil(SIZE * fine / FINE) * ROOM_FOR_OTHER_FONTS // 100

    @property
    def width(self) -> int:
        """Return how wide it is with the space around its text."""
        return self.text_width + 2 * PADDING


def badge(rulebase: RuleBase, recommendation: Recommendation, overtaken: str = "") -> str:
    """Draw the badge as an SVG: the site, who is recommended if anybody is, how sure.

    It names the edition that recommends. Where the newest one recommends otherwise, it is grey and
    says whom: the text by which it is overtaken.
    """
    leaders = recommendation.leaders if recommendation.verdict.recommends else ()
    frameworks = [rulebase.frameworks[name] for name in leaders]
    sure, edition = headline.verdict_label(recommendation), recommendation.edition
    panels = [
        Panel(rulebase.title, TITLE_FILL),
        *(
            Panel(each.name, VERDICT_FILL if overtaken else each.colour["light"], bold=True)
            for each in frameworks
        ),
        Panel(f"{sure} · {edition}" if edition else sure, VERDICT_FILL),
        *([Panel(f"now {overtaken}", TITLE_FILL, bold=True)] if overtaken else []),
    ]
    svg = TEMPLATES.get_template("badge.svg").render(
        panels=panels,
        height=BADGE_HEIGHT,
        size=SIZE,
        padding=PADDING,
        title=f"{rulebase.title}. {headline.alt_text(rulebase, recommendation)}"
        + (f" The newest edition says: {overtaken}." if overtaken else ""),
        ground=headline.basis_sentence(rulebase, recommendation),
    )
    return "".join(line.strip() for line in svg.splitlines())
