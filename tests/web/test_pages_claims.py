"""How much a claim may weigh and why."""

import dataclasses
import datetime

import pytest
from support.browsing import Browser
from support.builders import CLAIMS, base, framework, question

from advisor.model.knowledge import ClaimKind, Record, Run, Seen, Sight, Subject
from advisor.output.words import evidence_in_words
from advisor.settings import find_settings
from advisor.web.app import create_app

RULEBASE = dataclasses.replace(
    base([question("wood", "oak", "elm")], [framework("ash")], []),
    subjects={"matter": Subject("matter", "Matter", "What matters?")},
)


def opened(rulebase, claim):
    return Browser(create_app(find_settings(), rulebase)).open(f"/claims/{claim}").text


@pytest.mark.parametrize(
    ("claim", "today", "written"),
    [
        ("paper-holds", "Up to three points: it holds today.", True),
        ("paper-partly", "Up to two points: it holds only in part.", True),
        ("paper-fell", "Nothing: it is contradicted.", True),
        ("paper-unknown", "Nothing: it could not be confirmed.", True),
        ("site-holds", "Up to three points: it holds today.", False),
        ("site-issue", "Up to one point: only an issue thread reports it.", False),
        ("site-third", "Nothing: only third parties report it.", False),
        ("paper-advice", "Up to one point: it is an opinion, worth as much", True),
    ],
)
def test_a_weight_names_what_keeps_the_claim_from_carrying_more(claim, today, written):
    text = opened(RULEBASE, claim)
    assert f"On checked facts {today}" in text
    most = "Up to three points" if written else "Nothing"
    assert f"On the documents as written {most}" in text


def test_an_opinion_that_rests_on_nothing_weighs_nothing():
    claim = dataclasses.replace(CLAIMS["paper-advice"], id="bare", rests_on=())
    rulebase = dataclasses.replace(RULEBASE, claims=CLAIMS | {"bare": claim})
    assert "Nothing: it is an opinion and names no" in opened(rulebase, "bare")


def test_a_fact_without_evidence_is_not_called_an_opinion():
    assert "opinion" not in evidence_in_words(CLAIMS["paper-unknown"])
    assert "opinion" in evidence_in_words(CLAIMS["paper-advice"])
    assert CLAIMS["paper-advice"].kind is ClaimKind.ADVICE


def test_only_the_run_that_counts_is_run_again_by_the_command():
    seen = (Seen("paper-holds", Sight.HOLDS, "it stood"),)
    day = datetime.date(2026, 11, 30)
    runs = tuple(Run(day, 1, "a shed", (f"saw {n}.0",), 1, 1, seen) for n in (1, 2))
    rulebase = dataclasses.replace(RULEBASE, records={"sawing": Record("sawing", runs)})
    text = opened(rulebase, "paper-holds")
    assert text.index("saw 2.0") < text.index("uv run probes/sawing.py") < text.index("saw 1.0")
    assert text.count("uv run probes/sawing.py") == 1
