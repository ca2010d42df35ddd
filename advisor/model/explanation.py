"""What is told beside a recommendation: why not the others, what would change it, what differs.

Kept apart from the recommendation, which stays the same whether anybody asks for this or not.
As there, the text below a field describes it in `/openapi.json` too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from advisor.model.knowledge import Basis, Status
from advisor.model.recommendation import Plan, Reason, Recommendation, Verdict


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """An edit of the answers: one question answered otherwise, by one radio or by boxes.

    Example: `Edit("deploy", ("mobile", "web"), size=1, opens=False)` ticks one more box.
    """

    question: str
    after: tuple[str, ...]
    """The choices that it has then, sorted."""
    size: int
    """How many options have to be clicked, 1 or 2."""
    opens: bool
    """True where the question was open, false where it was answered."""


Counterfactual = tuple[Edit, ...]
"""A smallest set of edits that together make a framework the sole leader: of one question, or of
two. Smallest: no set of fewer edits does."""


class WhyNot(StrEnum):
    """What keeps a framework from leading alone."""

    SHARES = "shares"
    """It leads, but others do too."""
    OUTSCORED = "outscored"
    NO_REASON = "no-reason"
    """No reason speaks for it."""
    NO_ROLE = "no-role"
    """It can lead no plan for such a project."""
    RULED_OUT = "ruled-out"
    """A hard fact forbids every plan that it could lead."""
    LEFT_OUT = "left-out"
    """The constraints leave it no plan that it could lead."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule, or the cost of an edge, that treats two plans differently."""

    rule: str
    """The id of the rule, or of the cost of an edge."""
    ours: int
    """Points that it brings to the plan of this framework; 0 where none."""
    theirs: int
    """Points that it brings to the plan of the leader; 0 where none."""


@dataclass(frozen=True, slots=True)
class Against:
    """A plan held against that of a leader, rule by rule."""

    leader: str
    """The id of the leader."""
    behind: int
    """Points from the leader's plan down to this one, `theirs` less `ours` of all the
    differences."""
    differences: tuple[Difference, ...]
    """What the leader gained most by comes first."""


@dataclass(frozen=True, slots=True)
class Other:
    """Why a framework does not lead alone, and the counterfactuals that would make it."""

    framework: str
    why: WhyNot
    stops: tuple[str, ...]
    """The ids of the rules that rule it out of a role."""
    against: tuple[Against, ...]
    """Its plan beside that of each leader but itself; none without a plan."""
    size: int
    """Clicks that each counterfactual takes: 1, 2, or 0 where there is none."""
    changes: tuple[Counterfactual, ...]
    """Every such set that changes some answer, `any` included; fewest and simplest first."""
    openings: tuple[Counterfactual, ...]
    """Every such set that only answers open questions."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A plan that comes second: another way to ship what a leader builds, with its best score."""

    plan: Plan
    against: Against
    """This plan beside the one by which its builder leads; `behind` is 0 where both have the same
    points and fewer tools, or the backend, decide."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of importance, set or taken away, that would change who leads."""

    question: str
    adds: bool
    """True where the mark is not set now."""
    leaders: tuple[str, ...]
    """Who would lead then."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A claim that carries a result on one basis and counts for less, or not, on the other."""

    claim: str
    status: Status
    """Whether it is true today."""
    shown_by: tuple[str, ...]
    """The ids of the claims that show its status, for or against."""
    counts_here: int
    """The most points it can carry on this basis."""
    counts_there: int
    """The most points it can carry on the other basis."""
    carries: tuple[str, ...]
    """What rests on it in the result and is worth less on the other basis: ids of rules, stops,
    costs, edges, backends, and of frameworks that owe a role to it; sorted."""


@dataclass(frozen=True, slots=True)
class BasesDiffer:
    """Why the same answers give something else on the other basis."""

    basis: Basis
    """The other basis."""
    there: tuple[Carrier, ...]
    """Claims behind the result there, its stops included, that count for less here."""
    here: tuple[Carrier, ...]
    """Claims behind the result here, its stops included, that count for less there."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What answering an open question could bring by itself."""

    question: str
    leaders: tuple[tuple[str, ...], ...]
    """Who could lead then, other than now."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result taken apart."""

    others: Mapping[str, Other]
    """Every framework that does not lead alone."""
    ways: tuple[Alternative, ...]
    """How else what leads could be shipped, the best first for each leader; none while too little
    is answered."""
    marks: tuple[Mark, ...]
    """Marks of importance that would change who leads, in the order of the questions."""
    open_questions: tuple[Outlook, ...]
    """For each question that waits for an answer, what answering it could bring by itself."""
    bases: BasesDiffer | None
    """Why the other basis gives something else; null where it does not."""


class RuleOutcome(StrEnum):
    """What became of a rule."""

    FIRED = "fired"
    FAILED = "failed"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Miss:
    """A condition that did not hold."""

    question: str
    wanted: tuple[str, ...]
    """The choices of which one was needed, sorted, with `unanswered` where no answer would do as
    well; empty where an exception held, which is what `unwanted` is for."""
    given: tuple[str, ...]
    """The choices that were given, sorted; empty where the question has no answer that counts."""
    unwanted: tuple[str, ...] = ()
    """The choices of an exception that held, sorted, of which none must be given; `unanswered`
    among them says that there must be an answer."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One rule and what became of it."""

    rule: str
    outcome: RuleOutcome
    """fired, failed (an answer or the lack of one kept it back), or inactive (no claim of its own
    counts on this basis)."""
    points: int
    """What it would bring on this basis, before doubling; 0 where it brings none."""
    doubled: bool
    """Whether it fired and a mark of importance doubled it."""
    questions: tuple[str, ...]
    """The ids of the questions whose answers made it fire, sorted."""
    misses: tuple[tuple[Miss, ...], ...]
    """For each way in which it could fire the conditions that did not hold; empty where it fired or
    is inactive."""
    claims: tuple[str, ...]
    """The ids of the claims that count on this basis."""


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


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that only one state has, or both have with another content."""

    id: str
    was: str | None
    """The id that it had before; null where it is new."""
    text: str
    """What it says, as the newer state that has it does."""
    fields: tuple[str, ...]
    """What is different, such as `points 3 → 1` or `text`; empty where it is new or gone."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The differences among things of one kind."""

    new: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    changed: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A case whose leaders are others."""

    id: str
    project: str
    was: tuple[str, ...]
    """Who led."""
    was_verdict: Verdict
    now: tuple[str, ...]
    """Who leads."""
    now_verdict: Verdict


@dataclass(frozen=True, slots=True)
class MovedLead:
    """A change of who leads, and how often it came up among drawn answers."""

    was: tuple[str, ...]
    now: tuple[str, ...]
    draws: int


@dataclass(frozen=True, slots=True)
class RulesDifference:
    """What differs from one state of the rules to another."""

    was: str
    """The name of the older state."""
    now: str
    """The name of the newer one."""
    draws: int
    """How many sets of answers were drawn."""
    moved: int
    """In how many of them others lead."""
    leads: tuple[MovedLead, ...]
    """By who led and who leads, the most frequent first."""
    cases: tuple[MovedCase, ...]
    """Cases whose leaders changed."""
    entries: Mapping[str, Entries]
    """Claims, rules, questions and so on, by kind; only kinds with a difference."""
