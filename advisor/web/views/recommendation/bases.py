"""What the same answers give on the other basis, and which reasons make the difference."""

from pydantic import Field

from advisor.model.recommendation import OtherBasis, Reason, Recommendation, Verdict
from advisor.report.words import BASIS_WORDS, listed, names, plan_in_words, signed
from advisor.web import addresses
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Mark
from advisor.web.views.recommendation.telling import Telling

Counted = dict[tuple[str, str, str], Reason]
"""Reasons by rule, framework and role: what makes two of them the same."""


class Difference(View):
    """A reason that weighs differently on the two bases."""

    text: str = Field(description="The reason.")
    name: str = Field(description="The name of the framework it speaks for.")
    here: str = Field(description="What it adds on the basis of this page.")
    there: str = Field(description="What it adds on the other.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


class OtherBasisView(View):
    """The other basis."""

    here: str = Field(description="What this page rests on, in words.")
    there: str = Field(description="What the other basis is, in words.")
    result: str = Field(description="What the same answers give there, in a sentence.")
    differs: bool = Field(description="Whether that is another result.")
    differences: tuple[Difference, ...] = Field(description="What makes the difference.")
    address: str = Field(description="The address of the result there.")


def other_basis(telling: Telling, there: Recommendation | None) -> OtherBasisView:
    """Tell what the other basis gives.

    Args:
        telling: the recommendation of the page.
        there: the recommendation on the other basis; None where it is not different.
    """
    recommendation = telling.recommendation
    other = recommendation.other
    return OtherBasisView(
        here=BASIS_WORDS[recommendation.basis],
        there=BASIS_WORDS[other.basis],
        result=_result(telling, other),
        differs=other.differs,
        differences=_differences(telling, there) if there else (),
        address=addresses.on_basis(telling.query, other.basis),
    )


def _result(telling: Telling, other: OtherBasis) -> str:
    """Say what the other basis gives."""
    plans = listed([plan_in_words(telling.rulebase, plan) for plan in other.plans])
    match other.verdict:
        case Verdict.NONE:
            return "nothing is left"
        case Verdict.OPEN:
            leaders = names(telling.rulebase, other.leaders)
            return f"open, with {leaders} ahead" if leaders else "open"
        case Verdict.TIE:
            return f"a tie of {plans}"
        case Verdict.CLOSE:
            return f"{plans}, by a narrow margin"
        case Verdict.CLEAR:
            return f"{plans}, clearly"


def _differences(telling: Telling, there: Recommendation) -> tuple[Difference, ...]:
    """Return the reasons whose points differ, largest difference first."""
    here_counts, there_counts = _counted(telling.recommendation), _counted(there)
    reasons = {**there_counts, **here_counts}
    points = {
        key: (_points(here_counts.get(key)), _points(there_counts.get(key))) for key in reasons
    }
    unlike = [key for key, (here, elsewhere) in points.items() if here != elsewhere]
    unlike.sort(key=lambda key: (-abs(points[key][0] - points[key][1]), key))
    return tuple(_difference(telling, reasons[key], *points[key]) for key in unlike)


def _difference(telling: Telling, reason: Reason, here: int, there: int) -> Difference:
    return Difference(
        text=reason.text,
        name=telling.name(reason.framework),
        here=signed(here),
        there=signed(there),
        marks=telling.cite(reason.claims),
    )


def _counted(recommendation: Recommendation) -> Counted:
    """Return the reasons of all plans, each once."""
    plans = (standing.plan for standing in recommendation.standings if standing.plan)
    reasons = (reason for plan in plans for reason in plan.reasons)
    return {(reason.rule, reason.framework, reason.role): reason for reason in reasons}


def _points(reason: Reason | None) -> int:
    return reason.points if reason else 0
