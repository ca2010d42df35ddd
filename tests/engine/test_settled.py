"""What random rule bases rarely show of law 3: several answers together, and equal plans."""

from unittest.mock import patch

import pytest
from support.builders import EVERYWHERE, base, framework, question, rule, when

from advisor.engine.recommend import recommend
from advisor.engine.whatif import settled
from advisor.model.answers import Answers
from advisor.model.recommendation import Settled
from advisor.model.rulebase import Backend
from advisor.model.rules import Edge, Prefer, Role, Score, Stop, Switch

OPEN = [question("first", "yes", "no"), question("second", "yes", "no")]
BOTH = {"first": ["yes"], "second": ["yes"]}


def score(name, points, condition):
    """Make a rule that gives a framework points for building."""
    to = name.partition("-")[0]
    return rule(name, Score(Role.BUILD, (to,), points), condition)


def is_settled(questions, rules, given, important=()):
    """Say whether the lead is, where no answer alone changes it."""
    small = base(questions, [framework("ash"), framework("birch")], rules)
    answers = Answers(
        {name: frozenset({choice}) for name, choice in given.items()},
        important=frozenset(important),
    )
    result = recommend(small, answers)
    assert result.leaders == ("ash",)
    assert not any(waiting.matters for waiting in result.open_questions)
    return result.settled.lead


@pytest.mark.parametrize("firm", [True, False])
def test_an_answer_is_not_sure_to_count_while_others_together_may_set_it_aside(firm):
    applies = when({"first": ["yes", "no"] if firm else ["yes"]}, {"second": ["yes"]})
    rules = [score("ash", 3, when({"third": ["yes"]})), score("birch", 1, when())]
    asked = [*OPEN, question("third", "yes", "no", applies=applies)]
    assert is_settled(asked, rules, {"third": "yes"}) == firm


@pytest.mark.parametrize("marked", [True, False])
def test_what_surely_counts_double_brings_others_closer(marked):
    rules = [
        score("ash-a", 3, when()),
        score("ash-b", 3, when()),
        score("birch-marked", 2, when({"third": ["yes"]})),
        score("birch-first", 1, when({"first": ["yes"]})),
        score("birch-second", 1, when({"second": ["yes"]})),
    ]
    asked = [*OPEN, question("third", "yes", "no")]
    important = ["third"] if marked else []
    assert is_settled(asked, rules, {"third": "yes"}, important) == (not marked)


@pytest.mark.parametrize("marked", [True, False])
def test_what_may_count_double_on_two_answers_brings_others_closer(marked):
    rules = [
        score("ash-a", 3, when()),
        score("ash-b", 2, when()),
        score("birch", 3, when(BOTH)),
    ]
    assert is_settled(OPEN, rules, {}, ["first"] if marked else []) == (not marked)


@pytest.mark.parametrize("open_stop", [True, False])
def test_a_stop_that_two_answers_may_bring_together_leaves_no_lead_safe(open_stop):
    rules = [score("ash", 3, when()), score("birch", 1, when())]
    rules += [rule("no-ash", Stop(Role.BUILD, ("ash",), "Stay."), when(BOTH))] * open_stop
    assert is_settled(OPEN, rules, {}) != open_stop


def plan_settled(rules, backends, edges=()):
    """Say whether the plan is of a framework that needs a backend and leads for sure."""
    cedar = framework("cedar", (Role.BUILD,) if edges else tuple(Role), backends)
    ships = [framework(name, (Role.SHIP,)) for name in ("ash", "birch")]
    rules = [score("cedar", 3, when()), *rules]
    result = recommend(base(OPEN[:1], [cedar, *ships], rules, edges=edges), Answers())
    assert result.leaders == ("cedar",)
    assert result.settled.lead
    return result.settled.plan


ON_AIR = Backend("on-air", "On air", "", EVERYWHERE)
ON_ASH = Backend("on-ash", "On ash", "ash", EVERYWHERE)


@pytest.mark.parametrize("points", [1, 2])
def test_a_backend_is_not_settled_while_an_earlier_one_may_become_as_good(points):
    rules = [
        rule("ash-is-good", Prefer("cedar", ("on-ash",), points), when()),
        rule("air-is-good", Prefer("cedar", ("on-air",), 1), when({"first": ["yes"]})),
    ]
    assert plan_settled(rules, (ON_AIR, ON_ASH)) == (points > 1)


@pytest.mark.parametrize("open_backend", [True, False])
def test_of_equal_plans_none_is_settled_while_the_other_may_get_a_better_backend(open_backend):
    edges = [
        Edge("by-ash", "cedar", "ash", "A way.", ("on-ash",), EVERYWHERE, ()),
        Edge("by-birch", "cedar", "birch", "A way.", (), EVERYWHERE, ()),
    ]
    air = rule("air-is-good", Prefer("cedar", ("on-air",), 1), when({"first": ["yes"]}))
    ash = rule("ash-ships", Score(Role.SHIP, ("ash",), 1), when())
    rules = [air] if open_backend else [air, ash]
    assert plan_settled(rules, (ON_AIR, ON_ASH), edges) != open_backend


@pytest.mark.parametrize(("takes", "leaves"), [("yes", "no"), ("no", "yes")])
def test_a_plan_is_not_settled_while_any_one_answer_takes_a_role_away(takes, leaves):
    ships = Switch("no-ship", Role.SHIP, "Nobody ships.", when({"first": [takes]}))
    rules = [score("ash", 3, when()), score("ash-more", 1, when({"first": [leaves]}))]
    made = base(OPEN[:1], [framework("ash")], rules, switches=[ships])
    assert recommend(made, Answers()).settled == Settled(lead=True, plan=False)


def test_where_nothing_can_ever_be_left_that_is_settled_even_while_a_switch_is_open():
    rules = [
        rule(f"no-{name}", Stop(Role.BUILD, (name,), "Stay."), when()) for name in ("ash", "birch")
    ]
    ships = Switch("no-ship", Role.SHIP, "Nobody ships.", when({"first": ["yes"]}))
    made = base(OPEN, [framework("ash"), framework("birch")], rules, switches=[ships])
    with patch.object(settled, "TRIES", 1):
        result = recommend(made, Answers())
    assert (result.verdict, result.settled) == ("none", Settled(lead=True, plan=True))
    builds = Switch("no-build", Role.BUILD, "Nobody builds.", when({"first": ["yes"]}))
    free = base(
        OPEN,
        [framework("ash"), framework("birch")],
        [*rules, rule("ash", Score(Role.SHIP, ("ash",), 1), when())],
        switches=[builds],
    )
    result = recommend(free, Answers())
    assert (result.verdict, result.settled.lead) == ("none", False)
