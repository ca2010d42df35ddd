"""`advisor check`: whether answers files are answered as they accept, then and now.

An answers file is read by the edition that it names and by the newest; a saved result is computed
once more by its own edition, and has to be the same, byte for byte.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

import click

from advisor.cli.rules import (
    FINDING,
    MISUSE,
    age_of,
    echo_json,
    format_option,
    opened_shelf,
    rules_option,
)
from advisor.editions.edition import Shelf
from advisor.engine.recommend import recommend
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.verdict import Outcome, decision_of
from advisor.errors import AnswersError, Fault, FaultsError, Place, nearest
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.expectation import LEAD_WORDS, failures, found_in_words, unused
from advisor.output.faults import annotation, files_tested, junit, plain_fault, sarif
from advisor.output.words import listed
from advisor.query.body import BODY, body_form
from advisor.query.fields import ACCEPT, Form, harmless, one_of, shown, yaml_form
from advisor.query.query import Expectation, Query, is_met
from advisor.query.read import interpret

DEFAULT = "advice.yaml"
KEPT = ("answers", "important", "without", "one_tool", "basis")
"""What a result says of the query that it answers."""
MOST_NAMED = 5
"""How many fields of a result that differ are named."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one file."""

    file: str
    faults: tuple[Fault, ...]
    """Why it is not as accepted, or cannot be used; empty where all is well."""
    usable: bool = True
    """False where the question is wrong, not the answer."""
    summary: str = ""
    """What is recommended."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path())
@format_option("text", "json", "github", "junit", "sarif", told="; 'github' writes annotations")
@click.option("--quiet", "-q", is_flag=True, help="In text, print only what is not as accepted.")
@rules_option
@click.pass_context
def check(
    context: click.Context, files: tuple[str, ...], form: str, rules: Path, *, quiet: bool
) -> None:
    """Check that the answers in FILES still lead to the recommendation that the files accept.

    FILES are answers files or saved results; without any, it is advice.yaml. Each is read by its
    own edition and by the newest. Exit codes: 0 all is as accepted, 1 something is not, 2 a file
    cannot be used.
    """
    shelf = opened_shelf(rules)
    checked = [checked_file(shelf, file) for file in files or (DEFAULT,)]
    faults = [fault for each in checked for fault in each.faults]
    match form:
        case "json":
            data = [
                {
                    "file": each.file,
                    "state": _state(each),
                    "summary": each.summary,
                    "faults": [plain_fault(fault) for fault in each.faults],
                }
                for each in checked
            ]
            echo_json({"checked": data})
        case "junit":
            cases = files_tested("advisor check", {each.file: each.faults for each in checked})
            click.echo(junit("advisor check", cases))
        case "sarif":
            echo_json(sarif(faults))
        case "github":
            click.echo("".join(f"{annotation(fault, PurePath())}\n" for fault in faults), nl=False)
        case _:
            for each in checked:
                lines = [str(fault) for fault in each.faults]
                if not lines and not quiet:
                    lines = [f"{each.file}: accepted: {each.summary}"]
                click.echo("".join(f"{line}\n" for line in lines), nl=False)
    if faults:
        context.exit(FINDING if all(each.usable for each in checked) else MISUSE)


def _state(checked: Checked) -> str:
    if not checked.usable:
        return "unusable"
    return "refused" if checked.faults else "accepted"


def checked_file(shelf: Shelf, file: str) -> Checked:
    """Check one file, whatever it is."""
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        message = str(error.strerror).lower()
        expected = "an answers file, which `advisor ask` writes"
        return Checked(file, (Fault(Place(file), "unreadable", message, expected),), usable=False)
    try:
        if (receipt := _receipt(content)) is not None:
            return checked_receipt(shelf, file, receipt)
        return checked_answers(shelf, file, content)
    except RecursionError:
        message = "lists and objects are nested too deep"
        fault = Fault(Place(file, 1, 1), "too-deep", message, "a saved result")
        return Checked(file, (fault,), usable=False)
    except FaultsError as error:
        faults = [
            replace(fault, place=replace(fault.place, source=file))
            if fault.place.source == BODY.source
            else fault
            for fault in error.faults
        ]
        return Checked(file, tuple(faults), usable=False)


# Answers files


def checked_answers(shelf: Shelf, file: str, content: bytes) -> Checked:
    """Check answers by the edition that they name, and by the newest.

    Raises:
        AnswersError: they cannot be used, or say nothing that could be checked.
        RuleBaseError: the edition that they name is not what was released.
    """
    form = yaml_form(content.decode("utf-8", "surrogateescape"), file)
    rulebase, reading = shelf.read(form)
    query = reading.strict()
    if not query.expect and shelf.word(form) not in shelf.names:
        message = f"neither '{ACCEPT}' nor the name of an edition says what to compare with"
        fault = Fault(Place(file, 1, 1), "nothing-accepted", message, f"'{ACCEPT}'")
        raise AnswersError([fault])
    leads = _outcome(rulebase, query).names
    expected = query.expect or Expectation(leads=frozenset(leads))
    faults, summary = _compared(rulebase, form, query, expected, age_of(shelf, rulebase))
    newest = shelf.current
    if rulebase is not newest:
        try:
            moved = interpret(newest, form, shelf.words).strict()
        except AnswersError as error:
            faults += [replace(each, message=each.message + _by(newest)) for each in error.faults]
        else:
            more, told = _compared(newest, form, moved, moved.expect or expected)
            faults += more
            summary = "; ".join([summary, *moved.renamed, told])
    return Checked(file, tuple(sorted(faults)), summary=summary)


def _outcome(rulebase: RuleBase, query: Query) -> Outcome:
    return decision_of(index_of(rulebase, query.basis), query.answers).outcome


def _compared(
    rulebase: RuleBase, form: Form, query: Query, expected: Expectation, age: int = 0
) -> tuple[list[Fault], str]:
    """Return what is not as accepted by some rules, and what they recommend."""
    outcome = _outcome(rulebase, query)
    plans = [(plan.candidate.lead, plan.candidate.shipper) for plan in outcome.leaders]
    more = expected.settled or expected.all_used or expected.max_age is not None
    # Who leads is worked out in a fraction of the time of all that a recommendation says.
    if not more and is_met(expected, outcome.verdict, plans):
        names = listed([rulebase.frameworks[name].name for name in outcome.names])
        lead = "leads" if len(plans) == 1 else "are level"
        return [], f"{names} {lead}: {LEAD_WORDS[outcome.verdict]}{_by(rulebase)}"
    recommendation = recommend(rulebase, query.answers, query.basis)
    summary = f"{found_in_words(rulebase, expected, recommendation)}{_by(rulebase)}"
    return list(_unmet(rulebase, form, expected, recommendation, age)), summary


def _by(rulebase: RuleBase) -> str:
    return f", by edition {rulebase.edition}" if rulebase.edition else ""


def _unmet(
    rulebase: RuleBase,
    form: Form,
    expected: Expectation,
    recommendation: Recommendation,
    age: int,
) -> Iterator[Fault]:
    """Tell what is not as accepted, each at the line of the file that is about it."""
    places = _places(form)
    for failure in failures(rulebase, expected, recommendation, age):
        idle = unused(recommendation) if failure.word == "all-used" else ()
        about = [f"{ACCEPT}.{failure.word}", f"expect.{failure.word}", ACCEPT, "expect", "edition"]
        for name in idle or ("",):
            message = f"'{name}' adds nothing" if name else failure.message
            # An answer stands at `answers.goal`, a mark at `important=goal`.
            place = next(places[p] for p in (f"answers.{name}", name, *about) if p in places)
            yield Fault(place, failure.word, message + _by(rulebase), failure.expected)


def _places(form: Form) -> dict[str, Place]:
    """Return where the parts of a file stand: by path, and values by `key=value`."""
    places: dict[str, Place] = {}
    for each in form.fields:
        places.setdefault(each.place.path, each.place)
        for value in each.values:
            places.setdefault(value.place.path.partition("[")[0], value.place)
            places.setdefault(f"{each.key}={value.text}", value.place)
    return places


# Saved results


def _receipt(content: bytes) -> dict[str, Any] | None:
    """Return the `result` of a saved answer of the API; None where it is something else."""
    if not content.lstrip().startswith(b"{"):
        return None
    try:
        saved = json.loads(content, object_pairs_hook=_each_once)
    except ValueError:
        return None
    return saved["result"] if isinstance(saved.get("result"), dict) else None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON.

    Raises:
        ValueError: a key stands in it twice, so that programs would read it otherwise.
    """
    if len(dict(pairs)) < len(pairs):
        message = "a key is given more than once"
        raise ValueError(message)
    return dict(pairs)


