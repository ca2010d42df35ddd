"""A plan is told with the tool that ships it, where its answers call for one with a name."""

from dataclasses import replace

import pytest
from support.builders import EVERYWHERE, base, framework, question, rule, when

from advisor.engine.recommend import recommend
from advisor.model.knowledge import Tool
from advisor.model.recommendation import leading_plans
from advisor.model.rulebase import Means
from advisor.model.rules import Edge, Role, Score
from advisor.output.words import plan_in_words, way_in_words
from advisor.query.read import read_query_string

TINY = Means("tiny", "on phones", when({"deploy": ["phone"]}))
PAGES = Means("pages", "in pages", when({"deploy": ["page"]}))
SMALL = replace(
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
    result = recommend(SMALL, read_query_string(SMALL, raw).strict().answers)
    (plan,) = leading_plans(result.standings)
    assert plan_in_words(SMALL, plan) == words
    assert (
        plan_in_words(SMALL, plan.name) == words.partition(" (")[0].partition(", shipped with T")[0]
    )


def test_another_way_that_is_its_own_is_told_by_its_means():
    result = recommend(SMALL, read_query_string(SMALL, "goal=both&deploy=phone").strict().answers)
    (plan,) = leading_plans(result.standings)
    assert way_in_words(SMALL, plan) == "Birch, shipped with Tiny on phones"
    assert way_in_words(SMALL, replace(plan, means=())) == "Birch, shipped with its own tools"
