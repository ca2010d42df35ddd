"""The bias of a rule base is what going through all answers one by one gives."""

from collections import Counter
from dataclasses import replace
from itertools import product
from math import prod
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import reference
from support.builders import EVERYWHERE, base, choice_sets, framework, question, rule, when
from support.drawing import rulebases

from advisor.engine import bias_matter
from advisor.engine.bias import bias
from advisor.engine.bias_course import Course
from advisor.engine.bias_lineup import race_of
from advisor.engine.bias_space import space_of
from advisor.engine.bias_sweep import leaders_of_all
from advisor.engine.index import index_of
from advisor.model.admissibility import can_stop
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Backend
from advisor.model.rules import Cost, Edge, Role, Score, Stop, Switch

BASES = st.sampled_from(list(Basis))
MOST_ANSWERS = 120
ATTEMPTS = st.sampled_from([0, bias_matter.ATTEMPTS])
"""With none tried out everything is proven, with some it is mostly seen: no difference."""
BOTH = tuple(Role)


def all_answers(rulebase):
    """Return every way to answer all questions by choice."""
    sets = [choice_sets(asked) for asked in rulebase.questions.values()]
    assume(prod(map(len, sets)) <= MOST_ANSWERS)
    return list(product(*sets))


def leaders_by_answers(rulebase, basis):
    """Return who leads under every answer, by the plain reference."""
    names = list(rulebase.questions)
    return {
        chosen: reference.advise(
            rulebase, Answers(dict(zip(names, chosen, strict=True))), basis
        ).leaders
        for chosen in all_answers(rulebase)
    }


def without(rulebase, name):
    return replace(
        rulebase, rules={other: r for other, r in rulebase.rules.items() if other != name}
    )


def bears_on_the_lead(rulebase, r, basis):
    """Say whether a rule gives points, or stops, on a basis."""
    if isinstance(r.effect, Stop):
        return any(can_stop(rulebase.claims, rulebase.sources, c, basis) for c in r.claims)
    return isinstance(r.effect, Score) and reference.strength(rulebase, r.claims, basis) > 0


def never_deciding(rulebase, basis):
    found = leaders_by_answers(rulebase, basis)
    return tuple(
        sorted(
            r.id
            for r in rulebase.rules.values()
            if bears_on_the_lead(rulebase, r, basis)
            and leaders_by_answers(without(rulebase, r.id), basis) == found
        )
    )


def never_mattering(rulebase, basis):
    found = leaders_by_answers(rulebase, basis)
    names = []
    for place, name in enumerate(rulebase.questions):
        by_others = {}
        for chosen, leaders in found.items():
            by_others.setdefault((*chosen[:place], *chosen[place + 1 :]), set()).add(leaders)
        if all(len(leaders) == 1 for leaders in by_others.values()):
            names.append(name)
    return tuple(names)


@settings(max_examples=120)
@given(rulebases(), BASES)
def test_the_counts_are_those_of_all_answers(rulebase, basis):
    found = Counter(leaders_by_answers(rulebase, basis).values())
    counted = bias(rulebase, basis)
    assert counted.total == sum(found.values())
    assert counted.nobody == found[()]
    assert counted.alone == {name: found[name,] for name in rulebase.frameworks}
    assert counted.shared == {
        name: sum(n for leaders, n in found.items() if len(leaders) > 1 and name in leaders)
        for name in rulebase.frameworks
    }


@settings(max_examples=120)
@given(rulebases(max_questions=3), BASES, ATTEMPTS)
def test_what_never_decides_or_matters_does_so_under_no_answers(rulebase, basis, attempts):
    with patch.object(bias_matter, "ATTEMPTS", attempts):
        counted = bias(rulebase, basis)
    assert counted.never_decide == never_deciding(rulebase, basis)
    assert counted.never_matter == never_mattering(rulebase, basis)


@given(st.data(), rulebases(), BASES)
def test_the_order_of_the_questions_changes_no_count(data, rulebase, basis):
    index = index_of(rulebase, basis)
    space = space_of(index)
    race = race_of(index, space)
    names = list(space.weights)
    one, other = (data.draw(st.permutations(names)) for _ in range(2))
    assert leaders_of_all(Course(space, race, one)) == leaders_of_all(Course(space, race, other))


def test_a_framework_falls_only_with_the_last_of_those_it_runs_on():
    asked = [question("first", "a", "b"), question("second", "c", "d")]
    backends = [Backend(f"on-{name}", name, name, EVERYWHERE) for name in ("ash", "birch")]
    found = [framework("ash"), framework("birch"), framework("cedar", (Role.BUILD,), backends)]
    rules = [
        rule("reason", Score(Role.BUILD, ("cedar",), 1), when()),
        rule("no-ash", Stop(Role.BUILD, ("ash",), "Wait."), when({"first": ["a"]})),
        rule("no-birch", Stop(Role.BUILD, ("birch",), "Wait."), when({"second": ["c"]})),
    ]
    switch = Switch("build-only", Role.SHIP, "Nobody needs it.", when())
    counted = bias(base(asked, found, rules, switches=[switch]), Basis.CHECKED)
    assert (counted.alone["cedar"], counted.nobody) == (3, 1)
    assert counted.never_decide == counted.never_matter == ()


