"""Holds a document against the shape of its kind, and keeps what is sound when parts are not.

One broken entry of a list costs that entry only, so that checks across files can go on with the
rest. Knows nothing of other files.
"""

from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from advisor.errors import Fault
from advisor.rulebase.explain import explain
from advisor.rulebase.layout import FileKind
from advisor.rulebase.schema import Shape
from advisor.yamlfile import Document, Steps


@dataclass(frozen=True, slots=True)
class Part:
    """What a file contributes.

    Attributes:
        shape: its sound part; None where nothing is left.
        kept: for each entry in `shape` its number in the file.
        dropped: the data that could not be used, each with the way to it.
        faults: why not.
    """

    document: Document
    kind: FileKind
    shape: Shape | None
    kept: tuple[int, ...]
    dropped: tuple[tuple[Steps, object], ...]
    faults: tuple[Fault, ...]


def validate(document: Document, kind: FileKind) -> Part:
    """Hold a document against its kind."""
    data = document.data
    if data is None:
        return Part(document, kind, None, (), (), _empty_file(document))
    entries = data.get(kind.entries, []) if isinstance(data, dict) else []
    shape, errors = _attempt(kind, data)
    if shape:
        return Part(document, kind, shape, tuple(range(len(entries))), (), ())
    faults = tuple(explain(document, kind.shape, errors))
    kept, dropped = _sift(kind, entries, errors)
    shape = _attempt_without(kind, data, errors, [entries[index] for index in kept])
    if shape:
        return Part(document, kind, shape, kept, dropped, faults)
    return Part(document, kind, None, (), (((), data),), faults)


def _empty_file(document: Document) -> tuple[Fault, ...]:
    if document.faults:
        return ()
    return (Fault(document.place(), "empty-file", "nothing stands in this file", "its content"),)


def _attempt(kind: FileKind, data: object) -> tuple[Shape | None, list[ErrorDetails]]:
    try:
        return kind.shape.model_validate(data), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _sift(
    kind: FileKind, entries: object, errors: list[ErrorDetails]
) -> tuple[tuple[int, ...], tuple[tuple[Steps, object], ...]]:
    """Return the numbers of the sound entries, and the broken ones with the way to each."""
    if not isinstance(entries, list):
        return (), ()
    ways = [error["loc"] for error in errors]
    broken = {way[1] for way in ways if len(way) > 1 and way[0] == kind.entries}
    kept = tuple(index for index in range(len(entries)) if index not in broken)
    dropped = [(index, entry) for index, entry in enumerate(entries) if index in broken]
    return kept, tuple(((kind.entries, index), entry) for index, entry in dropped)


def _attempt_without(
    kind: FileKind, data: object, errors: list[ErrorDetails], entries: list[object]
) -> Shape | None:
    """Try again with the sound entries alone and without the file's unknown keys."""
    if not isinstance(data, dict) or not entries:
        return None
    unknown = {error["loc"] for error in errors if error["type"] == "extra_forbidden"}
    sound = {key: value for key, value in data.items() if (key,) not in unknown}
    return _attempt(kind, {**sound, kind.entries: entries})[0]
