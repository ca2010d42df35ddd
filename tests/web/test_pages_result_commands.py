"""The command to start with, on the first screen of a result."""

import pytest
from support.browsing import Browser
from support.builders import EVERYWHERE, base, framework, question, rule, when

from advisor.model.rules import ALWAYS, Phase, Role, Score, Step, Switch
from advisor.settings import find_settings
from advisor.web.app import create_app


@pytest.mark.parametrize(("caller", "command"), [("snake", "get ash"), ("sharp", "add ash-sharp")])
def test_who_only_runs_a_model_begins_with_the_package_for_the_language_asked_for(caller, command):
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
            "add ash-sharp",
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
    assert first_screen.partition("Start with")[2].strip().startswith(command)
