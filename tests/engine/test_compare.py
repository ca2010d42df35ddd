"""A comparison says where answers differ and whether that matters, as trying it out says."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import reference
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.drawing import answers_to, rulebases
from support.examples import times

from advisor.engine.compare import compare, saying, taking_over
from advisor.engine.recommend import recommend
from advisor.model.answers import CONSTRAINTS, Answers
from advisor.model.explanation import AnswerState, Weight
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Backend
from advisor.model.rules import ALWAYS, Cost, Edge, Prefer, Role, Score, Switch

BASES = st.sampled_from(list(Basis))


def weights_by_trying(rulebase, several, basis):
    """Try every set of answers to take over, between every two, with the plain reference."""
    order = list(Weight)
    keys = (*rulebase.questions, *CONSTRAINTS)
    found = dict.fromkeys(keys, Weight.NONE)
    for one, other in combinations(several, 2):
        names = [q for q in keys if saying(one, q) != saying(other, q)]
        tried = [
            [
                (taken, now, reference.advise(rulebase, taking_over(mine, theirs, taken), basis))
                for size in range(len(names) + 1)
                for taken in combinations(names, size)
            ]
            for mine, theirs in permutations((one, other))
            for now in (reference.advise(rulebase, mine, basis),)
        ]
        for moves, alone, together in (
            (other_lead, Weight.ALONE, Weight.TOGETHER),
            (other_plan, Weight.PLAN, Weight.PLAN_TOGETHER),
        ):
            moving = [taken for each in tried for taken, now, then in each if moves(now, then)]
            least = min(map(len, moving), default=0)
            (_, now, then) = tried[0][-1]
            if least > 1 and not moves(now, then):
                continue
            for name in {name for taken in moving if len(taken) == least for name in taken}:
                weight = alone if least == 1 else together
                found[name] = min(found[name], weight, key=order.index)
    return found


def other_lead(now, then):
    return then.leaders != now.leaders


def other_plan(now, then):
    return then.leaders == now.leaders and then.plans != now.plans


@pytest.mark.slow
@times(2)
@given(st.data(), rulebases(max_questions=3), BASES)
def test_whether_a_difference_matters_is_what_trying_it_out_says(data, rulebase, basis):
    several = [data.draw(answers_to(rulebase)) for _ in range(data.draw(st.integers(2, 3)))]
    comparison = compare(rulebase, several, basis)
    expected = weights_by_trying(rulebase, several, basis)
    keys = (*rulebase.questions, *CONSTRAINTS)
    names = [key for key in keys if len({saying(a, key) for a in several}) > 1]
    assert [differing.question for differing in comparison.differing] == names
    assert {d.question: d.weight for d in comparison.differing} == {n: expected[n] for n in names}


@given(st.data(), rulebases(), BASES)
def test_results_are_the_recommendations_and_the_shared_one_is_on_what_all_say(
    data, rulebase, basis
):
    several = [data.draw(answers_to(rulebase)) for _ in range(2)]
    comparison = compare(rulebase, several, basis)
    assert comparison.results == tuple(recommend(rulebase, each, basis) for each in several)
    shared = comparison.shared.answers
    for name in (*rulebase.questions, *CONSTRAINTS):
        sayings = {saying(each, name) for each in several}
        expected = sayings.pop() if len(sayings) == 1 else AnswerState((), important=False)
        assert saying(shared, name) == expected


@given(st.data(), rulebases(), BASES)
def test_reasons_gained_and_lost_turn_the_first_reasons_into_the_others(data, rulebase, basis):
    several = [data.draw(answers_to(rulebase)) for _ in range(2)]
    comparison = compare(rulebase, several, basis)
    first, second = (
        {
            (r.rule, r.framework, r.role)
            for s in result.standings
            if s.framework in result.leaders
            for r in s.plan.reasons
        }
        for result in comparison.results
    )
    none, shift = comparison.shifts
    assert (none.gained, none.lost) == ((), ())
    gained, lost = (
        {(r.rule, r.framework, r.role) for r in reasons} for reasons in (shift.gained, shift.lost)
    )
    assert gained == second - first
    assert lost == first - second


VOTERS = ("goal", "team", "size")
MAJORITY = base(
    [question(name, "yes", "no") for name in (*VOTERS, "colour")],
    [framework("ash"), framework("birch")],
    [
        rule("r-ash", Score(Role.BUILD, ("ash",), 3), when()),
        *(rule(f"r-{q}", Score(Role.BUILD, ("birch",), 2), when({q: ["yes"]})) for q in VOTERS),
    ],
)


def said(**choices):
    return Answers({name: frozenset({choice}) for name, choice in choices.items()})


def test_differences_that_only_matter_together_are_told_apart_from_idle_ones():
    several = [
        said(goal="yes", team="yes", size="yes", colour="no"),
        said(goal="no", team="no", size="no", colour="yes"),
    ]
    comparison = compare(MAJORITY, several)
    assert [result.leaders for result in comparison.results] == [("birch",), ("ash",)]
    assert {d.question: d.weight for d in comparison.differing} == {
        **dict.fromkeys(VOTERS, Weight.TOGETHER),
        "colour": Weight.NONE,
    }


def test_a_mark_is_part_of_what_is_said():
    plain = said(goal="yes", colour="yes")
    marked = Answers(plain.given, important=frozenset({"goal"}))
    (differing,) = compare(MAJORITY, [plain, marked]).differing
    assert differing.question == "goal"
    assert [each.important for each in differing.sayings] == [False, True]
    assert differing.weight is Weight.ALONE


SENDERS = ("post", "team", "size")
WAY = when({"way": ["yes"]})
SHIPPING = base(
    [question(name, "yes", "no") for name in ("goal", "runner", "way", "keep", *SENDERS)],
    [
        framework("ash"),
        framework("birch", (Role.SHIP,)),
        framework(
            "cedar",
            (Role.BUILD,),
            [Backend(name, name.title(), "", EVERYWHERE) for name in ("on-air", "on-ash")],
        ),
    ],
    [
        rule("r-ash", Score(Role.BUILD, ("ash",), 3), when()),
        rule("r-cedar", Score(Role.BUILD, ("cedar",), 3), when({"goal": ["yes"]})),
        rule("r-cedar-too", Score(Role.BUILD, ("cedar",), 3), when({"goal": ["yes"]})),
        rule("r-runner", Prefer("cedar", ("on-ash",), 2), when({"runner": ["yes"]})),
        *(rule(f"r-{q}", Score(Role.SHIP, ("birch",), 2), when({q: ["yes"]})) for q in SENDERS),
    ],
    edges=[
        Edge(name, lead, "birch", "A way.", (), EVERYWHERE, costs)
        for name, lead, costs in (
            ("by-air", "ash", tuple(Cost(c, "Care.", 2, WAY, EVERYWHERE) for c in ("c1", "c2"))),
            ("by-water", "ash", (Cost("slow", "Slow.", 3, ALWAYS, EVERYWHERE),)),
            ("by-hand", "cedar", ()),
        )
    ],
    switches=[Switch("kept", Role.SHIP, "Nobody needs it.", when({"keep": ["yes"]}))],
)


def weighed(one, other):
    """Compare two on who ships and how, who lead alike: their weights, those that matter."""
    comparison = compare(SHIPPING, [said(**one), said(**other)])
    first, second = comparison.results
    assert first.leaders == second.leaders
    return {d.question: d.weight for d in comparison.differing if d.weight is not Weight.NONE}


def test_a_difference_can_matter_to_the_plan_and_not_to_who_leads():
    shipped = dict.fromkeys(SENDERS, "yes")
    plan = Weight.PLAN
    assert weighed({"goal": "yes", "runner": "yes"}, {"goal": "yes"}) == {"runner": plan}
    assert weighed({"keep": "yes", "goal": "no"}, {"keep": "no"}) == {"keep": plan}
    assert weighed({**shipped, "way": "yes"}, {**shipped, "way": "no"}) == {"way": plan}
    assert weighed({"post": "yes"}, {"post": "no"}) == {"post": plan}
    assert weighed({"goal": "yes", "post": "yes"}, {"goal": "yes", "post": "no"}) == {}


def test_differences_can_matter_to_the_plan_only_together():
    shared = {"way": "yes"}
    several = [shared | dict.fromkeys(SENDERS, answer) for answer in ("yes", "no")]
    assert weighed(*several) == dict.fromkeys(SENDERS, Weight.PLAN_TOGETHER)
