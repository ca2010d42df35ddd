"""What drawn answers say of a rule base is what going through all of them one by one gives."""

from collections import Counter
from dataclasses import replace
from itertools import product
from math import prod

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from support import reference
from support.bases import STATES
from support.builders import EVERYWHERE, base, choice_sets, framework, question, rule, when
from support.drawing import rulebases
from support.examples import times
from support.real import real_rulebase

from advisor.engine import acceptability as module
from advisor.engine.acceptability import acceptability, decided_early, half_width
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis, can_stop
from advisor.model.rulebase import Backend
from advisor.model.rules import Cost, Edge, Role, Score, Stop, Switch

BASES = st.sampled_from(list(Basis))
MOST_ANSWERS = 120
DRAWN = 5_000
"""Draws that meet each of a hundred sets of answers, and so show all that rules can do."""
BOTH = tuple(Role)


def all_answers(rulebase):
    """Return every way to answer all questions by choice."""
    sets = [choice_sets(asked) for asked in rulebase.questions.values()]
    if prod(map(len, sets)) > MOST_ANSWERS:
        reject()
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


def drawn(rulebase, basis=Basis.CHECKED):
    """Draw so many answers that each of a few hundred sets is met, and met often."""
    return acceptability(rulebase, basis, DRAWN)


def is_near(part, total, found, widths=1):
    """Say whether a share of the draws has the true one in so many times its interval."""
    return abs(100 * part / total - 100 * found / DRAWN) <= widths * half_width(found, DRAWN)


def shares(found, names):
    """Count answers under which each leads alone, shares the lead, and under which nobody does."""
    alone = [found[name,] for name in names]
    shared = [sum(n for led, n in found.items() if len(led) > 1 and name in led) for name in names]
    return [*alone, *shared, found[()]]


def figures(told, names):
    return [
        *(told.alone[name] for name in names),
        *(told.shared[name] for name in names),
        told.nobody,
    ]


@pytest.mark.slow
@times(2)
@given(rulebases(), BASES)
def test_the_shares_are_those_of_all_answers(rulebase, basis):
    found = Counter(leaders_by_answers(rulebase, basis).values())
    names, told, total = sorted(rulebase.frameworks), drawn(rulebase, basis), sum(found.values())
    assert told.draws == DRAWN
    for true, share in zip(shares(found, names), figures(told, names), strict=True):
        assert (true == 0) == (share == 0)
        assert is_near(true, total, share, widths=3)


@pytest.mark.slow
@times(2)
@given(rulebases(max_questions=3), BASES)
def test_what_never_decided_or_mattered_does_so_under_no_answers(rulebase, basis):
    told = drawn(rulebase, basis)
    assert told.never_decided == never_deciding(rulebase, basis)
    assert told.never_mattered == never_mattering(rulebase, basis)


def test_nineteen_of_twenty_shares_lie_in_their_interval(monkeypatch):
    found = Counter(leaders_by_answers(STATES, Basis.CHECKED).values())
    names, total = sorted(STATES.frameworks), sum(found.values())
    hits = []
    for seed in range(60):
        monkeypatch.setattr(module, "SEED", seed)
        told = drawn(replace(STATES))  # a copy remembers nothing
        pairs = zip(shares(found, names), figures(told, names), strict=True)
        hits += [is_near(true, total, share) for true, share in pairs if true]
    assert sum(hits) / len(hits) == pytest.approx(0.95, abs=0.03)


def test_an_interval_is_widest_in_the_middle_and_never_nothing():
    assert half_width(50_000, 100_000) == pytest.approx(0.31, abs=0.005)
    assert half_width(1_000, 100_000) == pytest.approx(0.062, abs=0.0005)
    assert half_width(0, 100_000) == half_width(100_000, 100_000) > 0
    assert half_width(25, 100) == pytest.approx(8.38, abs=0.005)


def test_the_same_answers_are_drawn_each_time():
    first = drawn(replace(STATES))
    assert figures(drawn(replace(STATES)), STATES.frameworks) == figures(first, STATES.frameworks)


def out_of(total, drawn):
    """Turn a number of draws into the number of answers, of so many in all, that it is near to."""
    if isinstance(drawn, int):
        return round(total * drawn / DRAWN)
    return {name: out_of(total, number) for name, number in drawn.items()}


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
    told = drawn(base(asked, found, rules, switches=[switch]))
    assert (out_of(4, told.alone["cedar"]), out_of(4, told.nobody)) == (3, 1)
    assert told.never_decided == told.never_mattered == ()


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
    told = drawn(base(asked, found, rules, edges=edges))
    assert out_of(4, told.alone) == {"ash": 0, "birch": 0, "cedar": standing, "dogwood": 0}
    assert told.shared["cedar"] == told.shared["dogwood"] == DRAWN - told.alone["cedar"]


def test_a_question_that_waits_for_a_later_one_never_applies():
    asked = [question("first", "a", "b", applies=when({"later": ["c"]})), question("later", "c")]
    reason = rule("r", Score(Role.BUILD, ("ash",), 1), when({"first": ["a"]}))
    told = drawn(base(asked, [framework("ash")], [reason]))
    assert (told.nobody, told.never_decided) == (DRAWN, ("r",))


