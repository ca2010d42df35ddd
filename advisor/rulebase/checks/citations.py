"""A claim says where it stands, what its status rests on, and who uses it."""

from collections.abc import Iterator

from advisor.errors import Fault, nearest
from advisor.model.knowledge import OPINIONS, Evidence, Status
from advisor.rulebase.mentions import MOVING, claims_named
from advisor.rulebase.raw import Item, RawRuleBase
from advisor.rulebase.schema import ClaimShape

STRENGTH = {
    Evidence.OWN: 4,
    Evidence.RUN: 4,
    Evidence.QUOTED: 3,
    Evidence.ISSUE: 2,
    Evidence.THIRD: 1,
}
WORTH = {Status.HOLDS: 2, Status.PARTLY: 1}


def check_claims_have_sources(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a claim without a source, and one in a section that its source does not list."""
    for claim in raw.claims:
        name = raw.source_of(claim)
        if not name:
            message = f"claim '{claim.shape.id}' has no source"
            expected = "'source: ...' in the claim or at the head of its file"
            yield Fault(claim.place(), "no-source", message, expected)
            continue
        source = raw.sources_by_id.get(name)
        sections = source.shape.sections if source else claim.shape.sections
        for index, section in enumerate(claim.shape.sections):
            if section not in sections:
                message = f"source '{name}' has no section '{section}'"
                place, near = claim.place("sections", index), nearest(section, sections)
                yield Fault(place, "unknown-section", message, "a section that it lists", near)


def check_facts_have_evidence(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a status that nothing is said to rest on, and facts that rest on other claims."""
    for claim in raw.claims:
        shape = claim.shape
        if shape.kind in OPINIONS:
            continue
        if shape.status is not Status.UNVERIFIABLE and shape.evidence is None:
            message = f"nothing says why '{shape.id}' is '{shape.status}'"
            expected = "'evidence' P, R, Q, I or T, or the status unverifiable"
            yield Fault(claim.place("status"), "no-evidence", message, expected)
        if shape.rests_on:
            message = f"'{shape.id}' is a {shape.kind}, and only opinions rest on other claims"
            place = claim.key_place("rests-on")
            yield Fault(place, "fact-rests", message, "'shown-by' for what shows its status")


def check_documents_are_shown(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a status of a document's claim that no claim shows as well as it says.

    A document is not its own witness: what shows its status stands in other claims, and one
    of them has evidence at least as strong.
    """
    for claim in raw.claims:
        shape = claim.shape
        evidence, unverifiable = shape.evidence, shape.status is Status.UNVERIFIABLE
        if shape.kind in OPINIONS or unverifiable or not evidence or not _of_document(raw, claim):
            continue
        if not shape.shown_by:
            message = f"no claim shows that '{shape.id}' is '{shape.status}'"
            yield Fault(claim.place("status"), "not-shown", message, "'shown-by: [...]'")
        elif not any(_shows(raw, other, evidence) for other in shape.shown_by):
            message = f"no claim in 'shown-by' has evidence as strong as {evidence}"
            expected = "such a claim, or the evidence that there is"
            yield Fault(claim.place("evidence"), "weaker-evidence", message, expected)


def _of_document(raw: RawRuleBase, claim: Item[ClaimShape]) -> bool:
    source = raw.sources_by_id.get(raw.source_of(claim) or "")
    return bool(source and source.shape.document)


def _shows(raw: RawRuleBase, name: str, evidence: Evidence) -> bool:
    other = raw.claims_by_id.get(name)
    if not other:
        return True  # it is broken or unknown, and a fault of its own says so
    own = other.shape.evidence
    return own is not None and STRENGTH[own] >= STRENGTH[evidence]


def check_opinions_rest_on_claims(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse advice with evidence of its own, without support, or worth more than its support."""
    for claim in raw.claims:
        shape = claim.shape
        if shape.kind not in OPINIONS:
            continue
        if shape.evidence:
            message = f"'{shape.id}' is {shape.kind}, and that cannot be shown"
            place = claim.key_place("evidence")
            yield Fault(place, "opinion-evidence", message, "'rests-on: [...]' instead")
        if not shape.rests_on and shape.status is not Status.UNVERIFIABLE:
            message = f"'{shape.id}' is {shape.kind} and rests on nothing"
            expected = "'rests-on: [...]', or the status unverifiable"
            yield Fault(claim.place("status"), "no-support", message, expected)
        yield from _worth_more(raw, claim)


def _worth_more(raw: RawRuleBase, claim: Item[ClaimShape]) -> Iterator[Fault]:
    own = WORTH.get(claim.shape.status, 0)
    for name in claim.shape.rests_on:
        other = raw.claims_by_id.get(name)
        if other and WORTH.get(other.shape.status, 0) < own:
            status = other.shape.status
            message = f"'{claim.shape.id}' is '{claim.shape.status}' but rests on '{name}'"
            message += f", which is '{status}'"
            place = claim.place("status")
            yield Fault(place, "better-than-support", message, "a status no better than that")


def check_claims_are_used(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a claim that nothing uses and that does not say so."""
    if not raw.rules:
        return
    used = {mention.id for mention in claims_named(raw)} | raw.mentioned
    for claim in raw.claims:
        if claim.shape.id not in used and not claim.shape.background:
            message = f"nothing uses the claim '{claim.shape.id}'"
            expected = "a rule that cites it, or 'background: true'"
            yield Fault(claim.place("id"), "unused-claim", message, expected)


def check_background_stays_back(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a background claim under an entry that moves a recommendation."""
    for mention in claims_named(raw):
        claim = raw.claims_by_id.get(mention.id)
        if claim and claim.shape.background and mention.by in MOVING:
            message = f"a {mention.by} cites '{mention.id}', which calls itself background"
            expected = "another claim, or no 'background' there"
            yield Fault(mention.place, "background-cited", message, expected)
