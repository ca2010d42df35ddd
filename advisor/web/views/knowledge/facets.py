"""The ways to narrow down the list of claims: links with counts, and what is chosen already.

A count says how many claims are left when the link is followed; links that would leave none are
not offered.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from pydantic import Field

from advisor.model.knowledge import Claim, Status
from advisor.model.rulebase import RuleBase
from advisor.web.pages.claim_query import ClaimFilter
from advisor.web.views.knowledge.signs import CLAIM_STANDINGS, Standing
from advisor.web.views.page import Link, View


class Narrowing(View):
    """A link that narrows the list down."""

    label: str = Field(description="What would be listed.")
    address: str = Field(description="Where the link leads.")
    count: int = Field(description="How many claims that would leave.")
    standing: Standing | None = Field(default=None, description="The standing, if it is one.")


class Facet(View):
    """One way to narrow the list down."""

    title: str = Field(description="By what.")
    links: tuple[Narrowing, ...] = Field(description="What can be chosen.")


def facets(rulebase: RuleBase, chosen: ClaimFilter) -> tuple[Facet, ...]:
    """Offer the ways to narrow down that are not taken yet and would change anything.

    While nothing is chosen, the subjects stand in a table of their own.
    """
    by_subject = chosen.chooses and not chosen.topic
    offered = (
        Facet(title="By standing", links=() if chosen.status else _by_status(rulebase, chosen)),
        Facet(title="By subject", links=_by_topic(rulebase, chosen) if by_subject else ()),
        Facet(title="By source", links=() if chosen.source else _by_source(rulebase, chosen)),
    )
    return tuple(facet for facet in offered if len(facet.links) > 1)


def chosen_links(rulebase: RuleBase, chosen: ClaimFilter) -> tuple[Link, ...]:
    """Name what is chosen, each with the address that takes it back."""
    named = (
        (chosen.words, f"with the words “{chosen.words}”", replace(chosen, words="")),
        (chosen.status, _status_label(chosen.status), replace(chosen, status="")),
        (chosen.topic, _topic_label(rulebase, chosen.topic), replace(chosen, topic="")),
        (chosen.source, _source_label(rulebase, chosen.source), replace(chosen, source="")),
    )
    return tuple(Link(label=label, address=back.address()) for value, label, back in named if value)


def _by_status(rulebase: RuleBase, chosen: ClaimFilter) -> tuple[Narrowing, ...]:
    found = _counted(rulebase, chosen, lambda claim: claim.status)
    return tuple(
        Narrowing(
            label=standing.word,
            address=replace(chosen, status=status).address(),
            count=found[status],
            standing=standing,
        )
        for status, standing in CLAIM_STANDINGS.items()
        if found[status]
    )


def _by_topic(rulebase: RuleBase, chosen: ClaimFilter) -> tuple[Narrowing, ...]:
    found = _counted(rulebase, chosen, lambda claim: claim.topic)
    return _narrowings(
        (_topic_label(rulebase, topic), replace(chosen, topic=topic), found[topic])
        for topic in rulebase.subjects
    )


def _by_source(rulebase: RuleBase, chosen: ClaimFilter) -> tuple[Narrowing, ...]:
    """Offer the documents; every other source has its claims on its own page."""
    found = _counted(rulebase, chosen, lambda claim: claim.source)
    documents = [source.id for source in rulebase.sources.values() if source.document]
    return _narrowings(
        (_source_label(rulebase, source), replace(chosen, source=source), found[source])
        for source in documents
    )


def _counted(
    rulebase: RuleBase, chosen: ClaimFilter, key: Callable[[Claim], str]
) -> "Counter[str]":
    return Counter(key(claim) for claim in chosen.matches(rulebase))


def _narrowings(offers: Iterable[tuple[str, ClaimFilter, int]]) -> tuple[Narrowing, ...]:
    return tuple(
        Narrowing(label=label, address=narrowed.address(), count=count)
        for label, narrowed, count in offers
        if count
    )


def _status_label(status: str) -> str:
    return CLAIM_STANDINGS[Status(status)].word if status else ""


def _topic_label(rulebase: RuleBase, topic: str) -> str:
    return rulebase.subjects[topic].title if topic else ""


def _source_label(rulebase: RuleBase, source: str) -> str:
    return rulebase.sources[source].title if source else ""
