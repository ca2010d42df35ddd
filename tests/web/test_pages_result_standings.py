"""The page of any recommendation tells the result: its sums, its standings and its chart."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.browsing import Browser
from support.builders import base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.model.explanation import Against
from advisor.model.knowledge import Basis
from advisor.model.recommendation import State
from advisor.model.rules import Role, Score
from advisor.query.query import Query
from advisor.query.write import query_string
from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.pages.result import ResultContext

TABLE = re.compile(
    r'<h3 id="plan-([a-z0-9-]+)">(?:(?!<h3).)*?<table class="sum">(.*?)</table>', re.DOTALL
)
POINTS = re.compile(r'<td class="points">([^< ]+)')
OTHER = re.compile(r'id="other-([a-z0-9-]+)"(.*?)(?=id="other-|\Z)', re.DOTALL)
GAP = re.compile(r"<li><strong>([^<]+)</strong>")
REST = re.compile(r"(?:comes? to ([^,<]+), which|That) makes ([^ <>]+) in all\.")


def number(text):
    return int(text.replace("\N{MINUS SIGN}", "-"))


def summed(html):
    """For each table with a sum: whose it is, its rows added up, and the sum that is shown."""
    for lead, table in TABLE.findall(html):
        *rows, shown = map(number, POINTS.findall(table))
        yield lead, sum(rows), shown


def balances(html):
    """For each framework that is held against a leader: what is told added up, and its total."""
    for name, told in OTHER.findall(html):
        head = told.partition("<details")[0]
        rest = REST.search(head)
        if rest:
            told_gaps = sum(map(number, GAP.findall(head)))
            yield name, told_gaps + number(rest[1] or "0"), number(rest[2])


def drawn(page):
    """For each line of the chart, as drawn, whose it is: its scale, its dot and its ends."""
    found, name = {}, ""
    for tag, attributes in page.elements:
        if tag == "li" and attributes.get("class", "").startswith("fw-"):
            name = attributes["class"].split()[0].removeprefix("fw-")
        if tag == "svg" and attributes.get("class") == "chart-line":
            start, _, width, _ = map(int, attributes["viewbox"].split())
            found[name] = {"scale": (start, start + width)}
        if tag == "path" and attributes.get("class") in {"net", "reach"}:
            figures = [int(each) for each in re.findall(r"-?\d+", attributes["d"])]
            found[name][attributes["class"]] = figures
    return found


@pytest.mark.slow
@given(data=st.data())
def test_every_page_tells_the_result_and_its_sums(data):
    rulebase = data.draw(rulebases())
    answers = data.draw(answers_to(rulebase))
    basis = data.draw(st.sampled_from(Basis))
    told = recommend(rulebase, answers, basis)
    query = query_string(Query(answers=answers, basis=basis))
    browser = Browser(create_app(find_settings(), rulebase))
    address = f"/recommendation?{query}" if query else "/recommendation"
    page = browser.open(address)

    plans = [standing.plan for standing in told.standings if standing.plan]
    scores = {plan.lead: (plan.score, plan.score) for plan in plans if plan.reasons}
    told_there = browser.get(address.replace("/recommendation", "/trace", 1)).text
    assert {lead: (added, shown) for lead, added, shown in summed(told_there)} == scores
    leading = {s.framework for s in told.standings if s.state is State.LEADS}
    assert {f"plan-{name}" for name in leading} <= set(page.ids)
    assert {f"other-{name}" for name in rulebase.frameworks if {name} != leading} <= set(page.ids)

    others = explain(rulebase, told).others.values()
    gaps = {
        other.framework: (-other.against[0].behind, -other.against[0].behind)
        for other in others
        if other.against and other.against[0].differences and other.framework not in leading
    }
    shown = balances(browser.get(address).text)
    assert {name: (added, total) for name, added, total in shown} == gaps

    lines = drawn(page)
    if not leading and all(low == high for low, high in told.reach.values()):
        assert lines == {}
        return
    assert list(lines) == [standing.framework for standing in told.standings]
    ((low, high),) = {line["scale"] for line in lines.values()}
    for standing in told.standings:
        line, reach = lines[standing.framework], told.reach.get(standing.framework)
        counts = standing.state in {State.LEADS, State.FOLLOWS}
        assert line.get("net", [None])[0] == (standing.score if counts else None)
        if not reach or reach[0] == reach[1]:
            assert "reach" not in line
        else:
            assert (line["reach"][0], line["reach"][2]) == reach
            assert low <= reach[0] < reach[1] <= high


def test_what_is_not_told_of_a_gap_one_by_one_is_told_added_up():
    rules = [
        rule(f"{name}-{number}", Score(Role.BUILD, (name,), points), when())
        for name, all_points in (("ash", (3, 2, 2, 1, 1)), ("birch", (2, 1, 1, 1)))
        for number, points in enumerate(all_points)
    ]
    known = base([question("goal", "x")], [framework("ash"), framework("birch")], rules)
    html = Browser(create_app(find_settings(), known)).get("/recommendation?goal=x").text
    assert "Three more differences come to" in html
    assert list(balances(html)) == [("birch", -4, -4)]


@pytest.mark.parametrize(
    ("behind", "said"),
    [(2, "Two points behind Ash."), (0, "Its points alone would not put it behind Ash.")],
)
def test_only_who_has_fewer_points_is_called_behind(behind, said):
    context = SimpleNamespace(rulebase=base([], [framework("ash")]))
    assert ResultContext.behind(context, Against("ash", behind, ())) == said
