"""Random rule bases and answers for property tests, small enough to be checked by brute force."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st
from support.builders import CLAIMS, base, choice_sets, framework, question, rule, when

from advisor.model.answers import Answers
from advisor.model.knowledge import Disagreement, Side
from advisor.model.rulebase import NONE_CHOICE, Backend, Framework, Margins, Question, RuleBase
from advisor.model.rules import (
    ALWAYS,
    Cost,
    Edge,
    Effect,
    Level,
    Migration,
    Note,
    Phase,
    Prefer,
    Role,
    Score,
    Step,
    Stop,
    Switch,
    When,
)

Thing = TypeVar("Thing")

NAMES = ("ash", "birch", "cedar")
WAYS = (("e0",), ("e1",), ("e0", "e2"))
"""Edges that points may be for, in a random rule base that may have them."""


@cache
def _number(least: int, most: int) -> st.SearchStrategy[int]:
    """Make each range of numbers once: Hypothesis takes as long to make one as to draw from it."""
    return st.integers(least, most)


def _one(draw: st.DrawFn, things: Sequence[Thing]) -> Thing:
    return things[draw(_number(0, len(things) - 1))]


def _some(
    draw: st.DrawFn, things: Sequence[Thing], least: int = 1, most: int = 2
) -> tuple[Thing, ...]:
    """Draw several different things."""
    left = list(things)
    count = draw(_number(least, min(most, len(left))))
    return tuple(left.pop(draw(_number(0, len(left) - 1))) for _ in range(count))


def _claims(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw what something rests on: some claims count on one basis only, some on neither."""
    return _some(draw, sorted(CLAIMS))


def _when(draw: st.DrawFn, questions: Sequence[Question], most: int = 2) -> When:
    """Draw up to two alternatives, each of up to two questions with up to `most` choices."""
    return when(
        *(
            {q.id: _some(draw, [c.id for c in q.choices], 1, most) for q in _some(draw, questions)}
            for _ in range(draw(_number(1, 2)))
        )
    )


def _perhaps(draw: st.DrawFn, questions: Sequence[Question], otherwise: When) -> When:
    return _when(draw, questions) if draw(st.booleans()) else otherwise


@st.composite
def rulebases(draw: st.DrawFn, max_questions: int = 4) -> RuleBase:
    """Draw a small rule base with every mechanism in it."""
    questions = _questions(draw, max_questions)
    frameworks = _frameworks(draw)
    edges = _edges(draw, questions)
    return base(
        questions,
        frameworks,
        [
            rule(f"r{number}", _effect(draw, frameworks), _when(draw, questions), _claims(draw))
            for number in range(draw(_number(0, 9)))
        ],
        edges=edges,
        switches=[
            Switch(f"s-{role}", role, "Nobody needs it.", _when(draw, questions))
            for role in _some(draw, list(Role), 0)
        ],
        notes=[Note("n0", "Note", "Told.", _when(draw, questions), _claims(draw))],
        migrations=[
            Migration(
                id="m0",
                origin="elsewhere",
                to=NAMES[0],
                when=_when(draw, questions),
                text="Go.",
                steps=("Do it.",),
                cost="small",
                claims=_claims(draw),
            )
        ],
        steps=[_step(draw, f"t{n}", edges, questions) for n in range(draw(_number(0, 4)))],
        disagreements=[
            Disagreement(
                "d0",
                "Who is right?",
                "direct",
                (Side("One.", ("paper-holds",)), Side("Other.", ("paper-fell",))),
                (),
                "Nothing settles it.",
            )
        ],
        margins=Margins(tie=draw(_number(0, 1)), close=draw(_number(0, 3))),
    )


