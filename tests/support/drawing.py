"""Random rule bases and answers for property tests, small enough to be checked by brute force."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st
from support.builders import CLAIMS, EVERYWHERE, base, choice_sets, framework, question, rule, when

from advisor.model.answers import Answers
from advisor.model.knowledge import Disagreement, Side
from advisor.model.rulebase import NONE_CHOICE, Backend, Framework, Margins, Question, RuleBase
from advisor.model.rules import (
    ALWAYS,
    UNANSWERED,
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


SEEDS = st.integers(0, 2**32)
"""Hypothesis draws a seed, and chance the rest: it would draw much that is alike, and slowly."""


def _some(
    chance: Random, things: Sequence[Thing], least: int = 1, most: int = 2
) -> tuple[Thing, ...]:
    """Draw several different things."""
    return tuple(chance.sample(things, chance.randint(least, min(most, len(things)))))


def _claims(chance: Random) -> tuple[str, ...]:
    """Draw what something rests on: some claims count on one basis only, some on neither."""
    return EVERYWHERE if chance.random() < 0.5 else _some(chance, sorted(CLAIMS))


def _when(chance: Random, questions: Sequence[Question], most: int = 2) -> When:
    """Draw up to two clauses, each of up to two questions with up to `most` choices.

    Where there may be several choices, one may be that there is no answer.
    """
    unanswered = [UNANSWERED] if most > 1 else []
    return when(
        *(
            {
                q.id: _some(chance, [*(c.id for c in q.choices), *unanswered], 1, most)
                for q in _some(chance, questions)
            }
            for _ in range(chance.randint(1, 2))
        )
    )


def _perhaps(chance: Random, questions: Sequence[Question], otherwise: When) -> When:
    return _when(chance, questions) if chance.random() < 0.5 else otherwise


@st.composite
def rulebases(draw: st.DrawFn, max_questions: int = 4) -> RuleBase:
    """Draw a small rule base with every mechanism in it."""
    chance = Random(draw(SEEDS))  # noqa: S311 - a test, not a secret
    questions = _questions(chance, max_questions)
    frameworks = _frameworks(chance)
    edges = _edges(chance, questions)
    return base(
        questions,
        frameworks,
        [
            rule(
                f"r{number}",
                _effect(chance, frameworks, edges),
                _perhaps(chance, questions, ALWAYS),
                _claims(chance),
                not_when=_perhaps(chance, questions, ()),
                except_when=_perhaps(chance, questions, ()),
            )
            for number in range(chance.randint(0, 9))
        ],
        edges=edges,
        switches=[
            Switch(f"s-{role}", role, "Nobody needs it.", _when(chance, questions))
            for role in _some(chance, list(Role), 0)
        ],
        notes=[Note("n0", "Note", "Told.", _when(chance, questions), _claims(chance))],
        migrations=[
            Migration(
                id="m0",
                origin="elsewhere",
                to=NAMES[0],
                when=_when(chance, questions),
                text="Go.",
                steps=("Do it.",),
                cost="small",
                claims=_claims(chance),
            )
        ],
        steps=[_step(chance, f"t{n}", edges, questions) for n in range(chance.randint(0, 4))],
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
        margins=Margins(tie=chance.randint(0, 1), close=chance.randint(0, 3)),
    )


def _questions(chance: Random, most: int) -> list[Question]:
    questions: list[Question] = []
    for number in range(chance.randint(2, most)):
        multiple = chance.random() < 0.5
        choices = ["a", "b", "c"][: chance.randint(2, 3)]
        applies: When = ()
        if questions and chance.randint(0, 3) == 0:
            applies = _when(chance, questions, most=1)
        if multiple:
            choices.append(NONE_CHOICE)
        questions.append(question(f"q{number}", *choices, multiple=multiple, applies=applies))
    return questions


def _frameworks(chance: Random) -> list[Framework]:
    roles = (tuple(Role), tuple(Role), tuple(Role), (Role.BUILD,), (Role.SHIP,))
    made = [framework(name, chance.choice(roles), claims=_claims(chance)) for name in NAMES[:2]]
    backends = (
        Backend("on-ash", "On ash", "ash", _claims(chance)),
        Backend("on-air", "On air", "", _claims(chance)),
    )
    return [*made, framework(NAMES[2], (Role.BUILD,), backends)]


def _edges(chance: Random, questions: Sequence[Question]) -> list[Edge]:
    pairs = [(builder, shipper) for builder in NAMES for shipper in NAMES if builder != shipper]
    made = []
    for number, (builder, shipper) in enumerate(_some(chance, pairs, 0, 3)):
        dear = _perhaps(chance, questions, ALWAYS)
        free, even_so = (_perhaps(chance, questions, ()) for _ in range(2))
        points, claims = chance.randint(1, 3), _claims(chance)
        cost = Cost(f"c{number}", "It costs.", points, dear, claims, free, even_so)
        finished = _perhaps(chance, questions, ())
        made.append(
            Edge(f"e{number}", builder, shipper, "A way.", (), _claims(chance), (cost,), finished)
        )
    return made


def _step(chance: Random, name: str, edges: Sequence[Edge], questions: Sequence[Question]) -> Step:
    """Draw a step for a framework in a role or for an edge, perhaps for one backend only."""
    edge = chance.choice(["", *(edge.id for edge in edges)])
    return Step(
        id=name,
        phase=Phase.BUILD,
        framework="" if edge else chance.choice(NAMES),
        roles=() if edge else chance.choice([*((role,) for role in Role), tuple(Role)]),
        edge=edge,
        backends=chance.choice([(), ("on-air",)]),
        when=_perhaps(chance, questions, ALWAYS),
        text="Do this next.",
        command="",
        tools=(),
        claims=_claims(chance),
        not_when=_perhaps(chance, questions, ()),
        except_when=_perhaps(chance, questions, ()),
        not_by=() if edge else chance.choice([(), *((each.id,) for each in edges)]),
    )


def _effect(chance: Random, frameworks: Sequence[Framework], edges: Sequence[Edge]) -> Effect:
    takers = {role: [f.id for f in frameworks if role in f.roles] for role in Role}
    role = chance.choice([role for role in Role if takers[role]])
    some = _some(chance, takers[role])
    points = chance.randint(1, 3)
    # Only a framework at the right end of an edge can have points for going by it.
    ends = {edge.id: edge.builder if role is Role.BUILD else edge.shipper for edge in edges}
    taker = chance.choice([name for name in takers[role] if name in ends.values()] or some[:1])
    ways = tuple(name for name, end in ends.items() if end == taker)
    return chance.choice(
        [
            Score(role, some, points),
            Score(role, some, points),
            Score(role, some, points),
            Score(role, some[:1], -points),
            Score(role, (taker,), points, ways),
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
    chance = Random(draw(SEEDS))  # noqa: S311 - a test, not a secret
    given: dict[str, frozenset[str]] = {}
    states: dict[str, set[str]] = {"unsure": set(), "any": set()}
    for asked in rulebase.questions.values():
        state = chance.choice(["given", "given", "given", "given", "unsure", "any", "absent"])
        if state == "given":
            given[asked.id] = chance.choice(choice_sets(asked))
        elif state in states:
            states[state].add(asked.id)
    important = _some(chance, sorted(rulebase.questions), 0)
    without: Sequence[str] = ()
    one_tool = False
    if chance.randint(0, 2) == 0:
        without = _some(chance, sorted(rulebase.frameworks), 0)
        one_tool = chance.random() < 0.5
    return Answers(
        given,
        frozenset(states["unsure"]),
        frozenset(states["any"]),
        frozenset(important),
        frozenset(without),
        one_tool,
    )
