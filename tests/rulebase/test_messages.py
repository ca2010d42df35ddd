"""Whatever Pydantic says and however it comes to say it: the words are ours."""

import pytest
from pydantic import ValidationError

from advisor.model.knowledge import Source
from advisor.model.rules import Step
from advisor.rulebase.files import FILE_KINDS
from advisor.rulebase.messages import faults_of
from advisor.rulebase.schema import FrameworkFile, adapter, keys
from advisor.yamlfile import read_yaml

TEXT = "id: bell\nkind: book\nsections: []\nlooked-at: 2026-01-01\n"
DOCUMENT = read_yaml(TEXT, "sources.yaml")


def said_of(shape: type, **detail: object) -> list[str]:
    error = {"msg": "Frobnicated!", "input": "book", "loc": ("kind",), **detail}
    return [str(fault) for fault in faults_of(DOCUMENT, shape, (), [error])]


@pytest.mark.parametrize("kind", ["frobnicated", "", "value_error", "string_pattern_mismatch"])
def test_a_type_of_error_that_nobody_knows_is_told_in_our_words(kind: str) -> None:
    assert said_of(Source, type=kind, ctx={"expected": "a frobnicated word"}) == [
        "sources.yaml:2:7: wrong-value: 'kind' cannot be 'book'; expected another value"
    ]


@pytest.mark.parametrize(
    "kind",
    ["greater_than_equal", "less_than_equal", "too_short", "string_too_long", "ours"],
)
def test_an_error_without_the_facts_that_it_used_to_have_is_told_in_our_words(kind: str) -> None:
    for more in ({}, {"ctx": {}}, {"ctx": {"limit": 1}}):
        assert said_of(Source, type=kind, **more) == [
            "sources.yaml:2:7: wrong-value: 'kind' cannot be 'book'; expected another value"
        ]


def test_a_pattern_that_nobody_knows_is_told_in_our_words() -> None:
    (said,) = said_of(Source, type="string_pattern_mismatch", ctx={"pattern": "^b$"})
    assert said.endswith("wrong-value: 'kind' cannot be 'book'; expected another value")


def test_the_words_that_may_stand_somewhere_are_read_off_the_shape() -> None:
    (said,) = said_of(Source, type="literal_error", input="issues", ctx={"expected": "?"})
    assert said == (
        "sources.yaml:2:7: unknown-word: 'kind' cannot be 'issues'; expected 'document', "
        "'documentation', 'repository', 'release notes', 'package', 'issue', 'article' or "
        "'measurement'; did you mean 'issue'?"
    )
    for shape, loc in ((Step, ("roles", 1)), (FrameworkFile, ("roles", 0, "role"))):
        (said,) = said_of(shape, type="enum", loc=loc, input="bulid")
        assert said.endswith("expected 'build' or 'ship'; did you mean 'build'?")


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: str(kind.pattern))
def test_no_word_of_pydantics_is_repeated_whatever_is_wrong(kind: object) -> None:
    shape = kind.entry
    data: object
    for junk in (None, 1, "Ab c", [1], {"a": "b"}):
        for data in (junk, dict.fromkeys(keys(shape), junk)):
            with pytest.raises(ValidationError) as caught:
                adapter(shape).validate_python([data])
            errors = caught.value.errors(include_url=False)
            errors = [{**error, "loc": error["loc"][1:]} for error in errors]
            plain = [str(fault) for fault in faults_of(DOCUMENT, shape, (), errors)]
            odd = [{**error, "msg": "Frobnicated!"} for error in errors]
            assert [str(fault) for fault in faults_of(DOCUMENT, shape, (), odd)] == plain
            assert not [said for said in plain if "wrong-value" in said]
