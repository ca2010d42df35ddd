"""What the page on the method says: what claims may carry, the verdicts, and how the rules lean."""

from threading import Lock

from advisor.engine.acceptability import acceptability, early
from advisor.model.knowledge import FULL_CAP, MANY_REPORTS, STOPPING, Basis, Evidence
from advisor.model.rulebase import RuleBase
from advisor.output.diff import share
from advisor.output.headline import VERDICT_WORDS
from advisor.output.words import counted

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
