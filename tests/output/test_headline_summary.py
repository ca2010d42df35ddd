"""The description says what weighs most, hears everyone who is level, and points nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.coloured import CONDITIONS, FOREST, advice, forest, scores
from support.drawing import answers_to, rulebases

from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Verdict, leading_plans
from advisor.output.headline import (
    alt_text,
    basis_sentence,
    description,
    how_sure_alone,
    lines_needed,
    summary_lines,
    verdict_label,
)


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_a_recommendation_is_backed_by_the_weightiest_reason_of_each_leader(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    told = summary_lines(rulebase, result)
    if result.verdict in {Verdict.NONE, Verdict.OPEN}:
        assert not any(point.sign.startswith("+") for point in told)
        return
    leading = leading_plans(result.standings)
    others = [each.plan for each in result.standings if each.plan and each.plan not in leading]
    weightiest = [
        max((r for r, shared in found if not shared or all(had for _, had in found)), key=weight)
        for plan in leading
        for found in [[(r, shared_by(r, others)) for r in plan.reasons if r.points > 0]]
    ]
    # Those that are level may be shipped by the same framework, for the same reason: told once.
    best = {(reason.rule, reason.framework): weight(reason) for reason in weightiest}
    assert len(told) >= lines_needed(result) or len(best) < len(leading)
    assert [point.sign for point in told[: len(best)]] == [f"+{each}" for each in best.values()]


def weight(reason):
    return reason.points


def shared_by(reason, others):
    """Say whether each of the others has as many points for the same answers in the same role."""
    for plan in others:
        alike = [r for r in plan.reasons if r.role == reason.role and r.points == reason.points]
        if not any(r.questions == reason.questions for r in alike):
            return False
    return bool(others)


@given(st.data(), rulebases())
def test_a_summary_never_points_to_another_place_of_a_page(data, rulebase):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), Basis.CHECKED)
    said = " ".join((description(rulebase, result), alt_text(rulebase, result)))
    assert " below" not in said
    assert " above" not in said


def test_reasons_come_by_weight():
    rulebase = forest(
        scores("b", "ash", 1, "many"), scores("a", "ash", 3, "many"), scores("c", "ash", 2, "many")
    )
    told = summary_lines(rulebase, advice(rulebase, "wood=many"))
    assert [point.sign for point in told] == ["+3", "+2", "+1"]
    assert {point.framework for point in told} == {"ash"}
    assert told[0].text == "Because of a."


def test_what_every_framework_has_comes_last():
    rulebase = forest(
        scores("a", "ash", 3, "many"),
        scores("b", "birch", 3, "many"),
        scores("c", "cedar", 3, "many"),
        scores("d", "ash", 1, "many"),
    )
    told = summary_lines(rulebase, advice(rulebase, "wood=many"))
    assert [point.sign for point in told] == ["+1", "+3"]


def test_what_speaks_against_a_leader_is_no_reason_for_it():
    rulebase = forest(scores("for", "ash", 3, "many"), scores("against", "ash", -1, "many"))
    assert [point.sign for point in summary_lines(rulebase, advice(rulebase, "wood=many"))] == [
        "+3"
    ]


def test_at_most_three_reasons_are_told():
    rulebase = forest(*(scores(name, "ash", 2, "many") for name in "abcd"))
    assert len(summary_lines(rulebase, advice(rulebase, "wood=many"))) == 3


def test_on_a_tie_each_is_heard_first_and_by_name():
    rulebase = forest(scores("more", "ash", 1, "both"), scores("else", "birch", 1, "both"))
    result = advice(rulebase, CONDITIONS["tie"])
    told = summary_lines(rulebase, result)
    assert [point.framework for point in told] == ["ash", "birch", "ash"]
    assert [point.text for point in told[:2]] == ["Ash: Because of oak.", "Birch: Because of elm."]
    assert description(rulebase, result).endswith("Ash: Because of oak. Birch: Because of elm.")


def test_what_stops_several_is_told_once_with_all_of_them():
    (told,) = summary_lines(FOREST, advice(FOREST, CONDITIONS["none"]))
    assert told.text == "Ash, Birch and Cedar: Because of fire."
    assert told.framework == ""


def test_an_open_result_says_what_is_worth_answering():
    (told,) = summary_lines(FOREST, advice(FOREST, ""))
    assert told.text == "Worth answering next: wood?"


@pytest.mark.parametrize(
    ("state", "words"),
    [("clear", "clear"), ("close", "close call"), ("tie", "tie"), ("open", "open"),
     ("none", "nothing fits")],
)  # fmt: skip
def test_every_verdict_has_its_words(state, words):
    assert verdict_label(advice(FOREST, CONDITIONS[state])) == words


def test_how_sure_stands_alone():
    assert how_sure_alone(FOREST, advice(FOREST, CONDITIONS["none"])) == (
        "One of the answers rules out each of those that could lead."
    )
    assert how_sure_alone(FOREST, advice(FOREST, CONDITIONS["close"])).startswith("A close call. ")


def test_the_basis_is_said_where_nobody_would_expect_it():
    checked, documents = (
        advice(FOREST, f"wood=oak&basis={basis}") for basis in ("checked", "documents")
    )
    assert verdict_label(checked) == "clear"
    assert verdict_label(documents) == "clear on the documents as written"
    assert basis_sentence(FOREST, checked) == "Based on checked facts, as of 20 November 2026."
    assert basis_sentence(FOREST, documents) == (
        "Based on the documents as written, not on checked facts."
    )
