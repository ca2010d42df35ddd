"""The questionnaire asks what may still change something, in written order, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import reference
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import leading_plans
from advisor.model.rules import (
    Conflict,
    Level,
    Migration,
    Note,
    Phase,
    Role,
    Score,
    Step,
    Stop,
    Switch,
)

BASES = st.sampled_from(list(Basis))


def told(rulebase, answers, basis):
    """Return what a question is asked for: plans with their reasons, notes, routes, stops."""
    result = recommend(rulebase, answers, basis)
    stops = {(stop.rule, each.framework) for each in result.standings for stop in each.stops}
    return result.verdict, leading_plans(result.standings), stops, result.notes, result.migrations


@given(st.data(), rulebases(max_questions=3), BASES)
def test_once_nothing_is_asked_no_answer_changes_what_is_told(data, rulebase, basis):
    answers = replace(data.draw(answers_to(rulebase)), unsure=frozenset())
    while name := recommend(rulebase, answers, basis).next_question:
        assert answers.is_absent(name)
        assert name in reference.applying(rulebase, answers.given)
        if data.draw(st.booleans()):
            answers = replace(answers, any=answers.any | {name})
        else:
            first = frozenset({rulebase.questions[name].choices[0].id})
            answers = replace(answers, given={**answers.given, name: first})
    now = told(rulebase, answers, basis)
    for completion in reference.completions(rulebase, answers):
        assert told(rulebase, completion, basis) == now


def gated():
    """Make a rule base in which nothing but whether another applies hangs on the first question."""
    return base(
        [question("gate", "a", "b"), question("inner", "a", "b", applies=when({"gate": ["a"]}))],
        [framework("ash"), framework("birch")],
        [rule("ash", Score(Role.BUILD, ("ash",), 3), when({"inner": ["a"]}))],
    )


def test_a_question_on_which_alone_it_depends_whether_another_applies_is_asked():
    small = gated()
    assert recommend(small, Answers()).next_question == "gate"
    assert recommend(small, Answers({"gate": frozenset("a")})).next_question == "inner"
    assert recommend(small, Answers({"gate": frozenset("b")})).next_question is None


HERE = when({"matter": ["a"]})
OUT = Stop(Role.SHIP, ("ash",), "Take birch.")
LEVEL = Level(Role.SHIP, ("ash", "birch"))
ROUTE = Migration("route", "old code", "ash", HERE, "Port it.", ("Port.",), "small", EVERYWHERE)
STEP = Step(
    "go", Phase.SHIP, "ash", (Role.SHIP,), "", (), HERE, "Go.", "", (), EVERYWHERE
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"rules": [rule("points", Score(Role.SHIP, ("ash",), 1), HERE)]}, True),
        ({"rules": [rule("out", OUT, HERE)]}, True),
        ({"switches": [Switch("no-build", Role.BUILD, "Nothing to build.", HERE)]}, True),
        ({"notes": [Note("note", "Note", "Told.", HERE, EVERYWHERE)]}, True),
        ({"migrations": [ROUTE]}, True),
        ({"rules": [rule("level", LEVEL, HERE)]}, False),
        ({"conflicts": [Conflict("clash", "They clash.", HERE, EVERYWHERE)]}, False),
        ({"steps": [STEP]}, False),
    ],
)
def test_a_question_is_asked_for_what_counts_and_not_for_a_remark(told, asked):
    frameworks = [framework("ash"), framework("birch")]
    small = base([question("matter", "a", "b")], frameworks, **told)
    assert recommend(small, Answers()).next_question == ("matter" if asked else None)


def test_what_was_shown_or_answered_in_any_way_is_not_asked_again():
    small, gate = gated(), frozenset({"gate"})
    assert recommend(small, Answers(), asked=gate).next_question == "inner"
    assert recommend(small, Answers(unsure=gate)).next_question == "inner"
    assert recommend(small, Answers(any=gate)).next_question == "inner"


def test_what_bears_on_a_role_that_is_switched_off_alone_is_not_asked():
    small = base(
        [question("matter", "a", "b"), question("place", "a", "b"), question("job", "a", "b")],
        [framework("ash"), framework("birch")],
        [
            rule("builds", Score(Role.BUILD, ("ash",), 1), HERE),
            rule("no-build", Stop(Role.BUILD, ("birch",), "Take ash."), HERE),
            rule("ships", Score(Role.SHIP, ("ash",), 1), when({"place": ["a"]})),
        ],
        switches=[Switch("no-build", Role.BUILD, "Nothing to build.", when({"job": ["a"]}))],
    )
    for said, open_names in (
        ({}, ["matter", "place", "job"]),
        ({"job": frozenset("a")}, ["place"]),
        ({"job": frozenset("b")}, ["matter", "place"]),
    ):
        result = recommend(small, Answers(said))
        assert [each.question for each in result.open_questions] == open_names


def test_what_bears_on_what_is_left_out_alone_is_not_asked():
    frameworks = [framework("ash"), framework("birch")]
    rules = [
        rule("points", Score(Role.SHIP, ("ash",), 1), HERE),
        rule("out", OUT, HERE),
    ]
    small = base([question("matter", "a", "b")], frameworks, rules)
    assert recommend(small, Answers()).next_question == "matter"
    assert recommend(small, Answers(without=frozenset({"ash"}))).next_question is None
