"""What the page on the method says: what claims may carry, the verdicts, and how the rules lean."""

from math import ceil
from threading import Lock

from advisor.engine.acceptability import acceptability, early, half_width
from advisor.model.admissibility import FULL_CAP, MANY_REPORTS, STOPPING
from advisor.model.knowledge import Basis, Evidence
from advisor.model.rulebase import RuleBase
from advisor.output.headline import VERDICT_WORDS
from advisor.output.words import counted

THOUSAND = 1000
EARLY_DRAWS = 20_000
DRAWING = Lock()
"""Held while answers are drawn: whoever asks meanwhile waits for these, and does not draw too."""


def method_context(rulebase: RuleBase) -> dict[str, object]:
    """Return what the template of the page is given; the first time takes about a second."""
    first = [question for question in rulebase.questions.values() if question.first]
    names = frozenset(question.id for question in first)
    with DRAWING:
        leanings = {basis: acceptability(rulebase, basis) for basis in Basis}
        soon = early(rulebase, Basis.CHECKED, names, EARLY_DRAWS)
    return {
        "full": FULL_CAP,
        "many_reports": counted(MANY_REPORTS, "user"),
        "stopping": [evidence for evidence in Evidence if evidence in STOPPING],
        "verdicts": VERDICT_WORDS,
        "draws": leanings[Basis.CHECKED].draws,
        "leanings": leanings,
        "first": first,
        "early": share(soon, EARLY_DRAWS),
        "early_draws": EARLY_DRAWS,
    }


def share(part: int, draws: int) -> str:
    """Return a share of draws with its interval, never rounded to nothing or to all.

    The interval is that of 95 in 100, rounded up, so that the rounding of the share is in it:
    `57.0% ± 0.4`.
    """
    tenths = (2 * THOUSAND * part + draws) // (2 * draws)
    told = f"{tenths // 10}.{tenths % 10}%" if tenths % THOUSAND else f"{tenths // 10}%"
    if part and not tenths:
        told = "under 0.1%"
    if part < draws and tenths == THOUSAND:
        told = "over 99.9%"
    return f"{told} ± {ceil(10 * half_width(part, draws)) / 10}"
