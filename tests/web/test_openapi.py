"""`/openapi.json` says what is true: every route, every question, every shape."""

import re

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from support.referenced import references

from advisor.web.routes import api


@pytest.fixture(scope="module")
def document(program):
    return program.get("/openapi.json").json()


def test_every_route_of_the_api_is_described_and_no_other(document):
    described = {
        (path, method.upper()) for path, methods in document["paths"].items() for method in methods
    }
    routes = {(route.path, method) for route in api.router.routes for method in route.methods}
    assert described == routes - {("/openapi.json", "GET")}


@pytest.mark.slow
@pytest.mark.parametrize("visitor", ["program", "real"])
def test_the_description_is_valid(visitor, request):
    site = request.getfixturevalue(visitor)
    validate(site.get("/openapi.json").json())


def test_every_reference_leads_somewhere(document):
    schemas = document["components"]["schemas"]
    named = set(references(document))
    assert named
    assert {name.removeprefix("#/components/schemas/") for name in named} <= schemas.keys()


def test_every_question_is_a_parameter_with_its_choices(document, rulebase):
    parameters = document["paths"]["/api/v1/recommendations"]["get"]["parameters"]
    by_name = {parameter["name"]: parameter["schema"] for parameter in parameters}
    for question in rulebase.questions.values():
        schema = by_name[question.id]
        values = schema["items"]["enum"] if question.multiple else schema["enum"]
        assert values == [*(choice.id for choice in question.choices), "unsure", "any"]


@pytest.mark.parametrize(
    ("values", "fits"),
    [(["children"], True), (["any"], True), (["none"], True), (["children", "tools"], True),
     ([], False), (["children", "any"], False), (["none", "tools"], False),
     (["any", "unsure"], False), (["tools", "tools"], False), (["tool"], False)],
)  # fmt: skip
def test_a_list_of_answers_is_described_as_it_is_taken(document, program, values, fits):
    answers = document["components"]["schemas"]["Body"]["properties"]["answers"]["properties"]
    assert Draft202012Validator(answers["load"]).is_valid(values) == fits
    body = {"answers": {"load": values}}
    sent = program.request("POST", "/api/v1/recommendations", json=body)
    assert sent.status_code == (200 if fits else 422)


@pytest.mark.parametrize(
    ("title", "fits"),
    [("Łódź 数 😀", True), ("", True), ("a\nb", False), ("a\n", False), ("\u200b", False),
     ("\u202e", False), ("\x7f", False), ("\ud7ff\ue000", True), ("x" * 200, True),
     ("x" * 200 + " ", False), ("\ufffd", True), ("\uffff", False)],
)  # fmt: skip
def test_a_title_is_described_as_it_is_taken(document, program, title, fits):
    described = document["components"]["schemas"]["Body"]["properties"]["project"]
    assert Draft202012Validator(described).is_valid(title) == fits
    sent = program.request("POST", "/api/v1/recommendations", json={"project": title})
    assert sent.status_code == (200 if fits else 422)


@pytest.mark.parametrize("path", ["/api/v1/questions", "/api/v1/rulebase", "/healthz"])
def test_what_is_described_is_what_is_sent(document, program, path):
    content = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    name = content["schema"]["$ref"].removeprefix("#/components/schemas/")
    sent = program.get(path).json()
    assert set(sent) == set(document["components"]["schemas"][name]["properties"])


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [("basis", "documents", 200), ("edition", "latest", 200), ("trace", "1", 200),
     ("changes", "2", 200),
     ("project", "x", 200), ("asked", "hills", 200), ("important", "hills", 200),
     ("expect", "trailer", 409)],
)  # fmt: skip
def test_every_described_option_is_understood(document, program, name, value, status):
    parameters = document["paths"]["/recommendation.json"]["get"]["parameters"]
    assert name in [parameter["name"] for parameter in parameters]
    assert program.get(f"/recommendation.json?{name}={value}").status_code == status


def test_settled_is_said_to_be_true_where_nothing_can_change(document):
    schemas = document["components"]["schemas"]
    told = [schemas["Result"]["properties"]["settled"], *schemas["Settled"]["properties"].values()]
    for described in told:
        assert re.search(r"\b[Tt]rue where no\w* .*can change", described["description"])


def test_an_edition_and_ignored_answers_are_described_as_they_are_sent(document, program):
    query = "edition=latest&riding=have-one&storage=garage"
    sent = program.get(f"/recommendation.json?{query}").json()["result"]
    words = document["components"]["schemas"]["Result"]["properties"]
    assert sent["edition"] is None
    assert "null for rules that are not released" in words["edition"]["description"]
    assert sent["ignored"] == ["storage"]
    assert "storage" in sent["answers"]
    assert "also what was ignored" in words["answers"]["description"]


@pytest.mark.parametrize(
    "path", ["/recommendation.md", "/recommendation.svg", "/recommendation.png"]
)
def test_records_and_pictures_are_described_as_they_are_sent(document, program, path):
    described = document["paths"][path]["get"]
    sent = program.get(f"{path}?riding=have-one").headers["content-type"]
    assert list(described["responses"]["200"]["content"]) == [sent.partition(";")[0]]
    names = [parameter["name"] for parameter in described["parameters"]]
    assert {"riding", "important", "basis", "edition"} <= set(names)
    assert {"expect", "trace", "changes", "asked"}.isdisjoint(names)
    assert ("project" in names) == (
        program.get(f"{path}?riding=have-one&project=Mine").content
        != program.get(f"{path}?riding=have-one").content
    )
