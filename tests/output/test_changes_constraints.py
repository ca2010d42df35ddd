"""Constraints are said with what they led to, and where nothing is left, which to take back."""

import pytest
from support.builders import EVERYWHERE, base, framework, question, rule, when

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.rules import Edge, Role, Score, Stop, Switch
from advisor.output.changes import (
    lifted_in_words,
    to_reconsider,
    why_left_out,
    worth_telling,
)
from advisor.output.headline import headline, how_sure, how_sure_alone

HOUSE = base(
    [question("goal", "x", "y", "z")],
    [framework("ash"), framework("birch"), framework("cedar", (Role.BUILD,))],
    [
        rule("ash", Score(Role.BUILD, ("ash",), 3), when({"goal": ["x"]})),
        rule("birch", Score(Role.SHIP, ("birch",), 2), when({"goal": ["x"]})),
        rule("both", Score(Role.BUILD, ("ash", "birch"), 2), when({"goal": ["y"]})),
        rule("no-ash", Stop(Role.BUILD, ("ash",), "Take birch."), when({"goal": ["z"]})),
    ],
    edges=[Edge("way", "ash", "birch", "A way.", (), EVERYWHERE, ())],
    switches=[Switch("s", Role.BUILD, "Nobody builds.", when({"goal": ["none"]}))],
)


def told(goal, *without, one_tool=False):
    answers = Answers({"goal": frozenset({goal})}, without=frozenset(without), one_tool=one_tool)
    return recommend(HOUSE, answers)


ASKED = "You asked for one framework to build and ship."
BOTH = "You left Ash out and asked for one framework to build and ship."
TWO = "the answer would be Ash, shipped with Birch"


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (told("x", "ash"), ["You left Ash out. Without that, Ash would lead, clearly."]),
        (told("x", "cedar"), ["You left Cedar out. That changes nothing."]),
        (told("y", "ash"), ["You left Ash out. Without that, Ash and Birch would be level."]),
        (told("x", one_tool=True), [f"{ASKED} Without that, {TWO}, clearly."]),
        (
            told("x", "ash", one_tool=True),
            [
                "You left Ash out. Without that, Ash would lead, narrowly.",
                f"{ASKED} That changes nothing.",
                f"{BOTH} Without that, Ash would lead, clearly.",
            ],
        ),
        (told("x"), []),
    ],
)
def test_each_constraint_is_told_with_what_it_led_to(result, said):
    assert [lifted_in_words(HOUSE, result, there) for there in worth_telling(result)] == said


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (told("x", "ash", "birch", "cedar"), "Allow Ash or Birch again."),
        (told("z", "birch", one_tool=True), "Allow Birch again."),
        (told("x", "ash"), ""),
    ],
)
def test_where_constraints_leave_nothing_it_is_said_which_to_take_back(result, words):
    assert to_reconsider(HOUSE, result) == words
    if words:
        assert headline(HOUSE, result) == "Your constraints leave nothing"
        assert how_sure(HOUSE, result) == f"Nothing is left. {words}"
        assert how_sure_alone(HOUSE, result) == words


def test_why_a_framework_is_left_out():
    assert why_left_out(HOUSE, told("x", "ash"), "ash") == "You left Ash out."
    single = told("x", "ash", one_tool=True)
    assert why_left_out(HOUSE, single, "cedar") == (
        "Cedar would need another framework to ship or what you left out."
    )
