"""What the tools for coding agents say: in few words, as data of their schema, with sources."""

import json

import pytest
from jsonschema import Draft202012Validator
from support.bicycles import BICYCLES, copied
from support.published import frozen
from support.real import real_rulebase

from advisor.agents.tools import MOST_FILES, tools_of
from advisor.editions.edition import Shelf, open_shelf
from advisor.engine.recommend import recommend
from advisor.errors import AnswersError
from advisor.query.read import read_query_string
from advisor.rulebase.load import load

ANSWERS = {"riding": "new-bicycle", "load": ["children", "shopping"], "storage": "garage"}
QUERY = "load=children&load=shopping&riding=new-bicycle&storage=garage"
ORIGIN = "https://advisor.test"


@pytest.fixture(scope="module")
def rulebase():
    return load(BICYCLES)


@pytest.fixture(scope="module")
def tools(rulebase):
    return tools_of(Shelf(rulebase), ORIGIN)


@pytest.fixture(scope="module")
def result(rulebase):
    return recommend(rulebase, read_query_string(rulebase, QUERY).strict().answers)


def calls(rulebase):
    leader = min(rulebase.frameworks)
    return {
        "questions": {},
        "recommend": {"answers": ANSWERS, "important": ["load"], "basis": "documents"},
        "explain": {"answers": ANSWERS},
        "scan": {"files": {"requirements.txt": "numpy\n"}},
        "check": {"answers": ANSWERS, "expect": leader},
    }


def test_every_tool_says_little_and_gives_what_its_schema_describes(rulebase, tools):
    asked = calls(rulebase)
    assert asked.keys() == tools.keys()
    for name, tool in tools.items():
        Draft202012Validator.check_schema(tool.takes)
        Draft202012Validator(tool.takes).validate(asked[name])
        text, data = tool.call(asked[name])
        assert len(text) < 4000
        if tool.gives:
            assert tool.gives["type"] == "object"
            Draft202012Validator(tool.gives).validate(json.loads(json.dumps(data)))


def test_the_advice_is_that_of_the_engine_and_every_reason_is_cited(rulebase, tools, result):
    text, data = tools["recommend"].call({"answers": ANSWERS})
    assert data["leaders"] == list(result.leaders)
    assert (data["verdict"], data["margin"]) == (result.verdict, result.margin)
    scores = {s.framework: s.score for s in result.standings if s.framework in result.leaders}
    points = dict.fromkeys(scores, 0)
    cited = {each["claim"]: each["source"] for each in data["citations"]}
    for plan in data["plans"]:
        for reason in plan["reasons"]:
            points[plan["lead"]] += reason["points"]
            assert reason["claims"]
            for name in reason["claims"]:
                assert cited[name] == rulebase.sources[rulebase.claims[name].source].title
    assert points == scores
    assert text.endswith(f"Read on: {ORIGIN}/recommendation?{QUERY}")
    assert data["read_on"] == f"{ORIGIN}/recommendation?{QUERY}"


def test_without_a_site_it_says_which_command_tells_more(rulebase):
    text, _ = tools_of(Shelf(rulebase))["recommend"].call({"answers": ANSWERS})
    assert text.endswith(f"Read on: advisor recommend --query '{QUERY}'")


def test_what_was_decided_is_checked(tools, result):
    met, told = tools["check"].call({"answers": ANSWERS, "expect": result.leaders[0]})
    assert met.startswith("As expected.")
    assert told["met"]
    others = [
        each for each in (s.framework for s in result.standings) if each not in told["leaders"]
    ]
    unmet, told = tools["check"].call({"answers": ANSWERS, "expect": others[0]})
    assert unmet.startswith("Not as expected.")
    assert not told["met"]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("questions", {"topic": "load"}, "unused-key"),
        ("recommend", {"answers": {"ridding": "new-bicycle"}}, "did you mean 'riding'"),
        ("recommend", {"answers": ["riding"]}, "wrong-type"),
        ("recommend", {"answer": {}}, "did you mean 'answers'"),
        ("recommend", {"answers": ANSWERS, "expect": "city-bike"}, "nothing here looks at"),
        ("explain", {"answers": ANSWERS, "seen": []}, "nothing here looks at 'seen'"),
        ("check", {"answers": ANSWERS, "expect": "city-bike", "trace": True}, "at 'trace'"),
        ("explain", {"answers": {"riding": None}}, "wrong-type"),
        ("check", {"answers": ANSWERS}, "'expect'"),
        ("scan", {}, "wrong-type"),
        ("scan", {"files": {}}, "1 to 500"),
        ("scan", {"files": {"a.py": 3}}, "wrong-type"),
        ("scan", {"files": dict.fromkeys(map(str, range(MOST_FILES + 1)), "")}, "1 to 500"),
        ("scan", {"files": {"a.py": ""}, "more": 1}, "wrong-type"),
    ],
)
def test_what_cannot_be_used_is_told_with_what_was_expected(tools, name, arguments, said):
    with pytest.raises(AnswersError, match=said):
        tools[name].call(arguments)


def test_what_is_scanned_is_told_with_file_and_line():
    tools = tools_of(Shelf(real_rulebase()))
    text, data = tools["scan"].call({"files": {"train.py": "import os\n\nimport torch\n"}})
    assert "train.py:3" in text
    assert data["findings"]["suggestions"]


def test_an_edition_answers_that_a_call_or_else_the_address_names(tmp_path):
    rules = copied(tmp_path)
    frozen(rules, "2026.06")
    file = rules / "notes.yaml"
    file.write_text(file.read_text().replace("title: ", "title: The ", 1))
    frozen(rules, "2026.12")
    shelf = open_shelf(rules)
    for named, edition, expected in (
        (None, {}, "2026.12"),
        ("2026.06", {}, "2026.06"),
        ("2026.06", {"edition": "latest"}, "2026.12"),
        (None, {"edition": "2026.06"}, "2026.06"),
    ):
        tools = tools_of(shelf, ORIGIN, named)
        _, data = tools["recommend"].call({"answers": ANSWERS, **edition})
        assert data["edition"] == expected
        assert f"edition={edition.get('edition', expected)}" in data["read_on"]
        assert tools["questions"].call(edition)[1]["questions"]
    with pytest.raises(AnswersError, match=r"did you mean '2026\.12'"):
        tools["check"].call({"answers": ANSWERS, "expect": "city-bike", "edition": "2026-12"})
