"""The list of claims: a table of subjects first, the claims themselves once anything is chosen."""

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import ClassVar

from pydantic import Field

from advisor.model.knowledge import Claim, Status
from advisor.model.rulebase import RuleBase
from advisor.output.words import counted
from advisor.web.pages.claim_query import PER_PAGE, ClaimFilter, ClaimsQuery, pages
from advisor.web.views.knowledge.claim_lines import ClaimLine, claim_line
from advisor.web.views.knowledge.facets import Facet, chosen_links, facets
from advisor.web.views.knowledge.frame import KnowledgePage
from advisor.web.views.knowledge.signs import CLAIM_STANDINGS, Standing
from advisor.web.views.page import Link, Shell, View
from advisor.web.views.unusable import unusable


class Choice(View):
    """Something to choose in the form."""

    value: str = Field(description="What is sent.")
    label: str = Field(description="What is shown.")
    chosen: bool = Field(description="Whether it is chosen.")


class SearchForm(View):
    """The form above the list."""

    words: str = Field(description="The words that are searched for.")
    statuses: tuple[Choice, ...] = Field(description="The standings.")
    topics: tuple[Choice, ...] = Field(description="The subjects.")
    documents: tuple[Choice, ...] = Field(description="The documents.")
    others: tuple[Choice, ...] = Field(description="All other sources.")


class Count(View):
    """A number of claims."""

    number: int = Field(description="How many.")
    address: str = Field(description="Where they are listed; empty where there are none.")


class SubjectRow(View):
    """A subject with its claims counted by standing."""

    title: str = Field(description="The subject.")
    address: str = Field(description="Where all of its claims are listed.")
    total: int = Field(description="How many claims it has.")
    counts: tuple[Count, ...] = Field(description="How many, for each standing.")


class ClaimGroup(View):
    """Claims on one subject."""

    id: str = Field(description="The id of the subject; its anchor.")
    title: str = Field(description="The subject.")
    claims: tuple[ClaimLine, ...] = Field(description="Its claims on this page of the list.")


class ClaimsPage(KnowledgePage):
    """Lists claims."""

    template: ClassVar[str] = "pages/claims.html"

    heading: str = Field(description="What is listed.")
    form: SearchForm = Field(description="The form above the list.")
    standings: tuple[Standing, ...] = Field(description="All standings, the columns of the table.")
    subjects: tuple[SubjectRow, ...] = Field(description="The table; empty if anything is chosen.")
    chosen: tuple[Link, ...] = Field(description="What is chosen, with links that take it back.")
    facets: tuple[Facet, ...] = Field(description="Links that narrow the list down.")
    range: str = Field(description="Which of the claims are on this page; empty if all are.")
    groups: tuple[ClaimGroup, ...] = Field(description="The claims, by subject.")
    previous: str = Field(description="The address of the page before; empty if none.")
    next: str = Field(description="The address of the page after; empty if none.")


def claims_page(rulebase: RuleBase, shell: Shell, query: ClaimsQuery) -> ClaimsPage:
    """Make the page."""
    chosen = query.filter
    found = _in_order(rulebase, chosen.matches(rulebase)) if chosen.chooses else ()
    first = (query.page - 1) * PER_PAGE
    listed = found[first : first + PER_PAGE]
    last = pages(len(found))
    heading = _heading(rulebase, chosen, len(found))
    of_many = f"{first + 1} to {first + len(listed)} of {len(found)}"
    return ClaimsPage(
        shell=shell,
        title=f"{heading}, page {query.page}" if query.page > 1 else heading,
        description=f"{len(rulebase.claims)} claims with their sources, and which of them hold.",
        unusable=unusable(query.faults),
        section="/claims",
        heading=heading,
        form=_form(rulebase, chosen),
        standings=tuple(CLAIM_STANDINGS.values()),
        subjects=() if chosen.chooses else _table(rulebase),
        chosen=chosen_links(rulebase, chosen),
        facets=facets(rulebase, chosen),
        range=of_many if last > 1 else "",
        groups=_groups(rulebase, listed),
        previous=chosen.address(query.page - 1) if query.page > 1 else "",
        next=chosen.address(query.page + 1) if query.page < last else "",
    )


def _heading(rulebase: RuleBase, chosen: ClaimFilter, found: int) -> str:
    if not chosen.chooses:
        return f"{len(rulebase.claims)} claims, and how each stands today"
    number = counted(found, "claim") if found else "no claim"
    number = number[0].upper() + number[1:]
    return f"{number} on {rulebase.subjects[chosen.topic].title}" if chosen.topic else number


def _form(rulebase: RuleBase, chosen: ClaimFilter) -> SearchForm:
    statuses = [(str(status), standing.word) for status, standing in CLAIM_STANDINGS.items()]
    topics = [(subject.id, subject.title) for subject in rulebase.subjects.values()]
    sources = sorted(rulebase.sources.values(), key=lambda source: source.title.casefold())
    documents = [(source.id, source.title) for source in sources if source.document]
    others = [(source.id, source.title) for source in sources if not source.document]
    return SearchForm(
        words=chosen.words,
        statuses=_choices(statuses, chosen.status),
        topics=_choices(topics, chosen.topic),
        documents=_choices(documents, chosen.source),
        others=_choices(others, chosen.source),
    )


def _choices(offered: list[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=value, label=label, chosen=value == chosen) for value, label in offered
    )


def _table(rulebase: RuleBase) -> tuple[SubjectRow, ...]:
    """Count the claims of each subject by their standing."""
    found = Counter((claim.topic, claim.status) for claim in rulebase.claims.values())
    return tuple(_row(subject.id, subject.title, found) for subject in rulebase.subjects.values())


def _row(topic: str, title: str, found: "Counter[tuple[str, Status]]") -> SubjectRow:
    all_of_it = ClaimFilter(topic=topic)
    counts = [(found[topic, status], replace(all_of_it, status=status)) for status in Status]
    return SubjectRow(
        title=title,
        address=all_of_it.address(),
        total=sum(number for number, _ in counts),
        counts=tuple(
            Count(number=number, address=those.address() if number else "")
            for number, those in counts
        ),
    )


def _in_order(rulebase: RuleBase, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Sort claims by subject, and within a subject from the best standing to the worst."""
    subjects, statuses = list(rulebase.subjects), list(Status)
    return tuple(
        sorted(
            claims,
            key=lambda claim: (
                subjects.index(claim.topic),
                statuses.index(claim.status),
                claim.id,
            ),
        )
    )


def _groups(rulebase: RuleBase, claims: tuple[Claim, ...]) -> tuple[ClaimGroup, ...]:
    """Put claims that are in order into groups by subject."""
    return tuple(
        ClaimGroup(
            id=topic,
            title=rulebase.subjects[topic].title,
            claims=tuple(claim_line(rulebase, claim) for claim in group),
        )
        for topic, group in groupby(claims, key=lambda claim: claim.topic)
    )
