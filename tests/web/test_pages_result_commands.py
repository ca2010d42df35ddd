"""The command to start with, on the first screen of a result."""

import pytest
from support.browsing import Browser
from support.builders import EVERYWHERE, base, framework, question, rule, when

from advisor.model.rules import ALWAYS, Phase, Role, Score, Step, Switch
from advisor.settings import find_settings
from advisor.web.app import create_app

LONG = f"add ash-sharp\nadd more\nadd {'most' * 30}\nadd"
CUT = "( all of it ) add ash-sharp add more "


@pytest.mark.parametrize(
    ("caller", "sharp", "shown"),
    [
        ("snake", "add ash-sharp", "get ash "),
        ("sharp", "add ash-sharp", "add ash-sharp "),
        ("sharp", "add\nash-sharp\n", "add ash-sharp "),
        # What is too long for the first screen is cut at a paragraph, or at a few lines.
        ("sharp", LONG, CUT),
        ("sharp", "add ash-sharp\n\nrun it", "( all of it ) add ash-sharp "),
    ],
)
def test_the_first_screen_has_the_package_for_the_language_asked_for(caller, sharp, shown):
    steps = [
        Step(
            "get",
            Phase.INSTALL,
            "ash",
            (Role.SHIP,),
            "",
            (),
            ALWAYS,
            "Get.",
            "get ash",
            (),
            EVERYWHERE,
        ),
        Step(
            "add",
            Phase.INSTALL,
            "ash",
            (Role.SHIP,),
            "",
            (),
            when({"caller": ["sharp"]}),
            "Add.",
            sharp,
            (),
            EVERYWHERE,
        ),
    ]
    known = base(
        [question("caller", "snake", "sharp")],
        [framework("ash", (Role.SHIP,)), framework("birch")],
        [rule("runs", Score(Role.SHIP, ("ash",), 3), when({"caller": ["snake", "sharp"]}))],
        switches=[
            Switch("idle", Role.BUILD, "Nothing to build.", when({"caller": ["snake", "sharp"]}))
        ],
        steps=steps,
    )
    text = Browser(create_app(find_settings(), known)).open(f"/recommendation?caller={caller}").text
    first_screen = text.partition("Where each stands")[0]
    begin = " ".join(first_screen.partition("Start with")[2].split()) + " "
    assert begin.startswith(shown)
    assert ("( all of it )" in shown) == ("( all of it )" in begin)


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("add ash", "( all of it ) Take the build for the card. add ash "),
        # What checks only cannot run before what the sentence says.
        ("python -c 1", "( all of it ) Take the build for the card. Then check with python -c 1 "),
        ("", "( all of it ) Take the build for the card. "),
    ],
)
def test_a_first_step_that_depends_on_the_answers_has_its_sentence(command, shown):
    text = "Take the build for the card. It lies beside the others."
    card = when({"card": ["odd"]})
    step = Step("get", Phase.INSTALL, "ash", (), "", (), card, text, command, (), EVERYWHERE)
    known = base(
        [question("card", "odd", "even")],
        [framework("ash"), framework("birch")],
        [rule("runs", Score(Role.BUILD, ("ash",), 3), card)],
        steps=[step],
    )
    page = Browser(create_app(find_settings(), known)).open("/recommendation?card=odd").text
    assert " ".join(page.partition("Start with")[2].split()).startswith(shown)