@pytest.mark.parametrize(("needed", "standing"), [(("on-ash",), 2), (("on-ash", "on-birch"), 3)])
def test_a_way_falls_with_the_last_backend_it_needs_and_another_way_stays(needed, standing):
    asked = [question("first", "a", "b"), question("second", "c", "d")]
    backends = [Backend(f"on-{name}", name, name, EVERYWHERE) for name in ("ash", "birch")]
    backends.append(Backend("on-air", "air", "", EVERYWHERE))
    found = [framework(name) for name in ("ash", "birch", "dogwood")]
    found.append(framework("cedar", (Role.BUILD,), backends))
    rules = [
        rule("two", Score(Role.BUILD, ("cedar",), 2), when()),
        rule("one", Score(Role.BUILD, ("dogwood",), 1), when()),
        rule("no-ash", Stop(Role.BUILD, ("ash",), "Wait."), when({"first": ["a"]})),
        rule("no-birch", Stop(Role.BUILD, ("birch",), "Wait."), when({"second": ["c"]})),
    ]
    dear = Cost("dear", "It costs.", 1, when(), EVERYWHERE)
    edges = [
        Edge("cheap", "cedar", "birch", "A way.", needed, EVERYWHERE, ()),
        Edge("other", "cedar", "ash", "A way.", (), EVERYWHERE, (dear,)),
    ]
    counted = bias(base(asked, found, rules, edges=edges), Basis.CHECKED)
    assert counted.alone == {"ash": 0, "birch": 0, "cedar": standing, "dogwood": 0}
    assert counted.shared == {"ash": 0, "birch": 0, "cedar": 4 - standing, "dogwood": 4 - standing}


def test_a_question_that_waits_for_a_later_one_never_applies():
    asked = [question("first", "a", "b", applies=when({"later": ["c"]})), question("later", "c")]
    reason = rule("r", Score(Role.BUILD, ("ash",), 1), when({"first": ["a"]}))
    counted = bias(base(asked, [framework("ash")], [reason]), Basis.CHECKED)
    assert (counted.nobody, counted.never_decide) == (2, ("r",))


def test_boxes_count_every_set_and_none_of_them():
    asked = [question("one", "a", "b"), question("many", "x", "y", "z", "none", multiple=True)]
    counted = bias(base(asked, [framework("ash")]), Basis.CHECKED)
    assert (counted.total, counted.nobody) == (2 * 8, 2 * 8)


def test_one_box_of_three_is_ticked_in_four_of_eight_answers():
    asked = [question("many", "x", "y", "z", "none", multiple=True)]
    reason = rule("r", Score(Role.BUILD, ("ash",), 1), when({"many": ["x"]}))
    counted = bias(base(asked, [framework("ash", BOTH)], [reason]), Basis.CHECKED)
    assert (counted.alone, counted.nobody) == ({"ash": 4}, 4)


def test_answers_to_a_question_that_does_not_apply_are_counted_and_ignored():
    asked = [
        question("first", "a", "b"),
        question("second", "c", "d", applies=when({"first": ["a"]})),
    ]
    reasons = [
        rule("always", Score(Role.BUILD, ("ash",), 1), when()),
        rule("sometimes", Score(Role.BUILD, ("birch",), 2), when({"second": ["c"]})),
    ]
    found = [framework(name, BOTH) for name in ("ash", "birch")]
    counted = bias(base(asked, found, reasons), Basis.CHECKED)
    assert (counted.total, counted.alone) == (4, {"ash": 3, "birch": 1})


def test_a_tie_is_shared_by_each_of_its_leaders_and_alone_by_none():
    asked = [question("first", "a", "b")]
    reasons = [
        rule("always", Score(Role.BUILD, ("ash", "birch"), 2), when()),
        rule("more", Score(Role.BUILD, ("birch",), 1), when({"first": ["b"]})),
    ]
    found = [framework(name, BOTH) for name in ("ash", "birch", "cedar")]
    counted = bias(base(asked, found, reasons), Basis.CHECKED)
    assert counted.alone == {"ash": 0, "birch": 1, "cedar": 0}
    assert counted.shared == {"ash": 1, "birch": 1, "cedar": 0}


def test_a_rule_that_can_never_fire_never_decides():
    asked = [
        question("first", "a", "b"),
        question("second", "c", "d", applies=when({"first": ["a"]})),
    ]
    dead = rule("dead", Score(Role.BUILD, ("ash",), 3), when({"first": ["b"], "second": ["c"]}))
    alive = rule("alive", Score(Role.BUILD, ("ash",), 3), when({"first": ["b"]}))
    counted = bias(base(asked, [framework("ash", BOTH)], [dead, alive]), Basis.CHECKED)
    assert counted.never_decide == ("dead",)
    assert counted.never_matter == ("second",)


def test_two_reasons_of_which_either_is_enough_never_decide_each_by_itself():
    reasons = [
        rule(name, Score(Role.BUILD, ("ash",), 1), when({"first": ["a"]})) for name in ("r", "s")
    ]
    rulebase = base([question("first", "a", "b")], [framework("ash", BOTH)], reasons)
    counted = bias(rulebase, Basis.CHECKED)
    assert counted.never_decide == ("r", "s")
    assert counted.never_matter == ()