def checked_receipt(shelf: Shelf, file: str, saved: dict[str, Any]) -> Checked:
    """Compute a saved result once more by the rules that it names.

    Raises:
        AnswersError: it holds what no result holds, or its rules are not here.
        RuleBaseError: the edition that it names is not what was released.
    """
    # Imported here, as nothing else of a check needs it.
    from advisor.output.json import to_json  # noqa: PLC0415

    rulebase = _rules_of(shelf, file, saved)
    body = {key: saved[key] for key in KEPT if key in saved}
    query = interpret(rulebase, body_form(json.dumps(body).encode())).strict()
    asked: frozenset[str] = frozenset()
    again = recommend(rulebase, query.answers, query.basis)
    # Which questions somebody had left blank is not saved, but shows in what is asked next.
    while again.next_question not in (None, saved.get("next_question")):
        asked |= {str(again.next_question)}
        again = recommend(rulebase, query.answers, query.basis, asked)
    other = json.loads(to_json(again))
    # Written alike, so that only what is said counts, and its order.
    if json.dumps(other) == json.dumps(saved):
        return Checked(file, (), summary=f"the same, byte for byte{_by(rulebase)}")
    wrong = [key for key in other | saved if other.get(key, ...) != saved.get(key, ...)]
    named = ", ".join(map(harmless, wrong[:MOST_NAMED])) or "the order of keys"
    message = f"computed once more, this differs: {named}"
    fault = Fault(Place(file, 1, 1), "other-result", message + _by(rulebase), "the same bytes")
    return Checked(file, (fault,))


def _rules_of(shelf: Shelf, file: str, saved: dict[str, Any]) -> RuleBase:
    """Return the rules by which a result was computed.

    Raises:
        AnswersError: they are not here.
        RuleBaseError: the edition that it names is not what was released.
    """
    name, rules_hash = saved.get("edition"), saved.get("rules_hash")
    if name in shelf.names:
        return shelf.rulebase(name)
    known_rules = (shelf.current, shelf.draft, *map(shelf.rulebase, shelf.names))
    for rulebase in known_rules if name is None else ():
        if rulebase and rulebase.rules_hash == rules_hash:
            # It may have been released since.
            return replace(rulebase, edition=None)
    known = f"{one_of(shelf.names)}, or the rules here" if shelf.names else "the rules here"
    message = "the result names no rules"
    if name or rules_hash:
        message = f"the result names {shown(str(name or rules_hash))}, and such rules are not here"
    near = nearest(str(name), shelf.names)
    raise AnswersError([Fault(Place(file, 1, 1), "no-edition", message, known, near)])
