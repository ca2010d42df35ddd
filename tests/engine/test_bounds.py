"""How far scores can still move: bounds that hold for every completion, and are met where they
can be."""

from hypothesis import given
from hypothesis import strategies as st
from support import reference
from support.builders import base, framework, question, rule, when
from support.drawing import answers_to, rulebases
from support.examples import times

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rules import Role, Score, Stop


@times(2)
@given(st.data(), rulebases(max_questions=3), st.sampled_from(Basis))
def test_no_completion_takes_a_score_out_of_its_reach(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    reach = recommend(rulebase, answers, basis).reach
    for completion in reference.completions(rulebase, answers):
        for standing in recommend(rulebase, completion, basis).standings:
            if standing.score is not None:
                least, most = reach[standing.framework]
                assert least <= standing.score <= most


@given(st.data(), rulebases(max_questions=2), st.sampled_from(Basis))
def test_with_everything_answered_a_score_is_all_its_reach(data, rulebase, basis):
    given = data.draw(answers_to(rulebase)).given
    waiting = rulebase.questions.keys() - given.keys()
    told = recommend(rulebase, Answers(given, any=frozenset(waiting)), basis)
    scores = {s.framework: (s.score, s.score) for s in told.standings if s.plan}
    assert told.reach == scores


def test_reach_is_exact_where_each_rule_looks_at_one_question():
    def points(name, points, choices):
        return rule(name, Score(Role.BUILD, (name[:3],), points), when(choices))

    rules = [
        points("ash-goal", 3, {"goal": ["x"]}),
        points("ash-tools", 2, {"tools": ["x"]}),
        points("ash-slow", -1, {"tools": ["y"]}),
        rule("no-fir", Stop(Role.BUILD, ("fir",), "Wait."), when({"goal": ["y"]})),
        rule("no-oak", Stop(Role.BUILD, ("oak",), "Wait."), when()),
    ]
    asked = [question("goal", "x", "y"), question("tools", "x", "y")]
    known = base(asked, [framework("ash"), framework("fir"), framework("oak")], rules)
    assert recommend(known, Answers()).reach == {"ash": (-1, 5), "fir": (0, 0)}
    goal = Answers({"goal": frozenset({"x"})})
    assert recommend(known, goal).reach == {"ash": (2, 5), "fir": (0, 0)}
