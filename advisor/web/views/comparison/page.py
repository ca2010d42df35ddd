"""The page that sets several recommendations side by side, or asks for links to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from advisor.engine.compare import MOST, MOST_FOR_PLAN, saying
from advisor.model.comparison import Comparison, Weight
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.words import BASIS_WORDS, SMALL_NUMBERS, counted, listed
from advisor.query.query import Query
from advisor.query.write import COUNT, FEWEST, Several
from advisor.web import urls
from advisor.web.views.comparison.agreement import agreement, how_many
from advisor.web.views.comparison.comparing import Comparing
from advisor.web.views.comparison.differences import DifferenceGroup, difference_groups
from advisor.web.views.comparison.shifts import ShiftView, shift_views
from advisor.web.views.page import Link, Page, Shell, View
from advisor.web.views.so_far import SoFar, so_far
from advisor.web.views.unusable import unusable

TITLE = "Compare recommendations"
DESCRIPTION = "Where the answers behind several recommendations differ, and whether that matters."


class ResultView(View):
    """One of the results."""

    letter: str = Field(description="What it is called here.")
    project: str = Field(description="The title of its project; empty if it has none.")
    told: SoFar = Field(description="The recommendation in a few lines.")
    address: str = Field(description="Where all of it stands.")
    link: str = Field(description="The same with its host, for paper.")


class SharedView(View):
    """What follows from the answers that all share."""

    count: str = Field(description="How many answers they share, in words.")
    answers: tuple[str, ...] = Field(description="These answers, each with its question.")
    told: SoFar = Field(description="What they alone would lead to, in a few lines.")
    address: str = Field(description="Where all of that stands.")


class Compared(View):
    """Everything about results that are set side by side."""

    agreement: str = Field(description="Whether all lead to the same, in a sentence.")
    basis: str = Field(description="On what they rest, and whose choice that is, in a sentence.")
    mixed: str = Field(description="Which links had another basis, in a sentence; empty if none.")
    other_basis: Link = Field(description="The same on the other basis.")
    results: tuple[ResultView, ...] = Field(description="The results, in the order of the links.")
    how_many: str = Field(description="In how many answers they differ, in a sentence.")
    groups: tuple[DifferenceGroup, ...] = Field(description="These answers, by what they do.")
    bound: str = Field(description="How far was looked for sets of answers; empty if not at all.")
    shifts: tuple[ShiftView, ...] = Field(description="The reasons of each against the first.")
    shared: SharedView = Field(description="What follows from what all share.")


class ComparisonPage(Page):
    """Sets results side by side, and takes links to them."""

    template: ClassVar[str] = "pages/compare.html"

    heading: str = Field(description="What the page shows.")
    compared: Compared | None = Field(description="The comparison; none of fewer than two.")
    first: Link | None = Field(description="The only result that there is so far.")
    count: str = Field(description="How many links can be given, in words.")
    links: str = Field(description="The links for the form, one a line.")


def comparison_page(
    rulebase: RuleBase, shell: Shell, links: Several, comparison: Comparison | None, origin: str
) -> ComparisonPage:
    """Make the page.

    Args:
        rulebase: what the results were made with.
        shell: the frame of the page.
        links: what was asked.
        comparison: the results side by side; None of fewer than two.
        origin: scheme and host of this site, for links on paper.
    """
    queries = links.queries
    heading = f"{counted(len(queries), 'recommendation')} side by side".capitalize()
    written = links.written if links.faults else map(urls.result, queries)
    return ComparisonPage(
        shell=shell,
        title=heading if comparison else TITLE,
        description=DESCRIPTION,
        unusable=unusable(links.faults),
        heading=heading if comparison else TITLE,
        compared=_compared(Comparing(rulebase, queries, comparison, origin))
        if comparison
        else None,
        first=_first(queries),
        count=COUNT,
        links="\n".join(written),
    )


def _first(queries: Sequence[Query]) -> Link | None:
    """Return a link to the only result that there is so far."""
    if not queries or len(queries) >= FEWEST:
        return None
    (query,) = queries
    return Link(label=query.project or "The first one", address=urls.result(query))


def _compared(comparing: Comparing) -> Compared:
    comparison, queries = comparing.comparison, comparing.queries
    return Compared(
        agreement=agreement(comparing),
        basis=_basis(comparing),
        mixed=_mixed(comparing),
        other_basis=_other_basis(comparing),
        results=tuple(
            _result(comparing, number, query, result)
            for number, (query, result) in enumerate(zip(queries, comparison.results, strict=True))
        ),
        how_many=how_many(comparison),
        groups=difference_groups(comparing),
        bound=_bound(comparison),
        shifts=shift_views(comparing),
        shared=_shared(comparing),
    )


def _result(comparing: Comparing, number: int, query: Query, result: Recommendation) -> ResultView:
    address = urls.on_basis(query, result.basis)
    return ResultView(
        letter=comparing.letters([number]),
        project=query.project,
        told=so_far(comparing.rulebase, result, comparing.together),
        address=address,
        link=f"{comparing.origin}{address}",
    )


def _basis(comparing: Comparing) -> str:
    """Say on what the results rest, and whose choice that is."""
    one_basis = f"{comparing.everyone} are looked at on one basis: {BASIS_WORDS[comparing.basis]}"
    return f"{one_basis}, as the first link has it." if _others(comparing) else f"{one_basis}."


def _mixed(comparing: Comparing) -> str:
    """Say which of the links had another basis."""
    others = _others(comparing)
    if not others:
        return ""
    link, has, it_leads = (
        ("link", "has", "it leads") if len(others) == 1 else ("links", "have", "they lead")
    )
    asked = BASIS_WORDS[comparing.queries[others[0]].basis]
    return (
        f"The {link} of {comparing.letters(others)} {has} another basis, {asked}; "
        f"what {it_leads} to there can be different from what stands here."
    )


def _others(comparing: Comparing) -> list[int]:
    """Return the places of the links with another basis than the first."""
    queries = comparing.queries
    return [n for n, query in enumerate(queries) if query.basis is not comparing.basis]


def _other_basis(comparing: Comparing) -> Link:
    """Return where the same answers are compared on the other basis."""
    other = next(basis for basis in Basis if basis is not comparing.basis)
    queries = [replace(query, basis=other) for query in comparing.queries]
    return Link(label=BASIS_WORDS[other], address=urls.compare(queries))


def _bound(comparison: Comparison) -> str:
    """Say how far was looked for answers that matter together."""
    bounds = {
        Weight.TOGETHER: f"up to {SMALL_NUMBERS[MOST]} to change who leads",
        Weight.PLAN_TOGETHER: f"up to {SMALL_NUMBERS[MOST_FOR_PLAN]} to change the plan",
    }
    weights = {differing.weight for differing in comparison.differing}
    tried = listed([words for weight, words in bounds.items() if weight in weights])
    if not tried:
        return ""
    return (
        f"Answers are exchanged several at once, {tried}. Where even that does nothing between "
        "two results that differ in it, all their differences are listed as mattering together."
    )


def _shared(comparing: Comparing) -> SharedView:
    """Tell what follows from the answers that all share."""
    shared, rulebase = comparing.comparison.shared, comparing.rulebase
    query = Query(answers=shared.answers, basis=shared.basis)
    answered = [name for name in rulebase.questions if not shared.answers.is_absent(name)]
    return SharedView(
        count=counted(len(answered), "answer"),
        answers=tuple(
            f"{rulebase.questions[name].label}: "
            f"{comparing.said(name, saying(shared.answers, name))}"
            for name in answered
        ),
        told=so_far(rulebase, shared, comparing.together),
        address=urls.result(query),
    )
