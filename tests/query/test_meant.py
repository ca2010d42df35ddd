"""What is suggested instead of an unknown name: by id or by words, and rather none than wrong."""

from dataclasses import replace

import pytest
from support.builders import question
from support.real import real_rulebase

from advisor.model.answers import SETTINGS
from advisor.model.rulebase import Choice
from advisor.query.meant import meant_choice, meant_name
from advisor.query.read import read_query_string

SAID = {
    "mobile": ("Phones and tablets", "Android, iOS"),
    "server": ("Our own servers or a cloud", ""),
    "desktop": ("Applications for the desk", "On Windows or Linux machines"),
    "web": ("In the browser", "Inside the page, not on a server behind it"),
    "spread": ("Several machines", ""),
    "none": ("Nowhere beyond the notebook", ""),
}
DEPLOY = replace(
    question("deploy", multiple=True),
    choices=tuple(Choice(name, *texts, neutral=False) for name, texts in SAID.items()),
)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("moblie", "mobile"),
        ("Mobile", "mobile"),
        ("wbe", "web"),
        ("phone", "mobile"),
        ("iphone", "mobile"),
        ("iOS", "mobile"),
        ("in-the-browser", "web"),
        ("notebooks", "none"),
        ("several", "spread"),
        ("unsur", "unsure"),
        ("nonee", "none"),
    ],
)
def test_a_choice_is_found_by_its_id_or_by_what_people_see_of_it(given, meant):
    assert meant_choice(DEPLOY, given) == meant


@pytest.mark.parametrize(
    "given",
    [
        "node",
        "mcu",
        "x",
        "machines",
        "phones-in-the-browser",
        "many",
        "?",
        "phone " * 20,
        "ünïcode",
    ],
)
def test_nothing_is_suggested_where_nothing_or_several_things_are_alike(given):
    assert meant_choice(DEPLOY, given) == ""


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("gaol", "goal"),
        ("Hardware", "hardware"),
        ("purpose", "goal"),
        ("task", "field"),
        ("team", "experience"),
        ("accelerator", "hardware"),
        ("debuging", "insight"),
        ("devices", "spread"),
        ("importnat", "important"),
    ],
)
def test_a_key_is_found_by_its_id_or_by_what_people_see_of_the_question(given, meant):
    assert meant_name(given, real_rulebase().questions, SETTINGS) == meant


@pytest.mark.parametrize(
    "given", ["licence", "price", "cost", "precision", "destroy", "code", "gpu", "users", ""]
)
def test_no_key_is_suggested_where_none_is_meant(given):
    assert meant_name(given, real_rulebase().questions, SETTINGS) == ""


@pytest.mark.parametrize(
    ("given", "meant"),
    [("PyTorch", "pytorch"), ("onnx-runtime", "onnx"), ("keras", "keras3"), ("jax", "")],
)
def test_a_framework_is_found_by_its_id_or_its_name(given, meant):
    assert meant_name(given, real_rulebase().frameworks) == meant


def test_a_question_that_is_marked_is_found_by_its_label_too():
    (fault,) = read_query_string(real_rulebase(), "important=purpose").faults
    assert fault.nearest == "goal"