def _questions(draw: st.DrawFn, most: int) -> list[Question]:
    questions: list[Question] = []
    for number in range(draw(_number(2, most))):
        multiple = draw(st.booleans())
        choices = ["a", "b", "c"][: draw(_number(2, 3))]
        applies: When = ()
        if questions and draw(_number(0, 3)) == 0:
            applies = _when(draw, questions, most=1)
        if multiple:
            choices.append(NONE_CHOICE)
        questions.append(question(f"q{number}", *choices, multiple=multiple, applies=applies))
    return questions


def _frameworks(draw: st.DrawFn) -> list[Framework]:
    roles = (tuple(Role), (Role.BUILD,), (Role.SHIP,))
    made = [framework(name, _one(draw, roles), claims=_claims(draw)) for name in NAMES[:2]]
    backends = (
        Backend("on-ash", "On ash", "ash", _claims(draw)),
        Backend("on-air", "On air", "", _claims(draw)),
    )
    return [*made, framework(NAMES[2], (Role.BUILD,), backends)]


def _edges(draw: st.DrawFn, questions: Sequence[Question]) -> list[Edge]:
    pairs = [(builder, shipper) for builder in NAMES for shipper in NAMES if builder != shipper]
    made = []
    for number, (builder, shipper) in enumerate(_some(draw, pairs, 0, 3)):
        dear = _perhaps(draw, questions, ALWAYS)
        cost = Cost(f"c{number}", "It costs.", draw(_number(1, 3)), dear, _claims(draw))
        finished = _perhaps(draw, questions, ())
        made.append(
            Edge(f"e{number}", builder, shipper, "A way.", (), _claims(draw), (cost,), finished)
        )
    return made


def _step(draw: st.DrawFn, name: str, edges: Sequence[Edge], questions: Sequence[Question]) -> Step:
    """Draw a step for a framework in a role or for an edge, perhaps for one backend only."""
    edge = _one(draw, ["", *(edge.id for edge in edges)])
    return Step(
        id=name,
        phase=Phase.BUILD,
        framework="" if edge else _one(draw, NAMES),
        roles=() if edge else _one(draw, [*((role,) for role in Role), tuple(Role)]),
        edge=edge,
        backends=_one(draw, [(), ("on-air",)]),
        when=_perhaps(draw, questions, ALWAYS),
        text="Do this next.",
        command="",
        tools=(),
        claims=_claims(draw),
    )


def _effect(draw: st.DrawFn, frameworks: Sequence[Framework]) -> Effect:
    takers = {role: [f.id for f in frameworks if role in f.roles] for role in Role}
    role = _one(draw, [role for role in Role if takers[role]])
    some = _some(draw, takers[role])
    points = draw(_number(1, 3))
    return _one(
        draw,
        [
            Score(role, some, points),
            Score(role, some, points),
            Score(role, some, points),
            Score(role, some[:1], -points),
            Score(role, some[:1], points, _one(draw, WAYS)),
            Stop(role, some[:1], "Do something else."),
            Level(role, some),
            Prefer("cedar", ("on-air",), points),
        ],
    )


@st.composite
def answers_to(draw: st.DrawFn, rulebase: RuleBase) -> Answers:
    """Draw any answers to a rule base: given, unsure, any or absent, some of them important.

    Some come with constraints.
    """
    given: dict[str, frozenset[str]] = {}
    states: dict[str, set[str]] = {"unsure": set(), "any": set()}
    for asked in rulebase.questions.values():
        state = _one(draw, ["given", "given", "unsure", "any", "absent"])
        if state == "given":
            given[asked.id] = _one(draw, choice_sets(asked))
        elif state in states:
            states[state].add(asked.id)
    important = _some(draw, sorted(rulebase.questions), 0)
    without: Sequence[str] = ()
    one_tool = False
    if draw(_number(0, 2)) == 0:
        without = _some(draw, sorted(rulebase.frameworks), 0)
        one_tool = draw(st.booleans())
    return Answers(
        given,
        frozenset(states["unsure"]),
        frozenset(states["any"]),
        frozenset(important),
        frozenset(without),
        one_tool,
    )
