"""What somebody counts on, held against what is recommended."""

from dataclasses import replace

import pytest
from support.builders import EVERYWHERE, base, framework, question, rule, when

from advisor.engine.recommend import recommend
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.verdict import decision_of
from advisor.errors import AnswersError
from advisor.model.rules import Edge, Role, Score, Stop
from advisor.output.expectation import failures, outcome_sentence, unused
from advisor.query.query import Expectation, is_met
from advisor.query.read import read_query_string

BASE = base(
    [question("goal", "one", "both", "nudge", "stop"), question("deploy", "own", "other")],
    [framework("ash"), framework("birch")],
    [
        rule("r-one", Score(Role.BUILD, ("ash",), 3), when({"goal": ["one"]})),
        rule("r-both", Score(Role.BUILD, ("ash", "birch"), 3), when({"goal": ["both"]})),
        rule("r-nudge", Score(Role.BUILD, ("ash",), 1), when({"goal": ["nudge"]})),
        rule("r-other", Score(Role.SHIP, ("birch",), 2), when({"deploy": ["other"]})),
        rule("r-stop", Stop(Role.BUILD, ("ash", "birch"), "Wait."), when({"goal": ["stop"]})),
    ],
    edges=[Edge("ash-to-birch", "ash", "birch", "A way.", (), EVERYWHERE, ())],
)


@pytest.mark.parametrize(
    ("raw", "verdict", "met", "missed"),
    [
        ("goal=one", "clear", ["ash", "ash:ash"], ["birch", "ash:birch"]),
        ("goal=one&deploy=other", "clear", ["ash", "ash:birch"], ["ash:ash"]),
        ("goal=both", "tie", ["ash", "birch"], ["ash:birch"]),
        ("goal=nudge", "open", [], ["ash"]),
        ("", "open", [], ["ash", "birch"]),
        ("goal=stop", "none", [], ["ash", "birch"]),
    ],
)
def test_an_expectation_is_met_by_a_leader_and_its_shipper_alone(raw, verdict, met, missed):
    recommendation = recommend(BASE, read_query_string(BASE, raw).strict().answers)
    assert recommendation.verdict == verdict
    for name in (*met, *missed):
        expectation = read_query_string(BASE, f"expect={name}").strict().expect
        assert str(expectation) == name
        assert (not failures(BASE, expectation, recommendation)) == (name in met)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("goal=one&expect=birch", "Expected birch; Ash leads: clear, settled."),
        ("goal=one&expect=ash", "Expected ash; Ash leads: clear, settled."),
        (
            "goal=one&expect=ash:birch",
            "Expected ash:birch; Ash leads, and Ash ships itself: clear, plan not settled.",
        ),
        (
            "goal=one&deploy=own&expect=ash:ash",
            "Expected ash:ash; Ash leads, and Ash ships itself: clear, plan settled.",
        ),
        (
            "goal=one&deploy=other&expect=ash:ash",
            "Expected ash:ash; Ash leads, and Ash is shipped with Birch: clear, plan settled.",
        ),
        (
            "goal=both&deploy=own&expect=birch",
            "Expected birch; Ash and Birch are level, so it shares the lead: a tie, settled.",
        ),
        (
            "goal=both&expect=ash:birch",
            (
                "Expected ash:birch; Ash and Birch are level, so it shares the lead, "
                "and Ash ships itself: a tie, plan not settled."
            ),
        ),
        ("deploy=other&expect=birch", "Expected birch; Birch leads: close, not settled."),
        ("deploy=other&expect=ash", "Expected ash; Birch leads: close, not settled."),
        ("expect=ash", "Expected ash; too little is known yet to recommend one."),
        (
            "goal=nudge&expect=ash:ash",
            "Expected ash:ash; too little is known yet to recommend one.",
        ),
        ("goal=stop&expect=ash", "Expected ash; nothing fits all of these answers."),
    ],
)
def test_what_was_expected_is_told_beside_what_is_recommended(raw, sentence):
    query = read_query_string(BASE, raw).strict()
    assert outcome_sentence(BASE, query.expect, recommend(BASE, query.answers)) == sentence


