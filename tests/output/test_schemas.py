"""The schemas of what is sent: every noun and every field that needs words has them."""

import json

import pytest
from jsonschema import Draft202012Validator
from support.small import SMALL

from advisor.engine.recommend import recommend
from advisor.model.answers import SETTINGS
from advisor.model.recommendation import Recommendation
from advisor.output.json import Envelope, encoded, envelope
from advisor.output.schemas import body_schema, fields_of, schemas
from advisor.query.body import body_form
from advisor.query.query import EXPECT_WORDS
from advisor.query.read import interpret, read_query_string


def test_every_schema_of_fields_says_what_it_is():
    nouns = {name: schema for name, schema in schemas().items() if "properties" in schema}
    assert all(schema["description"] for schema in nouns.values())
    assert "\\n" not in json.dumps(nouns)
    assert all(schema["additionalProperties"] is False for schema in nouns.values())


@pytest.mark.parametrize("query", ["goal=research", "goal=research&trace=1&expect=ash"])
def test_fields_are_described_in_the_order_in_which_they_are_sent(query):
    asked = read_query_string(SMALL, query).query
    sent = encoded(envelope(SMALL, asked, recommend(SMALL, asked.answers)))
    assert [name for name in fields_of(Envelope) if name in sent] == list(sent)
    assert list(fields_of(Recommendation)) == list(sent["result"])
    required = schemas()["Envelope"]["required"]
    assert set(required) <= sent.keys() <= fields_of(Envelope).keys()


def test_every_field_of_a_result_has_a_sentence():
    assert all(text.endswith(".") for text in fields_of(Recommendation).values())


def test_an_edit_is_described_by_the_names_that_are_sent():
    assert list(schemas()["Edit"]["properties"]) == ["question", "after", "size", "opens"]
    assert schemas()["Edit"]["required"] == ["question", "after", "size", "opens"]


GOOD = {"goal": "research", "deploy": "web", "leaders": "ash", "plan": "ash:ash"}
ODD = (None, True, 0, 1, 1.5, "", "0", "true", "x", [], [[]], [7], ["x"], [{}], {}, {"x": []})
PLACES = [
    *((key,) for key in ("answers", *SETTINGS, "one_tool", "x")),
    *(("answers", key) for key in ("goal", "deploy", "x")),
    *(("expect", key) for key in (*EXPECT_WORDS, "x")),
]


@pytest.mark.parametrize("path", PLACES, ids=".".join)
def test_what_the_schema_of_a_body_refuses_is_refused_and_never_dropped(path):
    described = Draft202012Validator(body_schema(SMALL))
    good = GOOD.get(path[-1], "x")
    taken = []
    for value in (*ODD, [good, good], [good, []], {good: True}):
        body = {path[-1]: value}
        # Beside something that is expected, as an empty part is then all the easier lost.
        bodies = [{"expect": body}, {"expect": {"verdict": "tie"} | body}]
        bodies = bodies if path[0] == "expect" else [{"answers": body} if path[1:] else body]
        reads = [(each, body_form(json.dumps(each).encode())) for each in bodies]
        taken += [each for each, form in reads if not interpret(SMALL, form).wrong]
    assert [each for each in taken if not described.is_valid(each)] == []
