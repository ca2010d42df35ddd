"""What the pages of claims compute: the list, how much a claim may weigh, and what cites it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from advisor.model.admissibility import EVIDENCE_CAP, STATUS_CAP, can_stop, cap
from advisor.model.knowledge import OPINIONS, Basis, Claim, Evidence, Status
from advisor.model.rulebase import RuleBase
from advisor.output.words import ROLE_WORDS, counted, listed, sentence
from advisor.web.pages.claim_query import PER_PAGE, ClaimFilter, ClaimsQuery, pages
from advisor.web.urls import address_of

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

STATUS_VERBS = {
    Status.HOLDS: ("holds today", "hold today"),
    Status.PARTLY: ("holds in part", "hold in part"),
    Status.SUPERSEDED: ("has been overtaken", "have been overtaken"),
    Status.CONTRADICTED: ("is contradicted", "are contradicted"),
    Status.UNVERIFIABLE: ("could not be confirmed", "could not be confirmed"),
}
"""How one claim stands, and how several do."""


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


def summary(claims: Collection[Claim]) -> str:
    """Count claims by how they stand: `Three claims: two hold today and one is contradicted.`."""
    found = Counter(claim.status for claim in claims)
    told = [counted(found[each], *STATUS_VERBS[each]) for each in Status if found[each]]
    whole = f"{counted(len(claims), 'claim')}: {listed(told)}"
    return sentence(whole if told else "no claim was taken from it")


@dataclass(frozen=True, slots=True)
class ClaimsList:
    """One page of the list of claims, and the ways to narrow the list down.

    Attributes:
        chosen: which claims are listed; none are while nothing is chosen.
        total: how many fit.
        claims: those on this page, by subject, and best first on each.
        number: which page this is, counted from 1.
        last: the number of the last page.
        first: the place of its first claim among all that fit, counted from 1.
        facets: by `status`, `topic` and `source` how many claims each value would leave: only
            what is not chosen yet, and would leave some claims and not others.
        counts: how many claims there are in all, by subject and status.
    """

    chosen: ClaimFilter
    total: int
    claims: list[Claim]
    number: int
    last: int
    first: int
    facets: Mapping[str, Mapping[str, int]]
    counts: Mapping[str, Mapping[Status, int]]


def claims_list(rulebase: RuleBase, query: ClaimsQuery) -> ClaimsList:
    """Find the claims that are asked for."""
    chosen = query.filter
    fitting = chosen.matches(rulebase)
    counts: dict[str, Counter[Status]] = {topic: Counter() for topic in rulebase.subjects}
    for claim in rulebase.claims.values():
        counts[claim.topic][claim.status] += 1

    # The subjects stand in a table of their own while nothing is chosen. Of the sources only the
    # documents are offered: every other one has its claims on its own page.
    offered: Mapping[str, Iterable[str]] = {
        "status": Status,
        "topic": rulebase.subjects if chosen.chooses else (),
        "source": [source.id for source in rulebase.sources.values() if source.document],
    }
    facets = {}
    for key, values in offered.items():
        found = Counter(getattr(claim, key) for claim in fitting)
        left = {value: found[value] for value in values if found[value]}
        if not getattr(chosen, key) and len(left) > 1:
            facets[key] = left

    subjects, statuses = list(rulebase.subjects), list(Status)
    in_order = sorted(
        fitting if chosen.chooses else (),
        key=lambda claim: (subjects.index(claim.topic), statuses.index(claim.status), claim.id),
    )
    first = (query.page - 1) * PER_PAGE
    return ClaimsList(
        chosen=chosen,
        total=len(in_order),
        claims=in_order[first : first + PER_PAGE],
        number=query.page,
        last=pages(len(in_order)),
        first=first + 1,
        facets=facets,
        counts=counts,
    )


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
