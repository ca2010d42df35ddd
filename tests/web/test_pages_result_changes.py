"""What would change a recommendation: every link makes the change that it speaks of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.browsing import Browser
from support.builders import base, framework, question, rule, when
from support.drawing import answers_to, rulebases
from support.real import real_rulebase

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.rules import Role, Score
from advisor.query.query import Query
from advisor.query.read import read_query_string
from advisor.query.write import query_string
from advisor.settings import find_settings
from advisor.web.app import create_app

SHOWN = 2
SUPPOSED = re.compile("If (you answered )?\N{LEFT DOUBLE QUOTATION MARK}")
PROJECT = "deploy=mobile&deploy=server&goal=product&model=custom&os=linux"


NEXT = [
    ("goal=coaching", "deploy"),
    # A question that was left blank is not proposed again, nor one whose answer is unknown.
    ("goal=learning&asked=deploy", "field"),
    ("goal=learning&deploy=unsure", "training"),
]
"""Answers where the question that comes first in order could only share the lead out."""


def leaders_at(rulebase, address):
    """Who leads at the address of a result, which has to be the canonical one."""
    path, _, raw = address.partition("?")
    query = read_query_string(rulebase, raw).strict()
    assert path == "/recommendation"
    assert raw == query_string(query)
    return recommend(rulebase, query.answers, query.basis).leaders


def changes_by_leader(rulebase, page):
    """The addresses of changes that a page offers, by the one that each says would lead."""
    found = {name: [] for name in rulebase.frameworks}
    for address, said in page.links:
        for each in rulebase.frameworks.values():
            if SUPPOSED.match(said) and said.endswith(f", {each.name} would lead"):
                found[each.id].append(address)
    return found


@pytest.mark.slow
@given(data=st.data())
def test_every_change_that_is_offered_makes_that_one_lead_alone(data):
    rulebase = data.draw(rulebases())
    answers = data.draw(answers_to(rulebase))
    basis = data.draw(st.sampled_from(Basis))
    told = explain(rulebase, recommend(rulebase, answers, basis), edits=2)
    browser = Browser(create_app(find_settings(), rulebase))
    written = query_string(Query(answers=answers, basis=basis))
    some, every = (
        changes_by_leader(rulebase, browser.open(f"{path}?{written}".rstrip("?")))
        for path in ("/recommendation", "/changes")
    )
    found = [(*other.changes, *other.openings) for other in told.others.values()]
    pairs_only = [ways for ways in found if ways and all(len(flip) > 1 for flip in ways)]
    text = browser.open(f"/changes?{written}".rstrip("?")).text
    assert text.count("No single answer would make ") == len(pairs_only)
    nearest = [address for addresses in some.values() for address in addresses]
    assert bool(nearest) == any(other.size == 1 for other in told.others.values())
    assert len(nearest) <= SHOWN
    for name in rulebase.frameworks:
        other = told.others.get(name)
        expected = len(other.changes) + len(other.openings) if other else 0
        assert len(set(every[name])) == len(every[name]) == expected
        assert set(some[name]) <= set(every[name])
        assert all(leaders_at(rulebase, address) == (name,) for address in every[name])


def test_changes_can_be_followed_and_lead_back_by_the_same_means(real):
    page = real.open(f"/recommendation?{PROJECT}")
    link, said = next((a, s) for a, s in page.links if s.endswith(" would lead"))
    there = real.open(link)
    leader = said.removesuffix(" would lead").rpartition(", ")[2]
    assert there.heading.startswith(f"Use {leader}")


@pytest.mark.parametrize(("query", "name"), NEXT)
def test_the_next_question_is_one_that_the_page_says_could_change_who_leads(real, query, name):
    page = real.open(f"/recommendation?{query}")
    assert page.link("Answer more to be surer").partition("?")[0] == f"/ask/{name}"


def told_first(page):
    return [said for _, said in page.links if said.endswith(" would lead")]


def test_what_the_project_is_comes_last_among_answers_that_would_be_taken_back(real):
    page = real.open("/recommendation?hardware=tpu&os=windows&training=scratch")
    system, machine = told_first(page)
    assert "“System” were" in system
    assert "“Accelerator” were" in machine


def test_an_open_question_comes_before_an_answer_and_one_left_blank_after_the_others(real):
    page = real.open("/recommendation?goal=research&hardware=nvidia&os=macos")
    opened, given_ = told_first(page)
    assert "you answered “Training”" in opened
    assert "“Purpose” were" in given_
    page = real.open("/recommendation?goal=learning&asked=deploy")
    assert not any("“Runs on”" in said for said in told_first(page))


def test_given_answers_and_open_questions_are_told_apart(real):
    page = real.open(f"/changes?{PROJECT}")
    assert "With other answers than yours:" in page.text
    for block in page.text.split("With an answer that you have not given:")[1:]:
        open_part, _, given_part = block.partition("With other answers")
        assert "you answered" in open_part
        assert "were \N{LEFT DOUBLE QUOTATION MARK}" not in open_part
        assert not given_part or "were \N{LEFT DOUBLE QUOTATION MARK}" in given_part


def test_all_changes_stand_on_a_page_of_their_own(real):
    page = real.open(f"/recommendation?{PROJECT}")
    link = page.link("What would make it lead")
    assert link.startswith(page.address.replace("/recommendation?", "/changes?") + "#")
    every = real.open(link)
    assert link.partition("#")[2] in every.ids
    assert every.link("Back to the recommendation") == page.address


def test_the_page_of_changes_says_what_it_could_not_use_and_has_one_address(browser):
    page = browser.open("/changes?load=tools&hils=flat")
    assert "'hills'" in page.text
    assert browser.open("/changes?riding=have-one&load=tools").address.endswith(
        "/changes?load=tools&riding=have-one"
    )


def test_a_mark_that_would_change_the_lead_is_a_link_that_sets_it(real):
    rulebase = real_rulebase()
    raw = "goal=research&hardware=tpu&style=pythonic&important=goal"
    answers = read_query_string(rulebase, raw).strict().answers
    marks = explain(rulebase, recommend(rulebase, answers)).marks
    page = real.open(f"/grounds?{raw}")
    links = [link for link, said in page.links if said.startswith("If ") and "double" in said]
    assert marks
    assert [leaders_at(rulebase, link) for link in links] == [mark.leaders for mark in marks]
    on_their_page = real.open(f"/changes?{raw}").links
    assert set(links) <= {link for link, _ in on_their_page}


def test_where_no_single_answer_is_enough_the_page_leads_on_to_what_two_would_do():
    score = rule("only", Score(Role.BUILD, ("ash",), 3), when({"goal": ["x"]}))
    known = base([question("goal", "x")], [framework("ash"), framework("birch")], [score])
    browser = Browser(create_app(find_settings(), known))
    page = browser.open("/recommendation?goal=x")
    assert "No single answer would." in page.text
    assert (
        "No two answers would make Birch"
        in browser.open(page.link("See whether two answers together would")).text
    )


def test_where_a_single_answer_can_only_share_the_lead_the_page_says_which_question_could():
    rules = [
        rule("now", Score(Role.BUILD, ("ash",), 3), when({"goal": ["x"]})),
        rule("then", Score(Role.BUILD, ("birch",), 3), when({"size": ["y"]})),
    ]
    questions = [question("goal", "x"), question("size", "y", "z")]
    known = base(questions, [framework("ash"), framework("birch")], rules)
    page = Browser(create_app(find_settings(), known)).open("/recommendation?goal=x")
    assert "One open question could change that." in page.text
    assert "No single answer would." not in page.text
    assert "No single answer would make another lead alone" in page.text
    assert page.link("one open question could").endswith("#sureness")


def test_where_a_change_sets_answers_against_each_other_its_link_says_so(real):
    page = real.open("/changes?bottleneck=memory")
    clash = "but that does not go with “Bottleneck”"
    assert clash in page.text
    asked = next(address for address, _ in page.links if "training=nothing" in address)
    assert "These answers do not go together" in real.open(asked).text
