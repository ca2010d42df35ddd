"""`advisor lint` and `advisor test`: what is wrong with a rule base, and which cases fail."""

from pathlib import Path

import click
from click.core import ParameterSource

from advisor import cases
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
from advisor.evidence import record
from advisor.model.rulebase import RuleBase
from advisor.output.faults import annotation, plain_fault
from advisor.rulebase.load import counts, load
from advisor.scan import cases as scan_cases

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

    Without FOLDER, check the one that comes with the advisor.
    """
    rules = _named_rules(context, folder, rules)
    faults: tuple[Fault, ...] = ()
    once: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    held: dict[str, int] = {}
    try:
        rulebase, found = examined(rules)
    except RuleBaseError as error:
        faults = error.faults
    else:
        once = cases.fired_once(cases.firings(rulebase, found))
        scans = len(scan_cases.written_scan_cases(rules)[0])
        held = {**counts(rulebase), "cases": len(found)} | ({"scan cases": scans} if scans else {})
        if rulebase.records:
            scoring, unseen = tuple(record.observable(rulebase)), record.unseen(rulebase)
            held["claims that score and a program can see"] = len(scoring)
            held["of these with a record"] = len(scoring) - len(unseen)
    if form == "json":
        told = [plain_fault(fault) for fault in faults]
        data = {"faults": told, "fire-once": once, "unseen": unseen, "counts": held}
        echo_json(data)
    else:
        lines = [annotation(fault, rules) if form == "github" else str(fault) for fault in faults]
        if once:
            lines.append("fire in one case only: " + ", ".join(once))
        if unseen:
            lines.append("score, and no probe saw them: " + ", ".join(unseen))
        lines += [f"{number:>6} {name}" for name, number in held.items()]
        lines.append(f"{len(faults) or 'no'} {'fault' if len(faults) == 1 else 'faults'}")
        click.echo("\n".join(lines))
    if faults:
        context.exit(FINDING)


def examined(rules: Path) -> tuple[RuleBase, tuple[cases.Case, ...]]:
    """Read a rule base and its cases, where nothing is wrong with them.

    Raises:
        RuleBaseError: something is; carries every fault.
    """
    check_editions(rules)
    # First the files, then the cases, and where all is sound whether every rule fires.
    written, faults = cases.written_cases(rules)
    scans, malformed = scan_cases.written_scan_cases(rules)
    faults += malformed
    try:
        rulebase = load(rules)
    except RuleBaseError as error:
        raise RuleBaseError([*faults, *error.faults]) from None
    if faults:
        raise RuleBaseError(faults)
    found, wrong = cases.compile_cases(rulebase, written)
    wrong += tuple(scan_cases.unknown_ids(rulebase, scans))
    if silent := wrong or cases.unfired(cases.firings(rulebase, found), rules):
        raise RuleBaseError(silent)
    if blind := tuple(scan_cases.unseen(rulebase, scans, rules)):
        raise RuleBaseError(blind)
    released = names(rules)
    newest = load_edition(rules, released[0]).rulebase if released else rulebase
    if gone := [*vanished(newest, rulebase)]:
        raise RuleBaseError(gone)
    return rulebase, found


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
    written, faults = cases.written_cases(rules)
    found, wrong = cases.compile_cases(rulebase, written)
    scans, malformed = scan_cases.written_scan_cases(rules)
    wrong += (*malformed, *scan_cases.unknown_ids(rulebase, scans))
    if faults or wrong:
        raise Refusal(sorted({*faults, *wrong}), of="the cases")
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
    otherwise = list(scan_cases.failing(rulebase, scans))
    for fault in otherwise:
        click.echo(f"{fault.place}: {fault.message}")
    if scans:
        wrong_scans = len({fault.place for fault in otherwise}) or "none"
        click.echo(f"{len(scans)} scan cases, {wrong_scans} not as expected")
    if failed or otherwise:
        context.exit(FINDING)
