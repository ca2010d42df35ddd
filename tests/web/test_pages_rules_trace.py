"""The page of every rule says what became of each, on which answer, and where to change it."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st
from support.drawing import answers_to

from advisor.engine.explain import trace
from advisor.model.explanation import RuleOutcome
from advisor.model.knowledge import Basis
from advisor.query.query import Query
from advisor.query.write import query_string

ANSWERED = "distance=short&load=children&riding=new-bicycle&storage=garage"


def rules_linked(page):
    return [link for link, _ in page.links if link.startswith("/rules/")]


@given(data=st.data(), basis=st.sampled_from(Basis))
def test_every_rule_stands_there_once_and_the_numbers_are_those_of_the_trace(
    browser, rulebase, data, basis
):
    answers = data.draw(answers_to(rulebase))
    page = browser.open(f"/trace?{query_string(Query(answers, basis))}")
    assert sorted(rules_linked(page)) == sorted(f"/rules/{name}" for name in rulebase.rules)
    outcomes = [traced.outcome for traced in trace(rulebase, answers, basis)]
    fired, failed = (outcomes.count(each) for each in (RuleOutcome.FIRED, RuleOutcome.FAILED))
    assert f"Fired: {fired} " in page.text
    assert f"Did not fire: {failed} " in page.text
    assert f"all {len(outcomes)} of them" in page.text


def test_it_says_on_which_answer_a_rule_failed_and_leads_to_the_question(browser, rulebase):
    page = browser.open(f"/trace?{ANSWERED}")
    wanted = {c.id: c.label for c in rulebase.questions["storage"].choices}
    label = rulebase.questions["storage"].label
    assert f"{label} needs “{wanted['upstairs']}”; you said “{wanted['garage']}”" in page.text
    assert "you have not answered" in page.text
    asked = browser.open(page.link(label))
    assert asked.address.startswith("/ask/storage?")
    assert asked.heading == rulebase.questions["storage"].title


def test_what_counts_double_is_told_with_the_points_that_count(browser):
    once, twice = (
        browser.open(f"/trace?{ANSWERED}{marked}").text for marked in ("", "&important=load")
    )
    assert "counts double" not in once
    assert "+6 counts double" in twice


def test_it_leads_to_the_result_and_to_the_other_basis(browser):
    query = urlencode([("load", "children"), ("storage", "garage"), ("project", "A shed")])
    page = browser.open(f"/trace?{query}")
    assert "A shed" in page.text
    assert page.link("Back to the recommendation") == f"/recommendation?{query}"
    there = browser.open(page.link("the documents as written"))
    assert "basis=documents" in there.address
    assert there.link("checked facts") == f"/trace?{query}"
