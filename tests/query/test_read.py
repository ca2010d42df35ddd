"""Query strings: what is read, and what is said of everything else."""

import pytest
from support.small import SMALL
from support.zoo_reader import animals

from advisor.errors import AnswersError, Place
from advisor.model.knowledge import Basis
from advisor.query.query import Expectation
from advisor.query.read import MAX_VALUES, read_query_string


def read(raw):
    return read_query_string(SMALL, raw)


def faults(raw):
    return [str(fault) for fault in read(raw).faults]


def test_every_key_is_read():
    reading = read(
        "deploy=web&deploy=mobile&goal=research&hardware=unsure&team=any&important=deploy"
        "&basis=documents&edition=latest&expect=ash:ash&trace=1&changes=2&project=A+lab%C2%B7&asked=team"
    )
    query, answers = reading.query, reading.query.answers
    assert reading.faults == ()
    assert answers.given == {"goal": {"research"}, "deploy": {"mobile", "web"}}
    assert list(answers.given) == ["deploy", "goal"]
    assert (answers.unsure, answers.any, answers.important) == ({"hardware"}, {"team"}, {"deploy"})
    assert (query.basis, query.edition, query.trace) == (Basis.DOCUMENTS, "latest", True)
    assert query.changes == 2
    assert (query.project, query.asked) == ("A lab·", {"team"})
    assert query.expect == Expectation(frozenset({"ash"}), frozenset({("ash", "ash")}))


def test_an_empty_query_string_asks_nothing_and_has_no_faults():
    assert read("").query == read("&&").query == read(b"").query
    assert read("&").faults == ()


@pytest.mark.parametrize(("raw", "report"), animals("addresses.txt"))
def test_each_fault_says_where_what_and_what_instead(raw, report):
    assert faults(raw) == report


def test_all_faults_are_reported_at_once_in_order_of_place():
    codes = [fault.code for fault in read("team=x&basis=x&goal=x&with=1&z=1&important=z").faults]
    assert codes == [
        "unknown-basis", "unknown-choice", "unknown-important", "unknown-choice", "reserved-key",
        "unknown-key",
    ]  # fmt: skip


def test_a_page_goes_on_with_what_can_be_used():
    reading = read("goal=research&deploy=web&deploy=wbe&team=old&team=young&basis=x&hardware=cpu")
    assert reading.query.answers.given == {
        "goal": {"research"}, "deploy": {"web"}, "hardware": {"cpu"},
    }  # fmt: skip
    assert reading.query.basis is Basis.CHECKED
    assert len(reading.faults) == 3


def test_a_program_is_refused_with_every_fault():
    reading = read("goal=x&team=x")
    with pytest.raises(AnswersError) as refused:
        reading.strict()
    assert refused.value.faults == reading.faults
    assert read("goal=research").strict().answers.given == {"goal": {"research"}}


def test_an_empty_title_is_no_title_and_a_long_one_is_refused():
    assert read("project=++").query.project == ""
    assert read("project=").faults == ()
    (fault,) = read("project=" + "a" * 201).faults
    assert (fault.code, fault.expected) == ("too-long", "at most 200")
    assert read("project=" + "a" * 200).query.project == "a" * 200


def test_messages_repeat_little_and_nothing_that_could_harm_a_terminal():
    (fault,) = read("goal=" + "x" * 5000).faults
    assert "'" + "x" * 77 + "...'" in fault.message
    (fault,) = read("goal=%1b%5B31m").faults
    assert fault.message == "'goal' has no choice '\\u001b[31m'"
    (fault,) = read("%1b=1").faults
    assert fault.place == Place("query", path="\\u001b")


def test_too_many_values_are_refused_before_anything_is_looked_up():
    (fault,) = read("&".join(["x=1"] * (MAX_VALUES + 1))).faults
    assert (fault.code, fault.expected) == ("too-many-values", f"at most {MAX_VALUES}")
    assert {fault.code for fault in read("&".join(["x=1"] * MAX_VALUES)).faults} == {"unknown-key"}
