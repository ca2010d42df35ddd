"""The badge: what is recommended and how sure it is, in one line for a README.

An SVG that needs nothing else. Solid colours with their own ink, so that it reads the same on
light and on dark pages; no link and no style, since pages show it as a picture.
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from advisor.model.recommendation import Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.gist import ground, in_words, verdict
from advisor.output.lettering import Type, Weight
from advisor.output.svg import box, ink_on, line, picture, written

HEIGHT = 22
BASE_LINE = 15
PADDING = 8
RADIUS = 4
LETTERS = Type(12)
BOLD = Type(12, Weight.BOLD)
FONTS = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
ROOM_FOR_OTHER_FONTS = 109
"""Per cent: badges use a font of the reader's, and common ones are this much wider than ours."""

TITLE_FILL = "#2f353b"
VERDICT_FILL = "#59616a"


@dataclass(frozen=True, slots=True)
class Panel:
    """One field of the badge."""

    text: str
    fill: str
    letters: Type = LETTERS

    @property
    def text_width(self) -> int:
        """How wide its text is drawn."""
        return self.letters.width(self.text) * ROOM_FOR_OTHER_FONTS // 100

    @property
    def width(self) -> int:
        """How wide it is with the space around its text."""
        return self.text_width + 2 * PADDING


def badge(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Draw the badge of a recommendation.

    Args:
        rulebase: the rule base that it was made with; its title stands on the left.
        recommendation: what to show.

    Returns:
        An SVG document.
    """
    panels = _panels(rulebase, recommendation)
    width = sum(panel.width for panel in panels)
    root = picture(width, HEIGHT)
    root.set("role", "img")
    _described(root, rulebase, recommendation)
    group = _rounded(root, width)
    left = 0
    for panel in panels:
        _drawn(group, panel, left)
        left += panel.width
    return written(root)


def _panels(rulebase: RuleBase, recommendation: Recommendation) -> list[Panel]:
    """Return the fields from left to right; nobody is named who is not recommended."""
    recommended = recommendation.verdict not in {Verdict.OPEN, Verdict.NONE}
    leaders = [rulebase.frameworks[name] for name in recommendation.leaders if recommended]
    return [
        Panel(rulebase.title, TITLE_FILL),
        *(Panel(leader.name, leader.colour["light"], BOLD) for leader in leaders),
        Panel(verdict(recommendation), VERDICT_FILL),
    ]


def _described(root: Element, rulebase: RuleBase, recommendation: Recommendation) -> None:
    """Say in words what the picture shows."""
    SubElement(root, "title").text = f"{rulebase.title}. {in_words(rulebase, recommendation)}"
    SubElement(root, "desc").text = ground(rulebase, recommendation)


def _rounded(root: Element, width: int) -> Element:
    """Return a group whose corners are cut off round."""
    clip = SubElement(root, "clipPath", {"id": "round"})
    box(clip, (0, 0), (width, HEIGHT), TITLE_FILL).set("rx", str(RADIUS))
    return SubElement(root, "g", {"clip-path": "url(#round)", "font-family": FONTS})


def _drawn(group: Element, panel: Panel, left: int) -> None:
    """Draw a field; its text keeps its width whatever font the reader has."""
    box(group, (left, 0), (panel.width, HEIGHT), panel.fill)
    at = (left + PADDING, BASE_LINE)
    text = line(group, panel.text, at, panel.letters, ink_on(panel.fill))
    text.set("textLength", str(panel.text_width))
