"""What the pages of claims compute: the list, how much a claim may weigh, and what cites it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

from advisor.engine.scoring.items import caps_of
from advisor.errors import Fault
from advisor.model.knowledge import Basis, Claim, Status, can_stop
from advisor.model.rulebase import RuleBase
from advisor.output.words import counted, listed, sentence
from advisor.query.fields import Form, in_query, shown
from advisor.web.dependencies import read_fields

PER_PAGE = 60
"""How many claims one page lists."""

MAX_WORDS = 200
"""Longest text to search for, in characters."""

STATUS_VERBS = {
    Status.HOLDS: ("holds today", "hold today"),
    Status.PARTLY: ("holds in part", "hold in part"),
    Status.SUPERSEDED: ("is out of date", "are out of date"),
    Status.CONTRADICTED: ("is contradicted", "are contradicted"),
    Status.UNVERIFIABLE: ("could not be confirmed", "could not be confirmed"),
}
"""How one claim stands, and how several do."""


def claims_of(rulebase: RuleBase, ids: Iterable[str]) -> list[Claim]:
    """Return the claims with these ids: those that stand best first, then by id."""
    order = list(Status)
    found = [rulebase.claims[claim] for claim in ids]
    return sorted(found, key=lambda claim: (order.index(claim.status), claim.id))


def cap_on(rulebase: RuleBase, claim: Claim, basis: Basis) -> int:
    """Return the most points that a claim can carry on a basis."""
    return caps_of(rulebase, basis).get(claim.id, 0)


def summary(claims: Collection[Claim]) -> str:
    """Count claims by how they stand: `Three claims: two hold today and one is contradicted.`."""
    found = Counter(claim.status for claim in claims)
    told = [counted(found[each], *STATUS_VERBS[each]) for each in Status if found[each]]
    whole = f"{counted(len(claims), 'claim')}: {listed(told)}"
    return sentence(whole if told else "no claim was taken from it")


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are listed; an empty field leaves nothing out.

    Example: `ClaimFilter(status="partly", words="export")`.
    """

    topic: str = ""
    """The id of a subject."""
    status: str = ""
    """A value of `Status`."""
    source: str = ""
    """The id of a source."""
    words: str = ""
    """What to search for; each word must occur in a claim's text, id or source title."""

    @property
    def chooses(self) -> bool:
        """Whether it leaves anything out."""
        return self != ClaimFilter()

    def address(self, page: int = 1, **changes: str) -> str:
        """Return the canonical address of a page of the list, some fields being changed."""
        chosen = replace(self, **changes)
        pairs = {
            "page": str(page) if page > 1 else "",
            "q": chosen.words,
            "source": chosen.source,
            "status": chosen.status,
            "topic": chosen.topic,
        }
        query = urlencode({key: value for key, value in pairs.items() if value})
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
class ClaimsList:
    """One page of the list of claims, and the ways to narrow the list down."""

    chosen: ClaimFilter
    """Which claims are listed; none are while nothing is chosen."""
    faults: list[Fault]
    """Why the rest of the address could not be used."""
    total: int
    """How many claims fit."""
    claims: list[Claim]
    """Those on this page, by subject, and best first on each."""
    number: int
    """Which page this is, counted from 1."""
    last: int
    """The number of the last page."""
    first: int
    """The place of the page's first claim among all that fit, counted from 1."""
    facets: Mapping[str, Mapping[str, int]]
    """How many claims a further choice would leave: `{"status": {"holds": 12, "partly": 3}}`.
    Offers only what is not chosen yet, and leaves some claims out but not all."""
    counts: Mapping[str, Mapping[Status, int]]
    """How many claims there are in all, by subject and status."""


def claims_list(rulebase: RuleBase, form: Form, editions: Collection[str] = ()) -> ClaimsList:
    """Find the claims that a query string asks for, which may name one of these editions."""
    known = {"source": rulebase.sources, "status": tuple(Status), "topic": rulebase.subjects}
    values, faults = read_fields(form, {"page": None, "q": None, "edition": editions, **known})
    values.pop("edition", None)
    words, page = values.pop("q", ""), values.pop("page", "1")
    if len(words) > MAX_WORDS:
        message = f"the text to search for has {len(words)} characters"
        faults.append(Fault(in_query("q"), "too-long", message, f"at most {MAX_WORDS}"))
        words = ""
    chosen = ClaimFilter(words=" ".join(words.split()), **values)
    fitting = chosen.matches(rulebase)
    total = len(fitting) if chosen.chooses else 0
    last = max(1, ceil(total / PER_PAGE))
    if page not in map(str, range(1, last + 1)):
        message = f"there is no page {shown(page)} of this list"
        expected = f"a number from 1 to {last}" if last > 1 else "no number: there is one page"
        faults.append(Fault(in_query("page"), "unknown-page", message, expected))
        page = "1"

    subjects, statuses = list(rulebase.subjects), list(Status)
    fitting.sort(key=lambda c: (subjects.index(c.topic), statuses.index(c.status), c.id))
    first = (int(page) - 1) * PER_PAGE
    counts: dict[str, Counter[Status]] = {topic: Counter() for topic in rulebase.subjects}
    for claim in rulebase.claims.values():
        counts[claim.topic][claim.status] += 1
    return ClaimsList(
        chosen=chosen,
        faults=faults,
        total=total,
        claims=fitting[first : min(first + PER_PAGE, total)],
        number=int(page),
        last=last,
        first=first + 1,
        facets=_facets(rulebase, chosen, fitting),
        counts=counts,
    )


def _facets(
    rulebase: RuleBase, chosen: ClaimFilter, fitting: Collection[Claim]
) -> Mapping[str, Mapping[str, int]]:
    # The subjects stand in a table of their own while nothing is chosen. Of the sources only the
    # documents are offered: every other one has its claims on its own page.
    offered: Mapping[str, Iterable[str]] = {
        "status": Status,
        "topic": rulebase.subjects if chosen.chooses else (),
        "source": [source.id for source in rulebase.sources.values() if source.document],
    }
    facets = {}
    for key, values in offered.items():
        found = Counter(getattr(claim, key) for claim in fitting)
        left = {value: found[value] for value in values if found[value]}
        if not getattr(chosen, key) and len(left) > 1:
            facets[key] = left
    return facets


def claim_context(rulebase: RuleBase, claim: Claim) -> dict[str, object]:
    """Return what `pages/claim.html` is given: a claim and all that is tied to it.

    `shows` and `carries` are the ids of the claims whose standing it shows, and of those that
    rest on it; `stops_on` are the bases on which it is hard enough to rule something out.
    """
    others = rulebase.claims.values()
    return {
        "claim": claim,
        "stops_on": [
            basis for basis in Basis if can_stop(rulebase.claims, rulebase.sources, claim.id, basis)
        ],
        "shows": [other.id for other in others if claim.id in other.shown_by],
        "carries": [other.id for other in others if claim.id in other.rests_on],
    }
