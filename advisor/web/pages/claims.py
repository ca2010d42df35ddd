"""What the pages of claims compute: how much a claim may weigh, and what uses it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from advisor.model.admissibility import EVIDENCE_CAP, STATUS_CAP, can_stop, cap
from advisor.model.knowledge import OPINIONS, Basis, Claim, Evidence, Status
from advisor.model.rulebase import RuleBase
from advisor.output.words import ROLE_WORDS, counted, sentence
from advisor.web.places import address_of

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


def claims_of(rulebase: RuleBase, ids: Iterable[str]) -> list[Claim]:
    """Return the claims with these ids: those that stand best first, then by id."""
    order = list(Status)
    found = [rulebase.claims[claim] for claim in ids]
    return sorted(found, key=lambda claim: (order.index(claim.status), claim.id))


def cap_on(rulebase: RuleBase, claim: Claim, basis: Basis) -> int:
    """Return the most points that a claim can carry on a basis."""
    return cap(rulebase.claims, rulebase.sources, claim.id, basis)


def weight_in_words(rulebase: RuleBase, claim: Claim, basis: Basis) -> str:
    """Say how much a claim may carry on a basis, and why no more.

    Example:
        `Up to two points: it holds only in part.`
    """
    most = cap_on(rulebase, claim, basis)
    if basis is Basis.DOCUMENTS:
        why = "it stands in none of the documents, and here nothing else exists"
        if rulebase.sources[claim.source].document:
            why = "it stands in one of the documents, and here nothing else is asked"
    elif most == STATUS_CAP.get(claim.status, 0):
        why = WHY_STATUS[claim.status]
    elif claim.kind in OPINIONS and claim.rests_on:
        why = "it is an opinion, worth as much as the weakest claim that it rests on"
    elif claim.kind in OPINIONS:
        why = "it is an opinion and names no claim to rest on"
    elif claim.evidence and EVIDENCE_CAP[claim.evidence] == most:
        why = WHY_EVIDENCE[claim.evidence]
    else:
        why = "nothing shows it"
    points = f"up to {counted(most, 'point')}" if most else "nothing"
    return sentence(f"{points}: {why}")


def claim_context(rulebase: RuleBase, claim: Claim) -> dict[str, object]:
    """Return what `pages/claim.html` is given: a claim and all that is tied to it.

    `shows` and `carries` are the ids of the claims whose standing it shows, and of those that
    rest on it; `stops_on` are the bases on which it is hard enough to rule something out.
    """
    others = rulebase.claims.values()
    return {
        "claim": claim,
        "stops_on": [
            basis for basis in Basis if can_stop(rulebase.claims, rulebase.sources, claim.id, basis)
        ],
        "shows": [other.id for other in others if claim.id in other.shown_by],
        "carries": [other.id for other in others if claim.id in other.rests_on],
        "uses": uses(rulebase).get(claim.id, []),
    }


Uses = list[tuple[str, list[tuple[str, str]]]]
"""What cites a claim: for each sort of thing, the address and the words of each."""


@lru_cache(maxsize=4)
def uses(rulebase: RuleBase) -> Mapping[str, Uses]:
    """Return what cites each claim that is cited.

    Example:
        `{"m12": [("Reasons", [("/rules/r1", "It runs in browsers.")]), ("Tools", […])]}`
    """
    found: dict[str, Uses] = {}
    for kind, address, text, claims in _all_uses(rulebase):
        for claim in dict.fromkeys(claims):
            groups = found.setdefault(claim, [])
            if not groups or groups[-1][0] != kind:
                groups.append((kind, []))
            groups[-1][1].append((address, text))
    return found


def _all_uses(rulebase: RuleBase) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield everything that cites claims: its sort, its address, its words, and the claims."""
    yield from _things(rulebase, "Reasons", "text", rulebase.rules.values())
    for edge in rulebase.edges.values():
        yield from _things(rulebase, "Ways of handing over", "text", [edge])
        yield from _things(rulebase, "Costs of handing over", "text", edge.costs)
    for framework in rulebase.frameworks.values():
        page = address_of(rulebase, framework)
        for role, claims in framework.roles.items():
            text = f"{framework.name} can be recommended for {ROLE_WORDS[role]}"
            yield "Roles", f"{page}#roles", text, claims
        for backend in framework.backends:
            text = f"{framework.name} runs on {backend.name}"
            yield "Backends", f"{page}#backends", text, backend.claims
    yield from _things(rulebase, "Routes for existing code", "text", rulebase.migrations.values())
    yield from _things(rulebase, "Next steps", "text", rulebase.steps.values())
    yield from _things(rulebase, "Notes", "title", rulebase.notes.values())
    yield from _things(rulebase, "Tools", "name", rulebase.tools.values())
    yield from _things(rulebase, "Example projects", "title", rulebase.scenarios.values())
    for matter in rulebase.disagreements.values():
        place = address_of(rulebase, matter)
        said = tuple(claim for side in matter.sides for claim in side.claims)
        yield "Disagreements that it is part of", place, matter.title, said
        yield "Disagreements that it settles", place, matter.title, matter.settled_by


def _things(
    rulebase: RuleBase, kind: str, label: str, things: Iterable[Any]
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield things that cite claims themselves; `label` is the field that names one."""
    for thing in things:
        yield kind, address_of(rulebase, thing), getattr(thing, label), thing.claims
