"""The badge: what is recommended and how sure it is, in one line for a README.

An SVG that needs nothing else. Solid colours with their own ink, so that it reads the same on
light and on dark pages; no link and no style, since pages show it as a picture.
"""

import math
from dataclasses import dataclass

from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.drawing import Letters, ink_on
from advisor.output.headline import ground, in_words, recommends, verdict_label
from advisor.output.text import TEMPLATES

HEIGHT, SIZE, PADDING = 22, 12, 8
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
    leaders = recommendation.leaders if recommends(recommendation) else ()
    frameworks = [rulebase.frameworks[name] for name in leaders]
    sure, edition = verdict_label(recommendation), recommendation.edition
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
        height=HEIGHT,
        size=SIZE,
        padding=PADDING,
        title=f"{rulebase.title}. {in_words(rulebase, recommendation)}"
        + (f" The newest edition says: {overtaken}." if overtaken else ""),
        ground=ground(rulebase, recommendation),
    )
    return "".join(line.strip() for line in svg.splitlines())
