"""Who leads, by how much, how surely, and how much error the lead can bear."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from advisor.engine.evaluation import Evaluation
from advisor.engine.index import Index
from advisor.engine.items import Slot
from advisor.engine.plans import Scored
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import Margins

STRONG = 2
"""Points that one reason must have before a verdict is more than `open`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who leads and how surely.

    Attributes:
        leaders: the leading plans, one for each leading framework, by the framework's id.
        margin: points from the best leader down to the best plan of a framework that does not
            lead and has a reason of its own; None where there is none.
    """

    verdict: Verdict
    leaders: tuple[Scored, ...]
    margin: int | None


def best_of_each(plans: Sequence[Scored]) -> dict[str, Scored]:
    """Return each framework's best plan; one with a reason of its lead's own goes first.

    Args:
        plans: plans that no stop forbids, best first.
    """
    best: dict[str, Scored] = {}
    for plan in sorted(plans, key=lambda plan: not plan.own_reason):
        best.setdefault(plan.candidate.lead, plan)
    return best


def decide(plans: Sequence[Scored], evaluation: Evaluation, margins: Margins) -> Outcome:
    """Decide who leads.

    Where no other framework has a reason of its own, the lead is held against nothing: a single
    reason of two points is then close, not clear.

    Args:
        plans: plans that no stop forbids, best first.
        evaluation: what they were scored with.
        margins: the rule base's margins, in points.
    """
    if not plans:
        return Outcome(Verdict.NONE, (), None)
    contenders = [plan for plan in best_of_each(plans).values() if plan.own_reason]
    if not contenders:
        return Outcome(Verdict.OPEN, (), None)
    top = max(plan.score for plan in contenders)
    leaders = sorted(
        (plan for plan in contenders if top - plan.score <= margins.tie),
        key=lambda plan: plan.candidate.lead,
    )
    rivals = [plan.score for plan in contenders if plan not in leaders]
    margin = top - max(rivals) if rivals else None
    if not any(_has_strong_reason(plan, evaluation) for plan in leaders):
        verdict = Verdict.OPEN
    elif len(leaders) > 1:
        verdict = Verdict.TIE
    elif (top if margin is None else margin) <= margins.close:
        verdict = Verdict.CLOSE
    else:
        verdict = Verdict.CLEAR
    return Outcome(verdict, tuple(leaders), margin)


def _has_strong_reason(plan: Scored, evaluation: Evaluation) -> bool:
    """Say whether some single reason for a plan weighs enough to call it more than open."""
    strong = _strong(evaluation.index)
    return any(
        evaluation.fired & strong[slot][0] or evaluation.doubled & strong[slot][1]
        for slot in plan.candidate.slots
        if slot in strong
    )


@lru_cache(maxsize=8)
def _strong(index: Index) -> Mapping[Slot, tuple[int, int]]:
    """Return for each slot the items that are strong reasons, and those that are if doubled."""
    strong: dict[Slot, tuple[int, int]] = {}
    for slot, points, items in index.weights:
        once, twice = strong.get(slot, (0, 0))
        strong[slot] = (
            once | items * (points >= STRONG),
            twice | items * (2 * points >= STRONG),
        )
    return strong


def tolerance(
    outcome: Outcome, plans: Sequence[Scored], evaluation: Evaluation, margins: Margins
) -> Fraction | None:
    """Return how much error in every rule's points the lead can bear.

    The supremum of the t for which no rival catches up when each rule's points are wrong by any
    factor between 1 - t and 1 + t, each by its own: the least over rivals of (margin - tie
    margin) / sum over rules of the difference between what it brings to either plan.

    Returns:
        An exact fraction; None on a tie, when open, when none is left or no rival is.
    """
    if outcome.verdict not in {Verdict.CLOSE, Verdict.CLEAR}:
        return None
    leader = outcome.leaders[0]
    limits = [
        Fraction(leader.score - rival.score - margins.tie, spread)
        for rival in plans
        if rival.own_reason and rival.candidate.lead != leader.candidate.lead
        if (spread := _spread(leader.candidate.slots, rival.candidate.slots, evaluation))
    ]
    return min(limits, default=None)


def _spread(ours: Iterable[Slot], theirs: Iterable[Slot], evaluation: Evaluation) -> int:
    """Add up, over all that fired, how differently it treats two plans, in points."""
    index = evaluation.index
    apart = evaluation.fired & (index.scoring(ours) ^ index.scoring(theirs))
    twice = apart & evaluation.doubled
    return sum(
        size * ((apart & items).bit_count() + (twice & items).bit_count())
        for size, items in index.sizes
    )
