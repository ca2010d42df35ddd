"""What the page of one question says: what is offered, and what is wrong with an answer."""

from urllib.parse import quote

import pytest
from support.builders import question

from advisor.errors import Fault, Place
from advisor.output.words import offered
from advisor.web.pages.question import can_be_marked, contradiction, fault_in_words

LOAD = question("load", "none", "tools", "children", multiple=True)
FAULT = Fault(Place("query", path="load"), "unknown-choice", "there is no choice 'piano'")


@pytest.mark.parametrize(
    ("expected", "nearest", "told"),
    [
        ("", "", "There is no page."),
        ("a number", "", "There is no page. Expected: a number."),
        ("a number", "pages", "There is no page. Did you mean 'pages'?"),
    ],
)
def test_a_fault_tells_the_nearest_name_rather_than_all_that_is_expected(expected, nearest, told):
    fault = Fault(Place("query"), "unknown-page", "there is no page", expected, nearest)
    assert fault_in_words(fault) == told


def test_what_excludes_all_else_is_offered_apart_and_last():
    choices, apart = offered(LOAD)
    assert [choice.id for choice in choices] == ["tools", "children"]
    assert [choice.id for choice in apart] == ["none", "unsure", "any"]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("load=piano", "“Load” has no choice 'piano'. Expected: one of those offered."),
        ("load=childrn", "“Load” has no choice 'childrn'. Did you mean “Children”?"),
        ("load=unsure&load=tools", "“I am not sure” is given with another answer to “Load”. Expec"),
        ("hills=flat&hills=hilly", "“Hills” takes one answer and has “No” and “Yes”."),
        ("load=tools&load=tools", "“Tools, boards, garden waste” is given more than once for “"),
    ],
)
@pytest.mark.parametrize("path", ["/recommendation", "/compare?with=hills%3Dflat&with="])
def test_pages_name_answers_as_people_see_them_and_not_by_their_ids(browser, path, fault, told):
    address = path + quote(fault) if "?" in path else f"{path}?{fault}"
    assert told in browser.open(address).text


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"tools", "none"}, "is given with another answer. Choose it alone, or take it back."),
        ({"tools", "any"}, "'It does not matter' is given with another answer."),
        ({"tools", "piano"}, "There is no choice 'piano'."),
    ],
)
def test_a_contradiction_is_told_by_what_has_to_stand_alone_or_else_by_its_faults(written, told):
    assert told in contradiction(LOAD, written, [FAULT])


def test_a_fourth_question_cannot_be_marked_but_a_marked_one_can_be_unmarked():
    assert can_be_marked(LOAD, {"a", "b"})
    assert not can_be_marked(LOAD, {"a", "b", "c"})
    assert can_be_marked(LOAD, {"a", "b", "load"})


@pytest.mark.parametrize("path", ["/ask/hills", "/questions"])
def test_a_mark_that_changes_nothing_is_told_where_it_is_set(browser, path):
    told = "You marked “Storage” to count double, but no answer to it counts."
    assert told in browser.open(f"{path}?load=tools&important=storage").text
    assert told not in browser.open(f"{path}?load=tools&storage=upstairs&important=storage").text
