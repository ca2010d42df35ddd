"""What is asked of the list of claims, read from its address and written back into addresses.

Nothing unknown is dropped in silence: whatever cannot be used comes back as a fault. An empty
field means no choice, since that is how forms send one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from advisor.errors import Fault, nearest
from advisor.model.knowledge import Claim, Status
from advisor.model.rulebase import RuleBase
from advisor.query.fields import address_form, in_query, one_of, shown

PER_PAGE = 60
"""How many claims one page lists."""

MAX_WORDS = 200
"""Longest text to search for, in characters."""

MOST_LISTED = 10
"""How many known values a message lists at most."""

CLAIM_KEYS = ("page", "q", "source", "status", "topic")
"""The keys of the list of claims, in the order of its canonical address."""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are listed. Empty fields mean all.

    Attributes:
        topic: the id of a subject.
        status: a value of `Status`.
        source: the id of a source.
        words: what to search for; each word must occur in a claim's text, id or source title.
    """

    topic: str = ""
    status: str = ""
    source: str = ""
    words: str = ""

    @property
    def chooses(self) -> bool:
        """Whether it leaves anything out."""
        return self != ClaimFilter()

    def address(self, page: int = 1, **changes: str) -> str:
        """Return the canonical address of a page of the list, some fields being changed."""
        chosen = replace(self, **changes)
        number = str(page) if page > 1 else ""
        given = (number, chosen.words, chosen.source, chosen.status, chosen.topic)
        pairs = zip(CLAIM_KEYS, given, strict=True)
        query = urlencode([(key, value) for key, value in pairs if value])
        return f"/claims?{query}" if query else "/claims"

    def matches(self, rulebase: RuleBase) -> list[Claim]:
        """Return the claims that it lists, in order of their ids."""
        words = self.words.casefold().split()
        found = []
        for claim in rulebase.claims.values():
            searched = f"{claim.id} {rulebase.sources[claim.source].title} {claim.text}".casefold()
            if (
                self.topic in ("", claim.topic)
                and self.status in ("", claim.status)
                and self.source in ("", claim.source)
                and all(word in searched for word in words)
            ):
                found.append(claim)
        return found


@dataclass(frozen=True, slots=True)
class ClaimsQuery:
    """What is asked of the list of claims.

    Attributes:
        page: counted from 1; one that exists.
        faults: why the rest of the address could not be used.
    """

    filter: ClaimFilter
    page: int
    faults: tuple[Fault, ...]

    @property
    def address(self) -> str:
        """The canonical address."""
        return self.filter.address(self.page)


def claims_query(rulebase: RuleBase, raw: bytes) -> ClaimsQuery:
    """Read what is asked of the list of claims.

    Args:
        rulebase: says which subjects and sources there are.
        raw: the query string as it was sent.
    """
    values, faults = read_fields(raw, CLAIM_KEYS)
    known: Mapping[str, Collection[str]] = {
        "topic": rulebase.subjects,
        "status": tuple(Status),
        "source": rulebase.sources,
    }
    for key, ids in known.items():
        if key in values and values[key] not in ids:
            faults.append(unknown_value(key, values.pop(key), ids))
    words = values.pop("q", "")
    if len(words) > MAX_WORDS:
        message = f"the text to search for has {len(words)} characters"
        faults.append(Fault(in_query("q"), "too-long", message, f"at most {MAX_WORDS}"))
        words = ""
    page = values.pop("page", "1")
    chosen = ClaimFilter(words=" ".join(words.split()), **values)
    last = pages(len(chosen.matches(rulebase)) if chosen.chooses else 0)
    if page not in map(str, range(1, last + 1)):
        message = f"there is no page {shown(page)} of this list"
        expected = f"a number from 1 to {last}" if last > 1 else "no number: there is one page"
        faults.append(Fault(in_query("page"), "unknown-page", message, expected))
        page = "1"
    return ClaimsQuery(chosen, int(page), tuple(faults))


def read_fields(raw: bytes, known: Collection[str]) -> tuple[dict[str, str], list[Fault]]:
    """Read a query string.

    Args:
        raw: the query string as it was sent.
        known: the keys that mean something.

    Returns:
        Values by key, for known keys that were given once and not empty; and why the rest could
        not be used.
    """
    form = address_form(raw)
    values: dict[str, str] = {}
    faults = list(form.faults)
    for field in (*form.answers, *form.settings):
        if field.key not in known:
            message = f"there is nothing called {shown(field.key)} to choose here"
            expected = one_of(known) if known else "an address without a question mark"
            near = nearest(field.key, known)
            faults.append(Fault(in_query(field.key), "unknown-key", message, expected, near))
        elif len(field.values) > 1:
            message = f"{shown(field.key)} is given more than once"
            faults.append(Fault(field.place, "repeated-key", message, "one value"))
        elif field.values[0].text.strip():
            values[field.key] = field.values[0].text.strip()
    return values, faults


def pages(claims: int) -> int:
    """Return how many pages a number of claims takes."""
    return max(1, -(-claims // PER_PAGE))


def unknown_value(key: str, value: str, known: Collection[str]) -> Fault:
    """Say that a value of the query string names nothing that is known."""
    expected = one_of(known) if len(known) <= MOST_LISTED else "one of those on this page"
    message = f"there is no {key} {shown(value)}"
    return Fault(in_query(key), f"unknown-{key}", message, expected, nearest(value, known))