def test_boxes_count_every_set_and_none_of_them():
    asked = [question("one", "a", "b"), question("many", "x", "y", "z", "none", multiple=True)]
    told = drawn(base(asked, [framework("ash")]))
    assert (told.draws, told.nobody) == (DRAWN, DRAWN)


def test_one_box_of_three_is_ticked_in_four_of_eight_answers():
    asked = [question("many", "x", "y", "z", "none", multiple=True)]
    reason = rule("r", Score(Role.BUILD, ("ash",), 1), when({"many": ["x"]}))
    told = drawn(base(asked, [framework("ash", BOTH)], [reason]))
    assert (out_of(8, told.alone), out_of(8, told.nobody)) == ({"ash": 4}, 4)


def test_none_may_come_first_and_mean_the_same_as_a_box():
    asked = [question("many", "none", "x", "y", multiple=True)]
    reasons = [
        rule("r", Score(Role.BUILD, ("ash",), 1), when({"many": ["none", "x"]})),
        rule("s", Score(Role.BUILD, ("oak",), 2), when({"many": ["y"]})),
    ]
    found = [framework(name, BOTH) for name in ("ash", "oak")]
    assert out_of(4, drawn(base(asked, found, reasons)).alone) == {"ash": 2, "oak": 2}


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
    told = drawn(base(asked, found, reasons))
    assert out_of(4, told.alone) == {"ash": 3, "birch": 1}


def test_a_tie_is_shared_by_each_of_its_leaders_and_alone_by_none():
    asked = [question("first", "a", "b")]
    reasons = [
        rule("always", Score(Role.BUILD, ("ash", "birch"), 2), when()),
        rule("more", Score(Role.BUILD, ("birch",), 1), when({"first": ["b"]})),
    ]
    found = [framework(name, BOTH) for name in ("ash", "birch", "cedar")]
    told = drawn(base(asked, found, reasons))
    assert out_of(2, told.alone) == {"ash": 0, "birch": 1, "cedar": 0}
    assert out_of(2, told.shared) == {"ash": 1, "birch": 1, "cedar": 0}


def test_a_rule_that_can_never_fire_never_decides():
    asked = [
        question("first", "a", "b"),
        question("second", "c", "d", applies=when({"first": ["a"]})),
    ]
    dead = rule("dead", Score(Role.BUILD, ("ash",), 3), when({"first": ["b"], "second": ["c"]}))
    alive = rule("alive", Score(Role.BUILD, ("ash",), 3), when({"first": ["b"]}))
    told = drawn(base(asked, [framework("ash", BOTH)], [dead, alive]))
    assert told.never_decided == ("dead",)
    assert told.never_mattered == ("second",)


def test_two_reasons_of_which_either_is_enough_never_decide_each_by_itself():
    reasons = [
        rule(name, Score(Role.BUILD, ("ash",), 1), when({"first": ["a"]})) for name in ("r", "s")
    ]
    rulebase = base([question("first", "a", "b")], [framework("ash", BOTH)], reasons)
    told = drawn(rulebase)
    assert told.never_decided == ("r", "s")
    assert told.never_mattered == ()


@pytest.mark.slow
def test_a_rule_base_that_is_many_times_as_large_is_drawn_for_less_often():
    asked = [question(f"q{number}", "a", "b") for number in range(100)]
    points = Score(Role.BUILD, ("ash",), 1)
    rules = [rule(f"r{number}", points, when({"q0": ["a"]})) for number in range(1_000)]
    told = acceptability(base(asked, [framework("ash")], rules), Basis.CHECKED)
    assert told.draws == 1_000
    assert sum(told.alone.values()) + told.nobody == told.draws


EXCHANGES = 2_000
"""Draws for each set of questions that is tried."""
SLACK = 0.03
"""How much better, as a share of draws, another set of as many questions may do."""


@pytest.mark.slow
def test_no_exchange_of_one_question_that_is_asked_first_decides_much_more():
    basis, rulebase = Basis.CHECKED, real_rulebase()
    first = {name for name, question in rulebase.questions.items() if question.first}
    share = decided_early(rulebase, basis, frozenset(first), EXCHANGES) / EXCHANGES
    better = {}
    for out in first:
        for into in rulebase.questions.keys() - first:
            exchanged = frozenset(first - {out} | {into})
            other = decided_early(rulebase, basis, exchanged, EXCHANGES) / EXCHANGES
            if other > share + SLACK:
                better[out, into] = other
    assert better == {}, f"those asked first decide {share:.1%}; exchanged, these decide more"


def test_a_question_that_decides_alone_decides_every_draw_and_an_idle_one_none_more():
    rulebase = base(
        [question("wood", "oak", "elm"), question("idle", "a", "b")],
        [framework("ash"), framework("birch")],
        [
            rule("oak", Score(Role.BUILD, ("ash",), 3), when({"wood": ["oak"]})),
            rule("elm", Score(Role.BUILD, ("birch",), 3), when({"wood": ["elm"]})),
        ],
    )
    none, idle, wood = (
        decided_early(rulebase, Basis.CHECKED, frozenset(names), DRAWN)
        for names in ((), ("idle",), ("wood",))
    )
    assert wood == DRAWN
    # Half of the draws leave the wood open, and then nobody leads.
    assert none == idle
    assert abs(none - DRAWN / 2) < DRAWN / 20
