"""Law 5: the tolerance is the exact edge of how wrong all points may be."""

from dataclasses import replace
from fractions import Fraction

import pytest
from support.real import drawn, real_rulebase

from advisor.engine.applicability import applying, counting
from advisor.engine.evaluation import evaluate
from advisor.engine.index import index_of
from advisor.engine.plans import scored_plans
from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis


def evaluated(rulebase, answers, basis):
    chosen = counting(answers.given, applying(rulebase, answers.given))
    return evaluate(index_of(rulebase, basis), chosen, answers.important)


def gaps(rulebase, result, error):
    """What is left of the lead over each rival when every point is wrong by so much."""
    evaluation = evaluated(rulebase, result.answers, result.basis)
    plans = scored_plans(evaluation)
    ours = next(s.plan for s in result.standings if s.framework == result.leaders[0])
    slots = next(
        p.candidate.slots
        for p in plans
        if (p.candidate.lead, p.candidate.shipper, p.candidate.edge)
        == (ours.lead, ours.shipper, ours.edge)
    )
    brought = {
        item.id: (item, points)
        for contributions in evaluation.contributions.values()
        for item, points in contributions
    }
    for rival in plans:
        if rival.own_reason and rival.candidate.lead != ours.lead:
            theirs = rival.candidate.slots
            gap = Fraction(0)
            for item, points in brought.values():
                share = sum((s in slots) - (s in theirs) for s in item.slots)
                gap += points * share - abs(points * share) * error
            yield gap


def is_the_edge(rulebase, result):
    tie = rulebase.margins.tie
    below = gaps(rulebase, result, result.tolerance * Fraction(99, 100))
    above = gaps(rulebase, result, result.tolerance * Fraction(101, 100))
    return all(gap > tie for gap in below) and any(gap < tie for gap in above)


@pytest.mark.parametrize("tie", [0, 1])
@pytest.mark.parametrize("basis", list(Basis))
def test_law_5_tolerance_is_the_exact_edge(basis, tie):
    shipped = real_rulebase()
    rulebase = replace(shipped, margins=replace(shipped.margins, tie=tie))
    told = 0
    for number, (given, _) in enumerate(drawn(60, seed=5, missing=(0, 12))):
        marked = frozenset(sorted(given)[: number % 4])
        result = recommend(rulebase, Answers(given, important=marked), basis)
        if result.tolerance is not None:
            told += 1
            assert is_the_edge(rulebase, result)
    assert told >= 20
