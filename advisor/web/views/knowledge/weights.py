"""How many points a claim may carry on each basis, and why no more."""

from pydantic import Field

from advisor.model.admissibility import EVIDENCE_CAP, STATUS_CAP, can_stop, cap
from advisor.model.knowledge import OPINIONS, Basis, Claim, Evidence, Status
from advisor.model.rulebase import RuleBase
from advisor.output.words import BASIS_WORDS, counted, sentence
from advisor.web.views.page import View

WHY_STATUS = {
    Status.HOLDS: "it holds today",
    Status.PARTLY: "it holds only in part",
    Status.SUPERSEDED: "it has been overtaken since it was written",
    Status.CONTRADICTED: "it is contradicted",
    Status.UNVERIFIABLE: "it could not be confirmed",
}
WHY_EVIDENCE = {
    Evidence.ISSUE: "only an issue thread reports it",
    Evidence.THIRD: "only third parties tell it",
}
NO_EVIDENCE = "nothing shows it"
NO_GROUND = "it is an opinion and names no claim to rest on"
WEAK_GROUND = "it is an opinion, worth as much as the weakest claim that it rests on"
DOCUMENT = "it stands in one of the documents, and here nothing else is asked"
NO_DOCUMENT = "it stands in none of the documents, and here nothing else exists"


class Weight(View):
    """What a claim may carry on a basis."""

    basis: str = Field(description="The basis in words.")
    says: str = Field(description="How much at most, and why no more, as a sentence.")
    stops: bool = Field(description="Whether it is hard enough to rule something out.")


def weights(rulebase: RuleBase, claim: Claim) -> tuple[Weight, ...]:
    """Say what a claim may carry on each basis."""
    return tuple(_weight(rulebase, claim, basis) for basis in Basis)


def most_points(rulebase: RuleBase, claim: str, basis: Basis) -> int:
    """Return the most points that a claim can carry on a basis."""
    return cap(rulebase.claims, rulebase.sources, claim, basis)


def _weight(rulebase: RuleBase, claim: Claim, basis: Basis) -> Weight:
    most = most_points(rulebase, claim.id, basis)
    points = f"up to {counted(most, 'point')}" if most else "nothing"
    why = _why_written(rulebase, claim) if basis is Basis.DOCUMENTS else _why_today(most, claim)
    return Weight(
        basis=BASIS_WORDS[basis],
        says=sentence(f"{points}: {why}"),
        stops=can_stop(rulebase.claims, rulebase.sources, claim.id, basis),
    )


def _why_written(rulebase: RuleBase, claim: Claim) -> str:
    return DOCUMENT if rulebase.sources[claim.source].document else NO_DOCUMENT


def _why_today(most: int, claim: Claim) -> str:
    """Name what keeps a claim from carrying more on the facts as checked."""
    by_status = STATUS_CAP.get(claim.status, 0)
    if most == by_status:
        return WHY_STATUS[claim.status]
    if claim.kind in OPINIONS:
        return WEAK_GROUND if claim.rests_on else NO_GROUND
    if claim.evidence and EVIDENCE_CAP[claim.evidence] == most:
        return WHY_EVIDENCE[claim.evidence]
    return NO_EVIDENCE
