"""Reads the cases of a rule base, and says what is wrong with them.

Checks ids and answers against the rule base; what comes out of a case is for `run` to find.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.cases.plans import parts_of
from advisor.cases.shape import Case, CasesFile, CaseShape, ExpectedShape
from advisor.errors import Fault, Place, nearest
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.query.read import read_part
from advisor.rulebase.layout import CASES_ENDING, FileKind
from advisor.rulebase.raw import Item
from advisor.rulebase.validate import validate
from advisor.yamlfile import Document, read_yaml

CASES_KIND = FileKind("*" + CASES_ENDING, CasesFile, "cases", "case", required=False)


@dataclass(frozen=True, slots=True)
class Written:
    """The cases of a folder as written, and what is wrong with their form."""

    items: tuple[Item[CaseShape], ...]
    faults: tuple[Fault, ...]


def written_cases(folder: Path) -> Written:
    """Read every cases file below a folder; needs no rule base."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*" + CASES_ENDING))
    parts = [validate(_document(folder, file), CASES_KIND) for file in files]
    faults = [fault for part in parts for fault in (*part.document.faults, *part.faults)]
    items = tuple(
        Item(part.document, ("cases", index), shape)
        for part in parts
        if isinstance(part.shape, CasesFile)
        for index, shape in zip(part.kept, part.shape.cases, strict=True)
    )
    if not files:
        message = "no case says what must come out"
        faults.append(Fault(Place(CASES_KIND.pattern), "no-cases", message, CASES_KIND.pattern))
    return Written(items, (*faults, *_repeated_ids(items)))


def _document(folder: Path, file: str) -> Document:
    """Read a file; bytes that are not UTF-8 become characters that the reader refuses."""
    text = (folder / file).read_bytes().decode("utf-8", "surrogateescape")
    return read_yaml(text, file)


def _repeated_ids(items: Iterable[Item[CaseShape]]) -> Iterator[Fault]:
    first: dict[str, Item[CaseShape]] = {}
    for item in items:
        name = item.shape.id
        if name in first:
            message = f"the case '{name}' stands at {first[name].place('id')} already"
            yield Fault(item.place("id"), "duplicate-id", message, "an id of its own")
        first.setdefault(name, item)


def compile_cases(
    rulebase: RuleBase, items: Sequence[Item[CaseShape]]
) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    """Turn written cases into cases that can be run.

    Returns:
        The cases with which nothing is wrong, and what is wrong with the others.
    """
    cases: list[Case] = []
    faults: list[Fault] = []
    for item in items:
        shape = item.shape
        data = {"answers": shape.answers, "important": shape.important}
        reading = read_part(rulebase, item.document, item.steps, data)
        expected = {Basis.CHECKED: shape.checked, Basis.DOCUMENTS: shape.documents}
        wrong = [*reading.faults, *_unknown_ids(rulebase, item)]
        faults += wrong
        if not wrong:
            stated = {basis: wanted for basis, wanted in expected.items() if wanted}
            answers = reading.query.answers
            cases.append(Case(shape.id, shape.project, item.place("id"), answers, stated))
    return tuple(cases), tuple(faults)


def _unknown_ids(rulebase: RuleBase, item: Item[CaseShape]) -> Iterator[Fault]:
    """Give every id that the case expects and the rule base does not have."""
    for basis, wanted in (("checked", item.shape.checked), ("documents", item.shape.documents)):
        if wanted:
            for key, index, name, known in _named(rulebase, wanted):
                if name not in known:
                    place = item.place(basis, key, index)
                    message = f"'{key}' names '{name}', which the rule base does not have"
                    yield Fault(place, "unknown-id", message, "", nearest(name, known))


def _named(
    rulebase: RuleBase, wanted: ExpectedShape
) -> Iterator[tuple[str, int, str, Collection[str]]]:
    """Give every id with its key, its number there, and the ids that could stand there."""
    costs = {cost.id for edge in rulebase.edges.values() for cost in edge.costs}
    tellers = costs | rulebase.rules.keys() | rulebase.switches.keys()
    lists: tuple[tuple[str, list[str], Collection[str]], ...] = (
        ("leaders", wanted.leaders, rulebase.frameworks),
        ("must", wanted.must, tellers),
        ("must-not", wanted.must_not, tellers),
        ("ruled-out", wanted.ruled_out, rulebase.frameworks),
        ("notes", wanted.notes, rulebase.notes),
        ("migrations", wanted.migrations, rulebase.migrations),
        ("disagreements", wanted.disagreements, rulebase.disagreements),
    )
    for key, names, known in lists:
        for index, name in enumerate(names):
            yield key, index, name, known
    for index, plan in enumerate(wanted.plans):
        yield from (("plans", index, *part) for part in parts_of(plan, rulebase))
