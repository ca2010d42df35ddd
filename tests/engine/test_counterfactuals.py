"""Law 4: a counterfactual does what it says, no smaller one exists, and none is left out."""

from dataclasses import replace
from itertools import compress, permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from support import reference
from support.builders import EVERYWHERE, base, choice_sets, framework, question, rule, when
from support.drawing import answers_to, rulebases
from support.examples import times

from advisor.engine.recommend import recommend
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.verdict import decide
from advisor.engine.whatif.completions import Situation
from advisor.engine.whatif.counterfactuals import (
    answers_after,
    answers_within,
    counterfactuals,
    edit_to,
)
from advisor.model.answers import Answers
from advisor.model.explanation import Edit
from advisor.model.knowledge import Basis
from advisor.model.rulebase import NONE_CHOICE
from advisor.model.rules import Edge, Role, Score, Stop

BASES = st.sampled_from(list(Basis))


def situation(rulebase, answers, basis=Basis.CHECKED):
    return Situation(decide(index_of(rulebase, basis), answers))


def shown_for(rulebase, answers, basis=Basis.CHECKED, edits=2):
    return counterfactuals(situation(rulebase, answers, basis), edits)


def single_edits(rulebase, answers):
    """Return every edit of one click, in the order of the questionnaire."""
    return [
        edit_to(after, name, 1, answers)
        for name, asked in rulebase.questions.items()
        if name in reference.applying(rulebase, answers.given)
        for after in answers_within(asked, answers.given.get(name, frozenset()), 1)
    ]


def clicks(question, before, after):
    """Return how many radios or boxes lead from one answer to another; None if none can."""
    if not question.multiple:
        return 1
    if NONE_CHOICE in after:
        return 1
    return len((before - {NONE_CHOICE}) ^ after)


def changed(answers, changes):
    names = set(changes)
    return replace(
        answers,
        given={**answers.given, **changes},
        unsure=answers.unsure - names,
        any=answers.any - names,
    )


def options(question, given, size):
    """Return the other answers to a question that take so many clicks."""
    before = given.get(question.id, frozenset())
    return [
        after
        for after in choice_sets(question)
        if after != before and clicks(question, before, after) == size
    ]


def candidates(rulebase, answers):
    """Yield every change of one click and of two, with the number of clicks."""
    apply = reference.applying(rulebase, answers.given)
    questions = list(rulebase.questions.values())
    for q in questions:
        for size in (1, 2):
            for after in options(q, answers.given, size) if q.id in apply else ():
                yield {q.id: after}, size
    for one, other in permutations(questions, 2):
        for first in options(one, answers.given, 1) if one.id in apply else ():
            given = {**answers.given, one.id: first}
            if other.id in reference.applying(rulebase, given):
                for second in options(other, answers.given, 1):
                    yield {one.id: first, other.id: second}, 2


def brute_force(rulebase, answers, basis):
    """Try every change of one and of two clicks with the plain reference."""
    found = {name: {1: set(), 2: set()} for name in rulebase.frameworks}
    for changes, size in candidates(rulebase, answers):
        leaders = reference.advise(rulebase, changed(answers, changes), basis).leaders
        if len(leaders) == 1:
            key = frozenset((q, tuple(sorted(c))) for q, c in changes.items())
            found[leaders[0]][size].add(key)
    return found


