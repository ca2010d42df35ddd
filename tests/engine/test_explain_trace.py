"""The trace agrees with the recommendation and names the answer that kept a rule from firing."""

from hypothesis import given
from hypothesis import strategies as st
from support.builders import base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.explain import trace
from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.explanation import Miss, RuleOutcome
from advisor.model.knowledge import Basis
from advisor.model.rules import UNANSWERED, Role, Score


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_every_reason_is_a_rule_that_fired(data, rulebase, basis):
    answers = data.draw(answers_to(rulebase))
    fired = {t.rule for t in trace(rulebase, answers, basis) if t.outcome is RuleOutcome.FIRED}
    result = recommend(rulebase, answers, basis)
    reasons = {
        reason.rule
        for standing in result.standings
        if standing.plan
        for reason in standing.plan.reasons
        if reason.role != "edge"
    }
    assert reasons <= fired
    assert {traced.rule for traced in trace(rulebase, answers, basis)} == set(rulebase.rules)


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_it_doubles_what_the_recommendation_doubles_and_names_the_same_answers(
    data, rulebase, basis
):
    answers = data.draw(answers_to(rulebase))
    traced = {t.rule: t for t in trace(rulebase, answers, basis)}
    for standing in recommend(rulebase, answers, basis).standings:
        for reason in standing.plan.reasons if standing.plan else ():
            if reason.role != "edge":
                told = traced[reason.rule]
                assert reason.points == told.points * (2 if told.doubled else 1)
                assert (reason.doubled, reason.questions) == (told.doubled, told.questions)
    assert not [t for t in traced.values() if t.doubled and t.outcome is not RuleOutcome.FIRED]


def test_it_says_which_answer_a_rule_failed_on_and_which_rules_do_not_exist_on_the_basis():
    score = Score(Role.BUILD, ("ash",), 2)
    rulebase = base(
        [question("where", "here", "there"), question("who", "we", "they")],
        [framework("ash")],
        [
            rule("here", score, when({"where": ["here"]})),
            rule("there-they", score, when({"where": ["there"], "who": ["they"]})),
            rule("fell", score, when({"where": ["here"]}), ["paper-fell"]),
        ],
    )
    traced = trace(rulebase, Answers({"where": frozenset({"here"})}), Basis.CHECKED)
    by_rule = {t.rule: t for t in traced}
    assert by_rule["here"].outcome is RuleOutcome.FIRED
    assert by_rule["fell"].outcome is RuleOutcome.INACTIVE
    assert by_rule["there-they"].misses == (
        (Miss("where", ("there",), ("here",)), Miss("who", ("they",), ())),
    )


def test_it_says_which_answer_kept_a_rule_back_and_which_was_not_to_be_given():
    score = Score(Role.BUILD, ("ash",), 2)
    rulebase = base(
        [question("where", "here", "there"), question("who", "we", "they", multiple=True)],
        [framework("ash")],
        [
            rule("kept", score, when({"where": ["here"]}), not_when=when({"who": ["they"]})),
            rule("open", score, when({"where": ["there", UNANSWERED]})),
        ],
    )

    def misses(**given):
        answers = Answers({name: frozenset(choices) for name, choices in given.items()})
        return {t.rule: t.misses for t in trace(rulebase, answers, Basis.CHECKED)}

    kept = Miss("who", (), ("they", "we"), ("they",))
    assert misses(where=["here"], who=["they", "we"]) == {
        "kept": ((kept,),),
        "open": ((Miss("where", ("there", UNANSWERED), ("here",)),),),
    }
    assert misses(where=["here"])["kept"] == ()
    assert misses(who=["they"]) == {
        "kept": ((Miss("where", ("here",), ()), Miss("who", (), ("they",), ("they",))),),
        "open": (),
    }


def test_it_names_no_exception_that_does_not_hold_and_says_nothing_twice():
    score = Score(Role.BUILD, ("ash",), 2)
    exceptions = when({"where": ["here"], "who": ["they"]}, {"who": ["they"], "what": ["nuts"]})
    rulebase = base(
        [question(name, *choices) for name, *choices in (
            ("where", "here", "there"), ("who", "we", "they"), ("what", "nuts", "bark"))],
        [framework("ash")],
        [rule("kept", score, when({"what": ["nuts"]}), not_when=exceptions)],
    )  # fmt: skip

    def misses(**given):
        answers = Answers({name: frozenset({choice}) for name, choice in given.items()})
        (traced,) = trace(rulebase, answers, Basis.CHECKED)
        return traced.misses

    bark = Miss("what", ("nuts",), ("bark",))
    assert misses(what="bark", who="they") == ((bark,),)
    assert misses(what="bark", where="here", who="they") == (
        (bark, Miss("where", (), ("here",), ("here",))),
        (bark, Miss("who", (), ("they",), ("they",))),
    )
    assert misses(what="nuts", where="here") == ()


def test_what_lifts_an_exception_brings_nothing_in_and_is_told_where_it_is_missing():
    score, lifting = Score(Role.BUILD, ("ash",), 2), when({"what": ["bark"]})
    rulebase = base(
        [question("what", "nuts", "bark", multiple=True), question("who", "we", "they")],
        [framework("ash")],
        [
            rule(
                name,
                score,
                when({question: [choice]}),
                not_when=when({"who": ["they"]}),
                except_when=lifting,
            )
            for name, question, choice in (("nutty", "what", "nuts"), ("theirs", "who", "they"))
        ],
    )

    def traced(*what, important):
        given = {"what": frozenset(what), "who": frozenset({"they"})}
        answers = Answers(given, important=frozenset({important}))
        return {each.rule: each for each in trace(rulebase, answers, Basis.CHECKED)}

    theirs = traced("nuts", "bark", important="what")
    assert theirs["nutty"].outcome is theirs["theirs"].outcome is RuleOutcome.FIRED
    assert [theirs[name].doubled for name in ("nutty", "theirs")] == [True, False]
    assert traced("bark", important="who")["theirs"].doubled
    assert traced("nuts", important="who")["nutty"].misses == (
        (Miss("who", (), ("they",), ("they",)),),
        (Miss("what", ("bark",), ("nuts",)),),
    )
