"""The filters of the list of claims, read from a query string and written back into addresses.

Nothing unknown is dropped in silence: whatever cannot be used comes back as a fault. An empty
field means no choice, since that is how forms send one. Knows nothing of pages.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
class Fields:
    """What a query string says.

    Attributes:
        values: by key, for known keys that were given once and not empty.
        faults: why the rest could not be used.
    """

    values: Mapping[str, str]
    faults: tuple[Fault, ...]


def read_fields(raw: bytes, known: Collection[str]) -> Fields:
    """Read a query string.

    Args:
        raw: the query string as it was sent.
        known: the keys that mean something.
    """
    form = address_form(raw)
    values: dict[str, str] = {}
    faults = list(form.faults)
    for field in (*form.answers, *form.settings):
        if field.key not in known:
            faults.append(_unknown_key(field.key, known))
        elif len(field.values) > 1:
            message = f"{shown(field.key)} is given more than once"
            faults.append(Fault(field.place, "repeated-key", message, "one value"))
        elif field.values[0].text.strip():
            values[field.key] = field.values[0].text.strip()
    return Fields(values, tuple(faults))


def _unknown_key(key: str, known: Collection[str]) -> Fault:
    expected = one_of(known) if known else "an address without a question mark"
    message = f"there is nothing called {shown(key)} to choose here"
    return Fault(in_query(key), "unknown-key", message, expected, nearest(key, known))


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are listed. Empty fields mean all.

    Attributes:
        words: what to search for; each word must occur in a claim.
    """

    topic: str = ""
    status: str = ""
    source: str = ""
    words: str = ""

    @property
    def chooses(self) -> bool:
        """Whether it leaves anything out."""
        return self != ClaimFilter()

    def address(self, page: int = 1) -> str:
        """Return the canonical address of a page of the list."""
        number = str(page) if page > 1 else ""
        given = (number, self.words, self.source, self.status, self.topic)
        pairs = zip(CLAIM_KEYS, given, strict=True)
        query = urlencode([(key, value) for key, value in pairs if value])
        return f"/claims?{query}" if query else "/claims"

    def matches(self, rulebase: RuleBase) -> tuple[Claim, ...]:
        """Return the claims that it lists, in order of their ids."""
        return tuple(claim for claim in rulebase.claims.values() if self._accepts(rulebase, claim))

    def _accepts(self, rulebase: RuleBase, claim: Claim) -> bool:
        title = rulebase.sources[claim.source].title
        searched = f"{claim.id} {title} {claim.text}".casefold()
        return (
            self.topic in ("", claim.topic)
            and self.status in ("", claim.status)
            and self.source in ("", claim.source)
            and all(word in searched for word in self.words.casefold().split())
        )


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
    fields = read_fields(raw, CLAIM_KEYS)
    values, faults = dict(fields.values), list(fields.faults)
    known: Mapping[str, Collection[str]] = {
        "topic": rulebase.subjects,
        "status": tuple(Status),
        "source": rulebase.sources,
    }
    for key, ids in known.items():
        if key in values and values[key] not in ids:
            faults.append(unknown_value(key, values.pop(key), ids))
    if len(values.get("q", "")) > MAX_WORDS:
        faults.append(_too_long(values.pop("q")))
    page = values.pop("page", "1")
    chosen = ClaimFilter(words=" ".join(values.pop("q", "").split()), **values)
    last = pages(len(chosen.matches(rulebase)) if chosen.chooses else 0)
    if page not in map(str, range(1, last + 1)):
        faults.append(_unknown_page(page, last))
        page = "1"
    return ClaimsQuery(chosen, int(page), tuple(faults))


def pages(claims: int) -> int:
    """Return how many pages a number of claims takes."""
    return max(1, -(-claims // PER_PAGE))


def unknown_value(key: str, value: str, known: Collection[str]) -> Fault:
    """Say that a value of the query string names nothing that is known."""
    expected = one_of(known) if len(known) <= MOST_LISTED else "one of those on this page"
    message = f"there is no {key} {shown(value)}"
    return Fault(in_query(key), f"unknown-{key}", message, expected, nearest(value, known))


def _unknown_page(page: str, last: int) -> Fault:
    expected = f"a number from 1 to {last}" if last > 1 else "no number: there is one page"
    message = f"there is no page {shown(page)} of this list"
    return Fault(in_query("page"), "unknown-page", message, expected)


def _too_long(words: str) -> Fault:
    message = f"the text to search for has {len(words)} characters"
    return Fault(in_query("q"), "too-long", message, f"at most {MAX_WORDS}")
