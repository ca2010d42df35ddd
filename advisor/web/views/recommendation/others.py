"""Why those that do not lead alone do not, and the smallest changes that would make each lead."""

from pydantic import Field

from advisor.model.explanation import Against, Other, WhyNot
from advisor.model.recommendation import Plan, Standing, State, leading_plans
from advisor.output.words import (
    ROLE_WORDS,
    counted,
    difference_in_words,
    listed,
    names,
    plan_in_words,
    signed,
)
from advisor.web import urls
from advisor.web.views.page import View
from advisor.web.views.recommendation.changing import Flips, flips_of
from advisor.web.views.recommendation.plans import PlanView, plan_view
from advisor.web.views.recommendation.standings import StopView, stops
from advisor.web.views.recommendation.telling import Telling

WEIGHTIEST = 3
"""How many differences from a leader are told, for and against each."""


class DifferenceView(View):
    """A reason that treats two frameworks differently."""

    points: str = Field(description="What it brings, or costs, the one that is told; with a sign.")
    text: str = Field(description="The reason; what it lacks, or is spared, is called so.")


class Balance(View):
    """What speaks against and for a framework beside a leader, down to the gap between them."""

    leader: str = Field(description="The name of that leader.")
    against: tuple[DifferenceView, ...] = Field(description="Most against it, the worst first.")
    favour: tuple[DifferenceView, ...] = Field(description="Most for it, the best first.")
    sum: str = Field(description="What all other differences come to, and everything in all.")


class OtherView(View):
    """A framework that does not lead alone."""

    anchor: str = Field(description="Its id on the page.")
    framework: str = Field(description="Its id, for its colour.")
    words: str = Field(description="Its plan in words, or its name where it has none.")
    why: str = Field(description="Why it does not lead alone, in a sentence.")
    stops: tuple[StopView, ...] = Field(description="What rules it out of a role.")
    balance: Balance | None = Field(description="What the gap is made of; None where none is.")
    flips: Flips = Field(description="What would make it lead alone.")
    all_flips: str = Field(description="The address of all of them.")
    plan: PlanView | None = Field(description="Its reasons; None if told above, or if none.")


def other_views(telling: Telling) -> tuple[OtherView, ...]:
    """Tell every framework that does not lead alone, in the order of the standings."""
    others = telling.explanation.others
    return tuple(
        _other(telling, standing, others[standing.framework])
        for standing in telling.recommendation.standings
        if standing.framework in others
    )


def _other(telling: Telling, standing: Standing, other: Other) -> OtherView:
    plan, leads = standing.plan, standing.state is State.LEADS
    name = telling.name(other.framework)
    return OtherView(
        anchor=f"other-{other.framework}",
        framework=other.framework,
        words=plan_in_words(telling.rulebase, plan) if plan else name,
        why=_why(telling, other),
        stops=() if leads else stops(telling, standing.stops),
        balance=_balance(telling, other.against[0]) if other.against and not leads else None,
        flips=flips_of(telling.rulebase, telling.query, other, all_of_them=False),
        all_flips=f"{urls.changes(telling.query)}#{other.framework}",
        plan=None if leads else plan_view(telling, standing, stopped=False),
    )


def _why(telling: Telling, other: Other) -> str:
    """Say in a sentence why a framework does not lead alone."""
    match other.why:
        case WhyNot.SHARES:
            level = [against.leader for against in other.against]
            return f"It leads, level with {names(telling.rulebase, level)}."
        case WhyNot.OUTSCORED:
            return _behind(telling, other.against[0])
        case WhyNot.NO_REASON:
            behind = "".join(f" {_behind(telling, each)}" for each in other.against[:1])
            return f"No reason of its own speaks for it.{behind}"
        case WhyNot.NO_ROLE:
            return _no_role(telling, other.framework)
        case WhyNot.RULED_OUT:
            return "Ruled out by a hard fact, whatever speaks for it."


def _behind(telling: Telling, against: Against) -> str:
    """Say how far it is behind a leader, or that it is not."""
    leader = telling.name(against.leader)
    if against.behind > 0:
        return f"{counted(against.behind, 'point').capitalize()} behind {leader}."
    return f"Its points alone would not put it behind {leader}."


def _no_role(telling: Telling, framework: str) -> str:
    """Say what a framework lacks to lead, and where it takes part all the same."""
    told, known = telling.recommendation, telling.rulebase.frameworks[framework].roles
    lacking = [ROLE_WORDS[role] for role in told.roles if role not in known]
    lack = f"It has no part in {listed(lacking, 'or')}" if lacking else "It can lead no plan here"
    helped = [plan.lead for plan in leading_plans(told.standings) if framework in _members(plan)]
    if not helped:
        return f"{lack}, so it cannot lead such a project."
    return f"{lack}, so it cannot lead, but takes part with {names(telling.rulebase, helped)}."


def _members(plan: Plan) -> set[str | None]:
    return {plan.builder, plan.shipper}


def _balance(telling: Telling, against: Against) -> Balance | None:
    """Tell what a gap is made of; the differences that are told and the others add up to it."""
    gaps = [
        (
            each.ours - each.theirs,
            difference_in_words(each, telling.reason_texts[each.rule]),
        )
        for each in against.differences
    ]
    worse = [gap for gap in gaps if gap[0] < 0]
    better = sorted((gap for gap in gaps if gap[0] > 0), key=lambda gap: -gap[0])
    told = [*worse[:WEIGHTIEST], *better[:WEIGHTIEST]]
    if not told:
        return None
    more = sum(points for points, _ in gaps) - sum(points for points, _ in told)
    return Balance(
        leader=telling.name(against.leader),
        against=_differences(worse),
        favour=_differences(better),
        sum=_sum(len(gaps) - len(told), more, -against.behind),
    )


def _differences(gaps: list[tuple[int, str]]) -> tuple[DifferenceView, ...]:
    weightiest = gaps[:WEIGHTIEST]
    return tuple(DifferenceView(points=signed(points), text=text) for points, text in weightiest)


def _sum(number: int, points: int, everything: int) -> str:
    """Say what the differences that are left untold come to, and all of them together."""
    if not number:
        return f"That makes {signed(everything)} in all."
    come = "comes" if number == 1 else "come"
    untold = counted(number, "more difference").capitalize()
    return f"{untold} {come} to {signed(points)}, which makes {signed(everything)} in all."
