"""Whether differences between answers bear on who leads, or on the rest of the leading plans.

A difference matters *alone* when one of two results gets other leaders by taking over the other's
answer to this one question, with its mark. Where two results have other leaders and no single
answer does that, the differences matter *together* that belong to one of the smallest sets which,
taken over at once, change who leads in one of the two. In the same two ways a difference matters
to the *plan*: who leads stays, and with whom that ships, on what it runs or how it hands over
changes. Sets of more than `MOST`, or `MOST_FOR_PLAN`, are not looked for: then all differences
between the two matter together.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from advisor.engine.basics import basics_of
from advisor.engine.board import Board
from advisor.engine.exchange import saying, taking_over
from advisor.engine.index import Index
from advisor.model.answers import Answers
from advisor.model.comparison import Weight

MOST = 3
"""The largest sets of differences that are looked for where who leads is different."""

MOST_FOR_PLAN = 2
"""The largest where only the plan is different: finding a plan takes longer than finding who leads,
and with eight results there are many sets of three."""

ORDER = tuple(Weight)
"""What a difference can do, from most to least."""

Plans = tuple[tuple[str, str | None, str | None, str, str], ...]
"""Of each leading plan its lead, builder, shipper, edge and backend."""


def weights_of(
    index: Index, answers: Sequence[Answers], questions: Sequence[str]
) -> dict[str, Weight]:
    """Say of each question whether the difference bears on who leads, or on the plan.

    Args:
        index: the rule base on the basis of the results.
        answers: what the results rest on.
        questions: those to which not all say the same.
    """
    weights = dict.fromkeys(questions, Weight.NONE)
    for one, other in combinations(answers, 2):
        differing = tuple(q for q in questions if saying(one, q) != saying(other, q))
        for name, weight in _Pair(index, one, other, differing).bearing():
            weights[name] = min(weights[name], weight, key=ORDER.index)
    return weights


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sets of answers.

    Attributes:
        questions: those to which the two do not say the same.
    """

    index: Index
    one: Answers
    other: Answers
    questions: tuple[str, ...]

    def bearing(self) -> Iterator[tuple[str, Weight]]:
        """Yield the differences that matter, each with what it does."""
        same_lead = _leaders(self.index, self.one) == _leaders(self.index, self.other)
        alone, together = self._fewest(self._leading, MOST if not same_lead else 1)
        yield from ((name, Weight.ALONE) for name in alone)
        yield from ((name, Weight.TOGETHER) for name in together)
        same_plan = _plans(self.index, self.one) == _plans(self.index, self.other)
        apart = same_lead and not same_plan
        alone, together = self._fewest(self._planning, MOST_FOR_PLAN if apart else 1)
        yield from ((name, Weight.PLAN) for name in alone)
        yield from ((name, Weight.PLAN_TOGETHER) for name in together)

    def _fewest(self, changing: Callable[[int], set[str]], most: int) -> tuple[set[str], set[str]]:
        """Return the differences that change something alone, and those that do together.

        Args:
            changing: returns the questions of the sets of a size that change it.
            most: the largest sets to try; one where the two do not differ in it.
        """
        alone = changing(1)
        if alone or most == 1:
            return alone, set()
        for size in range(2, most + 1):
            together = changing(size)
            if together:
                return set(), together
        return set(), set(self.questions)

    def _leading(self, size: int) -> set[str]:
        """Return the questions of the sets of this size that change who leads in one of both."""
        found: set[str] = set()
        for mine, theirs in permutations((self.one, self.other)):
            now = _leaders(self.index, mine)
            for names in combinations(self.questions, size):
                if _leaders(self.index, taking_over(mine, theirs, names)) != now:
                    found.update(names)
        return found

    def _planning(self, size: int) -> set[str]:
        """Return the questions of the sets of this size that change a plan, but not who leads."""
        found: set[str] = set()
        for mine, theirs in permutations((self.one, self.other)):
            plans, leaders = _plans(self.index, mine), _leaders(self.index, mine)
            for names in combinations(self.questions, size):
                then = taking_over(mine, theirs, names)
                if _leaders(self.index, then) == leaders and _plans(self.index, then) != plans:
                    found.update(names)
        return found


def _leaders(index: Index, answers: Answers) -> tuple[str, ...]:
    """Return who leads."""
    return Board(index, answers).leaders


def _plans(index: Index, answers: Answers) -> Plans:
    """Return the leading plans."""
    return tuple(
        (plan.lead, plan.builder, plan.shipper, plan.edge, scored.backend)
        for scored in basics_of(index, answers).outcome.leaders
        for plan in (scored.candidate,)
    )
