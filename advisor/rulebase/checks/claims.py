"""A claim says where it stands, what its status rests on, and who uses it.

What was run agrees with what is said: no claim and no next step stands against its own record.
"""

from collections.abc import Iterator, Mapping

from advisor.errors import Fault, nearest
from advisor.model.knowledge import (
    OPINIONS,
    STATUS_CAP,
    Claim,
    Evidence,
    Record,
    Run,
    Seen,
    Sight,
    Source,
    Status,
    Subject,
)
from advisor.model.rules import Step
from advisor.rulebase.checks.ids import mentions
from advisor.rulebase.files import RawEntry, RawRuleBase
from advisor.rulebase.schema import RuleShape, TradeoffFile

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
    for claim in raw.of(Claim):
        name = claim.shape.source
        if not name:
            message = f"claim '{claim.shape.id}' has no source"
            expected = "'source: ...' in the claim or at the head of its file"
            yield Fault(claim.place(), "no-source", message, expected)
            continue
        source = raw.by_id(Source).get(name)
        sections = source.shape.sections if source else claim.shape.sections
        for index, section in enumerate(claim.shape.sections):
            if section not in sections:
                message = f"source '{name}' has no section '{section}'"
                place, near = claim.place("sections", index), nearest(section, sections)
                yield Fault(place, "unknown-section", message, "a section that it lists", near)


def check_facts_have_evidence(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a status that nothing is said to rest on, and facts that rest on other claims."""
    for claim in raw.of(Claim):
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
    for claim in raw.of(Claim):
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
    for claim in raw.of(Claim):
        shape = claim.shape
        source = raw.by_id(Source).get(claim.shape.source)
        if shape.kind in OPINIONS or shape.status is Status.UNVERIFIABLE or not shape.evidence:
            continue
        if not source or not source.shape.document:
            continue
        if not shape.shown_by:
            message = f"no claim shows that '{shape.id}' is '{shape.status}'"
            yield Fault(claim.place("status"), "not-shown", message, "'shown-by: [...]'")
            continue
        shown_by = [raw.by_id(Claim).get(name) for name in shape.shown_by]
        # One that is broken or unknown has a fault of its own, and counts as strong until then.
        strength = [STRENGTH[each.shape.evidence] if each else 9 for each in shown_by]
        if max(strength) < STRENGTH[shape.evidence]:
            message = f"no claim in 'shown-by' has evidence as strong as {shape.evidence}"
            expected = "such a claim, or the evidence that there is"
            yield Fault(claim.place("evidence"), "weaker-evidence", message, expected)


def check_opinions_rest_on_claims(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse advice with evidence of its own, without support, or worth more than its support."""
    for claim in raw.of(Claim):
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
            other = raw.by_id(Claim).get(name)
            if other and STATUS_CAP.get(other.shape.status, 0) < STATUS_CAP.get(shape.status, 0):
                message = f"'{shape.id}' is '{shape.status}' but rests on '{name}'"
                message += f", which is '{other.shape.status}'"
                place = claim.place("status")
                yield Fault(place, "better-than-support", message, "a status no better than that")


def check_claims_are_used(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a claim that nothing uses, and a subject that no tradeoff and no claim is about."""
    claims = raw.of(Claim)
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
    for subject in raw.of(Subject):
        if subject.shape.id not in topics:
            message = f"no tradeoff and no claim is about the subject '{subject.shape.id}'"
            expected = "a claim or a tradeoff file that is"
            yield Fault(subject.place("id"), "unused-subject", message, expected)


def check_background_stays_back(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a background claim under an entry that moves a recommendation."""
    for mention in raw.once(mentions):
        claim = raw.by_id(Claim).get(mention.id) if mention.kind == "claim" else None
        if claim and claim.shape.background and mention.by in MOVING:
            message = f"a {mention.by} cites '{mention.id}', which calls itself background"
            expected = "another claim, or no 'background' there"
            yield Fault(mention.place, "background-cited", message, expected)


AGAINST = {
    Status.HOLDS: Sight.FAILS,
    Status.SUPERSEDED: Sight.HOLDS,
    Status.CONTRADICTED: Sight.HOLDS,
}
"""What a probe must not have seen of a claim with this status."""


def last_seen(raw: RawRuleBase) -> Iterator[tuple[str, RawEntry[Seen]]]:
    """Give what the last run of each probe saw, with the probe's id."""
    for record in raw.of(Record):
        for seen in record.inside(Run)[-1].inside(Seen):
            yield record.shape.id, seen


def check_records_decide_something(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a record of something that is neither a claim nor a next step."""
    known = {*raw.by_id(Claim), *raw.by_id(Step)}
    dropped = raw.dropped["claim"] | raw.dropped["step"]
    for seen in (each for run in raw.of(Run) for each in run.inside(Seen)):
        if known and (name := seen.shape.decides) not in known | dropped:
            message = f"there is no claim and no step '{name}'"
            place, near = seen.place("decides"), nearest(name, known)
            yield Fault(place, "decides-nothing", message, "the id of a claim or a step", near)


def check_nothing_stands_against_its_record(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a claim or a step of which the last run of a probe saw the contrary."""
    for probe, seen in last_seen(raw):
        claim = raw.by_id(Claim).get(seen.shape.decides)
        step = raw.by_id(Step).get(seen.shape.decides)
        if claim and AGAINST.get(claim.shape.status) is seen.shape.verdict:
            message = f"'{claim.shape.id}' is '{claim.shape.status}'"
            place, expected = claim.place("status"), "a status that agrees, or a new run"
        elif step and seen.shape.verdict is Sight.FAILS:
            message = f"the command of '{step.shape.id}' is told"
            place, expected = step.place("id"), "a command that works, or a new run"
        else:
            continue
        message += f", and the probe '{probe}' saw '{seen.shape.verdict}' in its last run"
        yield Fault(place, "against-record", message, expected)


def check_commands_were_run(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a command that no probe ran and that does not say why, or that says so in vain."""
    ran = {seen.shape.decides for _, seen in last_seen(raw)}
    for step in raw.of(Step):
        name, why = step.shape.id, step.shape.not_run
        if step.shape.command and not why and name not in ran:
            message = f"no record says that the command of '{name}' was run"
            expected = "a probe with a record, or 'not-run: ...' with the reason in a word"
            yield Fault(step.place("command"), "never-run", message, expected)
        if why and (name in ran or not step.shape.command):
            message = f"'{name}' was run" if name in ran else f"'{name}' has no command"
            yield Fault(step.place("not-run"), "run-or-not", message, "no 'not-run'")
    for claim in raw.of(Claim):
        if claim.shape.not_run and claim.shape.id in ran:
            message = f"'{claim.shape.id}' was run"
            yield Fault(claim.place("not-run"), "run-or-not", message, "no 'not-run'")
