"""Reads a folder into the entries of a rule base, and notes what is wrong with single files.

A broken entry of a list does not cost the others of the list: the checks across files, in
`checks/`, go on with those.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, make_dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, cast

from pydantic import ValidationError

from advisor.errors import Fault, Place, nearest
from advisor.model import knowledge, rules
from advisor.model import rulebase as base
from advisor.model.plain import own_fields
from advisor.model.written import Listed
from advisor.rulebase import schema
from advisor.rulebase.messages import faults_of
from advisor.yamlfile import Document, Steps, read_file, walk

T = TypeVar("T")
E = TypeVar("E")
S_co = TypeVar("S_co", covariant=True)

CASES_ENDING = ".cases.yaml"
DETECTOR_CASES = "detectors.cases.yaml"
"""Cases of another shape: files, and what a scan of them suggests."""
EDITIONS_FOLDER = "editions"

MOST_BYTES = 16 << 20
"""How large a rule base may be, all its files together. Ours has less than one megabyte."""

_ID_LINE = re.compile(r"\bid:\s*[\"']?([a-z0-9-]+)")
_ODD = re.compile(r"\.json$|(?!.*\.y[^.]*ml$)\.[yY][aA]?[mM][lL][^/]*$")
"""Files that look like a part of a rule base, such as a copy called `notes.yaml.old`."""
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Attributes:
        pattern: path below the folder, `*` standing for a name.
        name: what an entry is called.
        head: the shape of the file; its list of entries may hold anything.
        entry: the shape of an entry; that of the file where the file is the entry.
        key: key of the list of entries; empty where the file is the entry.
        required: whether a rule base needs such a file, with an entry at least.
    """

    pattern: str
    name: str
    head: type
    entry: type
    key: str = ""
    required: bool = True

    def covers(self, file: str) -> bool:
        """Say whether the file at this path is of this kind."""
        return fnmatchcase(file, self.pattern) and file.count("/") == self.pattern.count("/")


def list_file(
    pattern: str,
    key: str,
    entry: type,
    head: type | None = None,
    *,
    required: bool = False,
) -> FileKind:
    """Return the kind of a file with entries at `key`, and without `head` with nothing else."""
    if not head:
        entries: Any = Annotated[tuple[object, ...], Listed(int(required))]
        head = make_dataclass(f"{key.title()}File", [(key, entries)], frozen=True)
    return FileKind(pattern, key.removesuffix("s"), head, entry, key, required=required)


FILE_KINDS = (
    FileKind("rulebase.yaml", "manifest", schema.RuleBaseFile, schema.RuleBaseFile),
    FileKind("frameworks/*.yaml", "framework", schema.FrameworkFile, schema.FrameworkFile),
    list_file("questions/*.yaml", "questions", schema.QuestionShape, required=True),
    list_file("sources.yaml", "sources", knowledge.Source, required=True),
    list_file("claims/*.yaml", "claims", knowledge.Claim, schema.ClaimsFile, required=True),
    list_file("tradeoffs/*.yaml", "rules", schema.RuleShape, schema.TradeoffFile, required=True),
    list_file("works-with.yaml", "edges", rules.Edge),
    list_file("next-steps.yaml", "steps", rules.Step),
    list_file("tools.yaml", "tools", knowledge.Tool),
    list_file("migrations.yaml", "migrations", rules.Migration),
    list_file("disagreements.yaml", "disagreements", knowledge.Disagreement),
    list_file("conflicts.yaml", "conflicts", rules.Conflict),
    list_file("notes.yaml", "notes", rules.Note),
    FileKind("evidence/*.yaml", "record", knowledge.Record, knowledge.Record, required=False),
    list_file("scenarios.yaml", "scenarios", base.Scenario),
    list_file("detectors.yaml", "detectors", schema.DetectorShape),
    list_file("renames.yaml", "renames", base.Rename),
)


def kind_of(file: str) -> FileKind | None:
    """Return the kind of the file at this path; None where a rule base has no such file."""
    return next((kind for kind in FILE_KINDS if kind.covers(file)), None)


@dataclass(frozen=True, slots=True)
class FilePart:
    """A part of a file, sound or not; the whole file without steps.

    Example: `FilePart(document, ("claims", 3))` is the fourth claim of the file.
    """

    document: Document
    steps: Steps

    @property
    def file(self) -> str:
        """Path of its file below the rule base's folder."""
        return self.document.file

    @property
    def data(self) -> object:
        """The part as plain data: `{"id": "bell", "because": ["d1-2"]}`."""
        data: Any = self.document.data
        for step in self.steps:
            data = data[step]
        return data

    def place(self, *steps: str | int) -> Place:
        """Return where a value inside the part begins; without steps, the part."""
        return self.document.place((*self.steps, *steps))

    def key_place(self, *steps: str | int) -> Place:
        """Return where a key inside the part begins."""
        return self.document.key_place((*self.steps, *steps))


