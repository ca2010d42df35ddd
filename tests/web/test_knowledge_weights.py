"""How much a claim may weigh and why; what conditions and effects are called."""

import dataclasses

import pytest
from support.builders import CLAIMS, base, framework, question, rule, when

from advisor.model.knowledge import Basis, ClaimKind
from advisor.model.rules import Level, Role, Score, Stop
from advisor.web.views.knowledge.claim_lines import evidence_in_words
from advisor.web.views.knowledge.conditions import alternatives, in_a_line
from advisor.web.views.knowledge.effects import effect_on, on_bases, rule_in_words
from advisor.web.views.knowledge.weights import weights

ASH, BIRCH = framework("ash"), framework("birch")
QUESTIONS = [question("wood", "oak", "elm"), question("tool", "saw", "axe")]


def made(*rules):
    return base(QUESTIONS, [ASH, BIRCH], rules)


def scored(points, claims, name="r"):
    return rule(name, Score(Role.BUILD, ("ash",), points), when({"wood": ["oak"]}), claims)


@pytest.mark.parametrize(
    ("claim", "today", "written"),
    [
        ("paper-holds", "Up to three points: it holds today.", True),
        ("paper-partly", "Up to two points: it holds only in part.", True),
        ("paper-fell", "Nothing: it is contradicted.", True),
        ("paper-unknown", "Nothing: it could not be confirmed.", True),
        ("site-holds", "Up to three points: it holds today.", False),
        ("site-issue", "Up to one point: only an issue thread reports it.", False),
        ("site-third", "Nothing: only third parties tell it.", False),
        ("paper-advice", "Up to one point: it is an opinion, worth as much", True),
    ],
)
def test_a_weight_names_what_keeps_the_claim_from_carrying_more(claim, today, written):
    checked, documents = weights(made(), CLAIMS[claim])
    assert checked.says.startswith(today)
    assert documents.says.startswith("Up to three points" if written else "Nothing")


def test_an_opinion_that_rests_on_nothing_weighs_nothing():
    claim = dataclasses.replace(CLAIMS["paper-advice"], id="bare", rests_on=())
    rulebase = dataclasses.replace(made(), claims=CLAIMS | {"bare": claim})
    assert weights(rulebase, claim)[0].says.startswith("Nothing: it is an opinion and names no")


def test_a_fact_without_evidence_is_not_called_an_opinion():
    assert "opinion" not in evidence_in_words(CLAIMS["paper-unknown"])
    assert "opinion" in evidence_in_words(CLAIMS["paper-advice"])
    assert CLAIMS["paper-advice"].kind is ClaimKind.ADVICE


def test_a_rule_that_its_claims_cannot_carry_says_by_how_much():
    weak = scored(3, ["paper-partly"])
    today, written = on_bases(made(weak), weak)
    assert today.effect == "+2"
    assert today.why == "It asks for three points; its strongest claim there carries two points."
    assert (written.effect, written.why) == ("+3", "Its claims carry it in full.")


def test_a_limit_is_capped_towards_nothing():
    limit = scored(-3, ["site-issue"])
    assert effect_on(made(limit), limit, Basis.CHECKED) == "\N{MINUS SIGN}1"
    assert effect_on(made(limit), limit, Basis.DOCUMENTS) == ""


def test_a_stop_without_a_hard_claim_says_that_it_is_not_hard_enough():
    soft = rule("s", Stop(Role.BUILD, ("ash",), "Wait."), when(), ["site-issue"])
    today, _ = on_bases(made(soft), soft)
    assert today.effect == ""
    assert "hard enough" in today.why


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
            "Says that for building this no longer separates Ash and Birch; moves no score.",
        ),
    ],
)
def test_effects_are_told_in_a_sentence(effect, words):
    one = rule("r", effect, when())
    assert rule_in_words(made(one), one) == words


def test_conditions_join_what_holds_together_and_what_holds_instead():
    condition = when({"wood": ["oak", "elm"], "tool": ["saw"]}, {"tool": ["axe"]})
    words = in_a_line(made(), condition)
    assert words == "With tool: “saw”, and wood: “oak” or “elm”; or tool: “axe”."
    assert len(alternatives(made(), condition)) == 2


def test_what_always_counts_says_so():
    assert in_a_line(made(), when()) == "Always, whatever is answered."
    assert alternatives(made(), when()) == ()
