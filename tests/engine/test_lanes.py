"""The lanes hold what the evaluation adds up, however many points there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.board import Board
from advisor.engine.evaluation import evaluate
from advisor.engine.flips import flips
from advisor.engine.index import index_of
from advisor.engine.lanes import lanes_of
from advisor.engine.plans import scored_plans
from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Margins
from advisor.model.rules import Role, Score

BASES = st.sampled_from(list(Basis))


@given(st.data(), rulebases(), BASES)
def test_each_plan_has_its_score_and_its_reasons_in_its_lanes(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    index = index_of(rulebase, basis)
    board, lanes = Board(index, answers), lanes_of(index)
    chosen = {q: c for q, c in answers.given.items() if q in board.apply}
    figures = lanes.read(board.now.worth)
    plans = scored_plans(evaluate(index, chosen, answers.important))
    numbers = {lanes.plans.index(plan.candidate) for plan in plans}
    assert {number for number, _ in board.now.field.plans} == numbers
    for plan in plans:
        number = lanes.plans.index(plan.candidate)
        assert figures[number] - lanes.half == plan.score
        assert (figures[lanes.reasons + number] >= lanes.half) == plan.own_reason


def test_lanes_grow_with_the_points():
    names = ("ash", "birch")
    effects = [Score(Role.BUILD, (names[number % 3 == 0],), 3) for number in range(1500)]
    rules = [rule(f"r{number}", effect, when()) for number, effect in enumerate(effects)]
    builders = [framework(name, tuple(Role)) for name in names]
    small = base([question("goal", "yes", "no")], builders, rules)
    board = Board(index_of(small, Basis.CHECKED), Answers())
    assert board.lanes.width == 32
    assert board.leaders == recommend(small, Answers()).leaders == ("ash",)


@pytest.mark.parametrize("tie", [1, 40_000, 1 << 40])
def test_lanes_grow_with_the_tie_margin(tie):
    small = base(
        [question("goal", "yes", "no")],
        [framework(name) for name in ("ash", "birch", "cedar")],
        [
            rule("r-ash", Score(Role.BUILD, ("ash",), 2), when()),
            rule("r-birch", Score(Role.BUILD, ("birch",), 1), when({"goal": ["yes"]})),
        ],
        margins=Margins(tie=tie, close=tie),
    )
    answers = Answers({"goal": frozenset({"yes"})})
    board = Board(index_of(small, Basis.CHECKED), answers)
    assert board.leaders == recommend(small, answers).leaders == ("ash", "birch")
    ((move,),) = flips(board)["ash"]
    assert move.after == ("no",)
    (goal,) = recommend(small, Answers()).open_questions
    assert goal.leaders == (("ash", "birch"),)


@given(st.data(), rulebases(), BASES)
def test_the_span_of_a_question_holds_whatever_its_answers_bring(data, rulebase, basis):
    board = Board(index_of(rulebase, basis), data.draw(answers_to(rulebase)))
    for name in board.apply:
        span = board.span(name)
        for click in board.clicks_on(name) if span else ():
            sums = (span.least, click.worth, span.most)
            for least, worth, most in zip(*map(board.lanes.read, sums), strict=True):
                assert least <= worth <= most
