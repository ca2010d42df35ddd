"""Several results side by side: where their answers differ, and whether that matters."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from advisor.model.recommendation import Reason, Recommendation, Verdict


class Weight(StrEnum):
    """Whether a difference between answers bears on who leads, or on the rest of the plan.

    From most to least; of several that hold, a difference has the first.
    """

    ALONE = "alone"
    """Taking over this one answer changes who leads in one of the results."""
    TOGETHER = "together"
    """Two results have other leaders, no answer alone makes the difference, and this one is
    among the fewest that do together."""
    PLAN = "plan"
    """Taking over this one answer changes a leading plan in one of the results: with whom it
    ships, on what it runs or how it hands over, but not who leads."""
    PLAN_TOGETHER = "plan-together"
    """Two results have the same leaders with other plans, no answer alone makes the difference,
    and this one is among the fewest that do together."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AnswerState:
    """What one set of answers says to a question."""

    choices: tuple[str, ...]
    """Ids of its choices, sorted; `unsure` or `any` alone where that was said; empty where nothing
    was."""
    important: bool
    """Whether the question is marked as important."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A question to which not all say the same."""

    question: str
    sayings: tuple[AnswerState, ...]
    """What each of the sets of answers says to it, in their order."""
    weight: Weight


@dataclass(frozen=True, slots=True)
class Shift:
    """The reasons of the leading plans of one result against those of the first."""

    gained: tuple[Reason, ...]
    """Reasons that the first has not."""
    lost: tuple[Reason, ...]
    """Reasons of the first that it has not."""
    changed: tuple[tuple[Reason, Reason], ...]
    """Reasons of both that weigh differently: the first's, and its own."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Results side by side."""

    results: tuple[Recommendation, ...]
    """One for each set of answers, in their order."""
    differing: tuple[Differing, ...]
    """The questions on which they differ, in the order of the questionnaire."""
    shifts: tuple[Shift, ...]
    """For each result its reasons against those of the first; the first one's are empty."""
    shared: Recommendation
    """The recommendation on the answers, and marks, that all share."""


@dataclass(frozen=True, slots=True)
class MovedReason:
    """A reason or a stop that one edition has and another has not, or not with the same points."""

    rule: str
    """The id of the rule, or of the cost of an edge, as the newer edition has it."""
    framework: str
    role: str
    was: int | None
    """Its points then: 0 for a stop, null where it was not there."""
    now: int | None
    """Its points now: 0 for a stop, null where it is not there any more."""
    text: str


@dataclass(frozen=True, slots=True)
class Since:
    """What the newest edition recommends for answers that an older one answered."""

    state: Literal["same", "changed"]
    """`same` while leaders, their plans and the verdict are those of then."""
    edition: str
    """The name of the newest edition."""
    leaders: tuple[str, ...]
    """Who leads by the newest edition."""
    verdict: Verdict
    """How sure that is."""
    reasons: tuple[MovedReason, ...]
    """Reasons gained, lost or weighing otherwise, of those who lead then or now."""
    lost: tuple[str, ...]
    """Answers that the newest edition has no use for, by question."""
