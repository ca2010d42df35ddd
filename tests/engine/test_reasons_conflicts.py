"""Answers that do not go together are told; so are marks of importance that change nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.builders import base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import IdleMark
from advisor.model.rules import UNANSWERED, Conflict, Level, Role, Score, Stop, Switch

BASES = st.sampled_from(list(Basis))
WOOD, AXE = when({"wood": ["oak"]}), when({"axe": ["blunt"]})


def grove(*rules, **more):
    """Three questions, of which no rule looks at the last."""
    asked = [question(name, *choices) for name, *choices in (
        ("wood", "oak", "elm"), ("axe", "sharp", "blunt"), ("day", "wet", "dry"))]  # fmt: skip
    return base(asked, [framework("ash"), framework("birch")], rules, **more)


def marked(rulebase, basis=Basis.CHECKED, **given):
    """Mark everything that is answered."""
    answers = {name: frozenset({choice}) for name, choice in given.items()}
    return recommend(rulebase, Answers(answers, important=frozenset(given)), basis)


def test_a_conflict_names_the_questions_and_the_claims_that_count():
    conflict = Conflict(
        "dull", "Oak wants a sharp axe.", when({"wood": ["oak"], "axe": ["blunt"]}), ("site-holds",)
    )
    rulebase = grove(conflicts=[conflict])
    (told,) = marked(rulebase, wood="oak", axe="blunt").conflicts
    assert (told.id, told.text, told.claims) == ("dull", conflict.text, ("site-holds",))
    assert told.questions == ("axe", "wood")
    (told,) = marked(rulebase, Basis.DOCUMENTS, wood="oak", axe="blunt").conflicts
    assert told.claims == ()
    for other in ({"wood": "oak"}, {"wood": "oak", "axe": "sharp"}):
        assert marked(rulebase, **other).conflicts == ()


@given(st.data(), rulebases(), BASES)
def test_a_conflict_changes_nothing_else(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    always = [Conflict(rule.id, rule.text, rule.when, ()) for rule in rulebase.rules.values()]
    burdened = replace(rulebase, conflicts={each.id: each for each in always})
    told = recommend(burdened, answers, basis)
    assert replace(told, conflicts=()) == recommend(rulebase, answers, basis)


def test_a_mark_is_idle_where_its_answer_parts_nobody():
    score, ship = (Score(role, ("ash",), 2) for role in Role)
    rulebase = grove(
        rule("oak", score, WOOD),
        rule("blunt", Level(Role.BUILD, ("ash", "birch")), AXE),
        rule("was-blunt", ship, AXE, ("paper-fell",)),
        rule("unmet", score, when({"axe": ["sharp"]}), ("paper-fell",)),
    )
    told = marked(rulebase, wood="oak", axe="blunt", day="wet").idle_marks
    assert told == (IdleMark("axe", ("blunt",), ("was-blunt",)), IdleMark("day", (), ()))
    told = marked(rulebase, Basis.DOCUMENTS, wood="oak", axe="blunt").idle_marks
    assert told == ()
    unmarked = Answers({"day": frozenset({"wet"})})
    assert recommend(rulebase, unmarked).idle_marks == ()


def test_a_mark_is_idle_where_no_answer_counts():
    rulebase = grove(rule("blunt", Score(Role.BUILD, ("ash",), 2), AXE))
    for answers in ({}, {"unsure": frozenset({"axe"})}):
        told = recommend(rulebase, Answers(important=frozenset({"axe"}), **answers)).idle_marks
        assert told == (IdleMark("axe", (), ()),)


def test_an_answer_brings_in_what_it_meets_though_no_answer_would_as_well():
    wide = when({"wood": ["oak", UNANSWERED], "axe": ["blunt"]})
    rulebase = grove(
        rule("wide", Score(Role.BUILD, ("ash",), 2), wide),
        rule("stop", Stop(Role.SHIP, ("birch",), "Take elm."), wide),
        conflicts=[Conflict("dull", "Oak wants a sharp axe.", wide, ())],
    )

    def told(important, **given):
        chosen = {name: frozenset({choice}) for name, choice in given.items()}
        result = recommend(rulebase, Answers(chosen, important=frozenset({important})))
        ash, birch = result.standings
        (reason,), (stop,), (conflict,) = ash.plan.reasons, birch.stops, result.conflicts
        assert {*stop.answers} == {*reason.questions} == {*conflict.questions}
        return reason.questions, reason.points, [mark.question for mark in result.idle_marks]

    assert told("wood", wood="oak", axe="blunt") == (("axe", "wood"), 4, [])
    assert told("wood", axe="blunt") == (("axe",), 2, ["wood"])
    assert told("axe", axe="blunt") == (("axe",), 4, [])


def test_stops_and_switches_are_not_idle_and_points_for_a_role_nobody_needs_are():
    rulebase = grove(
        rule("no-oak", Stop(Role.BUILD, ("ash",), "Take elm."), WOOD),
        rule("wet", Score(Role.SHIP, ("ash",), 2), when({"day": ["wet"]})),
        switches=[Switch("at-home", Role.SHIP, "Nobody carries it.", AXE)],
    )
    told = marked(rulebase, wood="oak", axe="blunt", day="wet").idle_marks
    assert [mark.question for mark in told] == ["day"]
