"""What the page on the method says: what claims may carry, the verdicts, and how the rules lean."""

from collections.abc import Mapping
from math import ceil
from threading import Lock

from advisor.engine.acceptability import DRAWS, acceptability, half_width
from advisor.model.admissibility import (
    EVIDENCE_CAP,
    FULL_CAP,
    MANY_REPORTS,
    REPORTED_CAP,
    STATUS_CAP,
    STOPPING,
)
from advisor.model.answers import MAX_IMPORTANT
from advisor.model.knowledge import Basis, Evidence, Status
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import Margins, RuleBase
from advisor.output.headline import VERDICT_MEANS, VERDICT_WORDS
from advisor.output.words import SMALL_NUMBERS, counted

THOUSAND = 1000
DRAWING = Lock()
"""Held while answers are drawn: whoever asks meanwhile waits for these, and does not draw too."""

ALONE = "Where nothing else has a reason of its own, the points of the plan count as its lead."


def method_context(rulebase: RuleBase) -> dict[str, object]:
    """Return what the template of the page is given; the first time takes about a second."""
    with DRAWING:
        leanings = {basis: acceptability(rulebase, basis) for basis in Basis}
    return {
        "most_marks": SMALL_NUMBERS[MAX_IMPORTANT],
        "full": FULL_CAP,
        "by_status": {status: STATUS_CAP.get(status, 0) for status in Status},
        "by_evidence": EVIDENCE_CAP,
        "many_reports": counted(MANY_REPORTS, "user"),
        "reported": REPORTED_CAP,
        "stopping": [evidence for evidence in Evidence if evidence in STOPPING],
        "verdicts": verdicts(rulebase.margins),
        "draws": DRAWS,
        "leanings": leanings,
    }


def verdicts(margins: Margins) -> Mapping[str, str]:
    """Say when each verdict is given, by its words, in the order in which they are tried."""
    tie = f"at most {counted(margins.tie, 'point')} behind" if margins.tie else "with equal points"
    close = counted(margins.close, "point")
    meanings = {
        Verdict.NONE: "Every one of them is ruled out.",
        Verdict.OPEN: "Too little is answered: no single reason for a leader weighs two points.",
        Verdict.TIE: f"Several lead, {tie}; all of them are named, none is first.",
        Verdict.CLOSE: f"One leads by {close} or less. {ALONE}",
        Verdict.CLEAR: f"One leads by more than {close}.",
    }
    return {
        VERDICT_WORDS[verdict]: f"{meaning} {VERDICT_MEANS[verdict]}"
        for verdict, meaning in meanings.items()
    }


def share(part: int, draws: int) -> str:
    """Return a share of draws with its interval, never rounded to nothing or to all.

    The interval is that of 95 in 100, rounded up, so that the rounding of the share is in it.

    Example:
        `57.0% ± 0.4`
    """
    tenths = (2 * THOUSAND * part + draws) // (2 * draws)
    told = f"{tenths // 10}.{tenths % 10}%" if tenths % THOUSAND else f"{tenths // 10}%"
    if part and not tenths:
        told = "under 0.1%"
    if part < draws and tenths == THOUSAND:
        told = "over 99.9%"
    return f"{told} ± {ceil(10 * half_width(part, draws)) / 10}"