@pytest.mark.parametrize(
    ("raw", "left_out"),
    [
        ("goal=one&deploy=own", ()),
        ("goal=one&nursery=yes", ("nursery",)),
        ("goal=one&nursery=yes&important=nursery", ("nursery", "important=nursery")),
        ("goal=one&important=deploy", ("important=deploy",)),
        ("goal=one&deploy=unsure&important=deploy", ("important=deploy",)),
        ("goal=one&deploy=own&important=deploy&important=goal", ("important=deploy",)),
    ],
)
def test_what_was_said_in_vain_is_told_in_the_message(raw, left_out):
    nursery = question("nursery", "yes", applies=when({"goal": ["both"]}))
    questions = {**BASE.questions, "nursery": nursery}
    rulebase = replace(BASE, questions=questions)
    found = recommend(rulebase, read_query_string(rulebase, raw).strict().answers)
    assert unused(found) == left_out
    message = outcome_sentence(rulebase, Expectation(frozenset({"ash"})), found)
    assert message.endswith(f"; not used: {', '.join(left_out)}." if left_out else " settled.")


def test_an_expectation_that_no_plan_can_meet_is_a_mistake():
    with pytest.raises(AnswersError) as raised:
        read_query_string(BASE, "expect=birch:ash").strict()
    assert str(raised.value) == (
        "query: expect: no-such-plan: no plan builds with 'birch' and ships with 'ash'; "
        "expected one of birch, birch:birch"
    )


@pytest.mark.parametrize(
    ("raw", "failed"),
    [
        ("goal=one&expect=birch&expect=ash", {}),
        ("goal=one&expect=verdict:clear", {}),
        ("goal=both&expect=verdict:tie", {}),
        ("goal=one&deploy=own&expect=settled:plan&expect=all-used:true", {}),
        ("goal=one&important=deploy&expect=all-used:false", {}),
        # A plan narrows its own lead, and nobody else's.
        ("goal=one&expect=ash:ash&expect=birch", {}),
        ("goal=both&deploy=own&expect=ash:birch&expect=birch", {}),
        ("goal=one&expect=ash&expect=ash:birch", {"plan": "Birch to ship"}),
        ("goal=one&expect=birch", {"leaders": "Birch"}),
        ("goal=both&expect=verdict:close", {"verdict": "close or clear"}),
        ("deploy=other&expect=settled:lead", {"settled": "answers that settle it"}),
        (
            "deploy=other&important=goal&expect=verdict:clear&expect=settled:plan&expect=all-used:true",
            {
                "verdict": "clear",
                "settled": "answers that settle it",
                "all-used": "answers and marks that count",
            },
        ),
        ("expect=ash", {"verdict": "a recommendation"}),
        ("goal=stop&expect=verdict:tie", {"verdict": "a recommendation"}),
    ],
)
def test_every_word_that_is_not_so_is_told(raw, failed):
    query = read_query_string(BASE, raw).strict()
    told = failures(BASE, query.expect, recommend(BASE, query.answers))
    assert {failure.word: failure.expected for failure in told} == failed
    outcome = decision_of(index_of(BASE, query.basis), query.answers).outcome
    plans = [(plan.candidate.lead, plan.candidate.shipper) for plan in outcome.leaders]
    met = is_met(query.expect, outcome.verdict, plans)
    assert met == failed.keys().isdisjoint({"leaders", "plan", "verdict"})


def test_an_edition_may_be_as_old_as_is_said():
    found = recommend(BASE, read_query_string(BASE, "goal=one").strict().answers)
    (failure,) = failures(BASE, Expectation(max_age=30), found, age=31)
    assert (failure.word, failure.message) == ("max-age", "the edition is 31 days old")
    assert failures(BASE, Expectation(max_age=30), found, age=30) == ()


def test_a_day_is_no_part_of_a_request():
    with pytest.raises(AnswersError, match="nothing here looks at 'max-age'"):
        read_query_string(BASE, "expect=max-age:30").strict()


def test_an_expectation_without_a_shipper_is_written_as_its_lead():
    assert str(Expectation(frozenset({"ash"}))) == "ash"
