"""The result: plans, standings, reasons, verdict, and what it leaves open.

The one definition of a recommendation: pages, JSON, command line and records read these nouns,
and `/openapi.json` is made of them. Fields stand in the order in which JSON sends them, and the
text below a field describes it there too; None is null in JSON, and so is an empty `backend` or
`edge` of a plan.

Within format 1 the result of an edition keeps every byte, so no field is added here, renamed or
moved: what is new stands beside the result, in `Envelope` of `advisor/output/json.py` or in
`Explanation`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rules import Role

MODEL = 1
"""Version of the decision model: how points become a recommendation."""


class Verdict(StrEnum):
    """How sure the result is."""

    NONE = "none"
    """Every framework is ruled out, or left out."""
    OPEN = "open"
    """Too little is answered: no reason of two points or more for a leader."""
    TIE = "tie"
    CLOSE = "close"
    CLEAR = "clear"

    @property
    def recommends(self) -> bool:
        """Say whether anybody is recommended: not where nothing fits or too little is answered."""
        return self not in {Verdict.NONE, Verdict.OPEN}


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
    LEFT_OUT = "left-out"
    """The constraints leave it no plan that it could lead."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A summand of a plan's score."""

    rule: str
    """The id of the rule, or of the cost of an edge."""
    framework: str
    role: str
    """`build`, `ship`, `edge` for a cost, or `backend`."""
    points: int
    """What it adds, after caps and doubling."""
    doubled: bool
    """Whether a mark of importance doubled it."""
    text: str
    claims: tuple[str, ...]
    """The ids of the claims that count on this basis, the strongest evidence first."""
    questions: tuple[str, ...]
    """The ids of the answered questions that brought it in."""


@dataclass(frozen=True, slots=True)
class PlanName:
    """Who is in a plan, without its reasons."""

    lead: str
    """The builder, or the shipper where nothing is built."""
    builder: str | None
    """Null where nothing is to be trained."""
    shipper: str | None
    """Null where nothing has to run elsewhere."""
    backend: str
    """The id of what the builder runs on; null if it needs nothing."""


@dataclass(frozen=True, slots=True)
class Plan(PlanName):
    """The best plan that a framework leads: who builds and who ships."""

    edge: str
    """The id of the edge that joins two different frameworks, or by which a finished model comes;
    null where one does all."""
    means: tuple[str, ...]
    """Ids of the tools with which the shipper ships under these answers."""
    score: int
    """The sum of the points of its reasons."""
    reasons: tuple[Reason, ...]
    """Their points add up to the score."""
    backend_reasons: tuple[Reason, ...]
    """Why that backend; outside the sum."""

    @property
    def name(self) -> PlanName:
        """Return who is in it."""
        return PlanName(self.lead, self.builder, self.shipper, self.backend)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A hard fact that rules a framework out of a role: a stop that fired."""

    rule: str
    framework: str
    role: Role
    text: str
    way_out: str
    """What could be done about it."""
    claims: tuple[str, ...]
    """The ids of the claims that count on this basis."""
    answers: Mapping[str, tuple[str, ...]]
    """The answers that brought it in: by question, the choices that did."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a framework stands: the best plan that it leads, if it can lead one."""

    framework: str
    state: State
    score: int | None
    """The score of its best plan; null where it has none."""
    plan: Plan | None
    """Its best plan; null where it has none."""
    stops: tuple[Stopped, ...]
    """The stops that bear on it, also when another plan is left to it."""


def leading_plans(standings: Iterable[Standing]) -> tuple[Plan, ...]:
    """Return the leaders' plans, in the order of the standings."""
    return tuple([s.plan for s in standings if s.state is State.LEADS and s.plan])


@dataclass(frozen=True, slots=True)
class NoDifference:
    """A matter that no longer separates frameworks: a level rule that fired."""

    rule: str
    role: Role
    frameworks: tuple[str, ...]
    text: str
    claims: tuple[str, ...]
    """The ids of the claims that count on this basis."""
    questions: tuple[str, ...]
    """The ids of the answered questions that brought it in."""


@dataclass(frozen=True, slots=True)
class Conflicting:
    """Answers that do not go together: a conflict that fired."""

    id: str
    text: str
    claims: tuple[str, ...]
    """The ids of the claims that say so and count on this basis."""
    questions: tuple[str, ...]
    """The ids of the questions with these answers."""


