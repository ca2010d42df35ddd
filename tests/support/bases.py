"""Rule bases in which each verdict can be had by one answer, and long and short questionnaires."""

from dataclasses import replace

from support.builders import base, framework, question, rule, when

from advisor.model.knowledge import Subject
from advisor.model.rules import Migration, Note, Role, Score, Stop

_STATES = base(
    [
        question("wood", "oak", "elm", "both", "neither", "little", "close"),
        question("tools", "saw", "axe", "none", multiple=True),
        question("shed", "yes", "no", applies=when({"tools": ["saw"]})),
    ],
    [framework("ash"), framework("birch")],
    [
        rule("oak", Score(Role.BUILD, ("ash",), 3), when({"wood": ["oak", "both", "close"]})),
        rule("elm", Score(Role.BUILD, ("birch",), 3), when({"wood": ["elm", "both"]})),
        rule("shy", Score(Role.BUILD, ("birch",), 2), when({"wood": ["close"]})),
        rule("small", Score(Role.BUILD, ("ash",), 1), when({"wood": ["little"]})),
        rule("no-ash", Stop(Role.BUILD, ("ash",), "Take oak."), when({"wood": ["neither"]})),
        rule("no-birch", Stop(Role.BUILD, ("birch",), "Take elm."), when({"wood": ["neither"]})),
        rule("saw", Score(Role.SHIP, ("ash",), 1), when({"tools": ["saw"], "shed": ["yes"]})),
        rule("axe", Score(Role.SHIP, ("birch",), -2), when({"tools": ["axe"]})),
    ],
    notes=[Note("n", "A note", "Nobody asked.", when({"wood": ["oak"]}), ("paper-holds",))],
    migrations=[
        Migration(
            "m", "birch", "ash", when({"wood": ["oak"]}), "It goes.", ("Go.", "Stay."), "small",
            ("paper-holds",),
        )
    ],
)  # fmt: skip

STATES = replace(_STATES, subjects={"matter": Subject("matter", "Matter", "What matters?")})

VERDICTS = {
    "clear": "oak",
    "tie": "both",
    "none": "neither",
    "open": "little",
    "close": "close",
}
"""For each verdict the choice of wood that leads to it."""
