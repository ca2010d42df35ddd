"""Factors hold what the items bring that look at their questions, and lose nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from hypothesis import given
from hypothesis import strategies as st
from support.builders import base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.board import Board
from advisor.engine.codes import codes_of
from advisor.engine.evaluation import evaluate
from advisor.engine.factors import Factor, Family, Weighing, factors_of, families_of
from advisor.engine.index import index_of
from advisor.engine.lanes import lanes_of
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import NONE_CHOICE
from advisor.model.rules import Role, Score, Stop

BASES = st.sampled_from(list(Basis))


@given(st.data(), rulebases(), BASES)
def test_all_factors_bring_what_all_that_fires_brings(data, rulebase, basis):
    index, answers = index_of(rulebase, basis), data.draw(answers_to(rulebase))
    board, lanes, codes = Board(index, answers), lanes_of(index), codes_of(index)
    chosen = {name: said for name, said in answers.given.items() if name in board.apply}
    evaluation = evaluate(index, chosen, answers.important)
    fired = evaluation.fired & lanes.deciding
    factors = factors_of(index, codes.looking(answers.important))
    worth = lanes.zero + factors.worth(codes.all_of(answers.given, board.apply))
    assert worth & lanes.floor == lanes.worth(fired, evaluation.doubled & fired)
    assert worth >> lanes.roof == fired & lanes.structure


@given(rulebases(), BASES)
def test_a_factor_looks_at_its_questions_alone_and_every_item_is_in_one(rulebase, basis):
    index = index_of(rulebase, basis)
    codes, lanes, of = codes_of(index), lanes_of(index), families_of(index)
    families = {id(family): family for some in of.values() for family in some}.values()
    assert sum(len(family.weighing) for family in families) == lanes.deciding.bit_count()
    for family in families:
        fields = codes.looking(family.questions)
        assert family.bits & ~fields == 0
        assert all(family in of[name] for name in family.questions)


@given(rulebases(), BASES)
def test_every_code_that_an_answer_has_is_reachable_by_an_answer_that_has_it(rulebase, basis):
    codes = codes_of(index_of(rulebase, basis))
    for name, asked in rulebase.questions.items():
        reachable = codes.reachable[name]
        assert all(codes.of(name, choices) == code for code, choices in reachable.items())
        ids = [choice.id for choice in asked.choices]
        answers = [{choice} for choice in ids]
        if asked.multiple:
            ticked = [choice for choice in ids if choice != NONE_CHOICE]
            answers += [{one, other} for one in ticked for other in ticked]
            answers.append(set(ticked))
        assert all(codes.of(name, answer) in reachable for answer in answers if answer)


def test_an_answer_that_closes_a_question_takes_its_answer_away_with_it():
    small = base(
        [
            question("place", "far", "near"),
            question("size", "large", "small", applies=when({"place": ["far"]})),
        ],
        [framework("ash", tuple(Role)), framework("birch", tuple(Role))],
        [
            rule("large", Score(Role.BUILD, ("ash",), 3), when({"size": ["large"]})),
            rule("far", Stop(Role.BUILD, ("birch",), "Stay."), when({"place": ["far"]})),
            rule("any", Score(Role.BUILD, ("birch",), 1), when()),
        ],
    )
    given_both = {"place": frozenset({"far"}), "size": frozenset({"large"})}
    board = Board(index_of(small, Basis.CHECKED), Answers(given_both))
    (click,) = board.clicks_on("place")
    moved = Board(board.index, Answers({**given_both, "place": frozenset({"near"})}))
    assert click.touches == {"place", "size"}
    assert (click.code, click.worth, click.field) == moved.now
    assert board.leaders == ("ash",)
    assert moved.leaders == ("birch",)


def test_threads_that_ask_at_once_for_the_same_factor_get_one(monkeypatch):
    both = Barrier(2)

    class Slow(Factor):
        def __init__(self, *given):
            super().__init__(*given)
            both.wait(timeout=10)

    monkeypatch.setattr("advisor.engine.factors.Factor", Slow)
    family = Family(frozenset({"size"}), [Weighing((1,), 1, 1, costs=False, structural=False)], 1)
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(family.part, [1, 1])
    assert one[0] is other[0]
