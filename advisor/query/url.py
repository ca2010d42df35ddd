"""A query string, as browsers and people write it, brought into the neutral form.

Stricter than a browser: broken percent signs, other separators and keys without a value are
faults, as each of them would lose something in silence. Knows no rule base.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from advisor.errors import Fault, Place
from advisor.query.form import Field, Form, Value, joined
from advisor.query.query import RESERVED
from advisor.query.wording import harmless, shown

_BROKEN_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")

Locate = Callable[[str], Place]
"""Says where a key stands."""


def in_query(key: str) -> Place:
    """Return the place of a key in an address."""
    return Place("query", path=harmless(key))


def form_of(raw: bytes | str, locate: Locate = in_query) -> Form:
    """Bring a query string into the neutral form.

    Args:
        raw: what follows the question mark of an address.
        locate: how to call the place of a key.
    """
    content = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    return joined(_pair_form(pair, locate) for pair in content.split(b"&") if pair)


def _pair_form(pair: bytes, locate: Locate) -> Form:
    """Bring one `key=value` into the neutral form."""
    written_key, equals, written_value = pair.partition(b"=")
    key, value = _decoded(written_key), _decoded(written_value)
    place = locate(key or written_key.decode("ascii", "backslashreplace"))
    if key is None or value is None:
        expected = "UTF-8, a '%' before two of 0-9 and A-F"
        return _refused(pair, place, "bad-encoding", "{} cannot be decoded", expected)
    if not key and equals:
        return _refused(pair, place, "empty-key", "{} has no key", "'key=value'")
    if b";" in pair:
        expected = "'&' between pairs"
        return _refused(pair, place, "separator", "a semicolon stands in {}", expected)
    if not equals:
        return _refused(pair, place, "empty-value", "{} has no value", "'key=value'")
    field = Field(key, (Value(value, place),), place, mixed=True)
    return Form(settings=(field,)) if key in RESERVED else Form(answers=(field,))


def _decoded(written: bytes) -> str | None:
    """Undo the percent signs and pluses; None where that gives no text."""
    if _BROKEN_PERCENT.search(written):
        return None
    try:
        return unquote_to_bytes(written.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _refused(pair: bytes, place: Place, code: str, message: str, expected: str) -> Form:
    """Say why a pair cannot be used, in a message with a gap for it."""
    written = shown(pair.decode("ascii", "backslashreplace"))
    return Form(faults=(Fault(place, code, message.format(written), expected),))
