"""The API: the same bytes as the pages, strict, and just what `/openapi.json` says."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.drawing import answers_to

from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.plain import noun_of
from advisor.model.rulebase import RuleBase
from advisor.output.json import to_json
from advisor.query.query import Query
from advisor.query.write import answers_mapping, query_string

PATH = "/api/v1/recommendations"


@pytest.fixture(scope="session")
def described(program):
    """Read what was sent, which has to be just what `/openapi.json` says of such a thing."""
    document = program.get("/openapi.json").json()

    def read(name, content):
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        sent = json.loads(content)
        Draft202012Validator(schema).validate(sent)
        return sent

    return read


def post(program, body, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} | headers
    return program.request("POST", PATH, content=content, headers=headers)


@given(data=st.data())
def test_the_same_answers_give_the_same_bytes_at_every_door(program, described, rulebase, data):
    answers = data.draw(answers_to(rulebase))
    basis = data.draw(st.sampled_from(Basis))
    query = query_string(Query(answers=answers, basis=basis))
    body = {
        "basis": str(basis),
        "important": sorted(answers.important),
        "without": sorted(answers.without),
        "one_tool": answers.one_tool,
        "answers": answers_mapping(answers),
    }
    page = program.get(f"/recommendation.json?{query}")
    assert page.status_code == 200
    assert page.content == program.get(f"{PATH}?{query}").content == post(program, body).content
    assert to_json(recommend(rulebase, answers, basis))[:-1] in page.content
    described("Envelope", page.content)


def test_a_page_names_the_address_of_its_data_and_the_data_that_of_the_page(browser, program):
    page = browser.open("/recommendation?load=tools&riding=new-bicycle")
    data = program.get(page.link("JSON, for programs")).json()
    assert data["links"]["page"] == page.address
    assert data["result"]["answers"] == {"load": "tools", "riding": "new-bicycle"}


@pytest.mark.parametrize(
    ("expect", "status"),
    [("city-bike", 409), ("cargo-bike", 200), ("cargo-bike:cargo-bike", 200),
     ("cargo-bike:trailer", 409), ("trailer", 409)],
)  # fmt: skip
def test_an_expectation_is_a_check_with_the_same_body(program, described, expect, status):
    query = "distance=short&load=children&riding=new-bicycle"
    plain = program.get(f"{PATH}?{query}")
    for response in (
        program.get(f"{PATH}?{query}&expect={expect}"),
        program.get(f"/recommendation.json?{query}&expect={expect}"),
        post(program, {"answers": plain.json()["result"]["answers"], "expect": expect}),
    ):
        assert response.status_code == status
        expected = response.json()["expect"]
        assert (expected["wanted"], expected["met"]) == (expect, status == 200)
        assert expected["code"] == f"expectation-{'met' if status == 200 else 'not-met'}"
        assert bool(expected["failed"]) == (status == 409)
        assert expected["leaders"] == ["cargo-bike"]
        assert expected["unused"] == []
        assert expected["message"].startswith(f"Expected {expect}; Cargo bike leads")
        without = {key: value for key, value in response.json().items() if key != "expect"}
        assert to_json(without) == plain.content
        described("Envelope", response.content)


def test_what_is_expected_has_words_and_says_which_of_them_failed(program, described):
    answers = {"distance": "short", "load": "children", "riding": "new-bicycle"}
    words = {"leaders": ["city-bike", "cargo-bike"], "verdict": "clear", "settled": "lead"}
    response = post(program, {"answers": answers, "important": ["hills"], "expect": words})
    assert response.status_code == 409
    expected = described("Envelope", response.content)["expect"]
    assert expected["failed"] == [
        {
            "word": "settled",
            "message": "open answers can still change the lead",
            "expected": "answers that settle it",
        }
    ]
    assert expected["wanted"] == "cargo-bike, city-bike, verdict:clear, settled:lead"
    assert expected["unused"] == ["important=hills"]
    query = "distance=short&load=children&riding=new-bicycle&important=hills&expect=all-used:true"
    response = program.get(f"{PATH}?{query}")
    assert [each["word"] for each in response.json()["expect"]["failed"]] == ["all-used"]
    wrong = post(program, {"answers": answers, "expect": {"verdict": "clean"}})
    assert wrong.status_code == 422
    assert described("ProblemDocument", wrong.content)["code"] == "invalid-answers"


@pytest.mark.parametrize(
    "path", ["/recommendation.md", "/recommendation.svg", "/recommendation.png"]
)
def test_an_expectation_is_refused_where_nothing_checks_it(program, described, path):
    response = program.get(f"{path}?riding=have-one&hils=flat&expect=cargo-bike")
    assert response.status_code == 422
    problem = described("ProblemDocument", response.content)
    assert [(fault["path"], fault["code"]) for fault in problem["faults"]] == [
        ("expect", "unused-key"),
        ("hils", "unknown-key"),
    ]


def test_a_trace_has_its_shape(program, described):
    response = program.get(f"{PATH}?load=children&important=load&trace=1")
    envelope = described("Envelope", response.content)
    assert any(traced["doubled"] for traced in envelope["trace"])


def test_pairs_of_edits_are_told_only_where_two_changes_are_asked_for(program, described):
    asked = f"{PATH}?riding=have-one"
    one, two = (
        described("Envelope", program.get(asked + more).content) for more in ("", "&changes=2")
    )
    body = {"answers": {"riding": "have-one"}, "changes": 2}
    assert json.loads(post(program, body).content) == two
    assert program.get(f"{asked}&changes=1").json() == one
    assert (one["result"], one["links"]) == (two["result"], two["links"])
    singles, pairs = (
        {other["framework"]: other["changes"] + other["openings"]
         for other in envelope["explanation"]["others"]}
        for envelope in (one, two)
    )  # fmt: skip
    assert {len(found) for every in singles.values() for found in every} <= {1}
    new = [name for name, found in singles.items() if not found and pairs[name]]
    assert new
    assert all(len(found) == 2 for name in new for found in pairs[name])
    assert all(pairs[name] == found for name, found in singles.items() if found)


@pytest.mark.parametrize("query", ["", "riding=unsure"])
def test_nothing_is_expected_in_vain_while_the_result_is_open(program, query):
    assert program.get(f"{PATH}?{query}&expect=cargo-bike".replace("?&", "?")).status_code == 409


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        (b"", "not-json", ""),
        (b"nothing", "not-json", ""),
        (b"\xff\xfe", "not-utf-8", ""),
        (b"[]", "wrong-type", ""),
        (b"[" * 20_000, "too-deep", ""),
        (b'{"answers": NaN}', "not-json", ""),
        (b'{"answers": {"hills": "flat", "hills": "hilly"}}', "duplicate-key", "answers.hills"),
        (b'{"answers": null}', "wrong-type", "answers"),
        (b'{"answers": {"hills": 1}}', "wrong-type", "answers.hills"),
        (b'{"answers": {"load": ["tools", 7]}}', "wrong-type", "answers.load[1]"),
        (b'{"answers": {"load": ["tools", "none"]}}', "exclusive-value", "answers.load[1]"),
        (b'{"answers": {"hils": "flat"}}', "unknown-key", "answers.hils"),
        (b'{"answers": {"hills": "flt"}}', "unknown-choice", "answers.hills"),
        (b'{"hills": "flat"}', "misplaced-key", "hills"),
        (b'{"basis": "hearsay"}', "unknown-basis", "basis"),
        (b'{"expect": "unicycle"}', "unknown-expect", "expect"),
        (b'{"important": ["load", "hills", "riding", "distance"]}', "too-many-important",
         "important"),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_used_is_refused_with_its_place(program, described, body, code, path):
    response = post(program, body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = described("ProblemDocument", response.content)
    assert (problem["status"], problem["type"]) == (422, "/docs#problem-invalid-answers")
    assert (code, "body", path) in [(f["code"], f["place"], f["path"]) for f in problem["faults"]]


def test_every_fault_is_told_at_once_with_the_nearest_name(program):
    response = program.get(f"{PATH}?hils=flat&load=tols&basis=documnts&important=loud")
    told = {fault["path"]: fault["nearest"] for fault in response.json()["faults"]}
    assert told == {
        "hils": "hills", "load": "tools", "basis": "documents", "important": "load",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonp",
     "application/json; charset=latin-1"],
)  # fmt: skip
def test_a_body_has_to_say_that_it_is_json(program, content_type):
    headers = {} if content_type is None else {"Content-Type": content_type}
    response = program.request("POST", PATH, content=b"{}", headers=headers)
    assert response.status_code == 415
    assert response.headers["accept"] == "application/json"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "GZIP", "gzip, identity"])
def test_a_body_has_to_come_uncompressed(program, described, encoding):
    response = post(program, gzip.compress(b"{}"), **{"Content-Encoding": encoding})
    problem = described("ProblemDocument", response.content)
    assert (response.status_code, response.headers["accept-encoding"]) == (415, "identity")
    assert encoding in problem["detail"]
    assert post(program, b"{}", **{"Content-Encoding": "Identity"}).status_code == 200


@pytest.mark.parametrize(
    "content_type", ["application/json", "Application/JSON; charset=UTF-8", "application/json;"]
)
def test_ways_to_say_json(program, content_type):
    assert post(program, b"{}", **{"Content-Type": content_type}).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/questions", "/api/v1/rulebase", "/openapi.json"])
def test_a_query_that_nothing_looks_at_is_refused(program, path):
    assert program.get(f"{path}?hills=flat").status_code == 422


@pytest.mark.parametrize("path", [PATH, "/api/v1/questions", "/api/v1/rulebase"])
def test_an_edition_without_a_name_is_refused(program, path):
    (fault,) = program.get(f"{path}?edition=").json()["faults"]
    assert (fault["path"], fault["code"]) == ("edition", "empty-value")


def test_a_post_looks_at_its_body_alone(program):
    response = program.request(
        "POST", f"{PATH}?hills=flat", content=b"{}", headers={"Content-Type": "application/json"}
    )
    assert [fault["code"] for fault in response.json()["faults"]] == ["unused-query"]


def test_the_questions_are_those_of_the_rule_base_in_order(program, described, rulebase):
    content = program.get("/api/v1/questions").content
    sent = described("Questions", content)["questions"]
    assert [question["id"] for question in sent] == list(rulebase.questions)
    for question in sent:
        known = rulebase.questions[question["id"]]
        assert (question["multiple"], question["title"]) == (known.multiple, known.title)
        assert [choice["id"] for choice in question["choices"]] == [c.id for c in known.choices]


def test_the_whole_rule_base_can_be_had(program, described, rulebase):
    sent = described("RuleBaseExport", program.get("/api/v1/rulebase").content)["rulebase"]
    read = noun_of(RuleBase, sent)
    assert read.claims == rulebase.claims
    assert read.rules == rulebase.rules
    assert read.questions == rulebase.questions


def test_health_names_the_rules(program, described, rulebase):
    health = described("Health", program.get("/healthz").content)
    assert health["rules_hash"] == rulebase.rules_hash


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/nowhere.json", "/api/v1/recommendations/1"])
def test_programs_get_problems_whatever_they_accept(program, described, path):
    response = program.get(path, headers={"Accept": "text/html"})
    assert response.headers["content-type"] == "application/problem+json"
    assert described("ProblemDocument", response.content)["status"] == 404
