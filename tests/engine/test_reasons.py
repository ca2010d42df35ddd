"""What to do next: the steps that belong to a leading plan, in the order in which they are due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.drawing import answers_to, rulebases
from support.reference import firing

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis, cap
from advisor.model.recommendation import State, Verdict
from advisor.model.rulebase import Backend
from advisor.model.rules import ALWAYS, Edge, Phase, Role, Score, Step

BASES = st.sampled_from(list(Basis))
SHIPPED = Answers({"goal": frozenset({"ship"})})


def step(name, **more):
    """Make a step for building with cedar, unless told otherwise."""
    where = {"framework": "cedar", "roles": (Role.BUILD,), "edge": ""}
    values = where | {"backends": (), "when": ALWAYS, "claims": EVERYWHERE}
    fixed = {"phase": Phase.BUILD, "text": "Do it.", "command": "", "tools": ()}
    return Step(id=name, **fixed, **(values | more))


def for_edge(name, edge):
    return step(name, framework="", roles=(), edge=edge)


def rulebase(*steps):
    """Make a rule base in which cedar, on air, builds and ash ships."""
    backends = (Backend("on-air", "On air", "", EVERYWHERE),)
    return base(
        [question("goal", "ship", "play")],
        [framework("ash"), framework("cedar", (Role.BUILD,), backends)],
        [
            rule("builds", Score(Role.BUILD, ("cedar",), 3), when({"goal": ["ship"]})),
            rule("ships", Score(Role.SHIP, ("ash",), 2), when({"goal": ["ship"]})),
            rule("plays", Score(Role.BUILD, ("ash",), 1), when({"goal": ["play"]})),
        ],
        edges=[Edge("way", "cedar", "ash", "A way.", (), EVERYWHERE, ())],
        steps=steps,
    )


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (step("s"), True),
        (step("s", framework="ash", roles=(Role.SHIP,)), True),
        (step("s", framework="ash"), False),
        (step("s", framework="ash", roles=tuple(Role)), False),
        (step("s", backends=("on-air",)), True),
        (step("s", backends=("on-ash",)), False),
        (for_edge("s", "way"), True),
        (for_edge("s", "other-way"), False),
        (step("s", framework="ash", roles=(Role.SHIP,), not_by=("other-way",)), True),
        (step("s", framework="ash", roles=(Role.SHIP,), not_by=("way",)), False),
        (step("s", when=when({"goal": ["ship"]})), True),
        (step("s", when=when({"goal": ["play"]})), False),
        (step("s", not_when=when({"goal": ["play"]})), True),
        (step("s", not_when=when({"goal": ["ship"]})), False),
        (step("s", not_when=when({"goal": ["ship"]}), except_when=when({"goal": ["ship"]})), True),
        (step("s", not_when=when({"goal": ["ship"]}), except_when=when({"goal": ["play"]})), False),
        (step("s", claims=("paper-fell",)), False),
    ],
)
def test_a_step_is_told_when_plan_answers_and_claims_allow_it(due, told):
    steps = recommend(rulebase(due), SHIPPED).steps
    assert steps == {"cedar": ("s",) if told else ()}


def test_a_step_for_both_roles_is_told_to_who_builds_and_ships_alone():
    both = step("s", framework="ash", roles=tuple(Role), when=when({"goal": ["alone"]}))
    alone = base(
        [question("goal", "alone")],
        [framework("ash")],
        [rule("builds", Score(Role.BUILD, ("ash",), 3), when({"goal": ["alone"]}))],
        steps=[both],
    )
    assert recommend(alone, Answers({"goal": frozenset({"alone"})})).steps == {"ash": ("s",)}


def test_a_step_of_a_fallen_claim_is_told_on_the_documents_alone():
    fallen = rulebase(step("s", claims=("paper-fell",)))
    assert recommend(fallen, SHIPPED, Basis.DOCUMENTS).steps == {"cedar": ("s",)}


def test_steps_keep_the_order_of_the_rule_base():
    written = rulebase(step("z"), for_edge("m", "way"), step("a"))
    assert recommend(written, SHIPPED).steps == {"cedar": ("z", "m", "a")}


def test_nothing_is_to_be_done_while_too_little_is_answered():
    playing = Answers({"goal": frozenset({"play"})})
    result = recommend(rulebase(step("s", framework="ash")), playing)
    assert (result.leaders, result.verdict) == (("ash",), Verdict.OPEN)
    assert result.steps == {}


def test_no_question_is_asked_for_the_sake_of_a_step():
    quiet = base(
        [question("goal", "ship", "play"), question("mood", "good", "bad")],
        [framework("ash")],
        [rule("builds", Score(Role.BUILD, ("ash",), 3), when({"goal": ["ship"]}))],
        steps=[step("s", framework="ash", when=when({"mood": ["good"]}))],
    )
    assert recommend(quiet, SHIPPED).next_question is None


def belongs(due, plan):
    """Say whether a step is for who does what in a plan, or for its edge."""
    if due.backends and plan.backend not in due.backends:
        return False
    done_by = {(Role.BUILD, plan.builder), (Role.SHIP, plan.shipper)}
    if due.edge:
        return due.edge == plan.edge
    return {(role, due.framework) for role in due.roles} <= done_by


@given(st.data(), rulebases(), BASES)
def test_exactly_the_steps_of_the_leading_plans_are_told(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    if result.verdict is Verdict.OPEN:
        assert result.steps == {}
        return
    used = {q: c for q, c in result.answers.given.items() if q not in result.ignored}
    active = [
        due
        for due in rulebase.steps.values()
        if any(cap(rulebase.claims, rulebase.sources, claim, basis) for claim in due.claims)
        if firing(due, used)
    ]
    plans = [s.plan for s in result.standings if s.state is State.LEADS]
    assert result.steps == {
        plan.lead: tuple(due.id for due in active if belongs(due, plan)) for plan in plans
    }
