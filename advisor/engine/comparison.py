"""Compares results: where answers differ, and whether each difference bears on who leads.

A difference matters *alone* when one of two results gets other leaders by taking over the other's
answer to this one question, with its mark. Where two results have other leaders and no single
answer does that, the differences matter *together* that belong to one of the smallest sets which,
taken over at once, change who leads in one of the two. Sets of more than `MOST` are not looked
for: then all differences between the two matter together.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, permutations

from advisor.engine.applicability import applying, counting
from advisor.engine.evaluation import doubled_in
from advisor.engine.index import Index, index_of
from advisor.engine.lanes import lanes_of
from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.comparison import Comparison, Differing, Saying, Shift, Weight
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Reason, Recommendation, State
from advisor.model.rulebase import RuleBase

MOST = 3
"""The largest sets of differences that are looked for."""


def compare(
    rulebase: RuleBase, answers: Sequence[Answers], basis: Basis = Basis.CHECKED
) -> Comparison:
    """Set the results of several answers side by side.

    Args:
        rulebase: the rule base to think with.
        answers: two or more sets of answers; the first is the one to compare with.
        basis: facts as checked, or the documents as written; the same for all.
    """
    results = tuple(recommend(rulebase, each, basis) for each in answers)
    questions = [q for q in rulebase.questions if len({saying(a, q) for a in answers}) > 1]
    weights = _weights(index_of(rulebase, basis), answers, questions)
    return Comparison(
        results=results,
        differing=tuple(
            Differing(question, tuple(saying(a, question) for a in answers), weights[question])
            for question in questions
        ),
        shifts=tuple(_shift(results[0], result) for result in results),
        shared=recommend(rulebase, _shared(answers, questions), basis),
    )


def saying(answers: Answers, question: str) -> Saying:
    """Return what answers say to a question."""
    choices = tuple(sorted(answers.given.get(question, ())))
    if question in answers.unsure:
        choices = ("unsure",)
    if question in answers.any:
        choices = ("any",)
    return Saying(choices, question in answers.important)


def taking_over(answers: Answers, other: Answers, questions: Collection[str]) -> Answers:
    """Return answers that say to these questions what others say, and mark them as those do."""
    names = frozenset(questions)
    given = {name: choices for name, choices in answers.given.items() if name not in names}
    return Answers(
        given=given | {name: other.given[name] for name in names if name in other.given},
        unsure=answers.unsure - names | other.unsure & names,
        any=answers.any - names | other.any & names,
        important=answers.important - names | other.important & names,
    )


def _weights(
    index: Index, answers: Sequence[Answers], questions: Sequence[str]
) -> dict[str, Weight]:
    """Say of each question whether the difference bears on who leads."""
    weights = dict.fromkeys(questions, Weight.NONE)
    for one, other in combinations(answers, 2):
        differing = [q for q in questions if saying(one, q) != saying(other, q)]
        alone, together = _bearing(index, one, other, differing)
        weights |= {q: Weight.TOGETHER for q in together if weights[q] is Weight.NONE}
        weights |= dict.fromkeys(alone, Weight.ALONE)
    return weights


def _bearing(
    index: Index, one: Answers, other: Answers, questions: Sequence[str]
) -> tuple[set[str], set[str]]:
    """Return the differences between two that matter alone, and those that do together."""
    alone = set(_changing(index, one, other, questions, 1))
    if alone or _leaders(index, one) == _leaders(index, other):
        return alone, set()
    for size in range(2, MOST + 1):
        together = set(_changing(index, one, other, questions, size))
        if together:
            return set(), together
    return set(), set(questions)


def _changing(
    index: Index, one: Answers, other: Answers, questions: Sequence[str], size: int
) -> Iterator[str]:
    """Yield the questions of the sets of this size that change who leads in one of the two."""
    for mine, theirs in permutations((one, other)):
        now = _leaders(index, mine)
        for names in combinations(questions, size):
            if _leaders(index, taking_over(mine, theirs, names)) != now:
                yield from names


def _leaders(index: Index, answers: Answers) -> tuple[str, ...]:
    """Return who leads."""
    lanes = lanes_of(index)
    apply = applying(index.rulebase, answers.given)
    raw = index.passing(counting(answers.given, apply)) & lanes.alternatives
    fired = index.fold(raw)
    worth = lanes.worth(fired, doubled_in(index, raw, answers.important))
    return lanes.leaders(worth, lanes.field(fired))


def _shared(answers: Sequence[Answers], differing: Collection[str]) -> Answers:
    """Return the answers and marks that all share."""
    return taking_over(answers[0], Answers(), differing)


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
    plans = (s.plan for s in result.standings if s.state is State.LEADS and s.plan)
    return {(r.rule, r.framework, r.role): r for plan in plans for r in plan.reasons}