@dataclass(frozen=True, slots=True)
class RawEntry(FilePart, Generic[S_co]):
    """A part of a file that has its shape."""

    shape: S_co
    """What was written, in the order in which it was: `Note(id="bell", ...)`."""

    def inside(self, shape: type[E]) -> "tuple[RawEntry[E], ...]":
        """Return what has this shape inside, such as an edge's costs or a rule's score."""
        held = own_fields(self.shape)
        inner: list[tuple[Steps, object]] = [((key,), value) for key, value in held.items()]
        for key, value in held.items():
            if isinstance(value, tuple):
                inner += [((key, index), each) for index, each in enumerate(value)]
        return tuple(
            RawEntry(self.document, (*self.steps, *steps), each)
            for steps, each in inner
            if isinstance(each, shape)
        )


@dataclass(frozen=True)
class RawRuleBase:
    """Everything that was read, before checks hold one entry against another.

    Example: of a folder with two sound notes and a claim `d1-3` that lacks its text, `entries`
    holds `notes.yaml` as a whole, the notes, `claims/d1.yaml` and its other claims; `broken` holds
    the claim; `dropped` is `{"claim": {"d1-3"}, ...}`; `faults` says that the text is missing.

    To name what was dropped is no fault. Mentioned is every word of what is broken, and the ids
    that misspelt ones are nearest to, so that what they name is not called unused.
    """

    entries: tuple[RawEntry[object], ...]
    broken: tuple[FilePart, ...]
    dropped: Mapping[str, frozenset[str]]
    mentioned: frozenset[str]
    faults: tuple[Fault, ...]

    def of(self, shape: type[E]) -> tuple[RawEntry[E], ...]:
        """Return every entry of this shape, those inside others too, such as costs."""
        return cast("tuple[RawEntry[E], ...]", tuple(self._by_shape.get(shape, ())))

    def by_id(self, shape: type[E]) -> Mapping[str, RawEntry[E]]:
        """Return the entries of this shape by id, the first where an id is given twice."""
        if shape not in self._made:
            entries: Sequence[RawEntry[Any]] = self.of(shape)
            self._made[shape] = {entry.shape.id: entry for entry in reversed(entries)}
        return cast("Mapping[str, RawEntry[E]]", self._made[shape])

    def once(self, make: "Callable[[RawRuleBase], T]") -> T:
        """Return what a function makes of this rule base; it is called the first time only."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("T", self._made[make])

    @property
    def manifest(self) -> RawEntry[schema.RuleBaseFile] | None:
        """rulebase.yaml; None where it is missing or broken."""
        return next(iter(self.of(schema.RuleBaseFile)), None)

    @cached_property
    def _by_shape(self) -> Mapping[type, Sequence[RawEntry[object]]]:
        found: dict[type, list[RawEntry[object]]] = defaultdict(list)
        for entry in self.entries:
            for each in (entry, *entry.inside(object)):
                if is_dataclass(each.shape):
                    found[type(each.shape)].append(each)
        return found

    @cached_property
    def _made(self) -> dict[object, object]:
        return {}


def yaml_files(folder: Path) -> Iterator[str]:
    """Give the path of every YAML file that belongs to the rule base itself, in order.

    Cases and editions are read elsewhere; hidden files belong to editors.
    """
    for path, file in visible(folder, "*.y*ml"):
        if path.is_file() and not file.endswith(CASES_ENDING):
            yield file


def visible(folder: Path, pattern: str) -> Iterator[tuple[Path, str]]:
    """Give what is below a folder, with its path there, but for what is hidden, and editions."""
    for path in sorted(folder.rglob(pattern)):
        parts = path.relative_to(folder).parts
        if not any(part.startswith(".") for part in parts) and parts[0] != EDITIONS_FOLDER:
            yield path, "/".join(parts)


def too_large(folder: Path) -> Iterator[Fault]:
    """Give a fault if a rule base is larger than anybody writes: then nothing of it is read."""
    sizes = {
        file: path.stat().st_size for path, file in visible(folder, "*.y*ml") if path.is_file()
    }
    if (size := sum(sizes.values())) > MOST_BYTES:
        message = f"its rule base has {size:,} bytes, most of them here"
        largest = Place(max(sizes, key=lambda file: sizes[file]))
        yield Fault(largest, "too-large", message, f"at most {MOST_BYTES:,} in all files together")


def gather(folder: Path) -> RawRuleBase:
    """Read every file of a rule base."""
    if large := tuple(too_large(folder)):
        return RawRuleBase((), (), defaultdict(frozenset), frozenset(), large)
    files = list(yaml_files(folder))
    parts = [validate(read_file(folder, file), kind) for file in files if (kind := kind_of(file))]
    return RawRuleBase(
        entries=tuple(entry for part in parts for entry in part.entries),
        broken=tuple(broken for part in parts for broken in part.broken),
        dropped={
            kind.name: frozenset(id_ for part in parts for id_ in part.dropped.get(kind.name, ()))
            for kind in FILE_KINDS
        },
        mentioned=frozenset(word for part in parts for word in part.mentioned),
        faults=(*_file_faults(folder, files), *(fault for part in parts for fault in part.faults)),
    )


def _file_faults(folder: Path, files: Iterable[str]) -> Iterator[Fault]:
    """Give the faults of files that are missing, or that nobody reads."""
    if not folder.is_dir():
        message = "there is no such folder"
        yield Fault(Place(str(folder)), "no-folder", message, "a folder with a rulebase.yaml")
        return
    patterns = [kind.pattern for kind in FILE_KINDS]
    for kind in FILE_KINDS:
        if kind.required and not any(kind.covers(file) for file in files):
            message = "there is no such file, and a rule base cannot do without"
            yield Fault(Place(kind.pattern), "missing-file", message)
    for path, file in visible(folder, "*"):
        plain_folder = path.is_dir() and not path.is_symlink() and path.suffix != ".yaml"
        if not path.is_file() and not plain_folder:
            message = "this is no file, or a link that leads to none, so it is not read"
            yield Fault(Place(file), "no-file", message, "a file")
        elif path.is_file() and not kind_of(file) and (file in files or _ODD.search(file)):
            message = "a rule base has no such file, so it is not read"
            expected = ", ".join(patterns) + " or a name that ends in .cases.yaml"
            near = nearest(file, [pattern for pattern in patterns if "*" not in pattern])
            yield Fault(Place(file), "unknown-file", message, expected, near)


def validate(document: Document, kind: FileKind) -> RawRuleBase:
    """Hold a file and each of its entries against their shapes."""
    data, whole = document.data, FilePart(document, ())
    if data is None:
        empty = Fault(document.place(), "empty-file", "this file is empty", "its content")
        ids, words = (frozenset(each.findall(document.text)) for each in (_ID_LINE, _WORD))
        return RawRuleBase((), (), {kind.name: ids}, words, document.faults or (empty,))
    head, wrong = _held(whole, kind.head, data)
    faults = [*document.faults, *wrong]
    if not head and kind.key and isinstance(data, dict):  # an unknown key costs no entry
        known = {key: data[key] for key in schema.keys(kind.head) if key in data}
        head, _ = _held(whole, kind.head, known)
    listed = data.get(kind.key) if isinstance(data, dict) else None
    entries = listed if isinstance(listed, list) else []
    # A claim that names no source has that of its file.
    shared = head and isinstance(head.shape, schema.ClaimsFile) and head.shape.source
    kept: list[RawEntry[object]] = []
    broken: list[FilePart] = []
    for index, entry in enumerate(entries):
        part = FilePart(document, (kind.key, index))
        whole_entry = {"source": shared} | entry if shared and isinstance(entry, dict) else entry
        held, wrong = _held(part, kind.entry, whole_entry)
        faults += wrong
        if held:
            kept.append(held)
        else:
            broken.append(part)
    if not head or (entries and not kept):
        head, kept, broken = None, [], [whole]
    # The id of a broken entry, or of each entry of a broken file, as far as they are read.
    own = {("id",), (kind.key, "id")}
    ids = frozenset(
        value
        for part in broken
        for steps, value in walk(part.data)
        if isinstance(value, str) and (*steps[:1], *steps[2:]) in own
    )
    words = frozenset(word for part in broken for word in _WORD.findall(str(part.data)))
    sound = (head, *kept) if head else ()
    return RawRuleBase(sound, tuple(broken), {kind.name: ids}, words, tuple(faults))


def _held(part: FilePart, shape: type, data: object) -> tuple[RawEntry[object] | None, list[Fault]]:
    """Hold data against a shape; return the entry if they have it, and else why not."""
    try:
        (held,) = schema.adapter(shape).validate_python([data])
        return RawEntry(part.document, part.steps, held), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        for each in errors:
            each["loc"] = each["loc"][1:]  # it was held as the only entry of a list
        return None, faults_of(part.document, shape, part.steps, errors)
