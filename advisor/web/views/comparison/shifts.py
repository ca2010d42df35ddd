"""The reasons of each result against those of the first: gained, lost, and weighing differently."""

from collections.abc import Iterator

from pydantic import Field

from advisor.model.comparison import Shift
from advisor.model.recommendation import Reason
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Role
from advisor.output.words import ROLE_WORDS, listed, signed
from advisor.web.views.comparison.comparing import Comparing
from advisor.web.views.page import View

SAME = "the same reasons"


class ShiftedReason(View):
    """A reason that not both have, or not with the same weight."""

    points: str = Field(description="What it adds, with its sign; before and after if it changes.")
    text: str = Field(description="The reason.")
    rule: str = Field(description="The address of the rule it comes from.")
    whom: str = Field(description="Whom it speaks for, and in what.")


class ReasonGroup(View):
    """Reasons with the same fate."""

    title: str = Field(description="What became of them.")
    reasons: tuple[ShiftedReason, ...] = Field(description="The reasons, weightiest first.")


class ShiftView(View):
    """The reasons of one result against those of the first."""

    title: str = Field(description="Which against which, and how much it is.")
    open: bool = Field(description="Whether it is shown at once.")
    groups: tuple[ReasonGroup, ...] = Field(description="What is different; none if nothing is.")


def shift_views(comparing: Comparing) -> tuple[ShiftView, ...]:
    """Hold all results but the first against the first; a single pair is shown at once."""
    shifts = comparing.comparison.shifts[1:]
    return tuple(
        _shift(comparing, number, shift, alone=len(shifts) == 1)
        for number, shift in enumerate(shifts, start=1)
    )


def _shift(comparing: Comparing, number: int, shift: Shift, *, alone: bool) -> ShiftView:
    groups = tuple(group for group in _groups(comparing, number, shift) if group.reasons)
    fates = [
        f"{len(reasons)} {fate}"
        for fate, reasons in (
            ("gained", shift.gained),
            ("lost", shift.lost),
            ("weighing differently", shift.changed),
        )
        if reasons
    ]
    mine, first = comparing.letters([number]), comparing.letters([0])
    return ShiftView(
        title=f"{mine} against {first}: {listed(fates) or SAME}", open=alone, groups=groups
    )


def _groups(comparing: Comparing, number: int, shift: Shift) -> Iterator[ReasonGroup]:
    """Yield what is gained, lost and changed, each with a title of its own."""
    mine, first = comparing.letters([number]), comparing.letters([0])
    rulebase = comparing.rulebase
    gained = tuple(_reason(rulebase, reason, signed(reason.points)) for reason in shift.gained)
    lost = tuple(_reason(rulebase, reason, signed(reason.points)) for reason in shift.lost)
    changed = tuple(
        _reason(rulebase, after, f"{signed(before.points)} → {signed(after.points)}")
        for before, after in shift.changed
    )
    yield ReasonGroup(title=f"Only {mine} has", reasons=gained)
    yield ReasonGroup(title=f"Only {first} has", reasons=lost)
    yield ReasonGroup(title=f"Weigh differently, from {first} to {mine}", reasons=changed)


def _reason(rulebase: RuleBase, reason: Reason, points: str) -> ShiftedReason:
    return ShiftedReason(
        points=points,
        text=reason.text,
        rule=f"/rules/{reason.rule}",
        whom=_whom(rulebase, reason),
    )


def _whom(rulebase: RuleBase, reason: Reason) -> str:
    """Say for whom a reason speaks, and in what."""
    name = rulebase.frameworks[reason.framework].name
    if reason.role in set(Role):
        return f"{name}, {ROLE_WORDS[Role(reason.role)]}"
    return f"Price of handing over to {name}"
