"""Other ways to ship in words: how near they are, and what they have over the leader's or lack."""

from collections.abc import Iterator

from advisor.model.explanation import Alternative, Explanation
from advisor.model.recommendation import Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.words import (
    counted,
    difference_in_words,
    listed,
    reason_texts,
    signed,
    way_in_words,
)

TITLE = "Other ways to ship"
"""What the part that tells them is called, wherever it stands."""


def closeness(rulebase: RuleBase, recommendation: Recommendation, explanation: Explanation) -> str:
    """Say that the choice of the shipper is close where the lead itself need not be.

    Returns:
        A sentence; empty where several lead, or where no other way is close.
    """
    if recommendation.verdict not in {Verdict.CLOSE, Verdict.CLEAR} or not explanation.ways:
        return ""
    nearest = explanation.ways[0].against.behind
    if nearest > rulebase.margins.close:
        return ""
    near = [way.plan for way in explanation.ways if way.against.behind == nearest]
    others = listed([way_in_words(rulebase, plan) for plan in near])
    if not nearest:
        return f"How to ship is open: level on points with {others}."
    return f"How to ship is close: {counted(nearest, 'point')} ahead of {others}."


def way_as_sentence(rulebase: RuleBase, way: Alternative) -> str:
    """Return the way and how far it is behind, without a full stop."""
    behind = way.against.behind
    gap = f"{counted(behind, 'point')} behind" if behind else "level on points"
    return f"{way_in_words(rulebase, way.plan)}: {gap}"


def differences(rulebase: RuleBase, way: Alternative) -> Iterator[tuple[str, str]]:
    """Yield what this way has over the leader's, or lacks: points with a sign, and the reason."""
    texts = reason_texts(rulebase)
    for each in sorted(way.against.differences, key=lambda d: (d.theirs - d.ours, d.rule)):
        yield signed(each.ours - each.theirs), difference_in_words(each, texts[each.rule])
