"""`advisor scan` and `advisor mcp`: answers from the files of a project, and tools for agents."""

from importlib.util import find_spec
from pathlib import Path

import click

from advisor.cli.rules import load_rules, opened_shelf, rules_option
from advisor.engine.recommend import recommend
from advisor.output.json import findings_json, to_json
from advisor.output.text import findings_text, written_answers
from advisor.query.write import address
from advisor.scan.detect import query_of
from advisor.scan.scan import scan as scanned
from advisor.scan.tree import folder


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--link", "as_link", is_flag=True, help="Print only the link with the answers.")
@click.option(
    "--write", type=click.Path(path_type=Path), metavar="FILE", help="Write an answers file."
)
@rules_option
def scan(path: Path, rules: Path, write: Path | None, *, as_json: bool, as_link: bool) -> None:
    """Read the files below PATH and say which answers they suggest, with file and line.

    Nothing in PATH is run, and nothing outside it is read. Confirm every answer: where the files
    contradict each other the question stays open, and nothing is guessed.
    """
    if as_json and as_link:
        message = "--json and --link are two ways to print; choose one."
        raise click.UsageError(message)
    if write and write.exists():
        message = f"{write} exists already; expected the name of a new file."
        raise click.BadParameter(message, param_hint="'--write'")
    rulebase = load_rules(rules)
    found = scanned(rulebase, folder(path))
    query = query_of(found.findings)
    link = address("/questions", query, {"seen"})
    if write:
        write.write_text(written_answers(found.findings), encoding="utf-8")
    if as_link:
        click.echo(link)
        return
    recommendation = recommend(rulebase, query.answers, query.basis)
    if as_json:
        click.echo(to_json(findings_json(found, recommendation, link)), nl=False)
    else:
        click.echo(findings_text(rulebase, found, recommendation, link), nl=False)


@click.command()
@rules_option
def mcp(rules: Path) -> None:
    """Offer tools to a coding agent through the Model Context Protocol, until it disconnects.

    An agent starts this itself once its settings name it; see docs/agents.md.
    """
    if find_spec("mcp") is None:
        message = "agents need one more package: pip install 'framework-advisor[agents]'"
        raise click.UsageError(message)
    # Imported here, since they come with an extra.
    import anyio  # noqa: PLC0415

    from advisor.agents.server import talk  # noqa: PLC0415

    anyio.run(talk, opened_shelf(rules))
