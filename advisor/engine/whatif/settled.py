"""Whether the lead, and the plan, can still change, and how far the scores can.

Sound: `True` is said only when no completion of the open questions can change it. Bounds every
difference of plans; where a bound is not enough, it splits the options of a question and tries
again, until it has tried too often. So it may be `False` for a lead that is safe.
"""

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from advisor.engine.scoring.index import Flags
from advisor.engine.scoring.items import Kind
from advisor.engine.whatif.bounds import NOBODY, Bounds, Duel, Safety, plans_left
from advisor.engine.whatif.completions import Options, Situation
from advisor.model.recommendation import Settled
from advisor.model.rules import Role

SETTLED = Settled(lead=True, plan=True)
UNSETTLED = Settled(lead=False, plan=False)
TRIES = 24
"""How many sets of bounds to try before giving up."""

MANY = 6
"""How many open questions are too many to split much on: then a third of the tries is enough."""

PARTS = 6
"""Into how many parts the options of a question are split at most, a group of options each."""

Part = frozenset[int]
"""Some of the options of a question, by number."""


Reach = Mapping[str, tuple[int, int]]
"""By framework the least and the most that its score can become."""


def settle(situation: Situation, *, changing: bool) -> tuple[Settled, Reach]:
    """Say what no answer to the open questions can change, the others staying as they are.

    Nothing is settled where one answer alone is known to change who leads.
    """
    if situation.is_complete:
        best = sorted(situation.decision.best.items())
        return SETTLED, {name: (plan.score, plan.score) for name, plan in best}
    bounds = Bounds(situation, situation.options)
    settled = UNSETTLED if changing else _Search(situation).within(bounds, {})
    return settled, bounds.reach()


class _Search:
    """Tries the completions, part by part, as often as it may."""

    def __init__(self, situation: Situation) -> None:
        self.situation, self.decision = situation, situation.decision
        self.index = situation.index
        self.completions = situation.completions
        waiting = sum(len(numbers) > 1 for numbers in situation.allowed.values())
        self.tries_left = TRIES if waiting <= MANY else TRIES // 3

    def within(self, bounds: Bounds, fixed: Options) -> Settled:
        """Say what holds within the bounds of a part of the completions.

        In that part some questions end with fixed options.
        """
        self.tries_left -= 1
        switches = self.index.kinds[Kind.SWITCH]
        unsure = bounds.maybe & ~bounds.sure
        unsure[: switches.start] = False
        left = plans_left(self.index, bounds.sure, bounds.maybe)
        if not self.situation.leaders and not left.may.any():
            return SETTLED
        roles = self.index.roles_under(bounds.sure)
        # If somebody surely builds, finished models do not matter.
        if Role.BUILD in roles and not unsure[switches].any():
            unsure[switches.stop :] = False
        if not unsure.any():
            safety = Safety(bounds, self.situation.leaders)
            threat = safety.threat()
            if threat is None:
                same = roles == self.decision.roles
                leaders = self.decision.outcome.leaders
                return Settled(lead=True, plan=same and safety.plans_hold(leaders))
            if self._is_real(threat, bounds):
                return UNSETTLED
        question = _question_to_split(bounds, unsure if unsure.any() else bounds.several)
        if not question:
            return UNSETTLED
        parts = self._parts(question, bounds.options[question], bounds)
        return self._throughout(question, parts, fixed)

    def _throughout(self, question: str, parts: Iterable[Part], fixed: Options) -> Settled:
        """Say what holds in every part of the options of a question."""
        plan = True
        for part in parts:
            if self.tries_left <= 0:
                return UNSETTLED
            narrower = {**fixed, question: part}
            options = self.completions.narrowed(self.situation.allowed, narrower)
            if all(options.values()):  # where a question has none, there are no such answers
                settled = self.within(Bounds(self.situation, options), narrower)
                if not settled.lead:
                    return UNSETTLED
                plan = plan and settled.plan
        return Settled(lead=True, plan=plan)

    def _parts(self, question: str, numbers: Part, bounds: Bounds) -> Collection[Part]:
        """Split the options of a question: each group by itself, or in two halves if many."""
        groups = self.completions.distinct(question, numbers, bounds.ever)
        if len(groups) <= PARTS:
            return [frozenset(group) for group in groups]
        # The condition that splits the groups most evenly; the first column is whether answered.
        satisfied = self.completions.options[question].satisfied
        shown = satisfied[[group[0] for group in groups]]
        middle = int(np.abs(2 * shown.sum(axis=0) - len(groups)).argmin())
        with_it = frozenset(number for number in numbers if satisfied[number, middle])
        return [with_it, numbers - with_it]

    def _is_real(self, threat: Duel, bounds: Bounds) -> bool:
        """Say whether the answers that help a threat most do change who leads."""
        if NOBODY in threat:
            return False
        picked = bounds.worst(*threat)
        starts = self.completions.starts
        rows = [starts[question] + number for question, number in picked.items()]
        row = self.completions.unmet[rows].sum(axis=0, dtype=np.int8)[: self.index.width]
        return bool(self.situation.others(self.situation.leaders_of(row[None])))


def _question_to_split(bounds: Bounds, items: Flags) -> str:
    """Return the question on which most of these items depend, or else most of all; or none."""
    weights = {
        question: (int((dependent & items).sum()), int(dependent.sum()))
        for question, dependent, varies in zip(
            bounds.questions, bounds.dependent, bounds.varies, strict=True
        )
        if varies
    }
    return max(weights, key=lambda question: weights[question], default="")
