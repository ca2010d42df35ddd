"""The API for many projects: a line for each, as they come, and a limit of its own."""

import json

import pytest
from jsonschema import Draft202012Validator

from advisor.query.body import MOST_PROJECTS

PATH = "/api/v1/recommendations:batch"
ANSWERS = {"riding": "new-bicycle", "load": ["children"]}


def post(program, body, media_type="application/x-ndjson", **headers):
    headers = {"Content-Type": media_type} | headers
    return program.request("POST", PATH, content=body, headers=headers)


def test_each_line_says_what_the_single_address_says(program):
    bodies = [{"answers": ANSWERS, "basis": basis} for basis in ("checked", "documents")]
    lines = post(program, "\n".join(map(json.dumps, bodies)).encode())
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert lines.text == post(program, json.dumps(bodies), "application/json").text
    for number, (body, line) in enumerate(zip(bodies, lines.text.splitlines(), strict=True), 1):
        single = program.request("POST", "/api/v1/recommendations", json=body).json()["result"]
        told = json.loads(line)
        assert told["number"] == number
        for name in ("leaders", "verdict", "margin"):
            assert told["result"][name] == single[name]


@pytest.mark.parametrize(
    ("media_type", "before"),
    [("application/jsonl", b""), ("application/jsonlines; charset=utf-8", b""),
     ("application/ndjson", b""), ("application/json-seq", b"\x1e")],
)  # fmt: skip
def test_json_lines_go_by_several_names(program, media_type, before):
    bodies = [json.dumps({"answers": ANSWERS}).encode(), b'{"answers": 3}']
    told = post(program, b"".join(before + each + b"\n" for each in bodies), media_type)
    assert told.text == post(program, b"\n".join(bodies)).text


def test_every_line_is_what_is_described(program):
    document = program.get("/openapi.json").json()
    schema = {"$ref": "#/components/schemas/BatchLine", "components": document["components"]}
    body = json.dumps({"answers": ANSWERS, "project": "Ours"}) + '\n{"answers": 3}\n{\n'
    lines = post(program, body).text.splitlines()
    assert len(lines) == 3
    for line in lines:
        Draft202012Validator(schema).validate(json.loads(line))


@pytest.mark.slow
def test_ten_thousand_projects_are_within_the_limits(program):
    line = json.dumps({"answers": ANSWERS, "project": "x" * 180}).encode()
    response = post(program, b"\n".join([line] * MOST_PROJECTS))
    assert response.status_code == 200
    assert response.text.count("\n") == MOST_PROJECTS


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"{}\n" * (MOST_PROJECTS + 1), "application/x-ndjson", 422),
        (b"[", "application/json", 422),
        (b"", "application/json", 422),
        (b"{}", "application/json", 422),
        (b"\0", "application/json; charset=utf-8", 422),
        (b"{}", "text/plain", 415),
        (b" " * (8 * 1024 * 1024 + 1), "application/json", 413),
    ],
)
def test_what_cannot_be_used_at_all_is_a_problem(program, body, media_type, status):
    response = post(program, body, media_type)
    assert response.status_code == status
    assert response.json()["status"] == status
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("body", [{}, {"answers": ANSWERS, "project": "x"}, "x", None])
def test_what_is_no_list_is_not_taken_for_one(program, body):
    (fault,) = post(program, json.dumps(body), "application/json").json()["faults"]
    assert (fault["code"], fault["message"]) == ("wrong-type", "this is not a list")


def test_other_bodies_keep_their_limit(program):
    response = program.request(
        "POST",
        "/api/v1/recommendations",
        content=b" " * 70_000,
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 413


def test_a_project_of_a_list_that_is_too_deep_costs_that_project_alone(program):
    deep = "[" * 20 + "]" * 20
    body = f'[{deep}, {{"answers": {{}}}}]'
    answer = post(program, body.encode(), "application/json")
    first, second = map(json.loads, answer.text.splitlines())
    assert [fault["code"] for fault in first["problem"]["faults"]] == ["too-deep"]
    assert "result" in second
