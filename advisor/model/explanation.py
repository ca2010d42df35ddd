"""What takes a recommendation apart: why not the others, what would change it, what it rests on.

Kept apart from the recommendation, which stays the same whether anybody asks for this or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from advisor.model.knowledge import Basis, Status
from advisor.model.recommendation import Plan


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A question answered otherwise.

    Attributes:
        after: the choices it has then, sorted.
        size: how many radios or boxes have to be clicked, 1 or 2.
        opens: True when it answers an open question, False when it changes an answer.
    """

    question: str
    after: tuple[str, ...]
    size: int
    opens: bool


Counterfactual = tuple[Edit, ...]
"""Changes that together make a framework the sole leader: of one question, or of two."""


class WhyNot(StrEnum):
    """What keeps a framework from leading alone."""

    SHARES = "shares"
    """It leads, but others do too."""
    OUTSCORED = "outscored"
    NO_REASON = "no-reason"
    """No reason of its own speaks for it."""
    NO_ROLE = "no-role"
    """It can lead no plan for such a project."""
    RULED_OUT = "ruled-out"
    """A hard fact forbids every plan that it could lead."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule, or the cost of an edge, that treats two plans differently.

    Attributes:
        ours: points that it brings to the plan of the framework in question; 0 where none.
        theirs: points that it brings to the plan it is held against.
    """

    rule: str
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Against:
    """A framework's best plan held against that of a leader, rule by rule.

    Attributes:
        leader: id of the leader.
        behind: points from the leader's plan down to the other; the differences add up to it.
        differences: what the leader gained most by comes first.
    """

    leader: str
    behind: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Why a framework does not lead alone, and what would make it.

    Attributes:
        stops: ids of the stops that bear on it.
        against: its plan beside that of each leader but itself; empty where it has no plan.
        size: how many radios or boxes each of the flips takes, 1 or 2; 0 where there is none.
        changes: flips that change some answer, `any` included; fewest and simplest first.
        openings: flips that only answer open questions.
    """

    framework: str
    why: WhyNot
    stops: tuple[str, ...]
    against: tuple[Against, ...]
    size: int
    changes: tuple[Counterfactual, ...]
    openings: tuple[Counterfactual, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to ship what a leader builds: its best plan with another shipper.

    Attributes:
        against: this plan beside the one by which its builder leads; `behind` is 0 where both
            have the same points and fewer tools, or the backend, decide.
    """

    plan: Plan
    against: Against


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of importance that would change who leads if it were set, or taken away.

    Attributes:
        adds: True where it is not set now.
        leaders: who would lead then.
    """

    question: str
    adds: bool
    leaders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A claim that carries a result on one basis and counts for less on the other, or not at all.

    Attributes:
        status: whether it is true today.
        shown_by: ids of the claims that show its status, for or against.
        counts_here, counts_there: the most points that it can carry on either basis.
        carries: ids of what rests on it in the result and is worth less on the other basis:
            rules, stops, costs, edges, backends, and frameworks that owe a role to it; sorted.
    """

    claim: str
    status: Status
    shown_by: tuple[str, ...]
    counts_here: int
    counts_there: int
    carries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BasesDiffer:
    """Why the same answers give something else on the other basis.

    Attributes:
        basis: the other basis.
        there: claims behind the result there, its stops included, that count for less here.
        here: claims behind the result here, its stops included, that count for less there.
    """

    basis: Basis
    there: tuple[Carrier, ...]
    here: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A recommendation taken apart.

    Attributes:
        others: every framework that does not lead alone, by id.
        ways: the other ways to ship what each leader builds, the best first; none while too
            little is answered.
        marks: marks of importance that would change who leads, in the order of the questions.
        bases: why the other basis gives something else; None where it does not.
    """

    others: Mapping[str, Other]
    ways: tuple[Alternative, ...]
    marks: tuple[Mark, ...]
    bases: BasesDiffer | None
