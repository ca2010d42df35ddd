"""What a plan's reasons come to, split by what they are for; the parts add up to its score."""

from advisor.model.recommendation import Plan
from advisor.model.rules import Role
from advisor.output.words import listed, signed

EDGE = "edge"

PART_WORDS = {
    str(Role.BUILD): "for building",
    str(Role.SHIP): "for shipping",
    EDGE: "for handing over",
}
"""What the reasons of each kind are for, in the order in which they are told."""


def parts_of(plan: Plan) -> dict[str, int]:
    """Return what the reasons of each kind come to; kinds without a reason are left out."""
    found = {part: [r.points for r in plan.reasons if r.role == part] for part in PART_WORDS}
    return {part: sum(points) for part, points in found.items() if points}


def parts_in_words(plan: Plan) -> str:
    """Return the parts as in `4 for building and 3 for shipping`; empty where none is."""
    return listed([f"{total(n)} {PART_WORDS[part]}" for part, n in parts_of(plan).items()])


def total(points: int) -> str:
    """Return a sum of points: a sign only where it is negative."""
    return signed(points).removeprefix("+")
