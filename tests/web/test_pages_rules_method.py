"""The page on how it scores: what the rules set, and how they lean."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache

import pytest
from support.bases import STATES
from support.browsing import Browser

from advisor.engine.acceptability import DRAWS, acceptability
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Margins
from advisor.output.diff import share
from advisor.output.headline import VERDICT_MEANS, VERDICT_WORDS
from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.pages import rules as method


def opened(rulebase):
    return Browser(create_app(find_settings(), rulebase)).open("/method")


@pytest.mark.parametrize("example", [True, False])
def test_the_figures_are_those_of_the_engine(rulebase, example):
    rules = rulebase if example else STATES
    page = opened(rules)
    assert "100,000 sets of answers to all" in page.text
    for basis in Basis:
        found = acceptability(rules, basis)
        for framework in rules.frameworks.values():
            shares = (found.alone[framework.id], found.shared[framework.id])
            told = " ".join(share(each, DRAWS) for each in shares)
            assert f" {framework.name} {told} " in page.text
        nobody = f"none leads under {share(found.nobody, DRAWS)}."
        assert (nobody if found.nobody else "in every draw at least one leads.") in page.text
        listed = {f"/rules/{name}" for name in found.never_decided}
        listed |= {f"/ask/{name}" for name in found.never_mattered}
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


def test_those_who_ask_at_once_wait_for_the_same_draws(monkeypatch):
    drawn = []

    @lru_cache
    def slow(rulebase, basis):
        drawn.append(basis)
        time.sleep(0.1)
        return acceptability(rulebase, basis, 100)

    monkeypatch.setattr(method, "acceptability", slow)
    with ThreadPoolExecutor(4) as readers:
        pages = list(readers.map(method.method_context, [STATES] * 4))
    assert drawn == list(Basis)
    assert all(page["leanings"] == pages[0]["leanings"] for page in pages)


@pytest.mark.parametrize(
    ("part", "draws", "told"),
    [
        (0, 100_000, "0% ± 0.1"),
        (100_000, 100_000, "100% ± 0.1"),
        (57_000, 100_000, "57.0% ± 0.4"),
        (1, 2, "50.0% ± 40.6"),
        (2, 3, "66.7% ± 36.6"),
        (1, 2000, "0.1% ± 0.2"),
        (49, 100_000, "under 0.1% ± 0.1"),
        (99_951, 100_000, "over 99.9% ± 0.1"),
        (998, 1000, "99.8% ± 0.4"),
    ],
)
def test_shares_are_never_rounded_to_nothing_or_to_all(part, draws, told):
    assert share(part, draws) == told


def test_every_verdict_is_called_what_it_is_called_elsewhere_and_says_what_it_means(rulebase):
    page = opened(rulebase)
    assert [word for word in VERDICT_WORDS.values() if f" {word} " not in page.text] == []
    assert [words for words in VERDICT_MEANS.values() if words not in page.text] == []
