"""`advisor recommend`: a recommendation for answers from a file, from options or from a link."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import click

from advisor.cli.rules import FINDING, Refusal, load_rules, rules_option
from advisor.engine.explain import explain
from advisor.engine.recommend import recommend as recommended
from advisor.engine.trace import trace as trace_of
from advisor.errors import AnswersError, Place
from advisor.output.json import envelope, to_json
from advisor.output.text import decision_record, text_report
from advisor.query.expect import failures, outcome, unused
from advisor.query.fields import Form, address_form, body_form, joined, yaml_form
from advisor.query.read import interpret
from advisor.query.write import links

STANDARD_INPUT = "standard input"


@click.command()
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, allow_dash=True), required=False
)
@click.option(
    "--answer", "answers", multiple=True, metavar="QUESTION=CHOICE", help="One answer; repeatable."
)
@click.option("--query", "link", default="", help="Answers as in a link, or the link itself.")
@click.option(
    "--important", multiple=True, metavar="QUESTION", help="Counts double; up to three times."
)
@click.option("--basis", help="'checked' (default) or 'documents'.")
@click.option("--expect", help="LEAD or LEAD:SHIPPER; exit 1 if that is not recommended.")
@click.option("--json", "as_json", is_flag=True, help="Print what the interface for programs does.")
@click.option("--record", "as_record", is_flag=True, help="Print a decision record in Markdown.")
@click.option("--project", help="What the decision record calls the project.")
@click.option("--trace", flag_value="1", help="Tell of every rule what became of it.")
@click.option("--changes", metavar="1|2", help="2 looks for pairs of edits, too.")
@rules_option
@click.pass_context
def recommend(  # noqa: PLR0913 - one argument for each option
    context: click.Context,
    /,
    *,
    file: str | None,
    answers: tuple[str, ...],
    link: str,
    important: tuple[str, ...],
    rules: Path,
    as_json: bool,
    as_record: bool,
    **settings: str | None,
) -> None:
    """Recommend a framework for the answers in FILE (YAML or JSON, '-' for standard input)."""
    rulebase = load_rules(rules)
    if as_json and as_record:
        message = "--json and --record are two ways to print; choose one."
        raise click.UsageError(message)
    written = [*answers, *(f"important={question}" for question in important)]
    written += [f"{key}={value}" for key, value in settings.items() if value is not None]
    try:
        query = interpret(rulebase, joined(_forms(file, link, written))).strict()
    except AnswersError as error:
        raise Refusal(error.faults, of="the answers") from None
    recommendation = recommended(rulebase, query.answers, query.basis, query.asked)
    if as_json:
        click.echo(to_json(envelope(rulebase, query, recommendation)), nl=False)
    elif as_record:
        explanation, link = explain(rulebase, recommendation), links(query)["page"]
        click.echo(decision_record(rulebase, recommendation, explanation, query, link), nl=False)
    else:
        explanation = explain(rulebase, recommendation, query.changes)
        every = trace_of(rulebase, query.answers, query.basis) if query.trace else ()
        click.echo(text_report(rulebase, recommendation, explanation, every), nl=False)
    if query.expect:
        unmet = failures(rulebase, query.expect, recommendation)
        if unmet or unused(recommendation):
            click.echo(outcome(rulebase, query.expect, recommendation), err=True)
        context.exit(FINDING if unmet else 0)


def _forms(file: str | None, link: str, written: list[str]) -> Iterator[Form]:
    """Bring everything that was given into the neutral form."""
    if file:
        yield _file_form(file)
    # The query of a link; what is no link is a query already.
    head, mark, query = link.partition("?")
    query = query.partition("#")[0] if mark and "=" not in head else link
    yield address_form(query, lambda key: Place("--query", path=key))
    for pair in written:
        # A shell escapes nothing, a link does. Bytes that are not UTF-8 stay what they are.
        key, equals, value = pair.partition("=")
        key, value = (quote(text, errors="surrogateescape") for text in (key, value))
        yield address_form(key + equals + value, lambda key: Place("command line", path=key))


def _file_form(file: str) -> Form:
    """Read a file: JSON where it begins with a brace, which no YAML of people does, else YAML."""
    with click.open_file(file, "rb") as opened:
        content = opened.read()
    if content.lstrip().startswith(b"{"):
        return body_form(content)
    name = STANDARD_INPUT if file == "-" else file
    return yaml_form(content.decode("utf-8", "surrogateescape"), name)
