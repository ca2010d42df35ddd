"""Frameworks that are left out, and one framework for everything; the laws draw both, too."""

from hypothesis import given
from hypothesis import strategies as st
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.explanation import WhyNot
from advisor.model.knowledge import Basis
from advisor.model.recommendation import State, Verdict
from advisor.model.rulebase import Backend
from advisor.model.rules import Edge, Role, Score, Stop

BASES = st.sampled_from(list(Basis))


@given(st.data(), rulebases(), BASES)
def test_nothing_that_is_left_out_takes_part_and_one_tool_is_one(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    result = recommend(rulebase, answers, basis)
    backends = {f.id: {b.id: b.framework for b in f.backends} for f in rulebase.frameworks.values()}
    for standing in result.standings:
        if standing.framework in answers.without:
            assert (standing.state, standing.plan, standing.stops) == (State.LEFT_OUT, None, ())
        if plan := standing.plan:
            used = {plan.builder, plan.shipper} - {None}
            assert answers.without.isdisjoint(used)
            assert backends[plan.lead].get(plan.backend) not in answers.without
            assert len(used) == 1 or not answers.one_tool


@given(st.data(), rulebases(), BASES)
def test_what_a_lifted_constraint_leads_to_is_what_the_same_answers_without_it_do(
    data, rulebase, basis
):
    answers = data.draw(answers_to(rulebase))
    here = recommend(rulebase, answers, basis)
    constraints = len(answers.without) + answers.one_tool
    assert len(here.lifted) == constraints + (constraints > 1)
    for there in here.lifted:
        freed = len(answers.without) - len(there.without) + (answers.one_tool - there.one_tool)
        assert freed in {1, constraints}
        free = Answers(
            answers.given,
            answers.unsure,
            answers.any,
            answers.important,
            frozenset(there.without),
            there.one_tool,
        )
        then = recommend(rulebase, free, basis)
        assert (there.leaders, there.verdict, there.margin) == (
            then.leaders,
            then.verdict,
            then.margin,
        )
        assert there.differs == (
            (then.verdict, [s.plan and s.plan.name for s in then.standings if s.state == "leads"])
            != (
                here.verdict,
                [s.plan and s.plan.name for s in here.standings if s.state == "leads"],
            )
        )


def team(*rules):
    """Make a rule base in which ash does all, birch ships, and cedar builds on ash or on air."""
    cedar = framework(
        "cedar",
        (Role.BUILD,),
        (Backend("on-ash", "On ash", "ash", EVERYWHERE), Backend("air", "Air", "", EVERYWHERE)),
    )
    return base(
        [question("goal", "x", "y")],
        [framework("ash"), framework("birch", (Role.SHIP,)), cedar],
        [rule("cedar-builds", Score(Role.BUILD, ("cedar",), 3), when()), *rules],
        edges=[
            Edge("cedar-birch", "cedar", "birch", "A way.", ("on-ash",), EVERYWHERE, ()),
            Edge("ash-birch", "ash", "birch", "A way.", (), EVERYWHERE, ()),
        ],
    )


def states(result):
    return {standing.framework: standing.state for standing in result.standings}


def test_a_framework_whose_way_needs_what_is_left_out_is_left_out_itself():
    result = recommend(team(), Answers(without=frozenset({"ash"})))
    # The way from cedar to birch is open on ash alone.
    assert states(result) == {"ash": "left-out", "birch": "no-role", "cedar": "left-out"}
    assert result.verdict is Verdict.NONE
    assert [there.leaders for there in result.lifted] == [("cedar",)]


def test_with_one_tool_who_cannot_ship_is_left_out_and_no_edit_of_answers_helps_it():
    ash = rule("ash-builds", Score(Role.BUILD, ("ash",), 2), when())
    made = team(ash)
    result = recommend(made, Answers(one_tool=True))
    assert result.leaders == ("ash",)
    assert states(result) == {"ash": "leads", "birch": "no-role", "cedar": "left-out"}
    cedar = explain(made, result, edits=2).others["cedar"]
    assert (cedar.why, cedar.changes, cedar.openings) == (WhyNot.LEFT_OUT, (), ())


def test_a_fact_that_rules_out_is_told_before_a_constraint_that_leaves_out():
    stop = rule("no-ash", Stop(Role.SHIP, ("ash",), "Take birch."), when({"goal": ["x"]}))
    made, given = team(stop), {"goal": frozenset({"x"})}
    assert states(recommend(made, Answers(given, one_tool=True)))["ash"] == "ruled-out"
    assert states(recommend(made, Answers(given)))["ash"] == "no-reason"
