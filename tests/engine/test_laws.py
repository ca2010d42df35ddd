"""The laws of the decision model, over random answers and random rule bases."""

import random
from dataclasses import replace
from fractions import Fraction
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from support import reference
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.drawing import answers_to, rulebases
from support.examples import times

from advisor.engine.recommend import recommend
from advisor.engine.whatif import settled
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis, cap
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import Margins
from advisor.model.rules import Edge, Role, Score

BASES = st.sampled_from(list(Basis))


@times(4)
@given(st.data(), rulebases(), BASES)
def test_engine_agrees_with_the_plain_reference(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    plain = reference.advise(rulebase, answers, basis)
    ours = recommend(rulebase, answers, basis)
    assert (ours.verdict, ours.leaders) == (plain.verdict, plain.leaders)
    scores = {s.framework: s.score for s in ours.standings if s.framework in plain.scores}
    assert scores == plain.scores
    plans = {
        s.framework: (s.plan.builder, s.plan.shipper, s.plan.backend, s.plan.edge or "")
        for s in ours.standings
        if s.framework in ours.leaders and s.plan
    }
    assert plans == dict(plain.plans)


@given(st.data(), rulebases(), BASES)
def test_law_1_reasons_of_a_plan_add_up_to_its_score(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    for standing in result.standings:
        if standing.plan:
            assert sum(reason.points for reason in standing.plan.reasons) == standing.plan.score
            assert standing.score == standing.plan.score


@given(st.data(), rulebases(), BASES)
def test_law_2_the_same_answers_give_an_equal_recommendation(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    shuffled = list(answers.given.items())
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    again = replace(answers, given=dict(shuffled))
    assert recommend(rulebase, answers, basis) == recommend(rulebase, again, basis)


TRIES = st.sampled_from([1, 2, settled.TRIES])
"""How often to try: giving up early must not make it wrong either."""


@times(4)
@given(st.data(), rulebases(max_questions=3), BASES, TRIES)
def test_law_3_settled_is_never_wrong(data, rulebase, basis, tries):
    answers = data.draw(answers_to(rulebase))
    with patch.object(settled, "TRIES", tries):
        result = recommend(rulebase, answers, basis)
    if not result.settled.lead:
        assert not result.settled.plan
        return
    now = reference.advise(rulebase, answers, basis)
    for completion in reference.completions(rulebase, answers):
        then = reference.advise(rulebase, completion, basis)
        assert then.leaders == now.leaders
        if result.settled.plan:
            assert then.plans == now.plans


@times(2)
@given(st.data(), rulebases(max_questions=3), BASES)
def test_an_open_question_that_does_not_matter_changes_no_leader(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    result = recommend(rulebase, answers, basis)
    idle = [q.question for q in result.open_questions if not q.matters]
    for name in idle:
        others = frozenset(set(rulebase.questions) - {name} - set(answers.given))
        alone = replace(answers, unsure=frozenset(), any=answers.any | others)
        for completion in reference.completions(rulebase, alone):
            assert recommend(rulebase, completion, basis).leaders == result.leaders


def test_the_tolerance_ends_where_the_tie_begins():
    small = base(
        [question("goal", "research", "product")],
        [framework("ash"), framework("birch")],
        [
            rule("r-ash", Score(Role.BUILD, ("ash",), 3), when()),
            rule("r-birch", Score(Role.BUILD, ("birch",), 1), when()),
        ],
        margins=Margins(tie=1, close=2),
    )
    assert recommend(small, Answers()).tolerance == Fraction(3 - 1 - 1, 3 + 1)


def test_of_equal_plans_the_one_with_fewer_tools_goes_first():
    small = base(
        [question("goal", "research")],
        [framework("birch"), framework("ash")],
        [rule("r-birch", Score(Role.BUILD, ("birch",), 2), when())],
        edges=[Edge("birch-to-ash", "birch", "ash", "A way.", (), EVERYWHERE, ())],
    )
    (standing, *_) = recommend(small, Answers()).standings
    assert (standing.framework, standing.plan.shipper, standing.score) == ("birch", "birch", 2)


@given(st.data(), rulebases(), BASES)
def test_law_6_more_points_never_lower_a_standing(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    scores = [r for r in rulebase.rules.values() if isinstance(r.effect, Score)]
    if not scores:
        return
    chosen = data.draw(st.sampled_from(scores))
    if chosen.effect.points in {3, -1} or len(chosen.effect.frameworks) > 1:
        return
    # Points for a way to ship raise who takes that way, which is another framework.
    if chosen.effect.by:
        return
    more = replace(chosen, effect=replace(chosen.effect, points=chosen.effect.points + 1))
    raised = replace(rulebase, rules={**rulebase.rules, more.id: more})
    name = chosen.effect.frameworks[0]
    before = _standing(recommend(rulebase, answers, basis), name)
    after = _standing(recommend(raised, answers, basis), name)
    assert after >= before


def _standing(result, name):
    """Say how a framework stands, in an order in which better is greater."""
    standing = next(s for s in result.standings if s.framework == name)
    contends = standing.state in {"leads", "follows"}
    return (name in result.leaders, contends, standing.score if contends else -99)


@given(st.data(), rulebases(), BASES)
def test_law_6_order_never_matters(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    turned = replace(
        rulebase,
        rules=dict(reversed(rulebase.rules.items())),
        frameworks=dict(reversed(rulebase.frameworks.items())),
        edges=dict(reversed(rulebase.edges.items())),
        switches=dict(reversed(rulebase.switches.items())),
    )
    assert recommend(rulebase, answers, basis) == recommend(turned, answers, basis)


@given(st.data(), rulebases(), BASES)
def test_law_7_only_admissible_claims_move_a_score(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    reasons = [r for s in result.standings if s.plan for r in s.plan.reasons]
    for reason in reasons:
        caps = [cap(rulebase.claims, rulebase.sources, claim, basis) for claim in reason.claims]
        assert caps
        assert all(caps)
        assert abs(reason.points) <= max(caps) * (2 if reason.doubled else 1)


@given(st.data(), rulebases(), BASES)
def test_law_10_nobody_leads_without_a_reason_of_its_own(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    for leader in result.leaders:
        plan = next(s.plan for s in result.standings if s.framework == leader)
        assert any(reason.points > 0 and reason.framework == leader for reason in plan.reasons)


@times(4)
@given(st.data(), rulebases(), BASES)
def test_importance_doubles_once_and_nothing_else(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    plain = recommend(rulebase, replace(answers, important=frozenset()), basis)
    marked = recommend(rulebase, answers, basis)
    before = _by_plan(plain)
    for plan, reasons in _by_plan(marked).items():
        for key, reason in reasons.items():
            if key in before.get(plan, {}):
                times = 1 if answers.important.isdisjoint(reason.questions) else 2
                assert reason.points == times * before[plan][key].points


def _by_plan(result):
    return {
        (s.plan.lead, s.plan.shipper, s.plan.edge): {
            (reason.rule, reason.role): reason for reason in s.plan.reasons
        }
        for s in result.standings
        if s.plan
    }


@given(st.data(), rulebases(), BASES)
def test_verdict_none_means_that_every_plan_is_forbidden(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    assert (result.verdict is Verdict.NONE) == all(s.plan is None for s in result.standings)
