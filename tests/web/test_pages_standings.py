"""The page of any recommendation tells the result: its sums, its standings and its bars."""

import re
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from support.browsing import Browser
from support.drawing import answers_to, rulebases

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.recommendation import State
from advisor.query.query import Query
from advisor.query.write import query_string
from advisor.settings import find_settings
from advisor.web.app import create_app

ROW = re.compile(r'id="reason-([a-z0-9]+)-(build|ship|edge)-[^"]*">\s*<td class="points">([^< ]+)')
TOTAL = re.compile(r'<tfoot><tr><td class="points">([^<]+)<')
TABLE = re.compile(r'<table class="sum">.*?</table>', re.DOTALL)

OTHER = re.compile(r'id="other-([a-z0-9-]+)"(.*?)(?=id="other-|</section>)', re.DOTALL)
GAP = re.compile(r"<li><strong>([^<]+)</strong>")
REST = re.compile(r"(?:comes? to ([^,<]+), which|That) makes ([^ <>]+) in all\.")


def number(text):
    return int(text.replace("\N{MINUS SIGN}", "-"))


def summed(html):
    """For each table with a sum: whose it is, its rows added up, and the sum that is shown."""
    for table in TABLE.findall(html):
        rows = ROW.findall(table)
        for lead, mine in groupby(rows, key=lambda row: row[0]):
            (shown,) = TOTAL.findall(table)
            yield lead, sum(number(points) for _, _, points in mine), number(shown)


def balances(html):
    """For each framework that is held against a leader: what is told added up, and its total."""
    for name, told in OTHER.findall(html):
        head = told.partition("<details")[0]
        rest = REST.search(head)
        if rest:
            told_gaps = sum(map(number, GAP.findall(head)))
            yield name, told_gaps + number(rest[1] or "0"), number(rest[2])


def bars(page):
    """For each bar the pieces, as (part, start, width), with the scale that they stand on."""
    found = []
    for tag, attributes in page.elements:
        if tag == "svg" and attributes.get("class") == "bar":
            start, _, width, _ = attributes["viewbox"].split()
            found.append(((int(start), int(width)), []))
        elif found and tag == "rect" and "x" in attributes:
            part = attributes["class"].removeprefix("part-")
            found[-1][1].append((part, int(attributes["x"]), int(attributes["width"])))
    return found


def sums_marked(page):
    """Where each bar of a page is marked, in points from zero."""
    marks = (found["d"] for tag, found in page.elements if found.get("class") == "net")
    return [int(mark.removeprefix("M").removesuffix("-1v8")) for mark in marks]


def expected_pieces(plan):
    """How wide each piece has to be, by what it is for and on which side of zero it lies."""
    pieces = {}
    for reason in plan.reasons:
        if reason.points:
            key = (reason.role, reason.points > 0)
            pieces[key] = pieces.get(key, 0) + abs(reason.points)
    return pieces


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
    sums = summed(browser.get(address).text)
    assert {lead: (added, shown) for lead, added, shown in sums} == scores
    leading = {s.framework for s in told.standings if s.state is State.LEADS}
    assert {f"plan-{plan.lead}" for plan in plans} <= set(page.ids)
    assert {f"other-{name}" for name in rulebase.frameworks if {name} != leading} <= set(page.ids)

    others = explain(rulebase, told).others.values()
    gaps = {
        other.framework: (-other.against[0].behind, -other.against[0].behind)
        for other in others
        if other.against and other.against[0].differences and other.framework not in leading
    }
    shown = balances(browser.get(address).text)
    assert {name: (added, total) for name, added, total in shown} == gaps

    drawn = bars(page)
    assert len({scale for scale, _ in drawn}) <= 1
    assert sums_marked(page) == [plan.score for plan in plans]
    for plan, ((left, reach), pieces) in zip(plans, drawn, strict=True):
        widths = {(part, start >= 0): width for part, start, width in pieces}
        assert widths == expected_pieces(plan)
        assert all(left <= start and start + width <= left + reach for _, start, width in pieces)
