"""What the same answers give on the other basis, and the story of why.

Which claims fell and what overturned them, and what counts today that nobody had written.
"""

from collections.abc import Iterable

from pydantic import Field

from advisor.model.explanation import BasesDiffer, Carrier
from advisor.model.knowledge import Basis, Claim
from advisor.model.recommendation import OtherBasis, Verdict, leading_plans
from advisor.output.words import (
    BASIS_WORDS,
    STATUS_WORDS,
    date_in_words,
    ended,
    listed,
    names,
    plan_in_words,
)
from advisor.web import urls
from advisor.web.views.page import View
from advisor.web.views.recommendation.telling import Telling

TOLD = 3
"""How many matters are told to each side."""

SHOWN = 2
"""How many claims are told that overturned another."""


SAME_PLANS = {
    Verdict.OPEN: "but too little speaks for it to recommend it",
    Verdict.TIE: "as a tie",
    Verdict.CLOSE: "but by a narrow margin",
    Verdict.CLEAR: "and clearly",
}
"""How sure the same plans are on the other basis."""


class Said(View):
    """A claim, with where it was found."""

    text: str = Field(description="What it says.")
    source: str = Field(description="The title of its source.")
    checked: str = Field(description="The day it was checked, in words.")
    address: str = Field(description="The address of its page.")


class Turn(View):
    """A matter that the two bases see differently."""

    carried: str = Field(description="What rests on it, in words.")
    claim: Said = Field(description="The claim that carries it.")
    status: str = Field(description="Whether that is true today, in words.")
    shown: tuple[Said, ...] = Field(description="What shows that.")


class Side(View):
    """Matters that count on one of the bases only, or more there."""

    title: str = Field(description="Where they count.")
    turns: tuple[Turn, ...] = Field(description="The weightiest of them.")
    more: int = Field(description="How many more there are.")


class OtherBasisView(View):
    """The other basis."""

    here: str = Field(description="What this page rests on, in words.")
    there: str = Field(description="What the other basis is, in words.")
    result: str = Field(description="What the same answers give there, as the end of a sentence.")
    differs: bool = Field(description="Whether that is another result.")
    sides: tuple[Side, ...] = Field(description="Why, from what was written to what is known.")
    address: str = Field(description="The address of the result there.")


def other_basis(telling: Telling) -> OtherBasisView:
    """Tell what the other basis gives, and why."""
    recommendation, bases = telling.recommendation, telling.explanation.bases
    other = recommendation.other
    return OtherBasisView(
        here=BASIS_WORDS[recommendation.basis],
        there=BASIS_WORDS[other.basis],
        result=_result(telling, other),
        differs=other.differs,
        sides=_sides(telling, bases) if bases else (),
        address=urls.on_basis(telling.query, other.basis),
    )


def _result(telling: Telling, other: OtherBasis) -> str:
    """Say what the other basis gives."""
    if not other.differs:
        return "lead to the same recommendation"
    here = leading_plans(telling.recommendation.standings)
    if other.plans and other.plans == tuple([each.name for each in here]):
        return f"give the same, {SAME_PLANS[other.verdict]}"
    return f"give something else: {_otherwise(telling, other)}"


def _otherwise(telling: Telling, other: OtherBasis) -> str:
    """Say what the other basis gives where that is something else."""
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


def _sides(telling: Telling, bases: BasesDiffer) -> tuple[Side, ...]:
    """Tell first what rests on what was written, then what rests on what is known."""
    written, known = bases.there, bases.here
    if bases.basis is Basis.CHECKED:
        written, known = known, written
    sides = (
        _side(telling, "What was written, and counts for less today", written),
        _side(telling, "What counts today, and was not written", known),
    )
    return tuple(side for side in sides if side.turns)


def _side(telling: Telling, title: str, carriers: Iterable[Carrier]) -> Side:
    """Tell each matter with the claim that carries most of it, the weightiest matters first."""
    matters: dict[str, list[Carrier]] = {}
    for carrier in carriers:
        for carried in carrier.carries:
            matters.setdefault(carried, []).append(carrier)
    turns = tuple(
        _turn(telling, carried, max(matters[carried], key=_weight))
        for carried in list(matters)[:TOLD]
    )
    return Side(title=title, turns=turns, more=len(matters) - len(turns))


def _weight(carrier: Carrier) -> tuple[int, int]:
    """Return how much a claim counts for less, and how much there is to show for that."""
    return abs(carrier.counts_here - carrier.counts_there), len(carrier.shown_by)


def _turn(telling: Telling, carried: str, carrier: Carrier) -> Turn:
    claims = telling.rulebase.claims
    return Turn(
        carried=_carried(telling, carried),
        claim=_said(telling, claims[carrier.claim]),
        status=STATUS_WORDS[carrier.status].capitalize(),
        shown=tuple(_said(telling, claims[name]) for name in carrier.shown_by[:SHOWN]),
    )


def _said(telling: Telling, claim: Claim) -> Said:
    return Said(
        text=ended(claim.text),
        source=telling.rulebase.sources[claim.source].title,
        checked=date_in_words(claim.checked),
        address=f"/claims/{claim.id}",
    )


def _carried(telling: Telling, name: str) -> str:
    """Say what rests on a claim: a reason, a way of handing over, a role or a backend."""
    rulebase = telling.rulebase
    if name in telling.reason_texts:
        return telling.reason_texts[name]
    if name in rulebase.edges:
        return rulebase.edges[name].text
    if name in rulebase.frameworks:
        return f"{rulebase.frameworks[name].name} can take its role"
    backends = (backend for f in rulebase.frameworks.values() for backend in f.backends)
    return next(f"{backend.name} can be run on" for backend in backends if backend.id == name)
