"""Laws 3 and 4 on the rule base of this repository: what is settled, and what flips."""

from itertools import combinations, product
from math import prod

import pytest
from support.builders import choice_sets
from support.real import drawn, leaders, real_rulebase

from advisor.engine.recommend import recommend
from advisor.engine.scoring.conditions import applying
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.verdict import decide
from advisor.engine.whatif.completions import Situation
from advisor.engine.whatif.counterfactuals import answers_within, counterfactuals, edit_to
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
                assert {*leaders(basis, completions(given, missing))} == {result.leaders}
    assert settled >= 3


def test_an_answer_that_leaves_nobody_is_told_of_its_question():
    given = {"hardware": ["tpu"], "destination": ["inference"], "style": ["structured"]}
    answers = Answers({name: frozenset(said) for name, said in given.items()})
    asked = {each.question: each for each in recommend(real_rulebase(), answers).open_questions}
    assert () in asked["os"].leaders
    assert asked["os"].matters


def shown_for(given, basis):
    return counterfactuals(Situation(decide(index_of(real_rulebase(), basis), Answers(given))), 2)


def edits(given, name, size):
    """Return what edits of a question there are, each with the answers after it."""
    question = real_rulebase().questions[name]
    for after in answers_within(question, given.get(name, frozenset()), size):
        yield edit_to(after, name, size, Answers(given)), {**given, name: after}


def tried_on_one_question(given, basis, size):
    """Return by leader what makes it lead alone of all that so many clicks on a question do."""
    found = {}
    apply = sorted(applying(real_rulebase(), given))
    tried = [each for name in apply for each in edits(given, name, size)]
    for (edit, _), lead in zip(tried, leaders(basis, [then for _, then in tried]), strict=True):
        if len(lead) == 1:
            found.setdefault(lead[0], set()).add((edit,))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("basis", list(Basis))
def test_law_4_edits_of_one_question_are_exactly_those_that_trying_finds(basis):
    several = 0
    for given, _ in drawn(24, seed=11, missing=(0, 9)):
        shown = shown_for(given, basis)
        by_one, by_two = (tried_on_one_question(given, basis, size) for size in (1, 2))
        several += len(by_one.keys() & shown.keys()) > 1
        for name, changes in shown.items():
            of_one_question = {flip for flip in changes if len(flip) == 1}
            assert of_one_question == by_one.get(name, by_two.get(name, set()))
    assert several >= 5


def two_clicks(given):
    """Return the answers after every two clicks on two questions, by the edits."""
    rulebase = real_rulebase()
    for one, other in combinations(rulebase.questions, 2):
        for first, second in ((one, other), (other, one)):
            if first in applying(rulebase, given):
                for edit, then in edits(given, first, 1):
                    if second in applying(rulebase, then):
                        for more, both in edits(then, second, 1):
                            yield frozenset({edit, more}), both


@pytest.mark.slow
def test_law_4_edits_of_two_questions_are_exactly_those_that_trying_finds():
    tried = 0
    for given, _ in drawn(3, seed=8, missing=(0, 6)):
        found = {
            name: {frozenset(flip) for flip in shown if len(flip) == 2}
            for name, shown in shown_for(given, Basis.CHECKED).items()
            if not shown or sum(move.size for move in shown[0]) == 2
        }
        expected = {name: set() for name in found}
        flips, thens = zip(*two_clicks(given), strict=True)
        for flip, lead in zip(flips, leaders(Basis.CHECKED, thens), strict=True):
            if len(lead) == 1 and lead[0] in expected:
                expected[lead[0]].add(flip)
        assert found == expected
        tried += len(found)
    assert tried >= 3
