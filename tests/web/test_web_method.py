"""The page on how it scores: what the rules set, and how they lean once that is worked out."""

import time
from dataclasses import replace
from threading import Event

import pytest
from support.bases import STATES
from support.browsing import Browser

from advisor.engine.bias import bias
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Margins
from advisor.settings import find_settings
from advisor.web import site as site_module
from advisor.web.app import create_app
from advisor.web.background import Background
from advisor.web.views.knowledge.leaning import share

PATIENCE = 20  # seconds


def worked_out(background):
    """Wait for what is worked out."""
    end = time.monotonic() + PATIENCE
    while (found := background.peek()) is None:
        assert time.monotonic() < end
        time.sleep(0.01)
    return found


def opened(rulebase):
    """The page, once everything on it is worked out."""
    app = create_app(find_settings(), rulebase)
    worked_out(app.state.site.leaning)
    return Browser(app).open("/method")


def test_work_begins_when_somebody_asks_and_is_done_once():
    begun, may_end = [], Event()

    def work():
        begun.append(1)
        may_end.wait(PATIENCE)
        return "done"

    background = Background(work)
    assert begun == []
    assert background.peek() is None
    assert background.peek() is None
    may_end.set()
    assert worked_out(background) == background.peek() == "done"
    assert begun == [1]


def test_work_that_fails_is_told_to_whoever_asks():
    background = Background(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        worked_out(background)
    with pytest.raises(ZeroDivisionError):
        background.peek()


def test_until_it_is_worked_out_the_page_says_so_and_others_are_answered(rulebase, monkeypatch):
    asked, may_end = [], Event()

    def slow(rulebase, basis):
        asked.append(basis)
        may_end.wait(PATIENCE)
        return bias(rulebase, basis)

    monkeypatch.setattr(site_module, "bias", slow)
    app = create_app(find_settings(), rulebase)
    browser = Browser(app)
    assert browser.open("/").status == 200
    assert asked == []
    for _ in range(3):
        page = browser.open("/method")
        assert page.status == 200
        assert "is just being worked out" in page.text
        assert "/method" in [link for link, said in page.links if said == "load this page again"]
    may_end.set()
    worked_out(app.state.site.leaning)
    assert "is just being worked out" not in browser.open("/method").text
    assert asked == list(Basis)


@pytest.mark.parametrize("example", [True, False])
def test_the_figures_are_those_of_the_engine(rulebase, example):
    rules = rulebase if example else STATES
    page = opened(rules)
    for basis in Basis:
        found = bias(rules, basis)
        assert f"There are {found.total:,} ways to answer" in page.text
        for framework in rules.frameworks.values():
            shares = (found.alone[framework.id], found.shared[framework.id])
            told = " ".join(share(each, found.total) for each in shares)
            assert f" {framework.name} {told} " in page.text
        nobody = f"nobody leads under {share(found.nobody, found.total)}."
        assert (nobody if found.nobody else "somebody always leads.") in page.text
        listed = {f"/rules/{name}" for name in found.never_decide}
        listed |= {f"/ask/{name}" for name in found.never_matter}
        assert listed <= {link for link, _ in page.links}


def test_margins_marks_and_exceptions_are_those_of_the_rules():
    odd = {**STATES.rules, "oak": replace(STATES.rules["oak"], weight_because="It is oak.")}
    plain = opened(STATES)
    page = opened(replace(STATES, rules=odd, margins=Margins(tie=1, close=4)))
    assert "No rule leaves that rubric." in plain.text
    assert "No rule leaves that rubric." not in page.text
    assert "It is oak." in page.text
    assert "/rules/oak" in [link for link, _ in page.links]
    assert "Several lead, with equal points" in plain.text
    assert "Several lead, at most one point behind" in page.text
    assert "One leads by four points or less." in page.text
    assert "One leads by more than four points." in page.text


@pytest.mark.parametrize(
    ("part", "total", "told"),
    [
        (0, 7, "0%"),
        (7, 7, "100%"),
        (1, 2, "50.0%"),
        (2, 3, "66.7%"),
        (1, 2000, "0.1%"),
        (1, 2001, "under 0.1%"),
        (1999, 2000, "over 99.9%"),
        (998, 1000, "99.8%"),
    ],
)
def test_shares_are_never_rounded_to_nothing_or_to_all(part, total, told):
    assert share(part, total) == told
