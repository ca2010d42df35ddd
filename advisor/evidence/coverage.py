"""Which claims carry a score, could be seen by a program, and were seen by none."""

from collections.abc import Iterator

from advisor.engine.scoring.items import Kind, items_of
from advisor.model.knowledge import OPINIONS, Basis, ClaimKind, Sight
from advisor.model.rulebase import RuleBase

CARRYING = frozenset({Kind.SCORE, Kind.PREFER, Kind.COST, Kind.STOP, Kind.FINISHED})
"""What moves a score, or decides which plans there are."""


def observable(rulebase: RuleBase) -> Iterator[str]:
    """Give the claims that carry a score on `checked` and that a program could see.

    An opinion, and a claim of a document, count by the claims that they rest on or are shown by.
    """
    items = items_of(rulebase, Basis.CHECKED)
    waiting = [name for item in items if item.kind in CARRYING for name in item.claims]
    carrying: set[str] = set()
    while waiting:
        if (name := waiting.pop()) not in carrying:
            carrying.add(name)
            waiting += (*rulebase.claims[name].rests_on, *rulebase.claims[name].shown_by)
    for name in sorted(carrying):
        claim = rulebase.claims[name]
        told = claim.kind in {*OPINIONS, ClaimKind.HISTORY} or claim.not_run
        if not told and not rulebase.sources[claim.source].document:
            yield name


def unseen(rulebase: RuleBase) -> tuple[str, ...]:
    """Return those that a program could see and of which no record holds a verdict, sorted."""
    runs = [record.runs[-1] for record in rulebase.records.values()]
    seen = {s.decides for run in runs for s in run.seen if s.verdict is not Sight.INCONCLUSIVE}
    return tuple(name for name in observable(rulebase) if name not in seen)
