"""Compares results: where answers differ, whether that matters, which reasons come and go.

A difference matters *alone* when one of two results gets other leaders by taking over the other's
answer to this one question, with its mark. Where two results have other leaders and no single
answer does that, the differences matter *together* that belong to one of the smallest sets which,
taken over at once, change who leads in one of the two. In the same two ways a difference matters
to the *plan*: who leads stays, and with whom that ships, on what it runs or how it hands over
changes. Sets of more than `MOST`, or `MOST_FOR_PLAN`, are not looked for: then all differences
between the two matter together.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from types import MappingProxyType

from advisor.engine.recommend import recommend
from advisor.engine.scoring.index import Index, index_of
from advisor.engine.scoring.verdict import decide, evaluations
from advisor.model.answers import CONSTRAINTS, ONE_TOOL, WITHOUT, Answers
from advisor.model.explanation import AnswerState, Comparison, Differing, Shift, Weight
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Reason, Recommendation, leading_plans
from advisor.model.rulebase import RuleBase

MOST = 3
"""The largest sets of differences that are looked for where who leads is different."""

MOST_FOR_PLAN = 2
"""The largest where only the plan is different: finding a plan takes longer than finding who leads,
and with eight results there are many sets of three."""

ORDER = tuple(Weight)
"""What a difference can do, from most to least."""

NOWHERE: Mapping[int, tuple[RuleBase, Answers]] = MappingProxyType({})

Ids = tuple[str, ...]
"""Ids of questions, or of frameworks."""


def compare(
    rulebase: RuleBase,
    answers: Sequence[Answers],
    basis: Basis = Basis.CHECKED,
    own: Mapping[int, tuple[RuleBase, Answers]] = NOWHERE,
) -> Comparison:
    """Set the results of two or more sets of answers, on one basis, beside that of the first.

    Whether differences matter is said by this rule base. For a result of another edition, `own`
    has by position that edition's rule base, and the answers by its ids.
    """
    asked = [own.get(n, (rulebase, each)) for n, each in enumerate(answers)]
    results = tuple(recommend(*each, basis) for each in asked)
    keys = (*rulebase.questions, *CONSTRAINTS)
    questions = [key for key in keys if len({saying(a, key) for a in answers}) > 1]
    index = index_of(rulebase, basis)
    weights = dict.fromkeys(questions, Weight.NONE)
    for one, other in combinations(answers, 2):
        differing = tuple(q for q in questions if saying(one, q) != saying(other, q))
        for name, weight in _Pair(index, one, other, differing).weights():
            weights[name] = min(weights[name], weight, key=ORDER.index)
    return Comparison(
        results=results,
        differing=tuple(
            Differing(question, tuple(saying(a, question) for a in answers), weights[question])
            for question in questions
        ),
        shifts=tuple(_shift(results[0], result) for result in results),
        # What all share: their answers and marks but for those that differ.
        shared=recommend(rulebase, taking_over(answers[0], Answers(), questions), basis),
    )


def saying(answers: Answers, question: str) -> AnswerState:
    """Return what answers say to a question, or as a constraint."""
    if question in CONSTRAINTS:
        constraint = answers.without if question == WITHOUT else ["1"] * answers.one_tool
        return AnswerState(tuple(sorted(constraint)), important=False)
    return AnswerState(tuple(sorted(answers.values(question))), question in answers.important)


def taking_over(answers: Answers, other: Answers, questions: Collection[str]) -> Answers:
    """Return answers that say to these questions what others say, and mark them as those do.

    Among the questions may be the keys of constraints.
    """
    names = frozenset(questions)
    given = {name: choices for name, choices in answers.given.items() if name not in names}
    return Answers(
        given=given | {name: other.given[name] for name in names if name in other.given},
        unsure=answers.unsure - names | other.unsure & names,
        any=answers.any - names | other.any & names,
        important=answers.important - names | other.important & names,
        without=(other if WITHOUT in names else answers).without,
        one_tool=(other if ONE_TOOL in names else answers).one_tool,
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sets of answers.

    Attributes:
        questions: those to which the two do not say the same.
    """

    index: Index
    one: Answers
    other: Answers
    questions: Ids

    def weights(self) -> Iterator[tuple[str, Weight]]:
        """Yield the differences that matter, each with what it does."""
        lead, other_lead = _leaders(self.index, (self.one, self.other))
        same_plan = _plans(self.index, self.one) == _plans(self.index, self.other)
        most = MOST if lead != other_lead else 1
        most_for_plan = MOST_FOR_PLAN if lead == other_lead and not same_plan else 1
        yield from self._weighed(Weight.ALONE, Weight.TOGETHER, most, plan=False)
        yield from self._weighed(Weight.PLAN, Weight.PLAN_TOGETHER, most_for_plan, plan=True)

    def _weighed(
        self, alone: Weight, together: Weight, most: int, *, plan: bool
    ) -> Iterator[tuple[str, Weight]]:
        """Yield the differences that change something alone, or else those of the smallest sets.

        Where no set of up to `most` does, they are all the differences; with 1, there are none.
        """
        if found := self._changing(1, plan=plan):
            yield from ((name, alone) for name in found)
        elif most > 1:
            sets = (self._changing(size, plan=plan) for size in range(2, most + 1))
            yield from ((name, together) for name in next(filter(None, sets), self.questions))

    def _changing(self, size: int, *, plan: bool) -> set[str]:
        """Return the questions of the sets of this size that change who leads in one of both.

        With `plan`, of those that change a plan but not who leads.
        """
        found: set[str] = set()
        for mine, theirs in permutations((self.one, self.other)):
            sets = [*combinations(self.questions, size)]
            taken = [taking_over(mine, theirs, names) for names in sets]
            now, *then = _leaders(self.index, [mine, *taken])
            plans = _plans(self.index, mine)
            for names, answers, leaders in zip(sets, taken, then, strict=True):
                other_lead = leaders != now
                if not other_lead and _plans(self.index, answers) != plans if plan else other_lead:
                    found.update(names)
        return found


def _leaders(index: Index, several: Sequence[Answers]) -> list[list[bool]]:
    """Return for each set of answers which frameworks lead."""
    return [leaders.tolist() for _, leaders in evaluations(index, several)]


def _plans(index: Index, answers: Answers) -> list[tuple[object, ...]]:
    """Return of each leading plan its lead, builder, shipper, edge and backend."""
    return [
        (plan.lead, plan.builder, plan.shipper, plan.edge, scored.backend)
        for scored in decide(index, answers).outcome.leaders
        for plan in (scored.candidate,)
    ]


def _shift(first: Recommendation, result: Recommendation) -> Shift:
    """Hold the reasons of a result's leading plans against those of the first."""
    before, after = _reasons(first), _reasons(result)
    return Shift(
        gained=tuple(reason for key, reason in after.items() if key not in before),
        lost=tuple(reason for key, reason in before.items() if key not in after),
        changed=tuple(
            (before[key], reason)
            for key, reason in after.items()
            if key in before and before[key].points != reason.points
        ),
    )


def _reasons(result: Recommendation) -> dict[tuple[str, str, str], Reason]:
    """Return the reasons of the leading plans, each once."""
    plans = leading_plans(result.standings)
    return {(r.rule, r.framework, r.role): r for plan in plans for r in plan.reasons}
