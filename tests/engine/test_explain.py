"""Why not the others, which marks would count, what is open, and why the bases differ: exactly."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support import reference
from support.builders import base, choice_sets, framework, question, rule, when
from support.drawing import answers_to, rulebases
from support.examples import times

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.verdict import decide
from advisor.engine.whatif.completions import Situation
from advisor.engine.whatif.counterfactuals import counterfactuals
from advisor.model.answers import MAX_IMPORTANT, Answers
from advisor.model.explanation import WhyNot
from advisor.model.knowledge import Basis, cap
from advisor.model.recommendation import State
from advisor.model.rules import Role, Score, Stop

BASES = st.sampled_from(list(Basis))


def explained(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    result = recommend(rulebase, answers, basis)
    return answers, result, explain(rulebase, result)


@given(st.data(), rulebases(), BASES)
def test_everything_that_does_not_lead_alone_is_explained(data, rulebase, basis):
    _, result, explanation = explained(data, rulebase, basis)
    alone = set(result.leaders) if len(result.leaders) == 1 else set()
    assert explanation.others.keys() == rulebase.frameworks.keys() - alone
    states = {s.framework: s.state for s in result.standings}
    for name, other in explanation.others.items():
        assert other.framework == name
        assert (other.why is WhyNot.SHARES) == (states[name] is State.LEADS)
        assert (other.why is WhyNot.RULED_OUT) == (states[name] is State.RULED_OUT)
        assert (other.why is WhyNot.NO_ROLE) == (states[name] is State.NO_ROLE)


@given(st.data(), rulebases(), BASES)
def test_the_differences_between_two_plans_add_up_to_what_is_between_them(data, rulebase, basis):
    _, result, explanation = explained(data, rulebase, basis)
    plans = {s.framework: s.plan for s in result.standings}
    for name, other in explanation.others.items():
        rivals = [leader for leader in result.leaders if leader != name and plans[name]]
        assert [against.leader for against in other.against] == rivals
        for against in other.against:
            gap = plans[against.leader].score - plans[name].score
            assert against.behind == gap
            assert sum(each.theirs - each.ours for each in against.differences) == gap
            assert all(each.theirs != each.ours for each in against.differences)
            gained = [each.theirs - each.ours for each in against.differences]
            assert gained == sorted(gained, reverse=True)


@given(st.data(), rulebases(), BASES)
def test_every_other_way_to_ship_what_leads_is_told_with_its_distance(data, rulebase, basis):
    answers, result, explanation = explained(data, rulebase, basis)
    expected = reference.advise(rulebase, answers, basis)
    found = {name: {} for name in result.leaders}
    leading = {s.framework: s.plan for s in result.standings}
    for way in explanation.ways:
        leader = leading[way.plan.lead]
        found[way.plan.lead][way.plan.shipper] = way.plan.score
        assert way.against.leader == way.plan.lead
        assert way.against.behind == leader.score - way.plan.score >= 0
        gaps = [each.theirs - each.ours for each in way.against.differences]
        assert sum(gaps) == way.against.behind
    assert found == ({} if result.verdict == "none" else expected.ways) or (
        result.verdict == "open" and not explanation.ways
    )


@given(st.data(), rulebases(), BASES)
def test_flips_that_change_answers_and_flips_that_only_answer_are_told_apart(data, rulebase, basis):
    answers, _, explanation = explained(data, rulebase, basis)
    settled = answers.given.keys() | answers.any
    for other in explanation.others.values():
        flips = (*other.changes, *other.openings)
        assert {sum(move.size for move in flip) for flip in flips} == (
            {other.size} if flips else set()
        )
        for flip in other.openings:
            assert settled.isdisjoint(move.question for move in flip)
        for flip in other.changes:
            assert not settled.isdisjoint(move.question for move in flip)


@times(2)
@given(st.data(), rulebases(), BASES)
def test_no_edit_is_missed_by_what_is_known_of_open_questions(data, rulebase, basis):
    answers, result, explanation = explained(data, rulebase, basis)
    pairs = explain(rulebase, result, edits=2).others
    single = counterfactuals(Situation(decide(index_of(rulebase, basis), answers)), edits=1)
    for name, other in explanation.others.items():
        assert {*other.openings, *other.changes} == {*single[name]}
        assert other == pairs[name] or (not other.size and pairs[name].size == 2)


@times(2)
@given(st.data(), rulebases(), BASES)
def test_the_marks_told_are_those_that_change_who_leads(data, rulebase, basis):
    answers, result, explanation = explained(data, rulebase, basis)
    expected = []
    for name in rulebase.questions:
        important = answers.important ^ {name}
        if len(important) <= max(MAX_IMPORTANT, len(answers.important)):
            other = reference.advise(rulebase, replace(answers, important=important), basis)
            if other.leaders != result.leaders:
                expected.append((name, name in important, other.leaders))
    assert [(m.question, m.adds, m.leaders) for m in explanation.marks] == expected


def test_no_fourth_mark_is_proposed():
    names = ["a", "b", "c", "d"]
    small = base(
        [question(name, "yes", "no") for name in names],
        [framework("ash"), framework("birch")],
        [
            rule("r-ash", Score(Role.BUILD, ("ash",), 1), when({"d": ["yes"]})),
            rule("r-birch", Score(Role.BUILD, ("birch",), 1), when({"a": ["yes"]})),
        ],
    )
    given_all = {name: frozenset({"yes"}) for name in names}
    birch, ash, both = ("birch",), ("ash",), ("ash", "birch")
    for marks, expected in (
        ("bc", [("a", True, birch), ("d", True, ash)]),
        ("abc", [("a", False, both)]),
    ):
        answers = Answers(given_all, important=frozenset(marks))
        told = explain(small, recommend(small, answers)).marks
        assert [(mark.question, mark.adds, mark.leaders) for mark in told] == expected


@given(st.data(), rulebases(max_questions=3), BASES)
def test_what_an_open_question_could_bring_is_what_its_answers_bring(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    result = recommend(rulebase, answers, basis)
    for asked in result.open_questions:
        name = asked.question
        outcomes = {
            reference.advise(
                rulebase, replace(answers, given={**answers.given, name: choices}), basis
            ).leaders
            for choices in choice_sets(rulebase.questions[name])
        }
        assert asked.leaders == tuple(sorted(outcomes - {result.leaders}))
        assert asked.matters == bool(asked.leaders)
        assert asked.unsure == (name in answers.unsure)


@given(st.data(), rulebases(), BASES)
def test_the_claims_that_part_the_bases_count_for_more_on_one_of_them(data, rulebase, basis):
    _, result, explanation = explained(data, rulebase, basis)
    assert (explanation.bases is None) == (not result.other.differs)
    if explanation.bases is None:
        return
    assert explanation.bases.basis is result.other.basis
    for carrier in (*explanation.bases.there, *explanation.bases.here):
        here, there = (
            cap(rulebase.claims, rulebase.sources, carrier.claim, each)
            for each in (basis, result.other.basis)
        )
        assert (carrier.counts_here, carrier.counts_there) == (here, there)
        assert carrier.status is rulebase.claims[carrier.claim].status
        assert carrier.carries
    assert all(c.counts_here < c.counts_there for c in explanation.bases.there)
    assert all(c.counts_there < c.counts_here for c in explanation.bases.here)


@given(st.data(), rulebases(), BASES)
def test_a_reason_of_the_other_basis_that_is_missing_here_is_traced_to_its_claims(
    data, rulebase, basis
):
    answers, result, explanation = explained(data, rulebase, basis)
    if explanation.bases is None:
        return
    other = recommend(rulebase, answers, result.other.basis)
    plans = [s.plan for s in other.standings if s.state is State.LEADS]
    carried = {what for carrier in explanation.bases.there for what in carrier.carries}
    costs = {cost.id: cost for edge in rulebase.edges.values() for cost in edge.costs}
    for reason in (r for plan in plans for r in plan.reasons if not r.doubled):
        claims = {**rulebase.rules, **costs}[reason.rule].claims
        here = max(cap(rulebase.claims, rulebase.sources, claim, basis) for claim in claims)
        if not here:
            assert reason.rule in carried


def test_a_stop_that_only_one_basis_knows_is_part_of_the_story():
    small = base(
        [question("goal", "research", "product")],
        [framework("ash"), framework("birch")],
        [
            rule("r-ash", Score(Role.BUILD, ("ash",), 3), when({"goal": ["research"]})),
            rule("r-birch", Score(Role.BUILD, ("birch",), 1), when({"goal": ["research"]})),
            rule("no-ash", Stop(Role.BUILD, ("ash",), "Wait."), when(), ["site-holds"]),
        ],
    )
    result = recommend(small, Answers({"goal": frozenset({"research"})}))
    assert result.leaders == ("birch",)
    assert result.other.leaders == ("ash",)
    bases = explain(small, result).bases
    assert [(c.claim, c.carries, c.counts_here, c.counts_there) for c in bases.here] == [
        ("site-holds", ("no-ash",), 3, 0)
    ]
    assert bases.there == ()
