"""JSON, text and decision record say the same: leaders, verdict, margin, scores, reasons."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bicycles import BICYCLES
from support.drawing import answers_to, rulebases

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.output.json import encoded, envelope
from advisor.output.text import decision_record, text_report
from advisor.output.words import counted, plan_in_words
from advisor.query.query import Query
from advisor.rulebase.load import load

VERDICTS = {
    "none": "Nothing is left",
    "open": "Too little is known yet to recommend one. Open",
    "tie": "A tie",
    "close": "A close call",
    "clear": "Clear",
}


def three(rulebase, answers, basis):
    """Return the JSON, the text and the record, the latter two on one line each."""
    result = recommend(rulebase, answers, basis)
    plain = encoded(envelope(rulebase, Query(answers, basis), result).result)
    record = decision_record(rulebase, result, explain(rulebase, result), Query())
    texts = (
        text_report(rulebase, result, explain(rulebase, result)),
        re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", record),
    )
    return result, plain, *(" ".join(text.split()) for text in texts)


def told_to_lead(plain):
    """Whether somebody is recommended."""
    return plain["verdict"] in {"tie", "close", "clear"}


def check(rulebase, answers, basis):
    result, plain, text, record = three(rulebase, answers, basis)
    unsettled = told_to_lead(plain) and not plain["settled"]["lead"]
    reserve = ", not settled" if unsettled else ""
    verdict = f"{VERDICTS[plain['verdict']]}{reserve}."
    assert verdict in text
    assert verdict in record
    assert f"Verdict: {plain['verdict']}{reserve}; " in record
    margin = "none" if plain["margin"] is None else counted(plain["margin"], "point")
    assert f"margin: {margin}." in record
    ahead = f"{margin} behind" if plain["verdict"] == "tie" else f"{margin.capitalize()} ahead of"
    told = plain["margin"] is not None and told_to_lead(plain)
    assert (ahead in text) == (ahead in record) == told
    plans = {s.framework: s.plan for s in result.standings}
    for standing in plain["standings"]:
        plan = plans[standing["framework"]]
        name = rulebase.frameworks[standing["framework"]].name
        title = plan_in_words(rulebase, plan) if plan else name
        stands = re.search(rf"\* {re.escape(title)} \(([^)]*)\)", record)[1]
        if standing["score"] is not None:
            lent = standing["state"] == "no-reason" and standing["score"]
            assert counted(standing["score"], "point") in stands
            assert bool(lent) == ("not count" in stands)
    for plan in plain["plans"]:
        leads = plan["lead"] in plain["leaders"]
        for reason in plan["reasons"]:
            points = f"{reason['points']:+d}"
            assert not leads or re.search(
                rf"{re.escape(points)} [\w: ]*{re.escape(reason['text'])}", text
            )
            signed = points.replace("-", "\N{MINUS SIGN}")
            assert re.search(rf"{re.escape(signed)} \([^:]*\): {re.escape(reason['text'])}", record)
        assert not leads or f"{plan['score']} in all" in text


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_all_three_say_the_same(data, rulebase, basis):
    check(rulebase, data.draw(answers_to(rulebase)), basis)


@pytest.mark.parametrize("basis", list(Basis))
def test_all_three_say_the_same_with_real_texts(basis):
    rulebase = load(BICYCLES)
    for name, choices in {"load": "tools", "hills": "hilly", "storage": "upstairs"}.items():
        given_answers = {"riding": frozenset({"new-bicycle"}), name: frozenset({choices})}
        answers = Answers(given_answers)
        check(rulebase, answers, basis)
