"""What takes a recommendation apart: why not the others, what would change it, what it rests on.

Kept apart from the recommendation, which stays the same whether anybody asks for this or not.
As there, the text below a field describes it in `/openapi.json` too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from advisor.model.knowledge import Basis, Status
from advisor.model.recommendation import Plan


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
class Explanation:
    """A recommendation taken apart."""

    others: Mapping[str, Other]
    """Every framework that does not lead alone."""
    ways: tuple[Alternative, ...]
    """How else what leads could be shipped, the best first for each leader; none while too little
    is answered."""
    marks: tuple[Mark, ...]
    """Marks of importance that would change who leads, in the order of the questions."""
    bases: BasesDiffer | None
    """Why the other basis gives something else; null where it does not."""
