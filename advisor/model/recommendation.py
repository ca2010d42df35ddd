"""The result: plans, standings, reasons, verdict, and what it leaves open.

The one definition of a recommendation; pages, JSON, command line and records are views of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rules import Role


class Verdict(StrEnum):
    """How sure the result is."""

    NONE = "none"
    """Every framework is ruled out."""
    OPEN = "open"
    """Too little is answered: no reason of two points or more for a leader."""
    TIE = "tie"
    CLOSE = "close"
    CLEAR = "clear"


class State(StrEnum):
    """Where a framework stands."""

    LEADS = "leads"
    FOLLOWS = "follows"
    NO_REASON = "no-reason"
    """It has a plan, but no reason of its own speaks for it."""
    NO_ROLE = "no-role"
    """It can lead no plan for such a project; it may still take part in one."""
    RULED_OUT = "ruled-out"
    """A hard fact forbids every plan that it could lead."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One summand of a plan's score.

    Attributes:
        rule: id of the rule, or of the edge's cost.
        role: `build`, `ship`, `edge` for a cost, or `backend`.
        points: what it adds to the score, after caps and doubling.
        doubled: whether a mark of importance doubled it.
        claims: ids of the claims that count on this basis, the strongest evidence first.
        questions: ids of the answered questions that made it fire.
    """

    rule: str
    framework: str
    role: str
    points: int
    doubled: bool
    text: str
    claims: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanName:
    """Who is in a plan, without its reasons."""

    lead: str
    builder: str | None
    shipper: str | None
    backend: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Who builds and who ships.

    Attributes:
        lead: the builder, or the shipper where nothing is built.
        builder: None where nothing is to be trained.
        shipper: None where nothing leaves the notebook.
        backend: id of the backend the builder runs on; empty where it needs none.
        edge: id of the edge that joins two different frameworks; empty otherwise.
        reasons: their points add up to `score`.
        backend_reasons: why that backend; outside the sum.
        means: ids of the tools with which its shipper ships under these answers.
    """

    lead: str
    builder: str | None
    shipper: str | None
    backend: str
    edge: str
    score: int
    reasons: tuple[Reason, ...]
    backend_reasons: tuple[Reason, ...]
    means: tuple[str, ...] = ()

    @property
    def name(self) -> PlanName:
        """Return who is in it."""
        return PlanName(self.lead, self.builder, self.shipper, self.backend)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stop that fired.

    Attributes:
        answers: for each question that made it fire, the choices that did.
    """

    rule: str
    framework: str
    role: Role
    text: str
    way_out: str
    claims: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A framework's place: the best plan that it leads, if it can lead one.

    Attributes:
        score: score of that plan; None where there is none.
        plan: that plan; None where there is none.
        stops: the stops that bear on it, also when another plan is left to it.
    """

    framework: str
    state: State
    score: int | None
    plan: Plan | None
    stops: tuple[Stopped, ...]


def leading_plans(standings: Iterable[Standing]) -> tuple[Plan, ...]:
    """Return the leaders' plans, in the order of the standings."""
    return tuple([s.plan for s in standings if s.state is State.LEADS and s.plan])


@dataclass(frozen=True, slots=True)
class NoDifference:
    """A level rule that fired: a matter that no longer separates these frameworks.

    Attributes:
        questions: ids of the answered questions that made it fire.
    """

    rule: str
    role: Role
    frameworks: tuple[str, ...]
    text: str
    claims: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that applies and has no answer that counts.

    Attributes:
        unsure: True when it was answered with "not sure".
        matters: whether some answer to it, the others staying as they are, changes who leads.
        leaders: every other set of leaders that such an answer gives, sorted.
    """

    question: str
    unsure: bool
    matters: bool
    leaders: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What no answer to the open questions can change any more.

    False means that it could not be shown, which includes that it can change.

    Attributes:
        lead: the set of leaders.
        plan: each leader's plan too.
    """

    lead: bool
    plan: bool


@dataclass(frozen=True, slots=True)
class OtherBasis:
    """What the same answers give on the other basis.

    Attributes:
        differs: True when leaders, their plans or the verdict are different there.
    """

    basis: Basis
    leaders: tuple[str, ...]
    verdict: Verdict
    margin: int | None
    plans: tuple[PlanName, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the advisor says about one set of answers on one basis.

    Attributes:
        answers: the answers that were given; those to `ignored` questions were not used.
        ignored: questions whose answers were left out because they do not apply, in order.
        roles: the roles that somebody has to take.
        switches: ids of the switches that took roles away.
        leaders: ids, in alphabetical order: where there are several, none is first.
        margin: points between the leaders and the best other framework that has a reason of
            its own; None when there is none.
        tolerance: largest fraction of error in every rule's points that leaves the lead as it
            is; None on a tie, when open, when none is left or no rival is.
        standings: all frameworks, leaders first, ruled out last.
        levels: matters that no longer separate the frameworks.
        disagreements, migrations, notes: ids of what bears on this result.
        steps: for each leader the ids of what to do next under its plan, in the order in which
            it is due; empty while too little is answered.
        next_question: id of the next question worth asking; None when none is left.
    """

    basis: Basis
    answers: Answers
    ignored: tuple[str, ...]
    roles: tuple[Role, ...]
    switches: tuple[str, ...]
    leaders: tuple[str, ...]
    verdict: Verdict
    margin: int | None
    tolerance: Fraction | None
    settled: Settled
    standings: tuple[Standing, ...]
    levels: tuple[NoDifference, ...]
    open_questions: tuple[OpenQuestion, ...]
    disagreements: tuple[str, ...]
    migrations: tuple[str, ...]
    steps: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    other: OtherBasis
    next_question: str | None
    rules_hash: str
