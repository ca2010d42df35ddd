"""`advisor diff` and `advisor publish`: what differs between two states of the rules."""

import datetime
import io
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from advisor.cases import Case, compile_cases, run_cases, written_cases
from advisor.cli.lint import examined
from advisor.cli.rules import FINDING, echo_json, format_option, load_rules, refusing, rules_option
from advisor.editions import edition as editions
from advisor.editions.diff import Draft, difference
from advisor.editions.edition import FrozenCase, load_edition, names
from advisor.model.knowledge import Basis
from advisor.model.plain import plain
from advisor.model.recommendation import MODEL
from advisor.output.diff import as_markdown, as_text, sections
from advisor.output.json import digest
from advisor.query.query import Query
from advisor.query.write import query_string


@click.command()
@click.argument("was", metavar="A")
@click.argument("now", metavar="B", required=False)
@format_option("text", "markdown", "json", told="; 'markdown' is for a pull request")
@rules_option
def diff(was: str, now: str | None, form: str, rules: Path) -> None:
    """Say what differs from A to B, each an edition, a folder of rules or a commit of Git.

    Without B, A is compared with the rules as they are written.
    """
    one, other = state_of(was, rules), state_of(now or str(rules), rules)
    found = difference(one, other)
    if form == "json":
        echo_json(plain(found))
        return
    write = as_markdown if form == "markdown" else as_text
    title = f"What changed from {one.name} to {other.name}"
    told = write(title, list(sections(found, one.rulebase, other.rulebase)))
    click.echo(told, nl=False)


def state_of(name: str, rules: Path) -> Draft | editions.Edition:
    """Find a state of the rules by its name.

    Raises:
        click.UsageError: there is nothing of that name.
        Refusal: the rules cannot be used.
    """
    known = names(rules)
    if name in known:
        with refusing(f"edition {name}"):
            return load_edition(rules, name)
    if Path(name).is_dir():
        return draft_in(Path(name))
    try:
        return _committed(name, rules)
    except (OSError, subprocess.CalledProcessError):
        editions = f"an edition ({', '.join(known)}), " if known else ""
        message = f"'{name}' is neither {editions}a folder of rules nor a commit"
        raise click.UsageError(message) from None


def draft_in(folder: Path, name: str = "") -> Draft:
    """Read the rules and the cases in a folder; cases that cannot be used are left out."""
    rulebase = load_rules(folder, sound=False)
    found, _ = compile_cases(rulebase, written_cases(folder))
    return Draft(name or str(folder), rulebase, frozen_cases(found))


def frozen_cases(cases: tuple[Case, ...]) -> tuple[FrozenCase, ...]:
    """Return cases as an edition keeps them."""
    return tuple(
        FrozenCase(each.id, each.project, query_string(Query(each.answers))) for each in cases
    )


def _committed(commit: str, rules: Path) -> Draft:
    """Read the rules of a commit of the repository that they are in."""
    git = ["git", "-C", str(rules)]
    # A commit is asked for first, so that no other word is taken for an option.
    asked = [*git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"]
    found = subprocess.run(asked, check=True, capture_output=True, text=True)  # noqa: S603 - no shell
    archive = [*git, "archive", "--format=zip", found.stdout.strip(), "."]
    packed = subprocess.run(archive, check=True, capture_output=True)  # noqa: S603 - no shell
    with tempfile.TemporaryDirectory() as folder:
        # Not as tar: Python 3.11 takes a filter for that only since 3.11.4, and Debian has 3.11.2.
        with zipfile.ZipFile(io.BytesIO(packed.stdout)) as content:
            content.extractall(folder)
        return draft_in(Path(folder), commit)


MOST_BYTES = 200 * 1024
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
    """Freeze the rule base as the edition NAME, such as 2026.12; add it to the repository.

    The rules must have no faults, and every case must come out as expected.
    """
    earlier = editions.names(rules)
    if not editions.NAME.fullmatch(name):
        message = f"'{name}' cannot name an edition; expected year and month, such as 2026.12."
        raise click.BadParameter(message, param_hint="'NAME'")
    if earlier and editions.order(name) <= editions.order(earlier[0]):
        message = f"'{name}' has to come after {earlier[0]}, the newest; editions never change."
        raise click.BadParameter(message, param_hint="'NAME'")
    with refusing("the rule base"):
        rulebase, cases, _, _ = examined(rules)
    if failed := [each for each in run_cases(rulebase, cases) if each.differences]:
        count = f"{len(failed)} result{'s' if len(failed) > 1 else ''} of cases"
        click.echo(f"{count} not as expected; `advisor test` shows them. Nothing is released.")
        context.exit(FINDING)
    rulebase = replace(rulebase, edition=name)
    drawn = list(editions.drawn_answers(rulebase))
    edition = editions.Edition(
        name=name,
        day=(day or datetime.datetime.now(datetime.UTC)).date(),
        model=MODEL,
        format=editions.FORMAT,
        written=editions.written_hash(rules),
        cases=frozen_cases(cases),
        digests=tuple(
            digest(rulebase, answers, basis)[: editions.DIGITS]
            for answers in drawn
            for basis in Basis
        ),
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
    found = list(sections(difference(before, edition), before.rulebase, edition.rulebase))
    return as_markdown(f"Edition {edition.name}", found)
