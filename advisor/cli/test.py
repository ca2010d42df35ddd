"""`advisor test`: runs the cases of a rule base."""

from collections.abc import Sequence
from pathlib import Path

import click

from advisor.cases.cases import Case, CaseResult, compile_cases, run_cases, written_cases
from advisor.cli.refusal import FINDING, CasesRefused, unreadable
from advisor.cli.rules import folder_argument, load_rules, named_rules, rules_option
from advisor.model.rulebase import RuleBase


@click.command()
@folder_argument
@rules_option
@click.pass_context
def test(context: click.Context, folder: Path | None, rules: Path) -> None:
    """Run the cases of the rule base in FOLDER; print those that fail, with what decided.

    Without FOLDER it is the one that comes with the advisor.
    """
    rules = named_rules(context, folder, rules)
    rulebase = load_rules(rules)
    results = list(run_cases(rulebase, _cases(rulebase, rules)))
    failed = [result for result in results if result.differences]
    for result in failed:
        click.echo("\n".join(_lines(result)))
    click.echo(_summary(results, len(failed)))
    if failed:
        context.exit(FINDING)


def _cases(rulebase: RuleBase, folder: Path) -> Sequence[Case]:
    """Read all cases, or refuse them all."""
    try:
        written = written_cases(folder)
    except OSError as error:
        raise unreadable(error) from None
    cases, wrong = compile_cases(rulebase, written.entries)
    faults = (*written.faults, *wrong)
    if faults:
        raise CasesRefused(sorted(set(faults)))
    return cases


def _lines(result: CaseResult) -> list[str]:
    case = result.case
    return [
        f"{case.place}: {case.id}, on {result.basis}: {case.project}",
        *(f"  {difference}" for difference in result.differences),
        *(f"    {line}" for line in result.decided),
        "",
    ]


def _summary(results: Sequence[CaseResult], failed: int) -> str:
    cases = len({result.case.id for result in results})
    whole = f"{cases} {'case' if cases == 1 else 'cases'}, {len(results)} results"
    return f"{whole}, {failed or 'none'} not as expected"
