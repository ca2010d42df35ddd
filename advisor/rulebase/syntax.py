"""What is said when a text cannot be read as YAML at all: plain words for a parser's complaint.

The two parsers in use complain in different words; only what both have in common is looked at.
Knows nothing of parsers themselves.
"""

from dataclasses import dataclass

from advisor.errors import Fault, Place
from advisor.rulebase.document import Mark


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a parser says.

    Attributes:
        context: what it was reading; empty where it does not say.
        problem: what it stumbled over.
        mark: where it stumbled.
        opened: where that which it was reading begins; None where it does not say.
    """

    context: str
    problem: str
    mark: Mark
    opened: Mark | None


_PLAIN_WORDS = (
    ("mapping values are not allowed", "a ': ' stands inside a value",
     "quotes around the value, or the key on a line of its own"),
    ("sequence entries are not allowed", "a list begins beside its key",
     "the list on the lines below, or in brackets"),
    ("could not find expected ':'", "a key has no ': ' after it", "'key: value'"),
    ("quoted scalar found unexpected end", "a quote is opened and never closed",
     "a closing quote"),
    ("unknown escape character", "a backslash stands between double quotes",
     "single quotes around the value, or two backslashes"),
    ("quoted scalar", "the quoted text cannot be read", "a closing quote, and none inside"),
    ("cannot start any token", "a value begins with a special character",
     "quotes around the value"),
    ("node content", "a value is missing", "a value, and every bracket closed"),
    ("flow sequence", "the list in brackets is not complete",
     "a comma between its entries and a closing ']'"),
    ("flow mapping", "the mapping in braces is not complete",
     "a comma between its entries and a closing '}'"),
    ("block mapping", "the line does not continue the keys above it",
     "'key: value', as far to the right as the keys it belongs to"),
    ("block collection", "the line does not continue the list above it",
     "'- ', as far to the right as the entries above"),
    ("document start", "something stands after the end of the data", "nothing, or a list or key"),
)  # fmt: skip


def syntax_fault(file: str, complaint: Complaint) -> Fault:
    """Return the fault for a text that is not YAML, in plain words where they are known."""
    said = f"{complaint.context} {complaint.problem}"
    message, expected = next(
        ((message, expected) for needle, message, expected in _PLAIN_WORDS if needle in said),
        (f"this is not YAML: {complaint.problem}", ""),
    )
    if complaint.opened and complaint.opened[0] != complaint.mark[0]:
        message += f" (see line {complaint.opened[0]})"
    return Fault(Place(file, *complaint.mark), "syntax", message, expected)
