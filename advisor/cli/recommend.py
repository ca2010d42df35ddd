"""`advisor recommend`: a recommendation for answers from a file, from options or from a link.

Several projects get a line each, in their order.
"""

import gc
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import click

from advisor.cli.rules import FINDING, MISUSE, age_of, opened_shelf, refusing, rules_option
from advisor.editions.diff import since
from advisor.editions.edition import Shelf
from advisor.engine.explain import explain
from advisor.engine.explain import trace as trace_of
from advisor.engine.recommend import recommend as recommended
from advisor.errors import Fault, Place
from advisor.model.recommendation import Brief
from advisor.model.rulebase import RuleBase
from advisor.output.batch import AT_ONCE, recommend_each
from advisor.output.diff import since_in_words
from advisor.output.expectation import failures, outcome_sentence, unused
from advisor.output.headline import VERDICT_LABELS
from advisor.output.json import envelope, to_json
from advisor.output.text import decision_record, text_report
from advisor.output.words import plans_in_words
from advisor.query.body import batch_forms, body_form
from advisor.query.fields import Form, address_form, joined, yaml_form

STANDARD_INPUT = "standard input"


@click.command()
@click.argument("files", type=click.Path(exists=True, dir_okay=False, allow_dash=True), nargs=-1)
@click.option(
    "--answer", "answers", multiple=True, metavar="QUESTION=CHOICE", help="One answer; repeatable."
)
@click.option("--query", "link", default="", help="Answers as in a link, or the link itself.")
@click.option(
    "--important", multiple=True, metavar="QUESTION", help="Counts double; up to three times."
)
@click.option(
    "--without", multiple=True, metavar="FRAMEWORK", help="Leave this framework out; repeatable."
)
@click.option("--one-tool", flag_value="1", help="Build and ship with one framework.")
@click.option("--basis", help="'checked' (default) or 'documents'.")
@click.option("--edition", help="Name of an edition, 'latest' (default), or 'draft'.")
@click.option(
    "--expect",
    multiple=True,
    metavar="WORD",
    help="What has to come out, such as LEAD, LEAD:SHIPPER or verdict:close; repeatable. Exit code"
    " 1 if it does not.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as the API sends it.")
@click.option("--record", "as_record", is_flag=True, help="Print a decision record in Markdown.")
@click.option("--project", help="What the decision record calls the project.")
@click.option("--trace", flag_value="1", help="Say for every rule whether it counted, and why.")
@click.option("--changes", metavar="1|2", help="With 2, look for pairs of changed answers, too.")
@rules_option
@click.pass_context
def recommend(  # noqa: PLR0913 - one argument for each option
    context: click.Context,
    /,
    *,
    files: tuple[str, ...],
    answers: tuple[str, ...],
    link: str,
    important: tuple[str, ...],
    without: tuple[str, ...],
    expect: tuple[str, ...],
    rules: Path,
    as_json: bool,
    as_record: bool,
    **settings: str | None,
) -> None:
    """Recommend a framework for the answers in FILES (YAML or JSON, '-' for standard input).

    Several files, JSON lines and lists in JSON give a line for each project; options apply to all.
    """
    shelf = opened_shelf(rules)
    if as_json and as_record:
        message = "--json and --record are two ways to print; choose one."
        raise click.UsageError(message)
    lists = {"important": important, "without": without, "expect": expect}
    written = [*answers, *(f"{key}={word}" for key, words in lists.items() for word in words)]
    written += [
        f"{key.replace('_', '-')}={value}" for key, value in settings.items() if value is not None
    ]
    options = joined(_option_forms(link, written))
    given = [(STANDARD_INPUT if name == "-" else name, _content(name)) for name in files]
    if len(given) > 1 or any(holds_several(*each) for each in given):
        if as_record or {"expect", "trace", "changes"} & {field.key for field in options.fields}:
            message = "--record, --expect, --trace and --changes look at one project; give one."
            raise click.UsageError(message)
        context.exit(recommend_all(shelf, given, options, as_json=as_json))
    with refusing("the answers"):
        forms = [*(file_form(*each) for each in given), options]
        rulebase, reading = shelf.read(joined(forms))
        query = reading.strict()
    recommendation = recommended(rulebase, query.answers, query.basis, query.asked)
    moved = since(shelf.current, query, recommendation)
    if as_json:
        click.echo(to_json(envelope(rulebase, query, recommendation, since=moved)), nl=False)
    elif as_record:
        explanation, day = explain(rulebase, recommendation), shelf.day_of(rulebase)
        told = decision_record(rulebase, recommendation, explanation, query, day=day)
        click.echo(told, nl=False)
    else:
        explanation = explain(rulebase, recommendation, query.changes)
        every = trace_of(rulebase, query.answers, query.basis) if query.trace else ()
        click.echo(text_report(rulebase, recommendation, explanation, every), nl=False)
        for said in (*query.renamed, *([since_in_words(shelf.current, moved)] if moved else ())):
            click.echo(said, err=True)
    if query.expect:
        unmet = failures(rulebase, query.expect, recommendation, age_of(shelf, rulebase))
        if unmet or unused(recommendation):
            click.echo(outcome_sentence(rulebase, query.expect, recommendation), err=True)
        context.exit(FINDING if unmet else 0)


