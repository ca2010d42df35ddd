"""How things stand, by word and by sign: claims by their status, tools by theirs.

A sign is drawn as a path in a box of 16 by 16, so that it prints and follows the colour of text.
"""

from pydantic import Field

from advisor.model.knowledge import Status
from advisor.output.words import STATUS_WORDS
from advisor.web.views.page import View

DISC = "M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1z"
RING = DISC + "M8 3a5 5 0 1 1 0 10A5 5 0 1 1 8 3z"
TICK = DISC + "M4 8.2l1.3-1.3 1.9 1.9 3.6-3.7 1.3 1.3-4.9 5z"
HALF = DISC + "M8 3a5 5 0 0 1 0 10z"
ARROW = DISC + "M4 7h3.6V4.4L12.2 8l-4.6 3.6V9H4z"
CROSS = (
    DISC
    + "M5.8 4.5L8 6.7l2.2-2.2 1.3 1.3L9.3 8l2.2 2.2-1.3 1.3L8 9.3l-2.2 2.2-1.3-1.3L6.7 8 4.5 5.8z"
)
BAR = DISC + "M4.2 7h7.6v2H4.2z"
DOT = RING + "M8 6a2 2 0 1 0 0 4A2 2 0 1 0 8 6z"


class Standing(View):
    """How something stands."""

    word: str = Field(description="In a few words.")
    tone: str = Field(description="The name of its colour: good, part, gone or open.")
    sign: str = Field(description="The path that draws its sign.")


CLAIM_STANDINGS = {
    Status.HOLDS: Standing(word=STATUS_WORDS[Status.HOLDS], tone="good", sign=TICK),
    Status.PARTLY: Standing(word=STATUS_WORDS[Status.PARTLY], tone="part", sign=HALF),
    Status.SUPERSEDED: Standing(word=STATUS_WORDS[Status.SUPERSEDED], tone="gone", sign=ARROW),
    Status.CONTRADICTED: Standing(word=STATUS_WORDS[Status.CONTRADICTED], tone="gone", sign=CROSS),
    Status.UNVERIFIABLE: Standing(word=STATUS_WORDS[Status.UNVERIFIABLE], tone="open", sign=RING),
}
"""How a claim stands, by its status, from best to worst."""

TOOL_STANDINGS = {
    "active": Standing(word="active", tone="good", sign=TICK),
    "preview": Standing(word="a preview", tone="part", sign=DOT),
    "slow": Standing(word="moves slowly", tone="part", sign=HALF),
    "renamed": Standing(word="goes by another name", tone="part", sign=ARROW),
    "deprecated": Standing(word="deprecated", tone="gone", sign=BAR),
    "ended": Standing(word="ended", tone="gone", sign=CROSS),
    "unclear": Standing(word="state unclear", tone="open", sign=RING),
}
"""How a tool stands, by its status."""
