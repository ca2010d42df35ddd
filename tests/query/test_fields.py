"""JSON bodies and YAML files: the same answers, the same faults, other places."""

import json
from dataclasses import replace

import pytest
from support.small import SMALL
from support.zoo_reader import animals

from advisor.query.body import body_form
from advisor.query.fields import yaml_form
from advisor.query.read import interpret, read_query_string

WHOLE = {
    "answers": {
        "goal": "research",
        "deploy": ["mobile", "web"],
        "hardware": "unsure",
        "team": "any",
    },
    "important": ["deploy"],
    "basis": "documents",
    "expect": "ash:ash",
    "edition": "latest",
    "trace": True,
    "changes": 2,
    "project": "A lab",
    "asked": "team",
}
SAME = (
    "goal=research&deploy=mobile&deploy=web&hardware=unsure&team=any&important=deploy"
    "&basis=documents&expect=ash:ash&edition=latest&trace=1&changes=2&project=A+lab&asked=team"
)


def read(data):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return interpret(SMALL, body_form(content))


def faults(data):
    return [str(fault) for fault in read(data).faults]


@pytest.mark.parametrize("flag", ["trace", "one-tool", "back"])
def test_a_flag_of_a_body_is_true_or_false(flag):
    on, off = (read(json.dumps({flag: value}).encode()).query for value in (True, False))
    assert on == read_query_string(SMALL, f"{flag}=1").query
    assert on != off == read(b"{}").query
    for value in ("yes", "", 1, [True], None):
        (fault,) = read(json.dumps({flag: value}).encode()).faults
        assert (fault.code, fault.expected) == ("wrong-type", "true or false")


@pytest.mark.parametrize(("text", "meant"), [("0", False), ("1", True)])
def test_what_was_a_flag_as_text_still_is_one(text, meant):
    assert read(json.dumps({"back": text}).encode()).strict().back is meant


def test_a_body_an_address_and_a_file_say_the_same():
    file = yaml_form(json.dumps(WHOLE, indent=2), "answers.yaml")
    addressed = read_query_string(SMALL, SAME)
    assert addressed.faults == ()
    assert read(WHOLE) == addressed == interpret(SMALL, file)


def test_a_file_calls_what_is_expected_what_may_be_accepted():
    text = """
answers: {goal: research}
accept:
  leaders: [ash, birch]
  plan: ash:ash
  verdict: close
  settled: lead
  all-used: true
  max-age: 365
"""
    reading = interpret(SMALL, yaml_form(text, "advice.yaml"))
    assert reading.faults == ()
    assert str(reading.query.expect) == (
        "ash:ash, birch, verdict:close, settled:lead, all-used:true, max-age:365"
    )
    given = {"leaders": ["ash", "birch"], "plan": "ash:ash", "verdict": "close", "all-used": True}
    sent = read({"expect": {**given, "settled": "lead"}}).query.expect
    assert replace(sent, max_age=365) == reading.query.expect


def test_a_file_says_once_what_may_be_accepted():
    form = yaml_form("accept: ash\nexpect: ash\nacept: ash\n", "advice.yaml")
    assert [str(fault).partition("; expected")[0] for fault in interpret(SMALL, form).faults] == [
        (
            "advice.yaml:1:1: repeated-key: "
            "'accept' is given as well as 'expect', which means the same"
        ),
        "advice.yaml:3:1: unknown-key: there is no key 'acept'",
    ]


@pytest.mark.parametrize(
    ("accept", "told"),
    [
        ("{leaders: []}", "2:19: empty-value"),
        ("{plan: [], verdict: clear}", "2:16: empty-value"),
        ("[]", "2:9: empty-value"),
        ('{all-used: "true"}', "2:20: wrong-type"),
        ('{max-age: "365"}', "2:19: wrong-type"),
    ],
)
def test_a_file_accepts_nothing_by_an_empty_list_or_by_text(accept, told):
    text = f"answers: {{}}\naccept: {accept}\n"
    (fault,) = interpret(SMALL, yaml_form(text, "advice.yaml")).faults
    assert str(fault).startswith(f"advice.yaml:{told}: ")


def test_a_body_without_answers_asks_nothing():
    assert read({}).query == read({"answers": {}}).query == read_query_string(SMALL, "").query
    assert read({"important": [], "trace": False, "changes": 1}).faults == ()


def test_a_list_of_one_answers_a_question_that_takes_one():
    assert read({"answers": {"goal": ["research"]}}).query.answers.given == {"goal": {"research"}}


@pytest.mark.parametrize(("body", "report"), animals("bodies.txt"))
def test_each_fault_says_where_what_and_what_instead(body, report):
    assert faults(body.encode()) == report


@pytest.mark.parametrize(
    ("body", "report"),
    [
        (
            b"",
            "body:1:1: not-json: the JSON ends before it is complete; expected one JSON object",
        ),
        (b'{"basis": "\xff"}', "body: not-utf-8: byte 12 is not UTF-8; expected JSON in UTF-8"),
    ],
)
def test_bytes_that_are_no_json_are_refused(body, report):
    assert faults(body) == [report]


def test_a_comma_too_many_is_told():
    for body in (b'{"answers": {"goal": "research",}}', b"[1, ]"):
        assert "there is a comma before a closing bracket" in faults(body)[0]


def test_nesting_without_end_and_numbers_without_end_are_refused():
    for body in (b"[" * 100_000, b'{"a":' * 200, b"[" * 101 + b'"]"'):
        assert [fault.code for fault in read(body).faults] == ["too-deep"]
    assert [fault.code for fault in read(b'["' + b"[" * 200 + b'"]').faults] != ["too-deep"]
    (fault,) = read(b'{"trace": ' + b"9" * 5000 + b"}").faults
    assert fault.message == "this is the number " + "9" * 77 + "..."


def test_all_faults_of_a_body_are_reported_at_once():
    body = b'{"answers": {"goal": "x", "goal": 1, "team": 7, "zz": "1"}, "trace": 0, "trace": 1}'
    assert [(fault.place.path, fault.code) for fault in read(body).faults] == [
        ("answers.goal", "duplicate-key"),
        ("answers.goal", "unknown-choice"),
        ("answers.team", "wrong-type"),
        ("answers.zz", "unknown-key"),
        ("trace", "duplicate-key"),
        ("trace", "wrong-type"),
    ]


def test_faults_of_a_file_carry_line_and_column():
    text = "answers:\n  goal: reserach\n  deploy:\n    - web\n    - 7\n  zz: 1\nbasis: yes\n"
    reading = interpret(SMALL, yaml_form(text, "my.yaml"))
    assert [str(fault).split(":")[:4] for fault in reading.faults] == [
        ["my.yaml", "2", "9", " unknown-choice"],
        ["my.yaml", "5", "7", " wrong-type"],
        ["my.yaml", "6", "3", " unknown-key"],
        ["my.yaml", "6", "7", " wrong-type"],
        ["my.yaml", "7", "8", " ambiguous-word"],
    ]
    assert reading.query.answers.given == {"deploy": {"web"}}


def test_a_file_that_is_no_yaml_or_empty_is_refused():
    (fault,) = interpret(SMALL, yaml_form("answers: [", "my.yaml")).faults
    assert (fault.code, fault.place.source) == ("syntax", "my.yaml")
    (fault,) = interpret(SMALL, yaml_form("", "my.yaml")).faults
    assert fault.message == "this is null"