def _option_forms(link: str, written: list[str]) -> Iterator[Form]:
    """Bring what the options say into the neutral form."""
    # The query of a link; what is no link is a query already.
    head, mark, query = link.partition("?")
    query = query.partition("#")[0] if mark and "=" not in head else link
    yield address_form(query, lambda key: Place("--query", path=key))
    for pair in written:
        if not pair:
            message = "an answer is empty, as an empty variable gives it"
            fault = Fault(Place("command line"), "empty-value", message, "QUESTION=CHOICE")
            yield Form(faults=(fault,))
            continue
        # A shell escapes nothing, a link does. Bytes that are not UTF-8 stay what they are.
        key, equals, value = pair.partition("=")
        key, value = (quote(text, errors="surrogateescape") for text in (key, value))
        yield address_form(key + equals + value, lambda key: Place("command line", path=key))


def _content(file: str) -> bytes:
    with click.open_file(file, "rb") as opened:
        content: bytes = opened.read()
        return content


PATIENCE = 1
"""Seconds after which a terminal is shown how far it has come."""


def holds_several(name: str, content: bytes) -> bool:
    """Say whether a file holds JSON lines, or a list, rather than one project."""
    first, _, rest = content.strip().partition(b"\n")
    lines = first.startswith(b"{") and first.rstrip().endswith(b"}") and rest.strip()
    return bool(lines) or first.startswith(b"[") or name.endswith((".jsonl", ".ndjson"))


def file_form(name: str, content: bytes) -> Form:
    """Read a file of one project: JSON where it begins with a brace, as no YAML of people does."""
    if content.lstrip().startswith(b"{"):
        return body_form(content)
    return yaml_form(content.decode("utf-8", "surrogateescape"), name)


def recommend_all(
    shelf: Shelf, files: Iterable[tuple[str, bytes]], options: Form, *, as_json: bool
) -> int:
    """Print a line for every project of some files; return the exit code.

    The options hold for every project. What cannot be used is told, and the others are answered.
    """
    projects = [each for name, content in files for each in _projects(name, content)]
    forms = ((n, joined([form, options]) if options.fields else form) for _, n, form in projects)
    # Nothing that is there now will ever go: the collector need not look at it again and again.
    gc.freeze()
    began, faulty = time.monotonic(), False
    visible = sys.stderr.isatty() and not sys.stdout.isatty()
    told = zip(projects, recommend_each(shelf, forms), strict=True)
    with click.progressbar(
        told, len(projects), file=sys.stderr, update_min_steps=AT_ONCE, hidden=True
    ) as bar:
        for (name, number, _), each in bar:
            bar.hidden = not visible or time.monotonic() - began < PATIENCE
            faulty = faulty or bool(each.faults)
            here = f"{name}:{number}" if number else name
            if as_json:
                click.echo(to_json({"file": name} | each.json()), nl=False)
                continue
            if each.result:
                click.echo(f"{here}: {_in_words(each.rulebase, each.query.project, each.result)}")
            for fault in each.faults:
                at = fault.place
                place = Place(name, number or at.line, at.column) if at.line else Place(here)
                click.echo(replace(fault, place=replace(place, path=at.path)), err=True)
    return MISUSE if faulty else 0


def _projects(name: str, content: bytes) -> Iterator[tuple[str, int, Form]]:
    """Give the projects of a file, each with its line; 0 where it is the only one."""
    if not holds_several(name, content):
        yield name, 0, file_form(name, content)
        return
    with refusing(name):
        yield from ((name, number, form) for number, form in batch_forms(content))


def _in_words(rulebase: RuleBase, project: str, result: Brief) -> str:
    """Say who is recommended, and how surely: `Search: A, shipped with B (clear)`."""
    said = VERDICT_LABELS[result.verdict]
    if result.verdict.recommends:
        said = f"{plans_in_words(rulebase, result.plans)} ({said})"
    return f"{project}: {said}" if project else said
