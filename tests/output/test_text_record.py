"""The decision record: the form of MADR, whole, and nothing in it can break Markdown."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bicycles import BICYCLES
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.recommendation import State, Verdict
from advisor.model.rules import Edge, Role, Score
from advisor.output.text import (
    bullet,
    decision_record,
    escaped,
    fenced,
    literal,
    paragraph,
)
from advisor.query.query import Query
from advisor.query.read import read_query_string
from advisor.rulebase.load import load

SECTIONS = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "### Confirmation",
    "## Pros and Cons of the Options",
    "## More Information",
    "### How sure",
    "### What would change it",
    "### Outside these options",
    "### Sources",
]
NEVER_EMPTY = {
    "## Context and Problem Statement",
    "## Considered Options",
    "## Decision Outcome",
    "## Pros and Cons of the Options",
    "## More Information",
    "### How sure",
}
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)


@pytest.fixture(scope="module")
def bicycles():
    return load(BICYCLES)


def record(rulebase, raw, link="", **said):
    query = read_query_string(rulebase, raw).strict()
    result = recommend(rulebase, query.answers, query.basis)
    return decision_record(
        rulebase, result, explain(rulebase, result), replace(query, **said), link
    )


def drawn_record(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    return result, decision_record(rulebase, result, explain(rulebase, result), Query())


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_the_sections_stand_in_the_order_of_the_form(data, rulebase, basis):
    _, text = drawn_record(data, rulebase, basis)
    lines = text.splitlines()
    found = [line for line in lines if line in SECTIONS]
    assert found == [title for title in SECTIONS if title in found]
    assert set(found) >= NEVER_EMPTY
    assert sum(line.startswith("# ") for line in lines) == 1
    assert lines[:4] == ["---", "status: proposed", f"date: {rulebase.facts_as_of}", "---"]
    assert text.endswith("\n")
    assert "\n\n\n" not in text


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_every_option_is_considered_with_all_that_speaks_for_it_and_against(data, rulebase, basis):
    result, text = drawn_record(data, rulebase, basis)
    flat = " ".join(text.partition("## Pros and Cons of the Options")[2].split())
    for standing in result.standings:
        assert rulebase.frameworks[standing.framework].name in text
        for reason in standing.plan.reasons if standing.plan else ():
            word = "Good" if reason.points > 0 else "Bad"
            pattern = rf"{word}, .{abs(reason.points)} \([^:]*\): {re.escape(reason.text)}"
            assert re.search(pattern, flat)
        for stop in standing.stops:
            assert stop.text in flat


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_every_citation_has_its_source(data, rulebase, basis):
    _, text = drawn_record(data, rulebase, basis)
    body, _, sources = text.partition("### Sources")
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", body)}
    listed = [int(number) for number in re.findall(r"^(\d+)\. ", sources, re.MULTILINE)]
    assert listed == list(range(1, len(cited) + 1))
    assert cited == set(listed)


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_what_drives_the_decision_is_told_once_and_without_sources(data, rulebase, basis):
    result, text = drawn_record(data, rulebase, basis)
    part = text.partition("## Decision Drivers")[2].partition("## Considered Options")[0]
    plans = [standing.plan for standing in result.standings if standing.state is State.LEADS]
    reasons = {r.text for plan in plans for r in plan.reasons if r.points > 0}
    assert sorted(part.strip().splitlines()) == sorted(f"* {reason}" for reason in reasons)


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_what_lies_outside_is_no_consequence(data, rulebase, basis):
    result, text = drawn_record(data, rulebase, basis)
    outside = text.partition("### Outside these options")[2]
    assert all(f"* {rulebase.notes[name].title}: " in outside for name in result.notes)
    assert bool(outside) == bool(result.notes)


@given(TEXTS)
def test_the_title_of_a_project_is_one_line_of_text_whatever_it_says(title):
    assert "\n" not in literal(title)
    unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", "", literal(title))
    assert not re.search(r"[!-/:-@\[-`{-~]", unescaped)
    read = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", literal(title))
    assert read == " ".join(title.split())


@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_no_wrapped_line_begins_something_of_its_own(words):
    text = " ".join(["begin", *(escaped(word) for word in words)])
    first, *others = paragraph(text).splitlines() or [""]
    starts = re.compile(r"(#|>|[-+*](\s|$)|\d{1,9}[.)](\s|$)|`{3}|~{3}|<|=+\s*$|-+\s*$|\||\[)")
    assert not [line for line in others if starts.match(line)]
    assert first.startswith("begin")


def test_lists_are_lists_even_where_their_texts_look_like_others():
    texts = ["- not a list", "1. nor this", "2) nor", "plain", "+3 (a)"]
    assert "".join(bullet(text) for text in texts) == (
        "* \\- not a list\n* 1\\. nor this\n* 2\\) nor\n* plain\n* +3 (a)\n"
    )


def test_code_cannot_end_its_block():
    assert fenced("echo ```") == "````\necho ```\n````"
    assert fenced("a\n\nb") == "```\na\n\nb\n```"


def test_a_clear_decision_reads_as_one(bicycles):
    text = record(
        bicycles,
        "riding=new-bicycle&load=tools&distance=short&hills=hilly&storage=garage&important=load",
        project="Saturday at the *tip*",
        link="/recommendation?riding=new-bicycle",
    )
    title = "# Saturday at the \\*tip\\*: Use Cargo bike on Electric motor, shipped with Trailer\n"
    assert title in text
    assert "* What goes along? **Tools, boards, garden waste**; counts double\n" in text
    assert 'Chosen option: "Cargo bike on Electric motor, shipped with Trailer". Clear' in text
    assert (
        "* Bad, \N{MINUS SIGN}2 (handing over): Box and trailer together are hard to turn. ["
        in text
    )
    assert "Made with rules `" in text
    assert "](/recommendation?riding=new-bicycle)" in text
    assert "Verdict: clear; margin: none." in text


def test_a_stop_is_told_with_its_way_out(bicycles):
    text = record(bicycles, "riding=new-bicycle&load=children&storage=upstairs")
    flat = " ".join(text.split())
    assert "Bad, it rules out: Nobody carries 34 kg up the stairs every evening. [" in flat
    assert "Way out: Rent a place at street level, or let a city bike pull a trailer" in flat


def test_an_open_decision_says_so_and_recommends_nothing(bicycles):
    text = record(bicycles, "")
    assert "# The choice is still open\n" in text
    assert "Nothing was answered yet." in text
    assert "Chosen option" not in text
    assert "Still open: " in text


def test_a_tie_of_a_plan_of_two_tells_them_apart():
    known = base(
        [question("goal", "x"), question("deploy", "y")],
        [framework("ash"), framework("birch")],
        [
            rule("builds", Score(Role.BUILD, ("ash", "birch"), 3), when({"goal": ["x"]})),
            rule("ships", Score(Role.SHIP, ("birch",), 2), when({"deploy": ["y"]})),
        ],
        edges=[Edge("ash-to-birch", "ash", "birch", "A way.", (), EVERYWHERE, ())],
    )
    text = record(known, "goal=x&deploy=y")
    assert "# Choose between Ash, shipped with Birch; and Birch\n" in text


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_a_tie_names_all_and_chooses_none(data, rulebase, basis):
    result, text = drawn_record(data, rulebase, basis)
    if result.verdict is Verdict.TIE:
        assert "\n# Choose between " in text
    assert ("Chosen option" in text) == (result.verdict in {Verdict.CLOSE, Verdict.CLEAR})
