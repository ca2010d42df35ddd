"""`advisor lint`: everything that is wrong with a rule base, at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from advisor.cases.cases import compile_cases, written_cases
from advisor.cases.coverage import fired_once, firings, unfired
from advisor.cli.faults import as_annotations, as_data
from advisor.cli.refusal import FINDING, unreadable
from advisor.cli.rules import folder_argument, named_rules, rules_option
from advisor.errors import Fault
from advisor.rulebase.load import counts, find_faults, load


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is to say of a rule base.

    Attributes:
        faults: what is wrong, in order of place.
        once: ids of what fires in one case only: no fault, but worth a look.
        counts: how much it holds, by name; empty where it could not be read.
    """

    faults: tuple[Fault, ...]
    once: tuple[str, ...]
    counts: Mapping[str, int]


@click.command()
@folder_argument
@rules_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print; 'github' makes annotations.",
)
@click.pass_context
def lint(context: click.Context, folder: Path | None, rules: Path, form: str) -> None:
    """Check the rule base in FOLDER and its cases; print every fault with its place, then counts.

    Without FOLDER it is the one that comes with the advisor.
    """
    rules = named_rules(context, folder, rules)
    try:
        findings = _findings(rules)
    except OSError as error:
        raise unreadable(error) from None
    if form == "json":
        click.echo(_json(findings))
    else:
        if form == "github":
            lines = as_annotations(findings.faults, rules)
        else:
            lines = [str(fault) for fault in findings.faults]
        click.echo("\n".join([*lines, *_summary(findings)]))
    if findings.faults:
        context.exit(FINDING)


def _findings(folder: Path) -> Findings:
    """Check the files, then the cases, and where all is sound whether every rule fires."""
    written = written_cases(folder)
    faults = (*find_faults(folder), *written.faults)
    if faults:
        return Findings(_in_order(faults), (), {})
    rulebase = load(folder)
    cases, wrong = compile_cases(rulebase, written.entries)
    count = firings(rulebase, cases)
    held = {**counts(rulebase), "cases": len(cases)}
    faults = wrong or unfired(count, folder)
    return Findings(_in_order(faults), fired_once(count), held)


def _in_order(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    return tuple(sorted(set(faults)))


def _summary(findings: Findings) -> list[str]:
    """Write what follows the faults."""
    lines = []
    if findings.once:
        lines.append("fire in one case only: " + ", ".join(findings.once))
    lines += [f"{number:>6} {name}" for name, number in findings.counts.items()]
    count = len(findings.faults)
    lines.append(f"{count or 'no'} {'fault' if count == 1 else 'faults'}")
    return lines


def _json(findings: Findings) -> str:
    faults = [as_data(fault) for fault in findings.faults]
    data = {"faults": faults, "fire-once": findings.once, "counts": dict(findings.counts)}
    return json.dumps(data, ensure_ascii=False, indent=2)
