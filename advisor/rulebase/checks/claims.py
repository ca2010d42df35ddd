"""A claim says where it stands, what its status rests on, and who uses it."""

from collections.abc import Iterator, Mapping

from advisor.errors import Fault, nearest
from advisor.model.admissibility import STATUS_CAP
from advisor.model.knowledge import OPINIONS, Evidence, Status
from advisor.rulebase.checks.ids import mentions
from advisor.rulebase.files import RawRuleBase
from advisor.rulebase.schema import ClaimShape, RuleShape, SourceShape, SubjectShape, TradeoffFile

STRENGTH: Mapping[Evidence | None, int] = {
    Evidence.OWN: 4,
    Evidence.RUN: 4,
    Evidence.QUOTED: 3,
    Evidence.ISSUE: 2,
    Evidence.THIRD: 1,
    None: 0,
}

MOVING = frozenset({"score rule", "stop rule", "prefer rule", "edge", "cost"})
"""What can move a recommendation: entries whose claims must not be mere background."""


def check_claims_have_sources(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a claim without a source, and one in a section that its source does not list."""
    for claim in raw.of(ClaimShape):
        name = raw.source_of(claim)
        if not name:
            message = f"claim '{claim.shape.id}' has no source"
            expected = "'source: ...' in the claim or at the head of its file"
            yield Fault(claim.place(), "no-source", message, expected)
            continue
        source = raw.by_id(SourceShape).get(name)
        sections = source.shape.sections if source else claim.shape.sections
        for index, section in enumerate(claim.shape.sections):
            if section not in sections:
                message = f"source '{name}' has no section '{section}'"
                place, near = claim.place("sections", index), nearest(section, sections)
                yield Fault(place, "unknown-section", message, "a section that it lists", near)


def check_facts_have_evidence(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a status that nothing is said to rest on, and facts that rest on other claims."""
    for claim in raw.of(ClaimShape):
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


def check_reports_are_counted(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a count of reports without a thread that has them, or that ends before it begins."""
    for claim in raw.of(ClaimShape):
        reports, expected = claim.shape.reports, "'evidence: I', or no 'reports'"
        if reports and claim.shape.evidence is not Evidence.ISSUE:
            message = f"'{claim.shape.id}' counts reports, and no issue thread shows it"
            yield Fault(claim.key_place("reports"), "reports-of-nothing", message, expected)
        if reports and not reports.first <= reports.last <= claim.shape.checked:
            message = "the first report, the last and the day of the check are out of order"
            expected = "'first', then 'last', then 'checked'"
            yield Fault(claim.place("reports", "last"), "reports-order", message, expected)


def check_documents_are_shown(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a status of a document's claim that no claim shows as well as it says.

    A document is not its own witness: what shows its status stands in other claims, and one
    of them has evidence at least as strong.
    """
    for claim in raw.of(ClaimShape):
        shape = claim.shape
        source = raw.by_id(SourceShape).get(raw.source_of(claim))
        if shape.kind in OPINIONS or shape.status is Status.UNVERIFIABLE or not shape.evidence:
            continue
        if not source or not source.shape.document:
            continue
        if not shape.shown_by:
            message = f"no claim shows that '{shape.id}' is '{shape.status}'"
            yield Fault(claim.place("status"), "not-shown", message, "'shown-by: [...]'")
            continue
        shown_by = [raw.by_id(ClaimShape).get(name) for name in shape.shown_by]
        # One that is broken or unknown has a fault of its own, and counts as strong until then.
        strength = [STRENGTH[each.shape.evidence] if each else 9 for each in shown_by]
        if max(strength) < STRENGTH[shape.evidence]:
            message = f"no claim in 'shown-by' has evidence as strong as {shape.evidence}"
            expected = "such a claim, or the evidence that there is"
            yield Fault(claim.place("evidence"), "weaker-evidence", message, expected)


def check_opinions_rest_on_claims(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse advice with evidence of its own, without support, or worth more than its support."""
    for claim in raw.of(ClaimShape):
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
        for name in shape.rests_on:
            other = raw.by_id(ClaimShape).get(name)
            if other and STATUS_CAP.get(other.shape.status, 0) < STATUS_CAP.get(shape.status, 0):
                message = f"'{shape.id}' is '{shape.status}' but rests on '{name}'"
                message += f", which is '{other.shape.status}'"
                place = claim.place("status")
                yield Fault(place, "better-than-support", message, "a status no better than that")


def check_claims_are_used(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a claim that nothing uses, and a subject that no tradeoff and no claim is about."""
    claims = raw.of(ClaimShape)
    if not raw.of(RuleShape) or not claims:
        return
    used = {mention.id for mention in raw.once(mentions) if mention.kind == "claim"} | raw.mentioned
    for claim in claims:
        if claim.shape.id not in used and not claim.shape.background:
            message = f"nothing uses the claim '{claim.shape.id}'"
            expected = "a rule that cites it, or 'background: true'"
            yield Fault(claim.place("id"), "unused-claim", message, expected)
    topics = {file.shape.topic for file in raw.of(TradeoffFile)} | raw.mentioned
    topics |= {claim.shape.topic for claim in claims}
    for subject in raw.of(SubjectShape):
        if subject.shape.id not in topics:
            message = f"no tradeoff and no claim is about the subject '{subject.shape.id}'"
            expected = "a claim or a tradeoff file that is"
            yield Fault(subject.place("id"), "unused-subject", message, expected)


def check_background_stays_back(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a background claim under an entry that moves a recommendation."""
    for mention in raw.once(mentions):
        claim = raw.by_id(ClaimShape).get(mention.id) if mention.kind == "claim" else None
        if claim and claim.shape.background and mention.by in MOVING:
            message = f"a {mention.by} cites '{mention.id}', which calls itself background"
            expected = "another claim, or no 'background' there"
            yield Fault(mention.place, "background-cited", message, expected)
