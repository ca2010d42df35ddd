"""Whoever names two languages is told of both, and whoever has a server is told how to call it."""

import re
from itertools import combinations

import pytest
from support.real import real_rulebase

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.recommendation import leading_plans
from advisor.model.rules import Phase

SERVERS = ("versioned", "ready-server", "shared-gpu")


def told(**answers):
    """Return for each leading plan the steps that ship, by the plan's name."""
    rulebase = real_rulebase()
    given = {question: frozenset(choices) for question, choices in answers.items()}
    result = recommend(rulebase, Answers({"training": frozenset({"scratch"}), **given}))
    return {
        plan.name: [
            step
            for name in result.steps.get(plan.lead, ())
            if (step := rulebase.steps[name]).phase is Phase.SHIP
        ]
        for plan in leading_plans(result.standings)
    }


LANGUAGES = [c.id for c in real_rulebase().questions["languages"].choices if c.id != "none"]


@pytest.mark.parametrize("target", ["server", "desktop", "mobile", "embedded", "web", "host"])
def test_two_languages_are_told_what_each_alone_is_told(target):
    alone = {name: told(deploy=[target], languages=[name]) for name in LANGUAGES}
    for pair in combinations(LANGUAGES, 2):
        for plan, steps in told(deploy=[target], languages=pair).items():
            expected = {step.id for name in pair for step in alone[name].get(plan, ())}
            assert expected <= {step.id for step in steps}, pair


@pytest.mark.parametrize("serving", SERVERS)
def test_beside_a_server_no_program_opens_the_file_itself(serving):
    for name in LANGUAGES:
        for steps in told(deploy=["server"], serving=[serving], languages=[name]).values():
            assert not steps or [step.id for step in steps if "call-" in step.id], name
            assert not [step.id for step in steps if "model.onnx" in step.command], name


def test_a_program_beside_the_server_still_opens_the_file():
    steps = told(deploy=["server", "desktop"], serving=["shared-gpu"], languages=["java"])
    assert any("model.onnx" in step.command for each in steps.values() for step in each)


@pytest.mark.parametrize(
    ("language", "package"), [("dotnet", "OnnxRuntime"), ("javascript", "npm install")]
)
def test_beside_an_nvidia_card_one_package_is_installed(language, package):
    answers = {"training": "nothing", "deploy": "desktop", "chip": "nvidia", "languages": language}
    result = recommend(real_rulebase(), Answers({k: frozenset({v}) for k, v in answers.items()}))
    (told,) = result.steps.values()
    commands = "\n".join(real_rulebase().steps[name].command for name in told)
    assert len(re.findall(rf"^(?:dotnet add package .*)?{package}", commands, re.MULTILINE)) == 1
