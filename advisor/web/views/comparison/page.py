"""The page that sets several recommendations side by side, or asks for links to them."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from advisor.answers.query import Query
from advisor.answers.several import COUNT, FEWEST, Several
from advisor.engine.comparison import MOST as MOST_AT_ONCE
from advisor.engine.comparison import saying
from advisor.model.comparison import Comparison, Weight
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.report.words import BASIS_WORDS, SMALL_NUMBERS, counted, names
from advisor.web import addresses
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
    rulebase: RuleBase, shell: Shell, links: Several, comparison: Comparison | None
) -> ComparisonPage:
    """Make the page.

    Args:
        rulebase: what the results were made with.
        shell: the frame of the page.
        links: what was asked.
        comparison: the results side by side; None of fewer than two.
    """
    queries = links.queries
    heading = f"{counted(len(queries), 'recommendation')} side by side".capitalize()
    written = links.written if links.faults else map(addresses.result, queries)
    return ComparisonPage(
        shell=shell,
        title=heading if comparison else TITLE,
        description=DESCRIPTION,
        unusable=unusable(links.faults),
        heading=heading if comparison else TITLE,
        compared=_compared(Comparing(rulebase, queries, comparison)) if comparison else None,
        first=_first(queries),
        count=COUNT,
        links="\n".join(written),
    )


def _first(queries: Sequence[Query]) -> Link | None:
    """Return a link to the only result that there is so far."""
    if not queries or len(queries) >= FEWEST:
        return None
    (query,) = queries
    return Link(label=query.project or "The first one", address=addresses.result(query))


def _compared(comparing: Comparing) -> Compared:
    comparison, queries = comparing.comparison, comparing.queries
    return Compared(
        agreement=_agreement(comparing),
        basis=_basis(comparing),
        results=tuple(
            _result(comparing, number, query, result)
            for number, (query, result) in enumerate(zip(queries, comparison.results, strict=True))
        ),
        how_many=_how_many(comparison),
        groups=difference_groups(comparing),
        bound=_bound(comparison),
        shifts=shift_views(comparing),
        shared=_shared(comparing),
    )


def _result(comparing: Comparing, number: int, query: Query, result: Recommendation) -> ResultView:
    return ResultView(
        letter=comparing.letters([number]),
        project=query.project,
        told=so_far(comparing.rulebase, result),
        address=addresses.on_basis(query, result.basis),
    )


def _agreement(comparing: Comparing) -> str:
    """Say whether all lead to the same."""
    found = {result.leaders for result in comparing.comparison.results}
    if len(found) > 1:
        return "They do not all lead to the same."
    (leaders,) = found
    return f"All of them lead to {names(comparing.rulebase, leaders) or 'nobody'}."


def _basis(comparing: Comparing) -> str:
    """Say on what the results rest, and which of the links asked for something else."""
    basis = comparing.queries[0].basis
    others = [n for n, query in enumerate(comparing.queries) if query.basis is not basis]
    rests = f"Everything here rests on {BASIS_WORDS[basis]}"
    if not others:
        return f"{rests}."
    asked = BASIS_WORDS[comparing.queries[others[0]].basis]
    verb = "asks" if len(others) == 1 else "ask"
    return (
        f"{rests}, as the first link does; {comparing.letters(others)} {verb} for {asked} instead."
    )


def _how_many(comparison: Comparison) -> str:
    """Say in how many answers the results differ, and in how many of them it matters."""
    number = len(comparison.differing)
    matter = sum(differing.weight is not Weight.NONE for differing in comparison.differing)
    answers = counted(number, "answer")
    if not matter:
        return f"They differ in {answers}, and none of that changes who leads."
    if matter == number:
        return f"They differ in {answers}, and all of it bears on who leads."
    bear = counted(matter, "of them bears", "of them bear")
    return f"They differ in {answers}; {bear} on who leads."


def _bound(comparison: Comparison) -> str:
    """Say how far was looked for answers that matter together."""
    if not any(differing.weight is Weight.TOGETHER for differing in comparison.differing):
        return ""
    return (
        f"Up to {SMALL_NUMBERS[MOST_AT_ONCE]} answers are exchanged at once. Where even that "
        "changes nothing between two results with other leaders, all their differences are "
        "listed as mattering together."
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
        told=so_far(rulebase, shared),
        address=addresses.result(query),
    )
