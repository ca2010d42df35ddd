"""What an edge brings and takes: points for one way alone, marks on costs, finished models."""

from support.builders import EVERYWHERE, base, framework, question, rule, when

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.rules import (
    ALWAYS,
    UNANSWERED,
    Barred,
    Beside,
    Condition,
    Cost,
    Edge,
    Phase,
    Role,
    Score,
    Step,
    Switch,
    with_exceptions,
)
from advisor.output.words import plan_in_words
from advisor.web.pages.rules import effect_in_words


def test_an_exception_of_several_answers_holds_where_all_do_not():
    condition = when({"goal": ["x"]}, {"there": ["nothing"]})
    bars = when({"goal": ["y"], "there": ["from-ash"]}, {"there": [UNANSWERED]})
    goal, there = (Condition("goal", frozenset("x")), Condition("there", frozenset({"nothing"})))
    not_y, not_both = Barred("goal", frozenset("y")), frozenset({"from-ash", UNANSWERED})
    unanswered = Barred("there", frozenset({UNANSWERED}))
    lifting = when({"there": ["nothing"]})
    lifted = Beside("there", frozenset({"nothing"}))
    assert with_exceptions(condition, (), ()) == condition
    assert with_exceptions(condition, bars, lifting)[-2:] == ((goal, lifted), (there, lifted))
    assert with_exceptions(condition, bars, ()) == (
        (goal, not_y, unanswered),
        (goal, Barred("there", not_both)),
        (there, not_y, unanswered),
        (there, Barred("there", not_both)),
    )


def way(builder, cost, condition=ALWAYS, finished=()):
    costs = (Cost(f"{builder}-pays", "It costs.", cost, condition, EVERYWHERE),)
    return Edge(f"{builder}-way", builder, "birch", "A way.", (), EVERYWHERE, costs, finished)


def rulebase(*rules, ash=None, edges=()):
    """Make a rule base in which ash builds and ships, cedar builds and birch ships."""
    to_birch = ash or way("ash", 1, finished=when({"there": ["from-ash"]}))
    step = Step("s", Phase.EXPORT, "", (), "ash-way", (), ALWAYS, "Go.", "", (), EVERYWHERE)
    return base(
        [question("goal", "x", "y"), question("there", "from-ash", "nothing")],
        [framework("ash"), framework("birch", (Role.SHIP,)), framework("cedar", (Role.BUILD,))],
        [rule("ships", Score(Role.SHIP, ("birch",), 3), when()), *rules],
        edges=[to_birch, *edges],
        switches=[Switch("none-builds", Role.BUILD, "Nobody builds.", when({"goal": ["y"]}))],
        steps=[step],
    )


def answers(*important, **given):
    chosen = {name: frozenset({choice}) for name, choice in given.items()}
    return Answers(chosen, important=frozenset(important))


def plan_of(result, name):
    return next(each.plan for each in result.standings if each.framework == name)


def test_points_for_one_way_count_there_alone_and_are_a_reason_of_the_leads_own():
    gain = rule("gain", Score(Role.BUILD, ("ash",), 2, ("ash-way",)), when())
    made = rulebase(gain)
    plan = plan_of(recommend(made, answers()), "ash")
    assert (plan.shipper, plan.score) == ("birch", 3 + 2 - 1)
    assert [r.role for r in plan.reasons if r.rule == "gain"] == ["build"]
    assert recommend(made, answers()).leaders == ("ash",)
    dear = rulebase(gain, rule("own", Score(Role.SHIP, ("ash",), 3), when()), ash=way("ash", 3))
    assert plan_of(recommend(dear, answers()), "ash").reasons[0].rule == "own"
    assert effect_in_words(made, gain) == (
        "Gives Ash two points for building, where a plan goes from Ash to Birch."
    )


def test_a_mark_doubles_what_handing_over_costs_where_it_looks_at_the_question():
    own = rule("own", Score(Role.BUILD, ("ash",), 1), when({"there": ["nothing"]}))
    made = rulebase(own, ash=way("ash", 2, when({"goal": ["x"]})))
    given = {"goal": "x", "there": "nothing"}
    assert plan_of(recommend(made, answers(**given)), "ash").score == 1 + 3 - 2
    assert plan_of(recommend(made, answers("there", **given)), "ash").score == 2 + 3 - 2
    marked = plan_of(recommend(made, answers("goal", **given)), "ash")
    assert marked.score == 1  # it ships by itself rather than pay four


def test_a_finished_model_goes_by_the_edge_with_its_cost_and_its_steps():
    made = rulebase(edges=[way("cedar", 3)])
    result = recommend(made, answers(goal="y", there="from-ash"))
    plan = plan_of(result, "birch")
    assert (plan.builder, plan.edge, plan.score) == (None, "ash-way", 3 - 1)
    assert result.steps == {"birch": ("s",)}
    assert plan_in_words(made, plan) == "Birch for a finished Ash model"


def test_without_a_finished_model_nothing_is_handed_over():
    result = recommend(rulebase(), answers(goal="y", there="nothing"))
    assert (plan_of(result, "birch").edge, plan_of(result, "birch").score) == ("", 3)
    assert result.steps == {"birch": ()}


def test_where_somebody_builds_a_finished_model_changes_nothing():
    result = recommend(rulebase(), answers(goal="x", there="from-ash"))
    assert plan_of(result, "ash").builder == "ash"
    assert plan_of(result, "birch") is None
