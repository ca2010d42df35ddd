"""Reads a folder into a RawRuleBase, and notes what is wrong with single files.

Whether entries fit together is for `checks/` to say.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from advisor.errors import Fault, Place, nearest
from advisor.rulebase.layout import FILE_KINDS, FileKind, kind_of, yaml_files
from advisor.rulebase.raw import Broken, Item, RawRuleBase
from advisor.rulebase.rule_schema import (
    MigrationsFile,
    NextStepsFile,
    NotesFile,
    ScenariosFile,
    TradeoffFile,
    WorksWithFile,
)
from advisor.rulebase.schema import (
    ClaimsFile,
    DisagreementsFile,
    FrameworkFile,
    QuestionsFile,
    RuleBaseFile,
    Shape,
    SourcesFile,
    ToolsFile,
)
from advisor.rulebase.validate import Part, validate
from advisor.yamlfile import Document, read_yaml

F = TypeVar("F", bound=Shape)
E = TypeVar("E", bound=Shape)

_ID_LINE = re.compile(r"\bid:\s*[\"']?([a-z0-9-]+)")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a folder holds, and what is wrong with its files one by one."""

    raw: RawRuleBase
    faults: tuple[Fault, ...]


def gather(folder: Path) -> Gathered:
    """Read every file of a rule base."""
    files = list(yaml_files(folder))
    parts = [validate(_document(folder, file), kind) for file in files if (kind := kind_of(file))]
    faults = [*_missing_files(folder, files), *_unknown_files(files)]
    for part in parts:
        faults += [*part.document.faults, *part.faults]
    return Gathered(_raw(parts), tuple(faults))


def _missing_files(folder: Path, files: Sequence[str]) -> Iterator[Fault]:
    if not folder.is_dir():
        message = "there is no such folder"
        yield Fault(Place(str(folder)), "no-folder", message, "a folder with a rulebase.yaml")
        return
    for kind in FILE_KINDS:
        if kind.required and not any(kind.covers(file) for file in files):
            message = "there is no such file, and a rule base cannot do without"
            yield Fault(Place(kind.pattern), "missing-file", message)


def _unknown_files(files: Iterable[str]) -> Iterator[Fault]:
    patterns = [kind.pattern for kind in FILE_KINDS]
    for file in files:
        if not kind_of(file):
            yield Fault(
                Place(file),
                "unknown-file",
                "a rule base has no such file, so nobody reads it",
                ", ".join(patterns) + " or a name that ends in .cases.yaml",
                nearest(file, [pattern for pattern in patterns if "*" not in pattern]),
            )


def _document(folder: Path, file: str) -> Document:
    content = (folder / file).read_bytes()
    try:
        return read_yaml(content.decode("utf-8"), file)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        place = Place(file, line, column)
        fault = Fault(place, "not-utf-8", "a byte here is not UTF-8", "a file saved as UTF-8")
        return Document(file, content.decode("utf-8", "replace"), None, {}, {}, (fault,))


def _raw(parts: Sequence[Part]) -> RawRuleBase:
    frames = _whole(parts, RuleBaseFile)
    return RawRuleBase(
        frame=frames[0] if frames else None,
        frameworks=_whole(parts, FrameworkFile),
        questions=_entries(parts, QuestionsFile, lambda file: file.questions),
        sources=_entries(parts, SourcesFile, lambda file: file.sources),
        claim_files=_whole(parts, ClaimsFile),
        claims=_entries(parts, ClaimsFile, lambda file: file.claims),
        tradeoffs=_whole(parts, TradeoffFile),
        rules=_entries(parts, TradeoffFile, lambda file: file.rules),
        edges=_entries(parts, WorksWithFile, lambda file: file.edges),
        steps=_entries(parts, NextStepsFile, lambda file: file.steps),
        tools=_entries(parts, ToolsFile, lambda file: file.tools),
        migrations=_entries(parts, MigrationsFile, lambda file: file.migrations),
        disagreements=_entries(parts, DisagreementsFile, lambda file: file.disagreements),
        notes=_entries(parts, NotesFile, lambda file: file.notes),
        scenarios=_entries(parts, ScenariosFile, lambda file: file.scenarios),
        broken=tuple(_broken(parts)),
        dropped={kind.entry: frozenset(_dropped_ids(parts, kind)) for kind in FILE_KINDS},
        mentioned=frozenset(word for part in parts for word in _dropped_words(part)),
    )


def _whole(parts: Iterable[Part], shape: type[F]) -> tuple[Item[F], ...]:
    return tuple(
        Item(part.document, (), part.shape) for part in parts if isinstance(part.shape, shape)
    )


def _entries(
    parts: Iterable[Part], shape: type[F], entries: Callable[[F], Sequence[E]]
) -> tuple[Item[E], ...]:
    return tuple(
        Item(part.document, (part.kind.entries, index), entry)
        for part in parts
        if isinstance(part.shape, shape)
        for index, entry in zip(part.kept, entries(part.shape), strict=True)
    )


def _broken(parts: Iterable[Part]) -> Iterator[Broken]:
    for part in parts:
        for steps, data in part.dropped:
            yield Broken(part.document, steps, data)


def _dropped_ids(parts: Iterable[Part], kind: FileKind) -> Iterator[str]:
    """Give the ids of broken entries of a kind, as far as they can be read."""
    for part in parts:
        if part.kind is not kind:
            continue
        if part.document.data is None:
            yield from _ID_LINE.findall(part.document.text)
        for _, data in part.dropped:
            yield from _ids(data, kind)


def _ids(data: object, kind: FileKind) -> Iterator[str]:
    """Give the id of an entry, or of each entry where all of a file was dropped."""
    if not isinstance(data, dict):
        return
    if isinstance(data.get("id"), str):
        yield data["id"]
    entries = data.get(kind.entries)
    for entry in entries if isinstance(entries, list) else ():
        yield from _ids(entry, kind)


def _dropped_words(part: Part) -> Iterator[str]:
    if part.document.data is None:
        yield from _WORD.findall(part.document.text)
    for _, data in part.dropped:
        yield from _WORD.findall(str(data))
