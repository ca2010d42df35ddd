"""`advisor recommend` for several projects: a line for each, in their order."""

import gc
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

import click

from advisor.cli.rules import MISUSE, Refusal
from advisor.editions.shelf import Shelf
from advisor.errors import AnswersError, Place
from advisor.model.recommendation import Brief
from advisor.model.rulebase import RuleBase
from advisor.output.batch import AT_ONCE, recommend_each
from advisor.output.headline import VERDICT_LABELS, recommends
from advisor.output.json import to_json
from advisor.output.words import plans_in_words
from advisor.query.body import batch_forms, body_form
from advisor.query.fields import Form, joined, yaml_form

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
    try:
        yield from ((name, number, form) for number, form in batch_forms(content))
    except AnswersError as error:
        raise Refusal(error.faults, of=name) from None


def _in_words(rulebase: RuleBase, project: str, result: Brief) -> str:
    """Say who is recommended, and how surely: `Search: A, shipped with B (clear)`."""
    said = VERDICT_LABELS[result.verdict]
    if recommends(result):
        said = f"{plans_in_words(rulebase, result.plans)} ({said})"
    return f"{project}: {said}" if project else said
