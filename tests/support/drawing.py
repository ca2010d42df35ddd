"""Random rule bases and answers for property tests, small enough to be checked by brute force."""

from collections.abc import Sequence

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

CLAIM_SETS = st.lists(st.sampled_from(sorted(CLAIMS)), min_size=1, max_size=2, unique=True)
"""Claims a random rule rests on: some count on one basis only, some on neither."""
WAYS = st.sampled_from([("e0",), ("e1",), ("e0", "e2")])
"""Edges that points may be for, in a random rule base that may have them."""


@st.composite
def rulebases(draw: st.DrawFn, max_questions: int = 4) -> RuleBase:
    """Draw a small rule base with every mechanism in it."""
    questions = draw(_questions(max_questions))
    frameworks = draw(_frameworks())
    names = [f.id for f in frameworks]
    condition = _whens(questions)
    rules = [
        rule(f"r{number}", effect, draw(condition), draw(CLAIM_SETS))
        for number, effect in enumerate(draw(st.lists(_effects(frameworks), max_size=9)))
    ]
    edges = [
        Edge(
            f"e{number}",
            builder,
            shipper,
            "A way.",
            (),
            tuple(draw(CLAIM_SETS)),
            (
                Cost(
                    f"c{number}",
                    "It costs.",
                    draw(st.integers(1, 3)),
                    draw(st.one_of(st.just(ALWAYS), condition)),
                    tuple(draw(CLAIM_SETS)),
                ),
            ),
            draw(st.one_of(st.just(()), condition)),
        )
        for number, (builder, shipper) in enumerate(
            draw(
                st.lists(
                    st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(
                        lambda pair: pair[0] != pair[1]
                    ),
                    max_size=3,
                    unique=True,
                )
            )
        )
    ]
    switches = [
        Switch(f"s-{role}", role, "Nobody needs it.", draw(condition))
        for role in draw(st.lists(st.sampled_from(list(Role)), max_size=2, unique=True))
    ]
    return base(
        questions,
        frameworks,
        rules,
        edges=edges,
        switches=switches,
        notes=[Note("n0", "Note", "Told.", draw(condition), tuple(draw(CLAIM_SETS)))],
        migrations=[
            Migration(
                id="m0",
                origin="elsewhere",
                to=names[0],
                when=draw(condition),
                text="Go.",
                steps=("Do it.",),
                cost="small",
                claims=tuple(draw(CLAIM_SETS)),
            )
        ],
        steps=draw(_steps(names, [edge.id for edge in edges], condition)),
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
        margins=Margins(tie=draw(st.integers(0, 1)), close=draw(st.integers(0, 3))),
    )


@st.composite
def _condition(draw: st.DrawFn, questions: Sequence[Question]) -> dict[str, list[str]]:
    """Draw what one or two earlier questions have to be answered with."""
    asked = draw(st.lists(st.sampled_from(questions), min_size=1, max_size=2, unique_by=id))
    return {q.id: [draw(st.sampled_from([c.id for c in q.choices]))] for q in asked}


@st.composite
def _questions(draw: st.DrawFn, most: int) -> list[Question]:
    questions: list[Question] = []
    for number in range(draw(st.integers(2, most))):
        multiple = draw(st.booleans())
        choices = ["a", "b", "c"][: draw(st.integers(2, 3))]
        applies: When = ()
        if questions and draw(st.integers(0, 3)) == 0:
            applies = when(*draw(st.lists(_condition(questions), min_size=1, max_size=2)))
        if multiple:
            choices.append(NONE_CHOICE)
        questions.append(question(f"q{number}", *choices, multiple=multiple, applies=applies))
    return questions


@st.composite
def _frameworks(draw: st.DrawFn) -> list[Framework]:
    made = [
        framework(
            name,
            draw(st.sampled_from([tuple(Role), (Role.BUILD,), (Role.SHIP,)])),
            claims=draw(CLAIM_SETS),
        )
        for name in ("ash", "birch")
    ]
    backends = (
        Backend("on-ash", "On ash", "ash", tuple(draw(CLAIM_SETS))),
        Backend("on-air", "On air", "", tuple(draw(CLAIM_SETS))),
    )
    made.append(framework("cedar", (Role.BUILD,), backends))
    return made


@st.composite
def _steps(
    draw: st.DrawFn, frameworks: Sequence[str], edges: Sequence[str], condition: st.SearchStrategy
) -> list[Step]:
    """Draw steps for frameworks in a role and for edges, some for one backend only."""
    made = []
    for number in range(draw(st.integers(0, 4))):
        edge = draw(st.sampled_from(["", *edges]))
        made.append(
            Step(
                id=f"t{number}",
                phase=Phase.BUILD,
                framework="" if edge else draw(st.sampled_from(frameworks)),
                roles=()
                if edge
                else draw(st.sampled_from([*((role,) for role in Role), tuple(Role)])),
                edge=edge,
                backends=draw(st.sampled_from([(), ("on-air",)])),
                when=draw(st.one_of(st.just(ALWAYS), condition)),
                text="Do this next.",
                command="",
                tools=(),
                claims=tuple(draw(CLAIM_SETS)),
            )
        )
    return made


@st.composite
def _whens(draw: st.DrawFn, questions: Sequence[Question]) -> When:
    return when(*draw(st.lists(_alternatives(questions), min_size=1, max_size=2)))


@st.composite
def _alternatives(draw: st.DrawFn, questions: Sequence[Question]) -> dict[str, list[str]]:
    asked = draw(st.lists(st.sampled_from(questions), min_size=1, max_size=2, unique_by=id))
    return {
        q.id: draw(
            st.lists(
                st.sampled_from([c.id for c in q.choices]), min_size=1, max_size=2, unique=True
            )
        )
        for q in asked
    }


@st.composite
def _effects(draw: st.DrawFn, frameworks: Sequence[Framework]) -> Effect:
    takers = {role: [f.id for f in frameworks if role in f.roles] for role in Role}
    role = draw(st.sampled_from([role for role in Role if takers[role]]))
    some = tuple(draw(st.lists(st.sampled_from(takers[role]), min_size=1, max_size=2, unique=True)))
    points = draw(st.integers(1, 3))
    return draw(
        st.sampled_from(
            [
                Score(role, some, points),
                Score(role, some, points),
                Score(role, some, points),
                Score(role, some[:1], -points),
                Score(role, some[:1], points, draw(WAYS)),
                Stop(role, some[:1], "Do something else."),
                Level(role, some),
                Prefer("cedar", ("on-air",), points),
            ]
        )
    )


@st.composite
def answers_to(draw: st.DrawFn, rulebase: RuleBase) -> Answers:
    """Draw any answers to a rule base: given, unsure, any or absent, some of them important.

    Some come with constraints.
    """
    given: dict[str, frozenset[str]] = {}
    states: dict[str, set[str]] = {"unsure": set(), "any": set()}
    for asked in rulebase.questions.values():
        state = draw(st.sampled_from(["given", "given", "unsure", "any", "absent"]))
        if state == "given":
            given[asked.id] = draw(st.sampled_from(choice_sets(asked)))
        elif state in states:
            states[state].add(asked.id)
    important = draw(st.sets(st.sampled_from(sorted(rulebase.questions)), max_size=2))
    without: set[str] = set()
    one_tool = False
    if draw(st.integers(0, 2)) == 0:
        without = draw(st.sets(st.sampled_from(sorted(rulebase.frameworks)), max_size=2))
        one_tool = draw(st.booleans())
    return Answers(
        given,
        frozenset(states["unsure"]),
        frozenset(states["any"]),
        frozenset(important),
        frozenset(without),
        one_tool,
    )
