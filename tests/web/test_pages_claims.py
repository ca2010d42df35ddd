"""How much a claim may weigh and why."""

import dataclasses

import pytest
from support.builders import CLAIMS, base, framework, question

from advisor.model.knowledge import Basis, ClaimKind
from advisor.output.words import evidence_in_words
from advisor.web.pages.claims import weight_in_words

RULEBASE = base([question("wood", "oak", "elm")], [framework("ash")], [])


@pytest.mark.parametrize(
    ("claim", "today", "written"),
    [
        ("paper-holds", "Up to three points: it holds today.", True),
        ("paper-partly", "Up to two points: it holds only in part.", True),
        ("paper-fell", "Nothing: it is contradicted.", True),
        ("paper-unknown", "Nothing: it could not be confirmed.", True),
        ("site-holds", "Up to three points: it holds today.", False),
        ("site-issue", "Up to one point: only an issue thread reports it.", False),
        ("site-third", "Nothing: only third parties tell it.", False),
        ("paper-advice", "Up to one point: it is an opinion, worth as much", True),
    ],
)
def test_a_weight_names_what_keeps_the_claim_from_carrying_more(claim, today, written):
    checked, documents = (weight_in_words(RULEBASE, CLAIMS[claim], basis) for basis in Basis)
    assert checked.startswith(today)
    assert documents.startswith("Up to three points" if written else "Nothing")


def test_an_opinion_that_rests_on_nothing_weighs_nothing():
    claim = dataclasses.replace(CLAIMS["paper-advice"], id="bare", rests_on=())
    rulebase = dataclasses.replace(RULEBASE, claims=CLAIMS | {"bare": claim})
    told = weight_in_words(rulebase, claim, Basis.CHECKED)
    assert told.startswith("Nothing: it is an opinion and names no")


def test_a_fact_without_evidence_is_not_called_an_opinion():
    assert "opinion" not in evidence_in_words(CLAIMS["paper-unknown"])
    assert "opinion" in evidence_in_words(CLAIMS["paper-advice"])
    assert CLAIMS["paper-advice"].kind is ClaimKind.ADVICE
