"""Which claims a recommendation leans on that hold in part only: what to verify before committing.

Reads weights off claims and reasons; decides nothing.
"""

from collections.abc import Iterable

from advisor.model.admissibility import cap
from advisor.model.knowledge import Basis, Claim, Status
from advisor.model.recommendation import Reason
from advisor.model.rulebase import RuleBase


def doubtful_claims(rulebase: RuleBase, reasons: Iterable[Reason]) -> dict[str, Claim]:
    """Return the claims that hold in part and that these reasons have weight from, by id.

    A reason that claims which hold would give as many points by themselves does not lean on
    those that hold in part; they are left out.
    """
    return {
        name: rulebase.claims[name]
        for reason in reasons
        if not _stands_firm(rulebase, reason)
        for name in reason.claims
        if rulebase.claims[name].status is Status.PARTLY
    }


def _stands_firm(rulebase: RuleBase, reason: Reason) -> bool:
    """Say whether claims that hold carry a reason's points by themselves."""
    points = abs(reason.points) // (2 if reason.doubled else 1)
    return any(
        rulebase.claims[name].status is Status.HOLDS
        and cap(rulebase.claims, rulebase.sources, name, Basis.CHECKED) >= points
        for name in reason.claims
    )
