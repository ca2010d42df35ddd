"""`advisor lint` and `advisor test`: what is wrong with a rule base, and which cases fail."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click
from click.core import ParameterSource

from advisor import cases, evidence
from advisor.cli.new import unfilled
from advisor.cli.rules import (
    FINDING,
    FOLDER,
    Refusal,
    echo_json,
    format_option,
    load_rules,
    rules_option,
)
from advisor.editions.diff import vanished
from advisor.editions.edition import check_editions, load_edition, names
from advisor.errors import Fault, RuleBaseError
from advisor.model.rulebase import RuleBase
from advisor.output.faults import annotation, plain_fault
from advisor.rulebase.load import counts, load

folder_argument = click.argument("folder", type=FOLDER, required=False)
"""For commands that look at nothing but a rule base: `advisor lint DIR`."""


def _named_rules(context: click.Context, folder: Path | None, rules: Path) -> Path:
    """Return the folder that the argument names, or else the option; not both may name one."""
    if folder is None:
        return rules
    if context.get_parameter_source("rules") is ParameterSource.COMMANDLINE:
        message = "FOLDER and --rules are two ways to name the rule base; choose one."
        raise click.UsageError(message)
    return folder


@click.command()
@folder_argument
@rules_option
@format_option("text", "json", "github", told="; 'github' writes annotations")
@click.pass_context
def lint(context: click.Context, folder: Path | None, rules: Path, form: str) -> None:
    """Check the rule base in FOLDER and its cases; print every fault with its place, then counts.

    Without FOLDER, check the one that comes with the advisor. What fires in one case only may have
    been made to please it; '--format json' names it.
    """
    rules = _named_rules(context, folder, rules)
    faults: tuple[Fault, ...] = ()
    once: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    held: dict[str, int] = {}
    try:
        rulebase, found, scans, firings = examined(rules)
    except RuleBaseError as error:
        faults = error.faults
    else:
        once = cases.fired_once(firings)
        held = {**counts(rulebase), "cases": len(found)} | ({"scan cases": scans} if scans else {})
        held["entries that fire in one case only"] = len(once)
        if rulebase.records:
            scoring, unseen = tuple(evidence.observable(rulebase)), evidence.unseen(rulebase)
            held["claims that score and a program can see"] = len(scoring)
            held["of these with a record"] = len(scoring) - len(unseen)
    if form == "json":
        told = [plain_fault(fault) for fault in faults]
        data = {"faults": told, "fire-once": once, "unseen": unseen, "counts": held}
        echo_json(data)
    else:
        lines = [annotation(fault, rules) if form == "github" else str(fault) for fault in faults]
        if unseen:
            lines.append("score, and no probe saw them: " + ", ".join(unseen))
        lines += [f"{number:>6} {name}" for name, number in held.items()]
        lines.append(f"{len(faults) or 'no'} {'fault' if len(faults) == 1 else 'faults'}")
        click.echo("\n".join(lines))
    if faults:
        context.exit(FINDING)


class Examined(NamedTuple):
    """A rule base with nothing wrong, its cases, and what fires in them."""

    rulebase: RuleBase
    cases: tuple[cases.Case, ...]
    scans: int
    """How many cases the detectors have."""
    firings: Mapping[cases.Fired, int]


def examined(rules: Path) -> Examined:
    """Read a rule base and its cases, where nothing is wrong with them.

    Raises:
        RuleBaseError: something is; carries every fault.
    """
    check_editions(rules)
    # First the files, then the cases, and where all is sound whether every rule fires.
    written, left = cases.written_cases(rules), [*unfilled(rules)]
    try:
        rulebase = load(rules)
    except RuleBaseError as error:
        raise RuleBaseError([*written.faults, *left, *error.faults]) from None
    if written.faults:
        raise RuleBaseError([*written.faults, *left])
    found, wrong = cases.compile_cases(rulebase, written)
    firings = cases.firings(rulebase, found, written.scans)
    if silent := [*left, *(wrong or cases.unfired(firings, rules))]:
        raise RuleBaseError(silent)
    released = names(rules)
    newest = load_edition(rules, released[0]).rulebase if released else rulebase
    if gone := [*vanished(newest, rulebase)]:
        raise RuleBaseError(gone)
    return Examined(rulebase, found, len(written.scans), firings)


@click.command()
@folder_argument
@rules_option
@click.pass_context
def test(context: click.Context, folder: Path | None, rules: Path) -> None:
    """Run the cases of the rule base in FOLDER; print those that fail, and which rules decided.

    Without FOLDER, run those of the one that comes with the advisor.
    """
    rules = _named_rules(context, folder, rules)
    rulebase = load_rules(rules)
    written = cases.written_cases(rules)
    found, wrong = cases.compile_cases(rulebase, written)
    if faults := {*written.faults, *wrong}:
        raise Refusal(sorted(faults), of="the cases")
    results = list(cases.run_cases(rulebase, found))
    failed = [result for result in results if result.differences]
    for result in failed:
        case = result.case
        click.echo(f"{case.place}: {case.id}, on {result.basis}: {case.project}")
        for line in (*result.differences, *(f"  {line}" for line in result.decided)):
            click.echo(f"  {line}")
        click.echo()
    count = len({result.case.id for result in results})
    whole = f"{count} {'case' if count == 1 else 'cases'}, {len(results)} results"
    click.echo(f"{whole}, {len(failed) or 'none'} not as expected")
    otherwise = list(cases.failing_scans(rulebase, written.scans))
    for fault in otherwise:
        click.echo(f"{fault.place}: {fault.message}")
    if written.scans:
        wrong_scans = len({fault.place for fault in otherwise}) or "none"
        click.echo(f"{len(written.scans)} scan cases, {wrong_scans} not as expected")
    if failed or otherwise:
        context.exit(FINDING)
