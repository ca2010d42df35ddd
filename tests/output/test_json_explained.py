"""What is told beside a result: every field of an explanation and of a trace, as plain data."""

import json
from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st
from support.bicycles import BICYCLES
from support.drawing import answers_to, rulebases
from support.small import SMALL

from advisor.engine.recommend import recommend
from advisor.model.explanation import Carrier, Difference, Mark, Other, Traced
from advisor.model.knowledge import Basis
from advisor.output.json import encoded, envelope, to_json
from advisor.query.query import Query
from advisor.query.read import read_query_string
from advisor.rulebase.load import load

BASES = st.sampled_from(list(Basis))


def told(rulebase, raw):
    query = read_query_string(rulebase, raw).strict()
    return encoded(envelope(rulebase, query, recommend(rulebase, query.answers, query.basis)))


@given(st.data(), rulebases(), BASES)
def test_an_explanation_survives_json_unchanged_and_has_every_field(data, rulebase, basis):
    query = Query(data.draw(answers_to(rulebase)), basis)
    recommendation = recommend(rulebase, query.answers, basis)
    sent = envelope(rulebase, query, recommendation).explanation
    plain = json.loads(to_json(sent))
    assert encoded(sent) == plain
    groups = [(plain["others"], Other), (plain["marks"], Mark)]
    groups += [(way["differences"], Difference) for way in plain["ways"]]
    if plain["bases"]:
        groups.append((plain["bases"]["there"] + plain["bases"]["here"], Carrier))
    against = [each for other in plain["others"] for each in other["against"]]
    groups += [(each["differences"], Difference) for each in against]
    for written, noun in groups:
        for each in written:
            assert list(each) == [field.name for field in fields(noun)]


@given(st.data(), rulebases(), BASES)
def test_a_trace_tells_every_rule_with_every_field(data, rulebase, basis):
    query = Query(data.draw(answers_to(rulebase)), basis, trace=True)
    sent = envelope(rulebase, query, recommend(rulebase, query.answers, basis)).trace
    plain = json.loads(to_json(sent))
    assert encoded(sent) == plain
    assert [each["rule"] for each in plain] == sorted(rulebase.rules)
    assert all(list(each) == [field.name for field in fields(Traced)] for each in plain)


@given(st.data(), rulebases(), BASES)
def test_flips_that_are_told_can_be_sent_and_do_flip(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    query = Query(answers, basis)
    plain = encoded(envelope(rulebase, query, recommend(rulebase, answers, basis)))
    for other in plain["explanation"]["others"]:
        for flip in other["changes"] + other["openings"]:
            changed = {move["question"]: frozenset(move["after"]) for move in flip}
            then = replace(answers, given={**answers.given, **changed})
            assert recommend(rulebase, then, basis).leaders == (other["framework"],)


def test_the_result_is_the_same_with_and_without_what_is_beside_it():
    plain = told(SMALL, "goal=research&hardware=unsure")
    assert list(plain) == ["format", "result", "explanation", "links"]
    query = read_query_string(SMALL, "goal=research&hardware=unsure").strict()
    assert plain["result"] == encoded(recommend(SMALL, query.answers))


def test_a_trace_is_told_only_where_it_was_asked_for():
    plain = told(SMALL, "goal=research&trace=1")
    assert list(plain) == ["format", "result", "explanation", "trace", "links"]
    assert plain["trace"][0] == {
        "rule": "r-product",
        "outcome": "failed",
        "points": 3,
        "doubled": False,
        "questions": [],
        "misses": [
            [{"question": "goal", "wanted": ["product"], "given": ["research"], "unwanted": []}]
        ],
        "claims": ["paper-holds"],
    }


def test_a_framework_that_does_not_lead_is_told_with_its_price():
    (birch, cedar) = told(SMALL, "goal=research")["explanation"]["others"]
    assert birch == {
        "framework": "birch",
        "why": "no-reason",
        "stops": [],
        "against": [
            {
                "leader": "ash",
                "behind": 3,
                "differences": [{"rule": "r-research", "ours": 0, "theirs": 3}],
            }
        ],
        "size": 1,
        "changes": [
            [{"question": "goal", "after": ["product"], "size": 1, "opens": False}],
        ],
        "openings": [],
    }
    assert (cedar["size"], cedar["changes"], cedar["openings"]) == (0, [], [])


def test_why_the_bases_differ_is_told_with_the_claims():
    rulebase = load(BICYCLES)
    raw = "riding=new-bicycle&load=tools&distance=short&hills=hilly&storage=garage"
    plain = told(rulebase, raw)
    assert plain["result"]["other"]["differs"]
    bases = plain["explanation"]["bases"]
    assert bases["basis"] == "documents"
    for carrier in bases["there"]:
        assert rulebase.claims[carrier["claim"]].status == carrier["status"]
        assert carrier["counts_here"] < carrier["counts_there"]
    assert bases["there"]