@dataclass(frozen=True, slots=True)
class IdleMark:
    """A mark of importance where no answer counts, or one that brings nothing and stops nobody."""

    question: str
    levels: tuple[str, ...]
    """The ids of the level rules that look at the answer."""
    uncounted: tuple[str, ...]
    """The ids of the rules that it meets and of which no claim counts on this basis."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that applies and waits for an answer that counts."""

    question: str
    unsure: bool
    """Whether it was answered with 'unsure'."""
    matters: bool
    """False if no answer to it alone can change who leads."""
    leaders: tuple[tuple[str, ...], ...]
    """Every other set of leaders that an answer to it alone gives, sorted."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What no answer to the open questions can change any more."""

    lead: bool
    """True where no answer to the open questions can change who leads; false where one can, or
    where that could not be ruled out."""
    plan: bool
    """True where none can change the leaders' plans either."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A recommendation without its reasons, as one of many."""

    leaders: tuple[str, ...]
    """Who leads, in alphabetical order. They are recommended unless the verdict is open."""
    verdict: Verdict
    """How sure it is: none, open, tie, close or clear."""
    margin: int | None
    """How many points the leaders are ahead; null where no reason speaks for any other."""
    plans: tuple[PlanName, ...]
    """Who is in each leader's plan."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The result of the same answers on another basis, or within fewer constraints, in short."""

    basis: Basis
    """What it rests on."""
    without: tuple[str, ...]
    """The frameworks that are left out there, sorted."""
    one_tool: bool
    """Whether one framework has to build and ship there."""
    leaders: tuple[str, ...]
    verdict: Verdict
    margin: int | None
    """How many points the leaders are ahead there; null where no other framework has a reason."""
    plans: tuple[PlanName, ...]
    """Who is in each leader's plan."""
    differs: bool
    """Whether leaders, their plans or the verdict are different."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation. The same answers give the same bytes, always."""

    edition: str | None
    """The name of the edition that recommends; null for rules that are not released."""
    rules_hash: str
    """Names the rules exactly: another hash, other rules."""
    model: int
    """The version of the decision model."""
    basis: Basis
    """What it rests on: facts as checked, or documents as written."""
    answers: Answers
    """What was answered, by question: a choice as text, several as a list; also what was
    ignored."""
    important: tuple[str, ...]
    """The questions that count double."""
    without: tuple[str, ...]
    """The frameworks that are left out, as asked."""
    one_tool: bool
    """Whether one framework has to build and ship, as asked."""
    ignored: tuple[str, ...]
    """Questions whose answers were not used, as they do not apply beside the others."""
    conflicts: tuple[Conflicting, ...]
    """Answers that do not go together."""
    idle_marks: tuple[IdleMark, ...]
    """Marks of importance that change nothing."""
    roles: tuple[Role, ...]
    """The roles that somebody has to take."""
    switches: tuple[str, ...]
    """What the answers switched off: roles nobody needs."""
    lifted: tuple[Otherwise, ...]
    """What the same answers give without one of the constraints, for each, and then, where there
    are several, without any."""
    leaders: tuple[str, ...]
    """Who leads, in alphabetical order: none is first. They are recommended unless the verdict is
    open."""
    verdict: Verdict
    """How sure it is: none (all are ruled out or left out), open (too little is answered), tie,
    close or clear."""
    margin: int | None
    """How many points the leaders are ahead; null where no reason speaks for any other."""
    tolerance: Fraction | None
    """How much error in every rule's points the lead can bear; null without a rival and where no
    single one leads."""
    settled: Settled
    """Whether lead and plan are final: true where no answer to the open questions can change them
    any more."""
    plans: tuple[Plan, ...]
    """The best plan that each can lead, with the reasons that add up to its score."""
    standings: tuple[Standing, ...]
    """Where each stands, best first, with the facts that rule it out."""
    reach: Mapping[str, tuple[int, int]]
    """By framework the least and the most that its score can become, whatever the open questions
    are answered with: bounds, which may be wider than what any answers give. Frameworks that can
    lead no plan under any of them are left out."""
    levels: tuple[NoDifference, ...]
    """Matters that no longer separate them."""
    open_questions: tuple[OpenQuestion, ...]
    """Questions that wait for an answer, and whether one could change who leads."""
    disagreements: tuple[str, ...]
    """Where the documents differ on these reasons."""
    migrations: tuple[str, ...]
    """Routes for code that exists already."""
    steps: Mapping[str, tuple[str, ...]]
    """What to do next, in order, by leader."""
    notes: tuple[str, ...]
    """What lies outside the options and is never ranked."""
    other: Otherwise
    """What the same answers give on the other basis."""
    next_question: str | None
    """What to ask next; null where nothing is left to ask that can change the result. Questions
    answered with 'unsure' or named in 'asked' are not asked again."""
