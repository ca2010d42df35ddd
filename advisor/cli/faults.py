"""Faults as text, as JSON, and as annotations of a pull request. Returns strings, prints none."""

from collections.abc import Iterable
from pathlib import PurePath

from advisor.errors import Fault


def as_data(fault: Fault) -> dict[str, object]:
    """Return a fault as plain data."""
    return {
        "file": fault.place.source,
        "line": fault.place.line,
        "column": fault.place.column,
        "path": fault.place.path,
        "code": fault.code,
        "message": fault.message,
        "expected": fault.expected,
        "nearest": fault.nearest,
    }


def as_annotations(faults: Iterable[Fault], folder: PurePath) -> list[str]:
    """Return the workflow commands that put faults beside the lines they stand in.

    Args:
        faults: what was found.
        folder: the rule base's folder, as seen from where the command runs.
    """
    return [_annotation(fault, folder) for fault in faults]


def _annotation(fault: Fault, folder: PurePath) -> str:
    place = fault.place
    file = _property((folder / place.source).as_posix())
    line, column = max(place.line, 1), max(place.column, 1)
    said = str(fault).removeprefix(f"{place}: {fault.code}: ")
    title = _property(fault.code)
    return f"::error file={file},line={line},col={column},title={title}::{_message(said)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
