"""A batch tells of each project what it would be told by itself, and of a faulty one why not."""

import difflib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bicycles import BICYCLES
from support.drawing import answers_to, rulebases

from advisor.editions.edition import Shelf
from advisor.engine.recommend import recommend, recommend_briefly
from advisor.errors import AnswersError
from advisor.model.knowledge import Basis
from advisor.model.recommendation import leading_plans
from advisor.output.batch import recommend_each
from advisor.output.json import to_json
from advisor.query.body import MOST_PROJECTS, batch_forms
from advisor.query.fields import MOST_GUESSED
from advisor.rulebase.load import load


@pytest.fixture(scope="module")
def bicycles():
    return load(BICYCLES)


def told(rulebase, body):
    return [
        json.loads(to_json(each.json()))
        for each in recommend_each(Shelf(rulebase), batch_forms(body))
    ]


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_many_at_once_lead_to_what_each_leads_to_alone(data, rulebase, basis):
    several = data.draw(st.lists(answers_to(rulebase), max_size=8))
    briefs = list(recommend_briefly(rulebase, several, basis))
    assert len(briefs) == len(several)
    for answers, brief in zip(several, briefs, strict=True):
        alone = recommend(rulebase, answers, basis)
        assert brief.leaders == alone.leaders
        assert (brief.verdict, brief.margin) == (alone.verdict, alone.margin)
        plans = {plan.name for plan in leading_plans(alone.standings)}
        assert set(brief.plans) == plans


LINES = [
    {"answers": {"riding": "new-bicycle"}, "project": "Ours"},
    {"answers": {"ridding": "new-bicycle"}, "trace": True},
    {"answers": {"riding": "new-bicycle"}, "basis": "documents"},
    3,
]


@pytest.mark.parametrize("form", ["lines", "list"])
def test_lines_and_lists_are_told_alike_and_a_fault_costs_one_project(bicycles, form):
    written = [json.dumps(each) for each in LINES]
    body = "\n".join(written) if form == "lines" else f" [{','.join(written)}]"
    ours, faulty, documents, number = told(bicycles, body.encode())
    assert ours["project"] == "Ours"
    assert [each["number"] for each in (ours, faulty, documents, number)] == [1, 2, 3, 4]
    assert ours["result"].keys() == {"leaders", "verdict", "margin", "plans"}
    faults = {fault["code"]: fault["path"] for fault in faulty["problem"]["faults"]}
    assert faults == {"unknown-key": "answers.ridding", "unused-key": "trace"}
    assert "result" in documents
    assert "wrong-type" in str(number["problem"])


def test_blank_lines_are_none_and_a_broken_line_costs_itself(bicycles):
    first, broken, last = told(bicycles, b'{"answers": {}}\n\r\n{"answers"\n{"answers": {}}\n\n')
    assert (first["number"], broken["number"], last["number"]) == (1, 3, 4)
    assert broken["problem"]["faults"][0]["code"] == "not-json"
    assert first["result"] == last["result"]


@pytest.mark.parametrize("key", ["expect", "trace", "changes", "asked"])
def test_what_needs_a_whole_recommendation_is_refused_not_ignored(bicycles, key):
    value = {"trace": True, "changes": 2, "asked": ["riding"]}.get(key, bicycles_first(bicycles))
    (line,) = told(bicycles, json.dumps({"answers": {}, key: value}).encode())
    (fault,) = line["problem"]["faults"]
    assert (fault["code"], fault["path"]) == ("unused-key", key)


def bicycles_first(rulebase):
    return next(iter(rulebase.frameworks))


@pytest.mark.parametrize("body", [b"", b" \n", b"[]", b"{}\n" * (MOST_PROJECTS + 1)])
def test_a_batch_has_one_project_to_ten_thousand(body):
    with pytest.raises(AnswersError, match="1 to 10000"):
        batch_forms(body)


@pytest.mark.parametrize("body", [b"[", b"[{},]", b"[{}] {}"])
def test_a_list_that_is_no_json_is_refused_whole(body):
    with pytest.raises(AnswersError, match="not-json"):
        batch_forms(body)


@pytest.fixture
def looked(monkeypatch):
    """The words for which near ones were looked for."""
    words, close = [], difflib.get_close_matches

    def counting(word, *rest, **how):
        words.append(word)
        return close(word, *rest, **how)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    return words


@pytest.mark.parametrize(
    "line",
    [
        {"answers": {f"{n}": ["x"] for n in range(40)}},
        {"answers": {"riding": [f"{n}" for n in range(40)]}},
        {"expect": {f"{n}": "x" for n in range(40)}},
        {f"{n}": "x" for n in range(40)},
        {"seen": [f"none-{n}@setup.py:1" for n in range(40)]},
    ],
)
def test_a_batch_of_wrong_names_is_not_looked_through_for_near_ones_without_end(
    bicycles, line, looked
):
    lines = told(bicycles, "\n".join([json.dumps(line)] * 200).encode())
    assert all("problem" in each for each in lines)
    # A choice is looked for in three ways at most, and word by word in the last.
    assert MOST_GUESSED / 2 < len(looked) < MOST_GUESSED * 20


def test_one_body_of_wrong_names_of_many_words_is_not_either(bicycles, looked):
    words = "oak elm fir ash yew box fig nut hop"
    body = {"answers": {f"{words} {n}": "x" for n in range(499)}}
    (line,) = told(bicycles, json.dumps(body).encode())
    assert len(line["problem"]["faults"]) == 499
    assert MOST_GUESSED < len(looked) < MOST_GUESSED * 200
