"""The decision record as a file: where it comes from, what it is called, what it refuses."""

import pytest
from support.browsing import HOST

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.output.text import decision_record
from advisor.query.query import Query
from advisor.query.read import read_query_string

PATH = "/recommendation.md"
TOOLS = "load=tools&riding=have-one"


def test_a_record_is_the_one_of_the_report_with_the_link_to_its_page(program, rulebase):
    query = read_query_string(rulebase, TOOLS).strict()
    result = recommend(rulebase, query.answers, query.basis)
    link = f"{HOST}/recommendation?{TOOLS}"
    expected = decision_record(rulebase, result, explain(rulebase, result), Query(), link)
    response = program.get(f"{PATH}?{TOOLS}")
    assert response.headers["content-type"] == "text/markdown; charset=utf-8"
    assert response.text == expected
    assert link in response.text


def test_the_project_is_its_title_and_text_only(program):
    title = "%3Cscript%3E%5Ba%5D(b)"
    text = program.get(f"{PATH}?{TOOLS}&project={title}").text
    heading = next(line for line in text.splitlines() if line.startswith("# "))
    assert heading.startswith("# \\<script\\>\\[a\\]\\(b\\): ")


def test_the_link_that_data_names_gives_the_record_with_its_title(program):
    body = {"answers": {"load": "tools"}, "project": "A shed"}
    data = program.request("POST", "/api/v1/recommendations", json=body).json()
    assert data["links"]["record"] == f"{PATH}?load=tools&project=A+shed"
    assert "\n# A shed: " in program.get(data["links"]["record"]).text


@pytest.mark.parametrize("query", ["hils=flat", "load=tool", "load=tools&load=tools&basis=x"])
def test_a_record_leaves_nothing_out_in_silence(program, query):
    assert program.get(f"{PATH}?{query}").status_code == 422


def test_a_record_that_somebody_has_already_is_not_sent_again(program):
    first = program.get(f"{PATH}?{TOOLS}")
    again = program.get(f"{PATH}?{TOOLS}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
