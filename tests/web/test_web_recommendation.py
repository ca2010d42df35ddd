"""The page of a recommendation in each of its states: what it says first, and that it adds up."""

import re

import pytest
from bases import STATES, VERDICTS
from browsing import Browser
from drawing import answers_to, rulebases
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.answers.canonical import query_string
from advisor.answers.query import Query
from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.recommendation import State
from advisor.settings import find_settings
from advisor.web.app import create_app

SUM = re.compile(r"(\d+) reasons?, (\N{MINUS SIGN}?\d+) points? together")


@pytest.fixture(scope="module")
def states():
    return Browser(create_app(find_settings(), STATES))


def verdict_page(states, verdict, more=""):
    return states.open(f"/recommendation?wood={VERDICTS[verdict]}{more}")


@pytest.mark.parametrize(
    ("verdict", "heading", "sentence"),
    [
        ("clear", "Use Ash", "Clear. Nothing else has a reason of its own."),
        ("close", "Use Ash, though it is close", "Close. One point ahead of Birch."),
        ("tie", "Ash and Birch are level", "A tie. Nothing else has a reason of its own."),
        ("open", "Too little is known yet to recommend one", "Open. Ash is ahead so far"),
        ("none", "Nothing fits all of these answers", "A hard fact rules out each of them"),
    ],
)
def test_the_answer_comes_first(states, verdict, heading, sentence):
    page = verdict_page(states, verdict)
    assert page.heading == heading
    assert page.title.startswith(heading)
    assert sentence in page.text
    assert page.text.index(heading) < page.text.index(sentence)


def test_a_tie_shows_every_plan_that_leads(states):
    page = verdict_page(states, "tie")
    assert {"plan-ash", "plan-birch"} <= set(page.ids)
    assert "none is first" in page.text
    assert page.text.count("+3") == 2


def test_an_open_result_offers_the_next_question(states):
    page = verdict_page(states, "open")
    assert states.open(page.link("Answer the next question")).form.question() == "tools"


def test_where_nothing_is_left_every_stop_names_its_answer_and_a_way_out(states):
    page = verdict_page(states, "none")
    assert page.text.count("Way out:") == 2
    assert "Take oak." in page.text
    change = states.open(page.link("wood: neither"))
    assert change.form.question() == "wood"
    assert page.text.count("ruled out") == 2


def test_migrations_and_notes_are_told(states):
    page = verdict_page(states, "clear")
    assert "Birch to Ash" in page.text
    assert "Cost: small" in page.text
    assert "A note" in page.text


def test_a_doubled_reason_says_so(states):
    page = verdict_page(states, "clear", "&important=wood")
    assert "+6 counts double" in page.text
    assert "Counts double." in page.text


def test_points_against_have_a_sign(states):
    page = states.open("/recommendation?tools=axe&wood=both")
    assert "\N{MINUS SIGN}2" in page.text


def test_an_expectation_is_told_and_kept_in_the_address(states):
    page = verdict_page(states, "clear", "&expect=birch")
    assert "Expected was Birch: it does not lead." in page.text
    assert "it leads" in verdict_page(states, "clear", "&expect=ash").text


def test_the_project_stands_above_the_answer_and_in_the_title(states):
    page = verdict_page(states, "clear", "&project=A+shed")
    assert page.text.strip().startswith("A shed Use Ash")
    assert "Use Ash (A shed)" in page.title


def test_unused_answers_are_listed_as_such(states):
    page = states.open("/recommendation?shed=yes&tools=axe&wood=oak")
    assert "yes Not used" in page.text


def test_each_basis_leads_to_the_other(browser):
    here = browser.open("/recommendation?hills=hilly&load=children&riding=new-bicycle")
    assert "the facts as checked" in here.text
    there = browser.open(here.link("See it"))
    assert there.address.endswith("&basis=documents")
    assert browser.open(there.link("See it")).address == here.address


def test_where_the_bases_differ_the_page_says_what_makes_the_difference(browser, rulebase):
    query = "hills=hilly&load=children&riding=new-bicycle"
    page = browser.open(f"/recommendation?{query}")
    assert "the same answers give another result" in page.text
    assert rulebase.rules["hills-need-light"].text in page.text


def test_sources_are_numbered_in_order_and_link_back(browser):
    query = "distance=short&hills=hilly&load=children&load=tools&riding=new-bicycle"
    page = browser.open(f"/recommendation?{query}&weather=all-year")
    marks = [found for tag, found in page.elements if found.get("class") == "cite"]
    numbers = [int(mark["href"].removeprefix("#source-")) for mark in marks]
    firsts = list(dict.fromkeys(numbers))
    assert firsts == list(range(1, len(firsts) + 1))
    assert [i for i in page.ids if i.startswith("source-")] == [f"source-{n}" for n in firsts]
    back = [link for link, _ in page.links if link.startswith("#cited-")]
    assert set(back) <= {"#" + mark["id"] for mark in marks}
    assert {link.split("-")[1] for link in back} == {str(number) for number in firsts}
    assert back[0] == "#cited-1-1"


@settings(max_examples=25)
@given(data=st.data())
def test_every_page_tells_the_result_and_its_sums(data):
    rulebase = data.draw(rulebases())
    answers = data.draw(answers_to(rulebase))
    basis = data.draw(st.sampled_from(Basis))
    told = recommend(rulebase, answers, basis)
    query = query_string(Query(answers=answers, basis=basis))
    page = Browser(create_app(find_settings(), rulebase)).open(f"/recommendation?{query}")
    plans = [standing.plan for standing in told.standings if standing.plan]
    sums = [(len(plan.reasons), plan.score) for plan in plans if plan.reasons]
    shown = [(int(n), int(p.replace("\N{MINUS SIGN}", "-"))) for n, p in SUM.findall(page.text)]
    assert shown == sums
    leading = {s.framework for s in told.standings if s.state is State.LEADS}
    assert all(f"plan-{name}" in page.ids for name in leading)
    widths = [int(found["width"]) for tag, found in page.elements if found.get("class") == "fill"]
    assert len(widths) == len(rulebase.frameworks)
    assert all(0 <= width <= 100 for width in widths)
