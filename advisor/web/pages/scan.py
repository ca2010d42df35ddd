"""What becomes of files that somebody pastes: answers, or what is wrong with the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.errors import Fault, Place
from advisor.query.fields import LONGEST_FILE, address_form, harmless, one_of, shown
from advisor.scan.detect import query_of
from advisor.scan.scan import Scan, reader_of

NAME, TEXT = "name", "text"
MOST_FILES = 20

KNOWN = ("requirements.*txt", "pyproject.toml", "setup.py", "environment.yml", "package.json",
         "Dockerfile", "a source file in Python", "a notebook")  # fmt: skip
"""Some of the files that can be read, as people know them."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Files as a form sends them."""

    rows: tuple[tuple[str, str], ...]
    """The name and the text of each, usable or not."""
    files: Mapping[str, str]
    """The texts that can be read, by the names of their files."""
    faults: tuple[Fault, ...]


def read_pasted(body: bytes) -> Pasted:
    """Read the body of a form with a `name` and a `text` for each file; empty pairs are left out.

    Example: `name=setup.cfg&text=%5Bmetadata%5D`.
    """
    form = address_form(body)
    faults = list(form.faults)
    values: dict[str, list[str]] = {NAME: [], TEXT: []}
    for field in form.fields:
        if field.key in values:
            values[field.key] = [value.text for value in field.values]
        else:
            message = f"nothing here looks at {shown(field.key)}"
            faults.append(Fault(Place("form"), "unknown-key", message, one_of((NAME, TEXT))))
    if len(values[NAME]) != len(values[TEXT]):
        message = f"there are {len(values[NAME])} names and {len(values[TEXT])} texts"
        faults.append(Fault(Place("form"), "unpaired", message, "a name for each text"))
    pairs = [(name.strip(), text) for name, text in zip(values[NAME], values[TEXT], strict=False)]
    rows = tuple((name, text) for name, text in pairs if name or text.strip())
    files: dict[str, str] = {}
    for number, (name, text) in enumerate(rows, start=1):
        place = Place(harmless(name) or f"file {number}")
        if fault := _unusable(name, text, files, place):
            faults.append(fault)
        else:
            files[name] = text
    if not rows:
        message = "there is no file to read"
        faults.append(Fault(Place("form"), "no-files", message, "a name and a text"))
    return Pasted(rows, files, tuple(faults))


def _unusable(name: str, text: str, files: Mapping[str, str], place: Place) -> Fault | None:
    """Say why a file cannot be read; None where it can."""
    printable = f"printable characters, at most {LONGEST_FILE}"
    wrong = (
        (not name, "no-name", "the file has no name", "one: it says how to read the file"),
        (not name.isprintable() or len(name) > LONGEST_FILE, "bad-name",
         "the name cannot be used", printable),
        (not text.strip(), "no-text", "the file is empty", "its text"),
        (name in files, "repeated-name", "two files have this name", "the path of each"),
        (len(files) == MOST_FILES, "too-many", f"there are more than {MOST_FILES} files", "fewer"),
        (not reader_of(name), "no-reader", "no file of this name can be read",
         one_of(KNOWN).replace("*", "")),
    )  # fmt: skip
    found = (Fault(place, *said) for is_wrong, *said in wrong if is_wrong)
    return next(found, None)


def scan_context(
    given: Pasted | None = None, scanned: Scan | None = None, faults: Sequence[Fault] = ()
) -> dict[str, object]:
    """Return what `pages/scan.html` is given: what was sent, and what was wrong with it."""
    return {
        "rows": given.rows if given else (),
        "wrong": (*(given.faults if given else ()), *(scanned.faults if scanned else ())),
        "faults": faults,
        "onward": query_of(scanned.findings) if scanned and says_something(scanned) else None,
        "most": MOST_FILES,
    }


def says_something(scanned: Scan) -> bool:
    """Say whether files say anything at all."""
    found = scanned.findings
    return bool(found.suggestions or found.contradictions or found.tools)
