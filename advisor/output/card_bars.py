"""The bars on the preview card: where each framework stands, by length and in words.

Scores are read off the recommendation; the longest bar is the highest score.
"""

from xml.etree.ElementTree import Element

from advisor.model.recommendation import Recommendation, Standing, State
from advisor.model.rulebase import RuleBase
from advisor.output.card_room import INK, MUTED, TRACK, Column
from advisor.output.lettering import Type, Weight
from advisor.output.svg import box, line
from advisor.output.words import STATE_WORDS, counted, signed

NAME = Type(23, Weight.BOLD)
PLAIN_NAME = Type(23)
LABEL = Type(20)
GAP = 18
"""Pixels between a name and what stands at the other end of its line."""
LEAST_LABEL = 130
"""Pixels that a name leaves to it in any case."""
THICKNESS = 10
BELOW_NAME = 12
MOST_ROWS = 5


def draw_bars(
    root: Element, rulebase: RuleBase, recommendation: Recommendation, column: Column
) -> None:
    """Draw a bar for each framework, in the order of the standings.

    Where there are too many to be legible, the last line says how many are left out.
    """
    standings = recommendation.standings
    shown = standings if len(standings) <= MOST_ROWS else standings[: MOST_ROWS - 1]
    pitch = column.room // (min(len(standings), MOST_ROWS) or 1)
    most = max((s.score or 0 for s in standings if _competes(s)), default=0)
    for number, standing in enumerate(shown):
        base_line = column.top + number * pitch
        _head(root, rulebase, standing, column, base_line)
        _bar(root, rulebase, standing, column, (base_line, most))
    if len(shown) < len(standings):
        words = f"and {counted(len(standings) - len(shown), 'other')}"
        line(root, words, (column.left, column.top + len(shown) * pitch), LABEL, MUTED)


def _head(
    root: Element, rulebase: RuleBase, standing: Standing, column: Column, base_line: int
) -> None:
    """Write the name on the left, and the points or the state on the right."""
    leads = standing.state is State.LEADS
    letters = NAME if leads else PLAIN_NAME
    room = column.width - LEAST_LABEL - GAP
    name = letters.clipped(rulebase.frameworks[standing.framework].name, room)
    label = LABEL.clipped(_label(standing), column.width - letters.width(name) - GAP)
    line(root, name, (column.left, base_line), letters, INK)
    end = (column.left + column.width, base_line)
    line(root, label, end, LABEL, INK if leads else MUTED).set("text-anchor", "end")


def _label(standing: Standing) -> str:
    """Return the points of one that could lead, or why another cannot."""
    if not _competes(standing):
        return STATE_WORDS[standing.state]
    score = standing.score or 0
    return counted(score, "point") if score >= 0 else f"{signed(score)} points"


def _competes(standing: Standing) -> bool:
    """Say whether its points count for the lead; those without a reason of their own do not."""
    return standing.state in {State.LEADS, State.FOLLOWS}


def _bar(
    root: Element,
    rulebase: RuleBase,
    standing: Standing,
    column: Column,
    place: tuple[int, int],
) -> None:
    """Draw the bar below a name.

    Args:
        root: what it is drawn in.
        rulebase: knows the colour.
        standing: whose bar it is.
        column: where the bars are.
        place: the base line of the name, and the highest score.
    """
    base_line, most = place
    top = base_line + BELOW_NAME
    box(root, (column.left, top), (column.width, THICKNESS), TRACK).set("rx", "5")
    score = standing.score or 0
    if _competes(standing) and score > 0:
        length = score * column.width // most
        colour = rulebase.frameworks[standing.framework].colour["light"]
        box(root, (column.left, top), (length, THICKNESS), colour).set("rx", "5")
