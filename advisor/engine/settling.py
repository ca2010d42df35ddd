"""Whether the lead, and the plan, can still change.

Sound: `True` is said only when no completion of the open questions can change it. Bounds every
difference of plans; where a bound is not enough, it splits the answers to a question and looks
again, until it has looked too often. So it may be `False` for a lead that is safe.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from advisor.engine.completions import Options, allowing, masks_of, narrowed
from advisor.engine.evaluation import doubled_in
from advisor.engine.index import Index
from advisor.engine.items import Kind
from advisor.engine.lanes import lanes_of, roles_left
from advisor.engine.plans import Scored
from advisor.engine.residue import Residue, residue
from advisor.engine.safety import NOBODY, Duel, Safety
from advisor.model.answers import Answers
from advisor.model.recommendation import Settled
from advisor.model.rules import Role

UNSETTLED = Settled(lead=False, plan=False)
LOOKS = 24
"""How often to look before giving up."""

MANY = 6
"""How many open questions are too many to split much on: then a third of the looks is enough."""

PARTS = 6
"""Into how many parts the answers to a question are split at most, one answer each."""


Part = frozenset[int]
"""Some of the masks that a question could end with."""


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """The result whose safety is in question.

    Attributes:
        leaders: the leading plans.
        roles: the roles that have to be taken now.
    """

    index: Index
    answers: Answers
    leaders: Sequence[Scored]
    roles: frozenset[Role]


def settle(position: Position, open_questions: Collection[str]) -> Settled:
    """Say what no answer to these questions can change, the others staying as they are."""
    if not open_questions:
        return Settled(lead=True, plan=True)
    allowed = allowing(position.index, position.answers.given, open_questions)
    if all(len(masks) == 1 for masks in narrowed(position.index, allowed, {}).values()):
        return Settled(lead=True, plan=True)
    return _Search(position, allowed).settled({})


class _Search:
    """Looks into the completions, part by part, as often as it may."""

    def __init__(self, position: Position, allowed: Options) -> None:
        self.position = position
        self.index = position.index
        self.lanes = lanes_of(position.index)
        self.leaders = tuple(plan.candidate.lead for plan in position.leaders)
        self.allowed = allowed
        waiting = sum(len(masks) > 1 for masks in allowed.values())
        self.looks = LOOKS if waiting <= MANY else LOOKS // 3

    def settled(self, fixed: Options) -> Settled:
        """Say what holds throughout a part of the completions."""
        options = narrowed(self.index, self.allowed, fixed)
        if not all(options.values()):
            return Settled(lead=True, plan=True)
        self.looks -= 1
        left = residue(self.index, options, self.position.answers.important)
        unsure = left.maybe & ~left.sure & self.index.kinds[Kind.SWITCH]
        if not unsure:
            safety = Safety(self.lanes, left, self.leaders)
            threat = safety.threat()
            if threat is None:
                same = roles_left(self.index, left.sure) == self.position.roles
                return Settled(lead=True, plan=same and safety.plans_hold(self.position.leaders))
            if self._comes_true(threat, left, options):
                return UNSETTLED
        question = _binding(left, unsure or left.several)
        if not question:
            return UNSETTLED
        return self._throughout(question, self._parts(question, options[question], left), fixed)

    def _throughout(self, question: str, parts: Iterable[Part], fixed: Options) -> Settled:
        """Say what holds in every part of the answers to a question."""
        plan = True
        for part in parts:
            if self.looks <= 0:
                return UNSETTLED
            settled = self.settled({**fixed, question: part})
            if not settled.lead:
                return UNSETTLED
            plan = plan and settled.plan
        return Settled(lead=True, plan=plan)

    def _parts(self, question: str, masks: Part, left: Residue) -> Collection[Part]:
        """Split the answers to a question: each by itself, or in two halves if they are many."""
        known = masks_of(self.index)
        alike: dict[tuple[int, int], set[int]] = {}
        for mask in masks:
            passes = known.passes[question][mask] & left.ever
            alike.setdefault((passes, mask & known.deciding.get(question, 0)), set()).add(mask)
        if len(alike) <= PARTS:
            return [frozenset(part) for part in alike.values()]
        shown = [next(iter(part)) for part in alike.values()]
        bits = [1 << number for number in range(max(shown).bit_length())]
        middle = min(bits, key=lambda bit: abs(2 * sum(bool(m & bit) for m in shown) - len(shown)))
        with_it = frozenset(mask for mask in masks if mask & middle)
        return [with_it, masks - with_it]

    def _comes_true(self, threat: Duel, left: Residue, options: Options) -> bool:
        """Say whether the answers that help a threat most change who leads."""
        if NOBODY in threat:
            return False
        picked = left.worst(*threat)
        raw = self.index.everything
        for question, passes in masks_of(self.index).passes.items():
            raw &= passes[picked.get(question, min(options[question]))]
        fired = self.index.fold(raw)
        doubled = doubled_in(self.index, raw, self.position.answers.important)
        worth = self.lanes.worth(fired, doubled)
        return self.lanes.leaders(worth, self.lanes.field(fired)) != self.leaders


def _binding(left: Residue, items: int) -> str:
    """Return the question on which most of these items hang, or else most of all; or none."""
    weights = {
        question: ((hanging & items).bit_count(), hanging.bit_count())
        for question, hanging in left.hanging.items()
    }
    return max(weights, key=lambda question: weights[question], default="")
