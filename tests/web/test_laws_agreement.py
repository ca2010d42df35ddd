"""Page, JSON and decision record of one recommendation of the rules we ship say the same."""

import re
from collections import Counter

import pytest
from support.real import drawn, real_rulebase

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import State
from advisor.output.words import STATE_WORDS, counted
from advisor.query.query import Query
from advisor.query.write import query_string

PROJECTS = [given for given, _ in drawn(6, seed=4, missing=(0, 14))]
ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
MOST_FLIPS = 3


@pytest.fixture(scope="module")
def shipped():
    return real_rulebase()


def signed(points):
    return f"{points:+d}".replace("-", "\N{MINUS SIGN}")


def options(record):
    """The pros and cons of each option of a record, on one line each, by its title."""
    part = record.partition("## Pros and Cons of the Options")[2].partition("\n## ")[0]
    titles, *texts = re.split(r"\n### ", part)
    assert not titles.strip()
    return {text.partition("\n")[0]: " ".join(text.split()) for text in texts}


@pytest.fixture(scope="module", params=[(g, b) for g in PROJECTS for b in Basis])
def told(request, real):
    """One recommendation at its three doors: the page, the data, the record without escapes."""
    given, basis = request.param
    query = query_string(Query(Answers(given), basis))
    data = real.get(f"/recommendation.json?{query}").json()
    record = ESCAPE.sub("", real.get(f"/recommendation.md?{query}").text)
    return real.open(f"/recommendation?{query}"), data, record


def test_the_verdict_and_the_leaders_are_the_same(told, shipped):
    page, data, record = told
    result = data["result"]
    verdict = re.search(r"Verdict: (\w+)(, not settled)?; ", record)
    assert verdict[1] == result["verdict"]
    head = page.text.partition("What would change it")[0]
    assert bool(verdict[2]) == ("could change that" in head or "might" in head)
    assert record.count(" (leads, ") == len(result["leaders"])
    for name in result["leaders"] if result["verdict"] != "open" else ():
        assert shipped.frameworks[name].name in page.heading


def test_every_reason_is_told_with_its_points_for_its_plan(told, real):
    page, data, record = told
    sums = real.open(page.address.replace("/recommendation", "/trace", 1))
    result = data["result"]
    plans = {plan["lead"]: plan for plan in result["plans"]}
    standings = data["result"]["standings"]
    for standing, text in zip(standings, options(record).values(), strict=True):
        plan = plans.get(standing["framework"], {"reasons": (), "lead": ""})
        summands = re.findall(r"(?:Good|Bad), (\S+) \(", text)
        assert Counter(summands) == Counter(signed(r["points"]) for r in plan["reasons"])
        for reason in plan["reasons"]:
            assert reason["text"].rstrip(".") in text
            assert reason["text"] in sums.text
            if plan["lead"] in result["leaders"]:
                assert reason["text"] in page.text
                assert f"reason-{plan['lead']}-{reason['role']}-{reason['rule']}" in page.ids


def test_what_would_change_it_is_offered_alike_and_does_change_it(told, shipped, real):
    page, data, record = told
    changes = real.open(page.address.replace("/recommendation", "/changes", 1))
    for other in data["explanation"]["others"]:
        name = shipped.frameworks[other["framework"]].name
        flips = [*other["changes"], *other["openings"]]
        offered = {
            said: link
            for link, said in changes.links
            if said.endswith(f", {name} would lead") and "double" not in said and flips
        }
        assert len(offered) == len(flips)
        for link in list(offered.values())[:1]:
            there = real.get(link.replace("/recommendation?", "/recommendation.json?")).json()
            assert there["result"]["leaders"] == [other["framework"]]
        written = " ".join(record.replace("\\", "").split())
        ends = (".", ", but that does not go with")
        told_so = [said for said in offered if any(said + end in written for end in ends)]
        assert len(told_so) == min(MOST_FLIPS, len(flips))
        assert (
            f"No single answer, given or taken back, would make {name} lead alone." in written
        ) == (not flips)


def test_points_are_told_in_words_where_they_count_and_else_why_they_do_not(told, shipped):
    page, data, _ = told
    for standing in data["result"]["standings"]:
        score, state = standing["score"] or 0, State(standing["state"])
        said = counted(score, "point") if score >= 0 else f"{signed(score)} points"
        counts = state in {State.LEADS, State.FOLLOWS}
        name = shipped.frameworks[standing["framework"]].name
        assert f" {name} {said if counts else STATE_WORDS[state]}" in page.text


def test_the_other_ways_to_ship_are_told_with_their_distance(told, shipped, real):
    page, data, record = told
    ways = real.open(page.address.replace("/recommendation", "/changes", 1))
    written = " ".join(record.split())
    known = {0: "level on points", 1: "one point behind"}
    for way in data["explanation"]["ways"]:
        name = shipped.frameworks[way["shipper"]].name
        means = r"[\w ]+ on devices"
        itself = rf"(?:its own tools|{means})"
        by = itself if way["shipper"] == way["lead"] else rf"{name}(?: \({means}\))?"
        said = rf"shipped with {by}: {known.get(way['behind'], r'[a-z0-9]+ points behind')}"
        assert re.search(said, page.text)
        assert re.search(said, written)
        rules = [each["rule"] for each in way["differences"] if each["rule"] in shipped.rules]
        assert all(shipped.rules[rule].text in ways.text for rule in rules)


def test_every_leading_reason_is_cited_on_the_page_and_fully_in_the_record(told, shipped):
    page, data, record = told
    result = data["result"]
    leading = [plan for plan in result["plans"] if plan["lead"] in result["leaders"]]
    sources = " ".join(record.partition("### Sources")[2].split())
    for reason in (reason for plan in leading for reason in plan["reasons"]):
        titles = {shipped.sources[shipped.claims[c].source].title for c in reason["claims"]}
        assert all(title in sources for title in titles)
        assert any(title in page.text for title in titles)
