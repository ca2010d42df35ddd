"""How things are called: what a claim's standing rests on, texts with and without capitals."""

from dataclasses import replace

import pytest
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.small import SMALL

from advisor.engine.recommend import recommend
from advisor.model.explanation import Difference
from advisor.model.knowledge import ClaimKind, Evidence, Tool
from advisor.model.recommendation import leading_plans
from advisor.model.rulebase import Means
from advisor.model.rules import Edge, Role, Score
from advisor.output.words import (
    alternative_in_words,
    difference_in_words,
    ended,
    evidence_in_words,
    labels_in_words,
    listed,
    plan_in_words,
    sentence,
)
from advisor.query.read import read_query_string

FACT = next(c for c in SMALL.claims.values() if c.kind is ClaimKind.FACT)


def test_a_fact_that_nothing_shows_is_not_called_an_opinion():
    unshown = replace(FACT, evidence=None)
    assert evidence_in_words(unshown) == "nothing was found that shows it, for or against"


def test_an_opinion_is_worth_what_it_rests_on():
    advice = replace(FACT, kind=ClaimKind.ADVICE, evidence=None, rests_on=(FACT.id,))
    assert evidence_in_words(advice).startswith("an opinion")
    assert not evidence_in_words(replace(advice, rests_on=())).startswith("an opinion")


def test_what_shows_a_claim_is_named():
    assert evidence_in_words(replace(FACT, evidence=Evidence.RUN)) == "reproduced by running it"


def test_names_keep_their_small_letters_and_our_words_get_a_capital():
    assert ended("tf.data reads ahead") == "tf.data reads ahead."
    assert ended("Is it?") == "Is it?"
    assert sentence("out for building") == "Out for building."


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (2, 0, "It is light."),
        (0, 2, "Ash has this reason: It is light."),
        (0, -1, "Ash pays this cost: It is light."),
        (-1, 0, "It is light."),
    ],
)
def test_a_difference_says_what_is_lacked_and_what_is_spared(ours, theirs, words):
    assert difference_in_words(Difference("r", ours, theirs), "It is light.", "Ash") == words


@pytest.mark.parametrize(
    ("parts", "last", "joined"),
    [
        ([], "and", ""),
        (["Ash, shipped with Birch"], "and", "Ash, shipped with Birch"),
        (["Ash", "Birch"], "or", "Ash or Birch"),
        (["Ash", "Birch", "Cedar"], "and", "Ash, Birch and Cedar"),
        (["Sandy soil", "Orchards"], "and", "Sandy soil and Orchards"),
    ],
)
def test_a_list_is_joined_as_in_a_sentence(parts, last, joined):
    assert listed(parts, last) == joined


@pytest.mark.parametrize(
    ("parts", "last", "joined"),
    [
        (["Ash, shipped with Birch", "Birch"], "and", "Ash, shipped with Birch; and Birch"),
        (["Oak or beech", "Yew or box"], "and", "Oak or beech; and Yew or box"),
        (["Oak", "Ash and elm", "Yew"], "or", "Oak; Ash and elm; or Yew"),
        (["one; and two", "three"], "and", "one; and two; and three"),
    ],
)
def test_a_list_of_parts_that_are_joined_themselves_has_semicolons(parts, last, joined):
    assert listed(parts, last) == joined


@pytest.mark.parametrize(
    "part", ["“Oak or beech”", '"Oak, ash"', "'Oak and ash'", "wood (oak, or ash)"]
)
def test_what_stands_in_quotes_or_brackets_cannot_be_mistaken(part):
    assert listed([part, "Yew"]) == f"{part} and Yew"


def test_several_choices_stand_in_quotes_and_a_single_one_needs_none():
    assert labels_in_words(["Oak or beech"]) == "Oak or beech"
    assert labels_in_words(["Oak or beech", "Yew"]) == "“Oak or beech” and “Yew”"


TINY = Means("tiny", "on phones", when({"deploy": ["phone"]}))
PAGES = Means("pages", "in pages", when({"deploy": ["page"]}))
GROVE = replace(
    base(
        [
            question("deploy", "phone", "page", "server", multiple=True),
            question("goal", "build", "both"),
        ],
        [framework("ash", (Role.BUILD,)), replace(framework("birch"), means=(TINY, PAGES))],
        [
            rule("r-ash", Score(Role.BUILD, ("ash",), 3), when({"goal": ["build"]})),
            rule("r-birch", Score(Role.BUILD, ("birch",), 3), when({"goal": ["both"]})),
            rule("r-ships", Score(Role.SHIP, ("birch",), 2), when()),
        ],
        edges=[Edge("by-birch", "ash", "birch", "A way.", (), EVERYWHERE, ())],
    ),
    tools={
        name: Tool(name, name.title(), "", "It runs.", "active", (), EVERYWHERE)
        for name in ("tiny", "pages")
    },
)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("goal=build&deploy=server", "Ash, shipped with Birch"),
        ("goal=build&deploy=phone", "Ash, shipped with Birch (Tiny on phones)"),
        (
            "goal=build&deploy=page&deploy=phone",
            "Ash, shipped with Birch (Tiny on phones and Pages in pages)",
        ),
        ("goal=both&deploy=server", "Birch"),
        ("goal=both&deploy=phone&deploy=server", "Birch, shipped with Tiny on phones"),
    ],
)
def test_a_plan_names_the_means_that_its_answers_call_for(raw, words):
    result = recommend(GROVE, read_query_string(GROVE, raw).strict().answers)
    (plan,) = leading_plans(result.standings)
    assert plan_in_words(GROVE, plan) == words
    assert (
        plan_in_words(GROVE, plan.name) == words.partition(" (")[0].partition(", shipped with T")[0]
    )


def test_another_way_to_ship_that_is_its_own_is_told_by_its_means():
    result = recommend(GROVE, read_query_string(GROVE, "goal=both&deploy=phone").strict().answers)
    (plan,) = leading_plans(result.standings)
    assert alternative_in_words(GROVE, plan) == "Birch, shipped with Tiny on phones"
    assert (
        alternative_in_words(GROVE, replace(plan, means=())) == "Birch, shipped with its own tools"
    )
