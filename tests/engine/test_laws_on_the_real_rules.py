"""Laws 3 and 4 on the rule base of this repository: what is settled, and what flips."""

from itertools import combinations, product
from math import prod

import pytest
from support.builders import choice_sets
from support.real import drawn, leaders, real_rulebase

from advisor.engine.board import Board
from advisor.engine.flips import flips
from advisor.engine.index import index_of
from advisor.engine.moves import moves
from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis

MOST = 2000
"""Completions that are tried for one set of answers."""


def completions(given, missing):
    """Yield every way to answer what is missing, or to leave it open."""
    questions = real_rulebase().questions
    for choices in product(*([None, *choice_sets(questions[name])] for name in missing)):
        pairs = zip(missing, choices, strict=True)
        yield {**given, **{name: chosen for name, chosen in pairs if chosen}}


def count(missing):
    return prod(1 + len(choice_sets(real_rulebase().questions[name])) for name in missing)


@pytest.mark.parametrize("basis", list(Basis))
def test_law_3_what_is_settled_stays_under_every_completion(basis):
    settled = 0
    for given, missing in drawn(40, seed=3):
        if count(missing) <= MOST:
            result = recommend(real_rulebase(), Answers(given), basis)
            if result.settled.lead:
                settled += 1
                outcomes = {leaders(basis, each) for each in completions(given, missing)}
                assert outcomes == {result.leaders}
    assert settled >= 3


def test_an_answer_that_leaves_nobody_is_told_of_its_question():
    given = {"hardware": ["tpu"], "destination": ["inference"], "style": ["structured"]}
    answers = Answers({name: frozenset(said) for name, said in given.items()})
    asked = {each.question: each for each in recommend(real_rulebase(), answers).open_questions}
    assert () in asked["os"].leaders
    assert asked["os"].matters


def tried_on_one_question(given, basis, size):
    """Return by leader what makes it lead alone of all that so many clicks on a question do."""
    index, found = index_of(real_rulebase(), basis), {}
    for name in sorted(Board(index, Answers(given)).apply):
        for move, _ in moves(index, name, Answers(given), size):
            lead = leaders(basis, {**given, name: frozenset(move.after)})
            if len(lead) == 1:
                found.setdefault(lead[0], set()).add((move,))
    return found


@pytest.mark.parametrize("basis", list(Basis))
def test_law_4_flips_of_one_question_are_exactly_those_that_trying_finds(basis):
    several = 0
    for given, _ in drawn(40, seed=11, missing=(0, 9)):
        shown = flips(Board(index_of(real_rulebase(), basis), Answers(given)))
        by_one, by_two = (tried_on_one_question(given, basis, size) for size in (1, 2))
        several += len(by_one.keys() & shown.keys()) > 1
        for name, changes in shown.items():
            of_one_question = {flip for flip in changes if len(flip) == 1}
            assert of_one_question == by_one.get(name, by_two.get(name, set()))
    assert several >= 10


def two_clicks(given):
    """Return the answers after every two clicks on two questions, by the moves."""
    rulebase = real_rulebase()
    index = index_of(rulebase, Basis.CHECKED)
    for one, other in combinations(rulebase.questions, 2):
        for first, second in ((one, other), (other, one)):
            board = Board(index, Answers(given))
            for move, _ in moves(index, first, Answers(given), 1) if first in board.apply else ():
                then = {**given, first: frozenset(move.after)}
                if second in Board(index, Answers(then)).apply:
                    for more, _ in moves(index, second, Answers(then), 1):
                        yield frozenset({move, more}), {**then, second: frozenset(more.after)}


def test_law_4_flips_of_two_questions_are_exactly_those_that_trying_finds():
    tried = 0
    for given, _ in drawn(3, seed=8, missing=(0, 6)):
        board = Board(index_of(real_rulebase(), Basis.CHECKED), Answers(given))
        found = {
            name: {frozenset(flip) for flip in shown if len(flip) == 2}
            for name, shown in flips(board).items()
            if not shown or sum(move.size for move in shown[0]) == 2
        }
        expected = {name: set() for name in found}
        for flip, then in two_clicks(given):
            lead = leaders(Basis.CHECKED, then)
            if len(lead) == 1 and lead[0] in expected:
                expected[lead[0]].add(flip)
        assert found == expected
        tried += len(found)
    assert tried >= 3
