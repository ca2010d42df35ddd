"""The schemas of what is sent: every noun and every field that needs words has them."""

import json

import pytest
from support.small import SMALL

from advisor.engine.recommend import recommend
from advisor.model.recommendation import Recommendation
from advisor.output.json import Envelope, encoded, envelope
from advisor.output.schemas import fields_of, schemas
from advisor.query.read import read_query_string


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
