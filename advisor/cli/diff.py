"""`advisor diff`: what differs between two states of the rules, released or not."""

import io
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

import click

from advisor.cases.cases import Case, compile_cases, written_cases
from advisor.cli.rules import Refusal, load_rules, rules_option
from advisor.editions.diff import Release, difference
from advisor.editions.edition import FrozenCase, load_edition, names
from advisor.errors import RuleBaseError
from advisor.model.plain import plain
from advisor.output.diff import as_markdown, as_text, sections
from advisor.query.query import Query
from advisor.query.write import query_string


@click.command()
@click.argument("was", metavar="A")
@click.argument("now", metavar="B", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print; 'markdown' is for a pull request.",
)
@rules_option
def diff(was: str, now: str | None, form: str, rules: Path) -> None:
    """Say what differs from A to B, each an edition, a folder of rules or a commit of Git.

    Without B it is the rules as they are written.
    """
    one, other = release_of(was, rules), release_of(now or str(rules), rules)
    found = difference(one, other)
    if form == "json":
        click.echo(json.dumps(plain(found), ensure_ascii=False, indent=2))
        return
    write = as_markdown if form == "markdown" else as_text
    title = f"What changed from {one.name} to {other.name}"
    told = write(title, list(sections(found, one.rulebase, other.rulebase)))
    click.echo(told, nl=False)


def release_of(name: str, rules: Path) -> Release:
    """Find a state of the rules by its name.

    Raises:
        click.UsageError: there is nothing of that name.
        Refusal: the rules cannot be used.
    """
    known = names(rules)
    if name in known:
        try:
            edition = load_edition(rules, name)
        except RuleBaseError as error:
            raise Refusal(error.faults, of=f"edition {name}") from None
        return Release(name, edition.rulebase, edition.cases)
    if Path(name).is_dir():
        return written_release(Path(name))
    try:
        return _committed(name, rules)
    except (OSError, subprocess.CalledProcessError):
        editions = f"an edition ({', '.join(known)}), " if known else ""
        message = f"'{name}' is neither {editions}a folder of rules nor a commit"
        raise click.UsageError(message) from None


def written_release(folder: Path, name: str = "") -> Release:
    """Read the rules and the cases in a folder; cases that cannot be used are left out."""
    rulebase = load_rules(folder, sound=False)
    found, _ = compile_cases(rulebase, written_cases(folder)[0])
    return Release(name or str(folder), rulebase, frozen_cases(found))


def frozen_cases(cases: tuple[Case, ...]) -> tuple[FrozenCase, ...]:
    """Return cases as an edition keeps them."""
    return tuple(
        FrozenCase(each.id, each.project, query_string(Query(each.answers))) for each in cases
    )


def _committed(commit: str, rules: Path) -> Release:
    """Read the rules of a commit of the repository that they are in."""
    git = ["git", "-C", str(rules)]
    # A commit is asked for first, so that no other word is taken for an option.
    asked = [*git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"]
    found = subprocess.run(asked, check=True, capture_output=True, text=True)  # noqa: S603 - no shell
    archive = [*git, "archive", "--format=tar", found.stdout.strip(), "."]
    packed = subprocess.run(archive, check=True, capture_output=True)  # noqa: S603 - no shell
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as content:
            content.extractall(folder, filter="data")
        return written_release(Path(folder), commit)
