"""`advisor recommend`: a recommendation for answers from a file, from options or from a link."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import click

from advisor.cli.refusal import FINDING, AnswersRefused, unreadable
from advisor.cli.rules import load_rules, rules_option
from advisor.engine.explain import explain
from advisor.engine.recommend import recommend as recommended
from advisor.engine.trace import trace as trace_of
from advisor.errors import AnswersError, Place
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.record import Heading, decision_record
from advisor.output.text import text_report
from advisor.output.tracing import trace_in_words
from advisor.query import body, url
from advisor.query.expectation import meets, outcome
from advisor.query.form import Form, joined
from advisor.query.interpret import interpret
from advisor.query.links import links
from advisor.query.query import Query
from advisor.query.read import yaml_form
from advisor.query.serializer import to_json
from advisor.query.whole import whole

STANDARD_INPUT = "standard input"
ONE_WAY = "--json and --record are two ways to print; choose one."


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
@click.option("--trace", is_flag=True, help="Tell of every rule what became of it.")
@rules_option
@click.pass_context
def recommend(  # noqa: PLR0913 - one argument for each option
    context: click.Context,
    *,
    file: str | None,
    answers: tuple[str, ...],
    link: str,
    important: tuple[str, ...],
    basis: str | None,
    expect: str | None,
    rules: Path,
    as_json: bool,
    as_record: bool,
    project: str | None,
    trace: bool,
) -> None:
    """Recommend a framework for the answers in FILE (YAML or JSON, '-' for standard input)."""
    rulebase = load_rules(rules)
    if as_json and as_record:
        raise click.UsageError(ONE_WAY)
    traced = "1" if trace else None
    marks = [("important", question) for question in important]
    options = [
        *marks,
        ("basis", basis),
        ("expect", expect),
        ("project", project),
        ("trace", traced),
    ]
    written = [*answers, *(f"{key}={value}" for key, value in options if value is not None)]
    query = _strict(rulebase, joined(_forms(file, link, written)))
    recommendation = recommended(rulebase, query.answers, query.basis, query.asked)
    if as_json:
        click.echo(to_json(whole(rulebase, query, recommendation)), nl=False)
    elif as_record:
        click.echo(_record(rulebase, query, recommendation), nl=False)
    else:
        explanation = explain(rulebase, recommendation)
        click.echo(text_report(rulebase, recommendation, explanation), nl=False)
        click.echo("".join(_trace(rulebase, query)), nl=False)
    if query.expect and not meets(query.expect, recommendation):
        click.echo(outcome(rulebase, query.expect, recommendation), err=True)
        context.exit(FINDING)


def _record(rulebase: RuleBase, query: Query, recommendation: Recommendation) -> str:
    """Write the decision record."""
    heading = Heading(query.project, links(query)["page"], query.edition or "")
    return decision_record(rulebase, recommendation, explain(rulebase, recommendation), heading)


def _trace(rulebase: RuleBase, query: Query) -> Iterator[str]:
    """Write what became of every rule, where that was asked for."""
    if query.trace:
        yield "\nEvery rule\n"
        for traced in trace_of(rulebase, query.answers, query.basis):
            yield f"  {trace_in_words(traced)}\n"


def _strict(rulebase: RuleBase, form: Form) -> Query:
    try:
        return interpret(rulebase, form).strict()
    except AnswersError as error:
        raise AnswersRefused(error.faults) from None


def _forms(file: str | None, link: str, written: list[str]) -> Iterator[Form]:
    """Bring everything that was given into the neutral form."""
    if file:
        yield _file_form(file)
    yield url.form_of(_query_of(link), lambda key: Place("--query", path=key))
    for pair in written:
        yield url.form_of(_escaped(pair), lambda key: Place("command line", path=key))


def _file_form(file: str) -> Form:
    """Read a file: JSON where it begins with a brace, which no YAML of people does, else YAML."""
    try:
        with click.open_file(file, "rb") as opened:
            content = opened.read()
    except OSError as error:
        raise unreadable(error) from None
    if content.lstrip().startswith(b"{"):
        return body.form_of(content)
    name = STANDARD_INPUT if file == "-" else file
    return yaml_form(content.decode("utf-8", "surrogateescape"), name)


def _query_of(link: str) -> str:
    """Return the query of a link; what is not a link is the query already."""
    head, mark, query = link.partition("?")
    return query.partition("#")[0] if mark and "=" not in head else link


def _escaped(pair: str) -> str:
    """Write a pair from a shell, where nothing is escaped, as it would stand in a link."""
    key, equals, value = pair.partition("=")
    return _quoted(key) + equals + _quoted(value)


def _quoted(text: str) -> str:
    """Escape a text; bytes of the shell that are not UTF-8 stay what they are, for the codec."""
    return quote(text, errors="surrogateescape")
