"""What became of a recommendation since its edition, in words."""

from advisor.model.comparison import MovedReason, Since
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.headline import VERDICT_LABELS
from advisor.output.words import names, signed


def leads_now(newest: RuleBase, since: Since) -> str:
    """Return who leads by the newest edition, in a few words: `Ash`, `open`."""
    if since.verdict in {Verdict.NONE, Verdict.OPEN}:
        return VERDICT_LABELS[since.verdict]
    return names(newest, since.leaders)


def since_in_words(newest: RuleBase, since: Since) -> str:
    """Say in a sentence whether the newest edition still recommends the same."""
    if since.state == "same":
        return f"Edition {since.edition} is the newest, and recommends the same."
    label = VERDICT_LABELS[since.verdict]
    match since.verdict:
        case Verdict.NONE:
            told = "nothing fits these answers any more"
        case Verdict.OPEN:
            told = "too little is answered to recommend one"
        case Verdict.TIE:
            told = f"{names(newest, since.leaders)} are level"
        case _:
            told = f"{names(newest, since.leaders)} leads ({label})"
    return f"Edition {since.edition} is the newest, and recommends otherwise: {told}."


def moved_in_words(newest: RuleBase, moved: MovedReason) -> str:
    """Return how much a reason counts now and counted then: `+1 instead of +3 for Ash`."""
    framework = newest.frameworks.get(moved.framework)
    name = framework.name if framework else moved.framework
    if 0 in {moved.was, moved.now}:
        return f"{'rules out' if moved.now == 0 else 'no longer rules out'} {name}"
    if moved.now is None:
        return f"no longer {signed(moved.was or 0)} for {name}"
    return (
        f"{signed(moved.now)} {f'instead of {signed(moved.was)} ' if moved.was else ''}for {name}"
    )
