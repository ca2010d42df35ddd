"""The answer in a sentence: level leaders are told their sums, and no lead passes for final."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.coloured import CONDITIONS, FOREST, advice
from support.drawing import answers_to, rulebases
from support.small import SMALL

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis, Disagreement, Side, Status
from advisor.model.recommendation import Verdict, leading_plans
from advisor.model.rulebase import Backend, Margins
from advisor.model.rules import Role, Score
from advisor.output.headline import (
    contested,
    doubtful_claims,
    headline,
    how_sure,
    not_settled,
    outlook,
    tolerance_sentences,
)


def grove(**more):
    """Two trees that differ by as many points as somebody wants them to."""
    return base(
        [question("wood", "oak", "elm"), question("axe", "sharp", "blunt")],
        [framework("ash"), framework("birch")],
        [
            rule("oak", Score(Role.BUILD, ("ash",), 3), when({"wood": ["oak"]})),
            rule("elm", Score(Role.BUILD, ("birch",), 2), when({"wood": ["oak"]})),
            rule("edge", Score(Role.SHIP, ("birch",), 3), when({"axe": ["sharp"]})),
        ],
        **more,
    )


@given(st.data(), rulebases())
def test_a_lead_is_told_with_a_reserve_exactly_while_it_is_not_settled(data, rulebase):
    result = recommend(rulebase, data.draw(answers_to(rulebase)))
    leads = result.verdict in {Verdict.TIE, Verdict.CLOSE, Verdict.CLEAR}
    told = outlook(result)
    assert bool(told) == leads
    reserved = "could change that" in told or "might" in told
    assert reserved == (leads and not result.settled.lead)
    assert not_settled(result) == (", not settled" if reserved else "")


@given(st.data(), rulebases())
def test_those_that_are_level_are_told_what_their_reasons_add_up_to(data, rulebase):
    level = replace(rulebase, margins=Margins(tie=0, close=1))
    result = recommend(level, data.draw(answers_to(rulebase)))
    if result.verdict is Verdict.TIE:
        assert len({plan.score for plan in leading_plans(result.standings)}) == 1
        assert " each, and none is first." in how_sure(level, result)


def test_nearly_equal_sums_are_not_called_the_same():
    near = grove(margins=Margins(tie=1, close=2))
    told = how_sure(near, advice(near, "wood=oak&axe=blunt"))
    assert told.startswith("A tie. Their reasons add up to 2 to 3 points, too close")


@pytest.mark.parametrize(
    ("answers", "verdict", "told"),
    [
        ("wood=oak", "A close call, not settled", "One open question could change that."),
        ("axe=blunt&wood=oak", "A close call", "Everything that could matter is answered."),
    ],
)
def test_the_last_answer_takes_the_reserve_away(answers, verdict, told):
    result = advice(grove(), answers)
    assert how_sure(grove(), result) == f"{verdict}. One point ahead of Birch. {told}"


def test_what_is_missing_to_a_tie_is_said_where_it_is_little():
    close = tolerance_sentences(grove(), advice(grove(), "wood=oak&axe=blunt"))
    assert "off by less than 20%" in close[0]
    assert close[1:] == ("One point more for Birch would make it a tie.",)
    assert tolerance_sentences(FOREST, advice(FOREST, CONDITIONS["tie"])) == ()


def reason(points, *claims, doubled=False):
    result = recommend(SMALL, Answers({"goal": frozenset({"research"})}))
    found = next(r for s in result.standings if s.plan for r in s.plan.reasons)
    return replace(found, points=points, doubled=doubled, claims=claims)


def claim_of(status):
    return next(c.id for c in SMALL.claims.values() if c.status is status and c.evidence)


def test_a_reason_that_holds_by_itself_leans_on_nothing_else():
    holds, partly = claim_of(Status.HOLDS), claim_of(Status.PARTLY)
    assert doubtful_claims(SMALL, [reason(3, holds, partly)]) == {}


def test_a_reason_leans_on_what_holds_in_part_where_nothing_else_carries_its_points():
    partly = claim_of(Status.PARTLY)
    assert list(doubtful_claims(SMALL, [reason(2, partly)])) == [partly]
    assert list(doubtful_claims(SMALL, [reason(-2, partly)])) == [partly]


def test_what_counts_double_has_to_be_carried_once():
    holds, partly = claim_of(Status.HOLDS), claim_of(Status.PARTLY)
    assert doubtful_claims(SMALL, [reason(6, holds, partly, doubled=True)]) == {}


@pytest.mark.parametrize(("settled", "told"), [((), True), (("site-holds",), False)])
def test_what_the_sources_contradict_each_other_on_is_told_where_both_sides_speak(settled, told):
    sides = (Side("Oak.", ("paper-holds",)), Side("Elm.", ("paper-partly",)))
    matter = Disagreement("d", "Oak or elm?", "direct", sides, settled, "Who knows.")
    rules = [
        rule("oak", Score(Role.BUILD, ("ash",), 3), when({"wood": ["oak"]})),
        rule("elm", Score(Role.BUILD, ("birch",), 2), when({"axe": ["blunt"]}), ["paper-partly"]),
    ]
    rulebase = replace(grove(disagreements=[matter]), rules={each.id: each for each in rules})
    both = Answers({"wood": frozenset({"oak"}), "axe": frozenset({"blunt"})})
    checked, documents = (recommend(rulebase, both, basis) for basis in Basis)
    assert ("“Oak or elm?”" in contested(rulebase, checked)) == told
    assert "they settle nothing: “Oak or elm?”" in contested(rulebase, documents)
    one = Answers({"wood": frozenset({"oak"})})
    assert contested(rulebase, recommend(rulebase, one)) == ""


def test_a_close_lead_without_a_rival_is_not_called_a_close_race():
    rulebase = replace(grove(), rules={"elm": grove().rules["elm"]})
    told = recommend(rulebase, Answers({"wood": frozenset({"oak"})}))
    assert (told.verdict, told.margin) == (Verdict.CLOSE, None)
    assert headline(rulebase, told) == "Use Birch"
    assert "its own points are few." in how_sure(rulebase, told)


def test_the_points_of_those_that_are_level_are_not_called_few():
    rules = [
        rule(name, Score(Role.BUILD, (name,), 3), when({"wood": ["oak"]}))
        for name in ("ash", "birch")
    ]
    rulebase = replace(grove(), rules={each.id: each for each in rules})
    told = recommend(rulebase, Answers({"wood": frozenset({"oak"})}))
    assert (told.verdict, told.margin) == (Verdict.TIE, None)
    assert "No reason speaks for any other." in how_sure(rulebase, told)
    assert "few" not in how_sure(rulebase, told)


@pytest.mark.parametrize("level", [True, False])
def test_a_tie_with_what_one_runs_on_says_so(level):
    on_ash = Backend("on-ash", "On ash", "ash", EVERYWHERE)
    names = ["ash", "cedar"] if level else ["birch", "cedar"]
    made = base(
        [question("wood", "oak")],
        [framework("ash"), framework("birch"), framework("cedar", backends=(on_ash,))],
        [rule("all", Score(Role.BUILD, tuple(names), 3), when())],
    )
    result = recommend(made, Answers())
    assert result.leaders == tuple(names)
    told = "Cedar runs on Ash here, so between these two you choose an interface."
    assert (told in how_sure(made, result)) == level
