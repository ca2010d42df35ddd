"""The canonical form: what is written is read again, whole, and written the same."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.drawing import answers_to, rulebases
from support.small import SMALL

from advisor.model.knowledge import Basis
from advisor.model.recommendation import Verdict
from advisor.query.body import body_form
from advisor.query.fields import yaml_form
from advisor.query.query import Expectation, Query, shippers_of
from advisor.query.read import interpret, read_query_string
from advisor.query.write import VIEW_KEYS, answers_file, answers_mapping, query_string

TITLES = st.text(max_size=200).map(str.strip).filter(str.isprintable)


@st.composite
def queries_to(draw, rulebase):
    leads = draw(st.frozensets(st.sampled_from(["ash", "birch"])))
    plans = [(lead, by) for lead in sorted(leads) for by in shippers_of(rulebase, lead)]
    expected = st.builds(
        Expectation,
        leads=st.just(leads),
        plans=st.frozensets(st.sampled_from(plans)) if plans else st.just(frozenset()),
        verdict=st.sampled_from([Verdict.TIE, Verdict.CLOSE, Verdict.CLEAR]),
        settled=st.sampled_from([None, "lead", "plan"]),
        all_used=st.booleans(),
    )
    return Query(
        answers=draw(answers_to(rulebase)),
        basis=draw(st.sampled_from(list(Basis))),
        edition=draw(st.sampled_from([None, "latest"])),
        expect=draw(st.none() | expected),
        trace=draw(st.booleans()),
        changes=draw(st.sampled_from([1, 2])),
        project=draw(TITLES),
        asked=frozenset(draw(st.sets(st.sampled_from(sorted(rulebase.questions))))),
    )


@given(st.data(), rulebases())
def test_what_is_written_is_read_again(data, rulebase):
    query = data.draw(queries_to(rulebase))
    reading = read_query_string(rulebase, query_string(query, VIEW_KEYS))
    assert (reading.query, reading.faults) == (query, ())


@given(st.data(), rulebases(), st.none() | st.integers(0, 99999))
def test_an_answers_file_is_read_as_the_query_that_it_was_written_for(data, rulebase, max_age):
    query = data.draw(queries_to(rulebase))
    if query.expect:
        query = replace(query, expect=replace(query.expect, max_age=max_age))
    reading = interpret(rulebase, yaml_form(answers_file(query), "advice.yaml"))
    assert reading.faults == ()
    assert reading.query == replace(query, trace=False, changes=1, asked=frozenset())


@given(st.data(), rulebases())
def test_the_order_of_pairs_never_matters(data, rulebase):
    query = data.draw(queries_to(rulebase))
    written = query_string(query, VIEW_KEYS)
    shuffled = "&".join(data.draw(st.permutations(written.split("&"))))
    reading = read_query_string(rulebase, shuffled)
    assert query_string(reading.query, VIEW_KEYS) == written
    assert reading.faults == ()


@given(st.data(), rulebases())
def test_a_link_worth_sharing_keeps_the_result_and_drops_the_rest(data, rulebase):
    query = data.draw(queries_to(rulebase))
    read = read_query_string(rulebase, query_string(query)).strict()
    kept = (query.answers, query.basis, query.edition)
    assert (read.answers, read.basis, read.edition) == kept
    assert read == Query(*kept)
    assert query_string(read) == query_string(query)


@given(st.data(), rulebases())
def test_answers_as_a_result_tells_them_can_be_sent_again(data, rulebase):
    answers = data.draw(answers_to(rulebase))
    told = {
        "answers": answers_mapping(answers),
        "important": sorted(answers.important),
        "without": sorted(answers.without),
        "one_tool": answers.one_tool,
    }
    assert interpret(rulebase, body_form(json.dumps(told).encode())).strict().answers == answers


@given(st.binary(max_size=80))
def test_rubbish_in_an_address_is_read_or_refused_and_nothing_else(raw):
    reading = read_query_string(SMALL, raw)
    assert read_query_string(SMALL, query_string(reading.query, VIEW_KEYS)).query == reading.query
    assert all(str(fault).isprintable() for fault in reading.faults)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["answers", "goal", "deploy", "important", "trace", "without", "one_tool", "zz"]
                ),
                inner,
            )
        ),
    )
)
def test_rubbish_in_a_body_is_read_or_refused_and_nothing_else(data):
    reading = interpret(SMALL, body_form(json.dumps(data).encode()))
    assert all(str(fault).isprintable() for fault in reading.faults)
    assert read_query_string(SMALL, query_string(reading.query, VIEW_KEYS)).query == reading.query


def test_the_canonical_order_is_questions_then_keys_all_sorted():
    raw = "important=team&team=old&expect=ash&deploy=web&basis=documents&goal=unsure&deploy=mobile"
    query = read_query_string(SMALL, raw).query
    assert query_string(query) == (
        "deploy=mobile&deploy=web&goal=unsure&team=old&basis=documents&important=team"
    )
    assert query_string(query, {"expect"}).endswith("&basis=documents&expect=ash&important=team")


def test_defaults_are_left_out():
    query = read_query_string(SMALL, "basis=checked&trace=0&changes=1&project=").query
    assert query_string(query, VIEW_KEYS) == ""
