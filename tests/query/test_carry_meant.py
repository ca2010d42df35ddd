"""What is suggested instead of an unknown choice: by id or by words, and rather none than wrong."""

from dataclasses import replace

import pytest
from support.builders import question

from advisor.model.rulebase import Choice
from advisor.query.carry import meant_choice

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
