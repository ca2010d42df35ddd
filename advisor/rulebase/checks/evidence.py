"""What was run agrees with what is said: no claim and no next step against its own record."""

from collections.abc import Iterator

from advisor.errors import Fault, nearest
from advisor.model.knowledge import Sight, Status
from advisor.rulebase.files import RawEntry, RawRuleBase
from advisor.rulebase.schema import ClaimShape, RecordFile, RunShape, SeenShape, StepShape

AGAINST = {
    Status.HOLDS: Sight.FAILS,
    Status.SUPERSEDED: Sight.HOLDS,
    Status.CONTRADICTED: Sight.HOLDS,
}
"""What a probe must not have seen of a claim with this status."""


def last_seen(raw: RawRuleBase) -> Iterator[tuple[str, RawEntry[SeenShape]]]:
    """Give what the last run of each probe saw, with the probe's id."""
    for record in raw.of(RecordFile):
        for seen in record.inside(RunShape)[-1].inside(SeenShape):
            yield record.shape.id, seen


def check_records_decide_something(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a record of something that is neither a claim nor a next step."""
    known = {*raw.by_id(ClaimShape), *raw.by_id(StepShape)}
    dropped = raw.dropped["claim"] | raw.dropped["step"]
    for seen in (each for run in raw.of(RunShape) for each in run.inside(SeenShape)):
        if known and (name := seen.shape.decides) not in known | dropped:
            message = f"there is no claim and no step '{name}'"
            place, near = seen.place("decides"), nearest(name, known)
            yield Fault(place, "decides-nothing", message, "the id of a claim or a step", near)


def check_nothing_stands_against_its_record(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a claim or a step of which the last run of a probe saw the contrary."""
    for probe, seen in last_seen(raw):
        claim = raw.by_id(ClaimShape).get(seen.shape.decides)
        step = raw.by_id(StepShape).get(seen.shape.decides)
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
    for step in raw.of(StepShape):
        name, why = step.shape.id, step.shape.not_run
        if step.shape.command and not why and name not in ran:
            message = f"no record says that the command of '{name}' was run"
            expected = "a probe with a record, or 'not-run: ...' with the reason in a word"
            yield Fault(step.place("command"), "never-run", message, expected)
        if why and (name in ran or not step.shape.command):
            message = f"'{name}' was run" if name in ran else f"'{name}' has no command"
            yield Fault(step.place("not-run"), "run-or-not", message, "no 'not-run'")
    for claim in raw.of(ClaimShape):
        if claim.shape.not_run and claim.shape.id in ran:
            message = f"'{claim.shape.id}' was run"
            yield Fault(claim.place("not-run"), "run-or-not", message, "no 'not-run'")
