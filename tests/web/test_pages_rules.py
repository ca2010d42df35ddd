"""What rules do, how much of that is left on each basis, and when they count."""

from dataclasses import replace

import pytest
from support.browsing import Browser
from support.builders import base, framework, question, rule, when

from advisor.model.knowledge import Basis, Subject
from advisor.model.rules import UNANSWERED, Level, Role, Score, Stop
from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.pages.rules import effect_in_words, effect_on, why_that_much

ASH, BIRCH = framework("ash"), framework("birch")
QUESTIONS = [question("wood", "oak", "elm"), question("tool", "saw", "axe")]


def made(*rules):
    return base(QUESTIONS, [ASH, BIRCH], rules)


def scored(points, claims, name="r"):
    return rule(name, Score(Role.BUILD, ("ash",), points), when({"wood": ["oak"]}), claims)


def left_of(one):
    rulebase = made(one)
    return [
        (effect_on(rulebase, one, basis), why_that_much(rulebase, one, basis)) for basis in Basis
    ]


def test_a_rule_that_its_claims_cannot_carry_says_by_how_much():
    weak = scored(3, ["paper-partly"])
    assert left_of(weak) == [
        ("+2", "The rule gives three points; its strongest claim there supports two points."),
        ("+3", "Its claims support it in full."),
    ]


def test_a_limit_is_capped_towards_nothing():
    limit = scored(-3, ["site-issue"])
    assert effect_on(made(limit), limit, Basis.CHECKED) == "\N{MINUS SIGN}1"
    assert effect_on(made(limit), limit, Basis.DOCUMENTS) == ""


def test_a_stop_without_a_hard_claim_says_that_it_is_not_hard_enough():
    soft = rule("s", Stop(Role.BUILD, ("ash",), "Wait."), when(), ["site-issue"])
    effect, why = left_of(soft)[0]
    assert effect == ""
    assert "hard enough" in why


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (
            Score(Role.SHIP, ("ash", "birch"), 2),
            "Gives Ash and Birch two points each for shipping.",
        ),
        (Score(Role.BUILD, ("ash",), -1), "Takes one point from Ash for building."),
        (Stop(Role.SHIP, ("birch",), "Wait."), "Rules Birch out for shipping."),
        (
            Level(Role.BUILD, ("ash", "birch")),
            (
                "Says that for building this is no longer a difference between Ash and Birch; "
                "moves no score."
            ),
        ),
    ],
)
def test_effects_are_told_in_a_sentence(effect, words):
    one = rule("r", effect, when())
    assert effect_in_words(made(one), one) == words


def test_a_rule_says_with_which_answers_it_does_not_count():
    bars = when({"tool": ["axe"], "wood": ["elm", UNANSWERED]})
    score = Score(Role.BUILD, ("ash",), 1)
    always, seldom = (
        rule(name, score, condition, not_when=bars, except_when=when({"tool": ["saw"]}))
        for name, condition in (("a", when()), ("s", when({"wood": ["oak"]})))
    )
    subjects = {"matter": Subject("matter", "Matter", "What matters?")}
    rulebase = replace(made(always, seldom), subjects=subjects)
    browser = Browser(create_app(find_settings(), rulebase))
    excepted = "tool: “axe”, and wood: “elm” or no answer"
    spaced = excepted.replace(":", " :") + " Even so when tool : “saw”"
    assert "Always, whatever you answer, but not when " + spaced in browser.open("/rules/a").text
    assert "wood : “oak” But not when " + spaced in browser.open("/rules/s").text
    table = browser.open("/frameworks/ash").text
    lifted = "Even so with tool: “saw”."
    assert f"Building. With wood: “oak”. But not with {excepted}. {lifted}" in table


def test_conditions_join_what_holds_together_and_what_holds_instead():
    condition = when({"wood": ["oak", "elm"], "tool": ["saw"]}, {"tool": ["axe"]})
    stops = Stop(Role.BUILD, ("ash",), "Wait.")
    rulebase = made(rule("r", stops, condition), rule("s", stops, when()))
    text = Browser(create_app(find_settings(), rulebase)).open("/frameworks/ash").text
    assert "Building. With tool: “saw”, and wood: “oak” or “elm”; or tool: “axe”." in text
    assert "Building. Always, whatever you answer." in text
