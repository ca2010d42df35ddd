"""`advisor verify`: run probes and compare; `advisor refresh`: which versions are the newest."""

import datetime
import json
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from advisor.cli.rules import FINDING, format_option, load_rules, rules_option
from advisor.errors import nearest
from advisor.evidence import (
    MOST_MEMORY,
    Agreement,
    Compared,
    agreements,
    named_packages,
    newest,
    probes_in,
    recorded,
    run_probes,
    stale,
    write_record,
    write_version,
)
from advisor.model.rulebase import RuleBase
from advisor.output.faults import Tested, junit

NO_UV = "uv is not on the PATH; `make verify` installs it, or install it yourself."


def needed_uv() -> str:
    """Return the path of uv, or say that it is missing."""
    if not (uv := shutil.which("uv")):
        raise click.UsageError(NO_UV)
    return uv


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--plan", metavar="LEAD[:SHIPPER]", help="What the steps of this plan rest on.")
@click.option("--record", "writes", is_flag=True, help="Write what is seen into the records.")
@click.option(
    "--beside", is_flag=True, help="With --record: leave the last run the one that counts."
)
@format_option("text", "json", "junit")
@click.option(
    "--memory",
    type=click.IntRange(1),
    default=2 * MOST_MEMORY,
    show_default=True,
    help=f"Gigabytes for all; a probe takes up to {MOST_MEMORY}.",
)
@click.option(
    "--probes",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the probes; 'probes' next to the rules by default.",
)
@rules_option
@click.pass_context
def verify(  # noqa: PLR0913 - one argument for each option
    context: click.Context,
    /,
    *,
    ids: tuple[str, ...],
    plan: str | None,
    writes: bool,
    beside: bool,
    form: str,
    memory: int,
    folder: Path | None,
    rules: Path,
) -> None:
    """Run the probes of the claims, steps or probes you name, or all, and compare with the records.

    Exit code 1 if a verdict changed. A package that is missing, a network that fails or a machine
    without the device makes a probe inconclusive, which is no change.
    """
    # Faults such as a command that was never run are what a run mends, so they must not stop one.
    rulebase, uv = load_rules(rules, sound=False), needed_uv()
    probes = probes_in(folder or rules.parent / "probes")
    if not probes:
        message = f"there are no probes in {folder or rules.parent / 'probes'}"
        raise click.UsageError(message)
    chosen = {name: probes[name] for name in probes if name in _chosen(rulebase, probes, ids, plan)}
    told: list[Compared] = []
    for done, outcome in enumerate(run_probes(uv, chosen.values(), memory), 1):
        record = rulebase.records.get(outcome.probe)
        compared = list(agreements(outcome, record))
        told += compared
        counts = Counter(each.agreement for each in compared)
        words = ", ".join(f"{count} {agreement}" for agreement, count in counts.items())
        took = f"{outcome.seconds} s, {outcome.memory} MB"
        click.echo(f"{done}/{len(chosen)} {outcome.probe}: {words} ({took})", err=True)
        if writes and outcome.seen:
            today = datetime.date.today()  # noqa: DTZ011 - the day here
            write_record(rules, recorded(record, outcome, today, beside=beside))
    told.sort(key=lambda each: (each.probe, each.decides))
    click.echo(FORMS[form](told))
    if any(each.agreement is Agreement.CHANGED for each in told):
        context.exit(FINDING)


def _chosen(
    rulebase: RuleBase, probes: Iterable[str], ids: Iterable[str], plan: str | None
) -> set[str]:
    """Return the probes that decide what was named; all of them where nothing was."""
    decided = {
        record.id: {record.id, *(seen.decides for run in record.runs for seen in run.seen)}
        for record in rulebase.records.values()
    }
    known = {*probes, *(name for names in decided.values() for name in names)}
    for name in ids:
        if name not in known:
            near = nearest(name, known)
            message = f"no probe decides '{name}'" + (f"; did you mean '{near}'?" if near else "")
            raise click.UsageError(message)
    wanted = {*ids, *(_rested_on(rulebase, plan) if plan else ())}
    if not wanted:
        return {*probes}
    return {name for name in probes if decided.get(name, {name}) & wanted}


def _rested_on(rulebase: RuleBase, plan: str) -> set[str]:
    """Return the steps of a plan, and the claims that they and its edge rest on."""
    lead, _, other = plan.partition(":")
    shipper = other or lead
    for name in (lead, shipper):
        if name not in rulebase.frameworks:
            message = f"there is no framework '{name}'; expected {', '.join(rulebase.frameworks)}"
            raise click.BadParameter(message, param_hint="'--plan'")
    edges = {e.id: e for e in rulebase.edges.values() if (e.builder, e.shipper) == (lead, shipper)}
    takes = {"build": lead, "ship": shipper}
    steps = [
        step
        for step in rulebase.steps.values()
        if step.edge in edges
        or (step.roles and all(takes[role] == step.framework for role in step.roles))
    ]
    claims = [*(step.claims for step in steps), *(edge.claims for edge in edges.values())]
    claims += [cost.claims for edge in edges.values() for cost in edge.costs]
    return {*(step.id for step in steps), *(name for names in claims for name in names)}


def as_text(told: list[Compared]) -> str:
    """Return a line for each verdict that is not as recorded, and the counts."""
    lines = []
    for each in told:
        if each.agreement is not Agreement.SAME:
            lines.append(f"{each.probe}: {each.decides}: {each.agreement}")
            lines.append(f"  now {each.verdict}: {each.observed}")
            lines += [f"  recorded {each.before}"] if each.before else []
    counts = Counter(each.agreement for each in told)
    lines.append(", ".join(f"{counts[each]} {each}" for each in Agreement))
    return "\n".join(lines)


def as_json(told: list[Compared]) -> str:
    """Return everything that was compared."""
    return json.dumps({"verdicts": [asdict(each) for each in told]}, ensure_ascii=False, indent=2)


def as_junit(told: list[Compared]) -> str:
    """Return a report that CI servers read: changed is a failure, inconclusive is skipped."""
    ended = {Agreement.CHANGED: "failure", Agreement.INCONCLUSIVE: "skipped"}
    return junit(
        "advisor verify",
        (
            Tested(
                each.probe,
                each.decides,
                ended.get(each.agreement, ""),
                str(each.agreement),
                f"now {each.verdict}: {each.observed}",
                f"recorded {each.before}" if each.before else "",
            )
            for each in told
        ),
    )


FORMS = {"text": as_text, "json": as_json, "junit": as_junit}
"""How to print what was compared."""


@click.command()
@click.option("--write", "writes", is_flag=True, help="Put the newest versions into the entries.")
@rules_option
@click.pass_context
def refresh(context: click.Context, rules: Path, *, writes: bool) -> None:
    """Ask the package index for the newest version of each package that a claim or a tool names.

    Exit code 1 if an entry is behind. With --write the entry gets the version and today's date;
    read its sentence again before you commit it.
    """
    load_rules(rules)
    named = list(named_packages(rules))
    current = newest(needed_uv(), [each.package for each in named])
    behind = list(stale(named, current))
    for each, now in behind:
        place = f"{rules / each.place.source}:{each.place.line}"
        click.echo(f"{place}: {each.id}: {each.package} {each.version}, the newest is {now}")
        if writes:
            write_version(rules, each, now, datetime.date.today())  # noqa: DTZ011 - the day here
    for each in named:
        if each.package not in current:
            click.echo(f"{rules / each.place.source}: {each.id}: {each.package} was not found here")
    click.echo(f"{len(named)} packages, {len(behind)} behind")
    if behind:
        context.exit(FINDING)
