"""Two states of the rules: what is written otherwise, which cases and how many answers move."""

from dataclasses import replace

import pytest
from support.builders import base, framework, question, rule, when

from advisor.editions.diff import Draft, difference, vanished
from advisor.editions.edition import FrozenCase
from advisor.engine.acceptability import leads_moved
from advisor.model.explanation import Entry, MovedCase
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import Rename
from advisor.model.rules import Role, Score

OAK = rule("oak", Score(Role.BUILD, ("ash",), 3), when({"wood": ["oak"]}))
ELM = rule("elm", Score(Role.BUILD, ("birch",), 3), when({"wood": ["elm"]}))
FRAMEWORKS = [framework("ash"), framework("birch")]
WAS = base([question("wood", "oak", "elm")], FRAMEWORKS, [OAK, ELM])
TIMBER = base(
    [question("timber", "oak", "elms", "fir"), question("saw", "yes", "no")],
    FRAMEWORKS,
    [
        rule("oak", Score(Role.BUILD, ("ash",), 2), when({"timber": ["oak"]})),
        rule("elms", Score(Role.BUILD, ("ash",), 3), when({"timber": ["elms"]})),
    ],
)
RENAMES = (
    Rename("question", "wood", "timber", ""),
    Rename("choice", "wood:elm", "timber:elms", ""),
    Rename("rule", "elm", "elms", ""),
)
NOW = replace(TIMBER, renames=RENAMES)
CASES = (FrozenCase("a", "An oak.", "wood=oak"), FrozenCase("b", "An elm.", "wood=elm"))


def found():
    return difference(Draft("1.1", WAS, CASES), Draft("1.2", NOW, CASES[:1]))


def test_what_is_written_otherwise_is_told_by_kind_and_under_the_names_of_today():
    rules = found().entries["rules"]
    assert (rules.new, rules.gone) == ((), ())
    assert [(each.id, each.was) for each in rules.changed] == [("elms", "elm"), ("oak", "oak")]
    assert "points 3 → 2" in rules.changed[1].fields
    questions = found().entries["questions"]
    assert questions.new == (Entry("saw", None, "saw?", ()),)
    assert [each.was for each in questions.changed] == ["wood"]
    assert "frameworks" not in found().entries


def test_cases_of_either_state_whose_leaders_moved_stand_side_by_side():
    moved = MovedCase("b", "An elm.", ("birch",), Verdict.CLEAR, ("ash",), Verdict.CLEAR)
    assert found().cases == (moved,)


def test_answers_are_drawn_to_the_older_questions_and_carried_over():
    draws, leads = leads_moved(WAS, NOW, 1000)
    assert (draws, sum(leads.values())) == (1000, 1000)
    assert leads.keys() == {(("ash",), ("ash",)), (("birch",), ("ash",))}
    assert all(400 < count < 600 for count in leads.values())
    assert found().moved == sum(each.draws for each in found().leads) > 0


def test_the_same_rules_differ_in_nothing():
    same = difference(Draft("1.1", WAS, CASES), Draft("1.2", WAS, CASES))
    assert (same.moved, same.cases, dict(same.entries)) == (0, (), {})


def test_several_boxes_are_drawn_as_one_answer_and_none_as_another():
    asked = question("wood", "oak", "elm", "none", multiple=True)
    one = base([asked], FRAMEWORKS, [OAK, ELM])
    _, leads = leads_moved(one, one, 4000)
    counts = {was: count for (was, now), count in leads.items() if was == now}
    assert counts.keys() == {("ash",), ("birch",), ("ash", "birch"), ()}
    assert all(850 < count < 1150 for count in counts.values())


def test_an_id_that_is_gone_needs_a_line():
    assert list(vanished(WAS, NOW)) == []
    for number, missing in enumerate(RENAMES):
        left = RENAMES[:number] + RENAMES[number + 1 :]
        faults = [fault.message for fault in vanished(WAS, replace(NOW, renames=left))]
        assert any(f"the {missing.kind} '{missing.was}'" in message for message in faults)


@pytest.mark.parametrize("now", ["", "timber"])
def test_a_question_that_is_told_of_takes_its_choices_along(now):
    renames = (Rename("question", "wood", now, "Gone."), *RENAMES[1:])
    assert list(vanished(WAS, replace(NOW, renames=renames))) == []