@times(3)
@given(st.data(), rulebases(max_questions=3), BASES)
def test_law_4_counterfactuals_are_exact_and_smallest(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    expected = brute_force(rulebase, answers, basis)
    now = reference.advise(rulebase, answers, basis).leaders
    single = shown_for(rulebase, answers, basis, edits=1)
    for name, shown in shown_for(rulebase, answers, basis).items():
        assert now != (name,)
        sizes = expected[name]
        smallest = sizes[1] or sizes[2]
        assert {frozenset((m.question, m.after) for m in flip) for flip in shown} == smallest
        assert single[name] == (shown if sizes[1] else ())


@given(st.data(), rulebases(), BASES)
def test_many_sets_of_answers_at_once_lead_where_each_leads_alone(data, rulebase, basis):
    several = [data.draw(answers_to(rulebase)) for _ in range(3)]
    for answers in several:
        alone = [
            replace(answers, given=each.given, unsure=each.unsure, any=each.any) for each in several
        ]
        rows = np.array([situation(rulebase, each, basis).row for each in alone])
        now = situation(rulebase, answers, basis)
        leaders = [tuple(compress(now.index.names, each)) for each in now.leaders_of(rows)]
        assert leaders == [recommend(rulebase, each, basis).leaders for each in alone]


@given(st.data(), rulebases(max_questions=6), BASES)
def test_pairs_on_larger_rule_bases_are_those_that_moving_twice_finds(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    expected = {name: set() for name in rulebase.frameworks}
    for first in single_edits(rulebase, answers):
        then = answers_after(answers, first)
        for second in single_edits(rulebase, then):
            if second.question != first.question:
                both = answers_after(then, second)
                leaders = situation(rulebase, both, basis).leaders
                if len(leaders) == 1:
                    expected[leaders[0]].add(frozenset({first, second}))
    for name, shown in shown_for(rulebase, answers, basis).items():
        if not shown or sum(move.size for move in shown[0]) == 2:
            assert {frozenset(flip) for flip in shown if len(flip) == 2} == expected[name]
            assert len(set(shown)) == len(shown)


@given(st.data(), rulebases(max_questions=6), BASES)
def test_what_asks_for_least_comes_first(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    places = list(rulebase.questions)

    def place(move):
        now = answers.given.get(move.question, frozenset())
        written = answers_within(rulebase.questions[move.question], now, move.size)
        return places.index(move.question), written.index(frozenset(move.after))

    for shown in shown_for(rulebase, answers, basis).values():
        asked = [
            (
                len(flip),
                len({m.question for m in flip} & (answers.given.keys() | answers.any)),
                [place(m) for m in flip],
            )
            for flip in shown
        ]
        assert asked == sorted(asked)


def test_two_changes_that_only_together_make_a_question_apply_are_found():
    small = base(
        [
            question("size", "large", "small"),
            question("place", "far", "near"),
            question("means", "rail", "road", applies=when({"size": ["small"], "place": ["near"]})),
        ],
        [framework("ash"), framework("birch")],
        [
            rule("r-ash", Score(Role.BUILD, ("ash",), 1), when()),
            rule("r-birch", Score(Role.BUILD, ("birch",), 3), when({"means": ["rail"]})),
        ],
    )
    given = {"size": {"large"}, "place": {"far"}, "means": {"rail"}}
    answers = Answers({name: frozenset(said) for name, said in given.items()})
    (flip,) = shown_for(small, answers)["birch"]
    assert [(move.question, move.after) for move in flip] == [
        ("size", ("small",)),
        ("place", ("near",)),
    ]


def test_pairs_are_sorted_by_their_first_change_and_then_by_their_second():
    small = base(
        [question(name, "yes", "no", "partly") for name in ("q0", "q1", "q2")],
        [framework("ash"), framework("birch")],
        [
            rule("r-ash", Score(Role.BUILD, ("ash",), 3), when()),
            rule("r-first", Score(Role.BUILD, ("birch",), 2), when({"q0": ["yes", "no"]})),
            rule("r-second", Score(Role.BUILD, ("birch",), 2), when({"q1": ["no"]})),
            rule("r-third", Score(Role.BUILD, ("birch",), 2), when({"q2": ["no"]})),
        ],
    )
    shown = shown_for(small, Answers())["birch"]
    assert [[(move.question, *move.after) for move in flip] for flip in shown] == [
        [("q0", "yes"), ("q1", "no")],
        [("q0", "yes"), ("q2", "no")],
        [("q0", "no"), ("q1", "no")],
        [("q0", "no"), ("q2", "no")],
        [("q1", "no"), ("q2", "no")],
    ]


def with_a_rival_that_lives_by_its_shipper(*rules):
    """Make a rule base in which ash has the points of cedar, which ships it and leads nothing."""
    asked = [question(name, "yes", "no") for name in ("q0", "q1")]
    edge = Edge("by-cedar", "ash", "cedar", "A way.", (), EVERYWHERE, ())
    frameworks = [
        framework("ash", (Role.BUILD,)),
        framework("birch"),
        framework("cedar", (Role.SHIP,)),
        framework("dove"),
    ]
    always = [
        rule("cedar", Score(Role.SHIP, ("cedar",), 3), when()),
        rule("birch", Score(Role.BUILD, ("birch",), 1), when()),
    ]
    return base(asked, frameworks, [*always, *rules], edges=[edge])


def test_who_leads_once_a_rival_has_no_reason_of_its_own_left_is_found():
    small = with_a_rival_that_lives_by_its_shipper(
        rule("ash", Score(Role.BUILD, ("ash",), 1), when({"q0": ["yes"]}))
    )
    answers = Answers({"q0": frozenset({"yes"})})
    assert situation(small, answers).leaders == ("ash",)
    assert shown_for(small, answers)["birch"] == ((Edit("q0", ("no",), 1, opens=False),),)


def test_two_changes_that_leave_a_rival_without_a_reason_of_its_own_are_found():
    small = with_a_rival_that_lives_by_its_shipper(
        rule("ash-first", Score(Role.BUILD, ("ash",), 1), when({"q0": ["yes"]})),
        rule("ash-second", Score(Role.BUILD, ("ash",), 1), when({"q1": ["yes"]})),
    )
    given = {name: frozenset({"yes"}) for name in ("q0", "q1")}
    ((first, second),) = shown_for(small, Answers(given))["birch"]
    assert (first.question, second.question) == ("q0", "q1")


def test_a_stop_for_one_and_no_reason_left_for_another_are_found_together():
    small = with_a_rival_that_lives_by_its_shipper(
        rule("ash", Score(Role.BUILD, ("ash",), 1), when({"q0": ["yes"]})),
        rule("dove-builds", Score(Role.BUILD, ("dove",), 3), when()),
        rule("dove-ships", Score(Role.SHIP, ("dove",), 3), when()),
        rule("no-dove", Stop(Role.BUILD, ("dove",), "Stay."), when({"q1": ["no"]})),
    )
    given = {name: frozenset({"yes"}) for name in ("q0", "q1")}
    assert situation(small, Answers(given)).leaders == ("dove",)
    ((first, second),) = shown_for(small, Answers(given))["birch"]
    assert (first.question, second.question) == ("q0", "q1")
