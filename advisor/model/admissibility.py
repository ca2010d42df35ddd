"""How far a claim may count on a basis: derived from its status and evidence, never set by hand.

Knows claims and sources; knows nothing of rules, of scores or of answers.
"""

from collections.abc import Iterable, Iterator, Mapping

from advisor.model.knowledge import OPINIONS, Basis, Claim, Evidence, Source, Status

FULL_CAP = 3
STATUS_CAP = {Status.HOLDS: 3, Status.PARTLY: 2}
EVIDENCE_CAP = {
    Evidence.OWN: 3,
    Evidence.RUN: 3,
    Evidence.QUOTED: 3,
    Evidence.ISSUE: 1,
    Evidence.THIRD: 0,
}
MANY_REPORTS = 5
"""So many independent reports of the same in issue threads are worth more than one."""
REPORTED_CAP = 2
STOPPING = frozenset({Evidence.OWN, Evidence.RUN, Evidence.QUOTED})
"""Evidence that is hard enough to rule a framework out."""


def cap(
    claims: Mapping[str, Claim], sources: Mapping[str, Source], claim_id: str, basis: Basis
) -> int:
    """Return the most points that a claim can carry on a basis; 0 means it does not count.

    On `documents` a claim of a document carries up to 3 whatever its status, any other none.
    On `checked` a fact carries what its status and its evidence both allow; an opinion carries
    no more than the weakest of the claims it rests on.

    Given are all claims and sources by id; what a claim rests on is among them, without a circle.
    """
    claim = claims[claim_id]
    if basis is Basis.DOCUMENTS:
        return FULL_CAP if sources[claim.source].document else 0
    by_status = STATUS_CAP.get(claim.status, 0)
    if claim.kind in OPINIONS:
        needed = [cap(claims, sources, rest, basis) for rest in claim.rests_on]
        return min(by_status, *needed) if needed else 0
    if claim.reports and claim.reports.count >= MANY_REPORTS:
        return min(by_status, REPORTED_CAP)
    return min(by_status, EVIDENCE_CAP[claim.evidence] if claim.evidence else 0)


def counting(
    claims: Mapping[str, Claim], sources: Mapping[str, Source], names: Iterable[str], basis: Basis
) -> Iterator[str]:
    """Yield those of some claims that count on a basis, in the order given."""
    return (name for name in names if cap(claims, sources, name, basis))


def can_stop(
    claims: Mapping[str, Claim], sources: Mapping[str, Source], claim_id: str, basis: Basis
) -> bool:
    """Say whether a claim is hard enough to rule a framework out on a basis.

    On `documents` every claim of a document is; on `checked` a claim that holds, shown by the
    project's own words or by running it.
    """
    claim = claims[claim_id]
    if basis is Basis.DOCUMENTS:
        return sources[claim.source].document
    return claim.status is Status.HOLDS and claim.evidence in STOPPING
