"""What is remembered dies with the rule base that it is about."""

import gc
from dataclasses import replace

from support.bases import STATES

from advisor.engine.acceptability import acceptability
from advisor.engine.explain import explain, trace
from advisor.engine.recommend import recommend
from advisor.engine.scoring.index import Index, index_of
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.output.json import questions_json, rulebase_json


def alive():
    gc.collect()
    return sum(isinstance(each, RuleBase | Index) for each in gc.get_objects())


def ask_all(rulebase):
    for basis in Basis:
        for answers in (Answers(), Answers(one_tool=True)):
            recommendation = recommend(rulebase, answers, basis)
            explain(rulebase, recommendation, edits=2)
            trace(rulebase, answers, basis)
        acceptability(rulebase, basis, 10)
    rulebase_json(rulebase), questions_json(rulebase)


def test_a_rule_base_that_nobody_uses_leaves_nothing_behind():
    before = alive()
    for _ in range(3):
        ask_all(replace(STATES))
    assert alive() == before


def test_one_rule_base_is_laid_out_once_for_each_basis():
    rulebase = replace(STATES)
    first = [index_of(rulebase, basis) for basis in Basis]
    ask_all(rulebase)
    assert all(index_of(rulebase, each.basis) is each for each in first)


def test_plans_within_constraints_have_a_memory_of_their_own():
    whole = index_of(replace(STATES), Basis.CHECKED)
    alone = whole.within(Answers(one_tool=True))
    assert alone is whole.within(Answers(one_tool=True))
    assert alone.within(Answers()) is whole
