"""What a page is asked for: all that could be read of its address, and what could not."""

from dataclasses import dataclass

from advisor.errors import Fault
from advisor.model.rulebase import RuleBase
from advisor.query.fields import Form
from advisor.query.query import Query
from advisor.query.read import read_query_string


@dataclass(frozen=True, slots=True)
class Visit:
    """One address, read leniently.

    Attributes:
        query: made of all that could be used.
        faults: why the rest could not be used.
        raw: the query string as it was sent.
        origin: scheme and host by which it was asked for, for links that leave the site.
        form: the keys and values as they were written, usable or not.
    """

    query: Query
    faults: tuple[Fault, ...]
    raw: str
    origin: str
    form: Form


def visit(rulebase: RuleBase, raw: bytes, origin: str) -> Visit:
    """Read the query string of an address."""
    reading = read_query_string(rulebase, raw)
    return Visit(reading.query, reading.faults, raw.decode("latin-1"), origin, reading.form)
