"""How sure a result is, what to do next and what to verify: told on its page, in words."""

import gzip
import random

import pytest
from support.browsing import Browser

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.recommendation import Verdict, leading_plans
from advisor.output.changes import leaders_in_words
from advisor.output.headline import doubtful_claims
from advisor.output.words import counted
from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app

MOST_BYTES = 40_000
NOTHING_ALONE = "Finding out alone would not change who leads."


@pytest.fixture(scope="module")
def rules():
    return load(find_settings().rules)


@pytest.fixture(scope="module")
def site(rules):
    return Browser(create_app(find_settings(), rules))


@pytest.fixture(scope="module")
def drawn(rules):
    """Complete answers to the rules that we ship, the same ones every time."""
    chance = random.Random(4)  # noqa: S311 - examples, not secrets
    return [
        {
            question.id: frozenset({chance.choice([choice.id for choice in question.choices])})
            for question in rules.questions.values()
        }
        for _ in range(8)
    ]


def written(given, unsure=()):
    pairs = sorted((name, choice) for name, choices in given.items() for choice in choices)
    pairs += [(name, "unsure") for name in unsure]
    return "&".join(f"{name}={choice}" for name, choice in sorted(pairs))


def test_what_somebody_is_not_sure_of_says_what_it_could_bring(site, rules, drawn):
    seen = set()
    for given in drawn:
        unsure = sorted(given)[::3]
        known = {name: choices for name, choices in given.items() if name not in unsure}
        told = recommend(rules, Answers(given=known, unsure=frozenset(unsure)))
        waiting = [item for item in told.open_questions if item.unsure]
        page = site.open(f"/recommendation?{written(known, unsure)}")
        assert ("What you are not sure of" in page.text) == bool(waiting)
        for item in waiting:
            title = rules.questions[item.question].title
            words = [leaders_in_words(rules, leaders) for leaders in item.leaders]
            brings = f"Could bring {', or '.join(words)}." if item.matters else NOTHING_ALONE
            assert f"{title} {brings}" in page.text
            seen.add(item.matters)
    assert seen == {True, False}


def test_the_margin_the_tolerance_and_the_method_are_told(site, rules, drawn):
    firm = 0
    for given in drawn:
        told = recommend(rules, Answers(given=given))
        page = site.open(f"/recommendation?{written(given)}")
        assert {"/method"} < {link for link, _ in page.links}
        survives = "each in the direction that hurts most, it would still lead" in page.text
        assert survives == (told.tolerance is not None)
        if told.tolerance is not None:
            assert f" {int(told.tolerance * 100)} per cent" in page.text
            firm += 1
            short = told.margin - rules.margins.tie
            missing = f"{counted(short, 'point').capitalize()} more for "
            assert (missing in page.text) == (told.verdict is Verdict.CLOSE)
    assert firm


def test_steps_name_the_tools_with_their_state_and_leaning_claims_are_told(site, rules, drawn):
    leant = 0
    for given in drawn:
        told = recommend(rules, Answers(given=given))
        page = site.open(f"/recommendation?{written(given)}")
        steps = [rules.steps[name] for names in told.steps.values() for name in names]
        links = {link for link, _ in page.links}
        assert {f"/tools#tool-{tool}" for step in steps for tool in step.tools} <= links
        assert all(step.text in page.text for step in steps)
        plans = leading_plans(told.standings)
        reasons = [r for plan in plans for r in (*plan.reasons, *plan.backend_reasons)]
        doubtful = doubtful_claims(rules, reasons)
        assert ("verify" in page.ids) == bool(doubtful)
        assert {f"/claims/{name}" for name in doubtful} <= links
        leant += len(doubtful)
    assert leant


def test_the_longest_results_stay_light(site, drawn):
    for given in drawn:
        response = site.get(f"/recommendation?{written(given)}")
        assert response.status_code == 200
        assert len(gzip.compress(response.content, 5)) < MOST_BYTES
