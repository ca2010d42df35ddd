"""What an unquoted word of YAML means, by the core schema of YAML 1.2, and ISO dates besides.

Knows nothing of parsers and files.
"""

import datetime
import re

Scalar = str | int | float | bool | datetime.date | None

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
TRUE_OR_FALSE = {"yes": "true", "on": "true", "no": "false", "off": "false"}
"""Words that YAML 1.1 reads as true or false, and YAML 1.2 as text."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FRACTION = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def resolve(word: str) -> Scalar:
    """Return the value that an unquoted word stands for; the word itself where it is text.

    Raises:
        ValueError: the word looks like a date and the calendar has no such day.
    """
    if word in NULLS:
        return None
    if word in BOOLEANS:
        return BOOLEANS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    if _DATE.fullmatch(word):
        return datetime.date.fromisoformat(word)
    if _FRACTION.fullmatch(word):
        return float(word)
    return word
