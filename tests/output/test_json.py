"""The one encoder: whole, plain, and the same bytes for the same answers."""

import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import base, framework, question, when
from support.drawing import answers_to, rulebases
from support.small import SMALL

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation
from advisor.output.json import encoded, to_json
from advisor.query.read import read_query_string

BASES = st.sampled_from(list(Basis))
PRINT_RESULT = """
from support.small import SMALL
from advisor.query.read import read_query_string
from advisor.output.json import to_json
from advisor.engine.recommend import recommend
query = read_query_string(SMALL, "goal=research&deploy=web&deploy=mobile&team=any").query
print(to_json(recommend(SMALL, query.answers)).decode(), end="")
"""


def told(raw, rulebase=SMALL):
    query = read_query_string(rulebase, raw).strict()
    return encoded(recommend(rulebase, query.answers, query.basis))


@given(st.data(), rulebases(), BASES)
def test_a_result_survives_json_unchanged(data, rulebase, basis):
    sent = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    content = to_json(sent)
    assert json.loads(content) == encoded(sent)
    assert content.endswith(b"}\n")


@given(st.data(), rulebases(), BASES)
def test_law_1_the_points_that_are_told_add_up(data, rulebase, basis):
    plain = encoded(recommend(rulebase, data.draw(answers_to(rulebase)), basis))
    for plan in plain["plans"]:
        assert sum(reason["points"] for reason in plan["reasons"]) == plan["score"]
    with_score = [s["framework"] for s in plain["standings"] if s["score"] is not None]
    assert [plan["lead"] for plan in plain["plans"]] == with_score


@given(st.data(), rulebases(), BASES)
def test_law_2_the_order_of_answers_never_reaches_the_bytes(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    again = replace(answers, given=dict(reversed(answers.given.items())))
    first, second = (to_json(recommend(rulebase, a, basis)) for a in (answers, again))
    assert first == second


@pytest.mark.slow
def test_law_2_the_seed_of_hashes_never_reaches_the_bytes():
    outputs = set()
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        done = subprocess.run(  # noqa: S603 - the command is ours
            [sys.executable, "-c", PRINT_RESULT], env=environment, capture_output=True, check=True
        )
        outputs.add(done.stdout)
    (output,) = outputs
    assert json.loads(output)["leaders"] == ["ash"]


def test_everything_in_a_recommendation_is_told_in_its_order():
    assert [*told("")] == [field.name for field in fields(Recommendation)]


IDS = ("ignored", "roles", "switches", "leaders", "disagreements", "migrations", "notes")
PLAIN = ("basis", "verdict", "margin", "next_question", "rules_hash")


@given(st.data(), rulebases(), BASES)
def test_ids_and_figures_are_told_as_they_are(data, rulebase, basis):
    recommendation = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    plain = encoded(recommendation)
    assert {name: plain[name] for name in IDS} == {
        name: list(getattr(recommendation, name)) for name in IDS
    }
    assert {name: plain[name] for name in PLAIN} == {
        name: getattr(recommendation, name) for name in PLAIN
    }


def test_an_answer_that_was_not_used_is_told():
    when_a_product = when({"goal": ["product"]})
    small = base(
        [question("goal", "research", "product"), question("team", "one", applies=when_a_product)],
        [framework("ash")],
    )
    given_both = {"goal": frozenset({"research"}), "team": frozenset({"one"})}
    assert encoded(recommend(small, Answers(given_both)))["ignored"] == ["team"]


def test_answers_are_told_as_they_may_be_sent():
    plain = told("deploy=web&deploy=mobile&goal=research&hardware=unsure&team=any&important=deploy")
    assert plain["answers"] == {
        "deploy": ["mobile", "web"], "goal": "research", "hardware": "unsure", "team": "any",
    }  # fmt: skip
    assert plain["important"] == ["deploy"]


def test_a_reason_says_all_that_it_rests_on():
    (plan, *_) = told("goal=research&important=goal")["plans"]
    assert plan["reasons"] == [
        {
            "rule": "r-research",
            "framework": "ash",
            "role": "build",
            "points": 6,
            "doubled": True,
            "text": "Because of r-research.",
            "claims": ["paper-holds"],
            "questions": ["goal"],
        }
    ]
    assert (plan["lead"], plan["builder"], plan["shipper"]) == ("ash", "ash", "ash")
    assert (plan["backend"], plan["edge"]) == (None, None)


def test_tolerance_is_exact_and_its_percentage_rounded_down():
    recommendation = recommend(SMALL, Answers())
    assert encoded(recommendation)["tolerance"] is None
    two_thirds = replace(recommendation, tolerance=Fraction(2, 3))
    assert encoded(two_thirds)["tolerance"] == {
        "numerator": 2,
        "denominator": 3,
        "percent": 66,
    }


def test_json_is_utf_8_and_compact():
    assert to_json({"a": "é", "b": [1, None]}) == '{"a":"é","b":[1,null]}\n'.encode()
