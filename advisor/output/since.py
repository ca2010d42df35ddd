"""What became of a recommendation since its edition, in words and in a few bytes."""

from dataclasses import dataclass
from typing import Literal

from advisor.editions.edition import FORMAT
from advisor.model.explanation import MovedReason, Since
from advisor.model.recommendation import Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.headline import VERDICT_LABELS
from advisor.output.words import names, signed


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who leads by an edition, and how surely."""

    edition: str | None
    """Null for rules that are not released."""
    leaders: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """What became of a link, in a few bytes."""

    format: Literal[1]
    """The version of this form."""
    status: Literal["same", "changed", "gone"]
    """`same` while the newest edition recommends the same as that of the link, else `changed`;
    `gone` where the edition of the link is not here."""
    then: Standpoint | None
    """By the edition of the link; null where that is gone."""
    now: Standpoint
    """By the newest edition."""


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
    return f"Edition {since.edition} is the newest, and recommends something else: {told}."


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


def status(there: Recommendation, now: Recommendation | Since, *, gone: bool) -> LinkStatus:
    """Return what became of a link: there is what it led to, now what the newest edition says."""
    changed = isinstance(now, Since) and now.state == "changed"
    then, today = (Standpoint(each.edition, each.leaders, each.verdict) for each in (there, now))
    if gone:
        return LinkStatus(FORMAT, "gone", None, today)
    return LinkStatus(FORMAT, "changed" if changed else "same", then, today)
