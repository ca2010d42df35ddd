"""Law 5: the tolerance is the exact edge of how wrong all points may be."""

from dataclasses import replace
from fractions import Fraction

import pytest
from support.builders import base, framework, question, rule, when
from support.real import drawn, real_rulebase

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.verdict import decide
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Margins
from advisor.model.rules import Role, Score


def gaps(rulebase, result, error):
    """What is left of the lead over each rival when every point is wrong by so much."""
    decision = decide(index_of(rulebase, result.basis), result.answers)
    plans, evaluation = decision.plans, decision.evaluation
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


@pytest.mark.parametrize("tie", [1, 40_000, 1 << 40])
def test_a_tie_margin_may_be_of_any_size(tie):
    small = base(
        [question("goal", "yes", "no")],
        [framework(name) for name in ("ash", "birch", "cedar")],
        [
            rule("r-ash", Score(Role.BUILD, ("ash",), 2), when()),
            rule("r-birch", Score(Role.BUILD, ("birch",), 1), when({"goal": ["yes"]})),
        ],
        margins=Margins(tie=tie, close=tie),
    )
    told = recommend(small, Answers({"goal": frozenset({"yes"})}))
    assert told.leaders == ("ash", "birch")
    ((edit,),) = explain(small, told).others["ash"].changes
    assert edit.after == ("no",)
    (goal,) = recommend(small, Answers()).open_questions
    assert goal.leaders == (("ash", "birch"),)


def test_there_may_be_thousands_of_points():
    names = ("ash", "birch")
    effects = [Score(Role.BUILD, (names[number % 3 == 0],), 3) for number in range(3000)]
    rules = [rule(f"r{number}", effect, when()) for number, effect in enumerate(effects)]
    small = base([question("goal", "yes", "no")], [framework(name) for name in names], rules)
    told = recommend(small, Answers())
    assert told.leaders == ("ash",)
    assert [standing.score for standing in told.standings] == [6000, 3000]
