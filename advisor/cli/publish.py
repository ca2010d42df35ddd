"""`advisor publish`: freeze a rule base as an edition that stays as it is for ever."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from advisor.cases.cases import run_cases
from advisor.cli.diff import frozen_cases
from advisor.cli.lint import examined
from advisor.cli.rules import FINDING, Refusal, rules_option
from advisor.editions import edition as editions
from advisor.editions.diff import Release, difference
from advisor.errors import RuleBaseError
from advisor.model.knowledge import Basis
from advisor.output.diff import as_markdown, sections
from advisor.output.json import digest

MOST_BYTES = 150_000
"""The largest file of an edition: it stays in the repository for ever."""


@click.command()
@click.argument("name")
@rules_option
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of its release, YYYY-MM-DD; today unless given.",
)
@click.pass_context
def publish(context: click.Context, name: str, rules: Path, day: datetime.datetime | None) -> None:
    """Freeze the rule base as the edition NAME, such as 2026.12, to be added to the repository.

    The rules have to be without faults, and every case as expected.
    """
    earlier = editions.names(rules)
    if not editions.NAME.fullmatch(name):
        message = f"'{name}' cannot name an edition; expected year and month, such as 2026.12."
        raise click.BadParameter(message, param_hint="'NAME'")
    if earlier and editions.order(name) <= editions.order(earlier[0]):
        message = f"'{name}' has to come after {earlier[0]}, the newest; editions never change."
        raise click.BadParameter(message, param_hint="'NAME'")
    try:
        rulebase, cases = examined(rules)
    except RuleBaseError as error:
        raise Refusal(error.faults, of="the rule base") from None
    if failed := [each for each in run_cases(rulebase, cases) if each.differences]:
        count = f"{len(failed)} result{'s' if len(failed) > 1 else ''} of cases"
        click.echo(f"{count} not as expected; `advisor test` shows them. Nothing is released.")
        context.exit(FINDING)
    rulebase = replace(rulebase, edition=name)
    drawn = list(editions.drawn_answers(rulebase))
    edition = editions.Edition(
        name=name,
        day=(day or datetime.datetime.now(datetime.UTC)).date(),
        model=editions.MODEL,
        format=editions.FORMAT,
        written=editions.written_hash(rules),
        cases=frozen_cases(cases),
        digests=tuple(digest(rulebase, answers, basis) for answers in drawn for basis in Basis),
        rulebase=rulebase,
    )
    path = editions.freeze(rules, edition)
    size = path.stat().st_size
    changes = path.with_name(f"{name}.md")
    changes.write_text(changelog(rules, edition, earlier[:1]), encoding="utf-8")
    if size > MOST_BYTES:
        path.unlink()
        changes.unlink()
        message = f"the edition has {size} bytes; at most {MOST_BYTES} are kept for ever"
        raise click.ClickException(message)
    click.echo(f"Edition {name} of {edition.day} is in {path} ({size} bytes).")
    click.echo(f"What changed in the advice is in {changes}; put it into words that help people.")


def changelog(rules: Path, edition: editions.Edition, earlier: Sequence[str]) -> str:
    """Say in Markdown what changed in the advice since the edition before, if there is one."""
    if not earlier:
        return f"# Edition {edition.name}\n\nThe first edition.\n"
    before = editions.load_edition(rules, earlier[0])
    one, other = (Release(e.name, e.rulebase, e.cases) for e in (before, edition))
    found = list(sections(difference(one, other), one.rulebase, other.rulebase))
    return as_markdown(f"Edition {edition.name}", found)
