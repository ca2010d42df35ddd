"""How far the claims of a rule base that is still being checked can count.

Asks the model; leaves out claims of which the support is broken, as other checks speak of those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.model.admissibility import can_stop, cap
from advisor.model.knowledge import Basis, Claim, Source
from advisor.rulebase.knowledge import compile_claim, compile_source
from advisor.rulebase.raw import RawRuleBase


@dataclass(frozen=True, slots=True)
class Weights:
    """The claims that can be weighed, and their sources."""

    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]

    def knows(self, claims: Iterable[str]) -> bool:
        """Say whether all of these can be weighed."""
        return all(claim in self.claims for claim in claims)

    def most(self, claim: str) -> int:
        """Return the most points that a claim can carry on any basis."""
        return max(cap(self.claims, self.sources, claim, basis) for basis in Basis)

    def stops(self, claim: str) -> bool:
        """Say whether a claim can rule a framework out on any basis."""
        return any(can_stop(self.claims, self.sources, claim, basis) for basis in Basis)


def weigh(raw: RawRuleBase) -> Weights:
    """Prepare the claims whose source is known and whose support ends somewhere."""
    sources = {name: compile_source(item.shape) for name, item in raw.sources_by_id.items()}
    waiting = {
        name: compile_claim(item.shape, source)
        for name, item in raw.claims_by_id.items()
        if (source := raw.source_of(item)) in sources and source
    }
    return Weights(_supported(waiting), sources)


def _supported(waiting: Mapping[str, Claim]) -> Mapping[str, Claim]:
    """Return the claims that rest on nothing or on such claims, however many steps away."""
    claims: dict[str, Claim] = {}
    ready = [claim for claim in waiting.values() if not claim.rests_on]
    while ready:
        claims.update({claim.id: claim for claim in ready})
        ready = [
            claim
            for claim in waiting.values()
            if claim.id not in claims and all(other in claims for other in claim.rests_on)
        ]
    return claims
