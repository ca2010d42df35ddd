"""Links to a recommendation, and several in one address: what is taken for one, what is told."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drawing import answers_to
from support.small import SMALL

from advisor.model.knowledge import Basis
from advisor.query.query import Query
from advisor.query.read import interpret, read_query_string
from advisor.query.write import MOST, links, read_several, several_string


def by_small(form):
    return SMALL, interpret(SMALL, form)


def read(*links):
    return read_several(by_small, urlencode([("with", link) for link in links]).encode())


def faults(*links):
    return [str(fault) for fault in read(*links).faults]


def asked(raw):
    return read_query_string(SMALL, raw).query


@pytest.mark.parametrize(
    "link",
    [
        "goal=research",
        "?goal=research",
        " /recommendation?goal=research ",
        "recommendation?goal=research",
        "/recommendation.json?goal=research&trace=1&changes=2#reasons",
        "/recommendation.md?goal=research",
        "/api/v1/recommendations?goal=research&expect=ash",
        "/ask/team?goal=research&asked=team",
        "/ask?goal=research",
        "/questions?goal=research",
        "/trace?goal=research",
        "/?goal=research",
        "http://localhost:8000/recommendation?goal=research",
        "https://advisor.example/behind/a/proxy/recommendation?goal=research",
        "https://advisor.example?goal=research",
    ],
)
def test_any_form_of_a_link_is_understood(link):
    reading = read(link)
    assert (reading.queries, reading.faults) == ((asked("goal=research"),), ())


@pytest.mark.parametrize(
    "link",
    ["goal", "https://other.example/search?goal=research", "/compare?with=goal", "ftp://x/y"],
)
def test_other_links_are_told(link):
    (fault,) = read(link).faults
    assert (fault.place.path, fault.code) == ("link 1", "no-recommendation")


def test_links_stand_one_a_line_in_any_number_of_keys():
    reading = read("goal=research\r\n\r\n  goal=product\n", "", "deploy=web")
    assert reading.queries == tuple(map(asked, ["goal=research", "goal=product", "deploy=web"]))
    assert reading.written == ("goal=research", "goal=product", "deploy=web")
    assert reading.faults == ()


def test_what_cannot_be_used_is_told_with_the_link_it_stands_in():
    assert faults("goal=research", "gaol=product&deploy=web", "team=any&goal=") == [
        (
            "query: link 2, gaol: unknown-key: there is no key 'gaol'; "
            "expected a question's id or one of asked, back, basis, changes, edition, expect, "
            "important, one-tool, project, seen, trace, without; did you mean 'goal'?"
        ),
        (
            "query: link 3, goal: empty-value: 'goal' has an empty value; "
            "expected one of research, product, any, unsure"
        ),
    ]


@pytest.mark.parametrize(
    ("links", "codes"),
    [
        (["", "\n"], ["no-links"]),
        (["/recommendation"], ["no-answers"]),
        (["basis=documents&important=goal"], ["no-answers"]),
        (["goal=research", "/recommendation?goal=research&project=X"], ["same-answers"]),
        (["goal=research", "goal=research&basis=documents"], ["other-basis"]),
        (["goal=research&goal=product"], ["repeated-choice", "no-answers"]),
    ],
)
def test_links_that_ask_nothing_of_their_own_are_told(links, codes):
    assert [fault.code for fault in read(*links).faults] == codes


def test_a_link_that_differs_in_its_basis_alone_is_told_why_it_is_left_out():
    (fault,) = read("goal=research", "goal=research&basis=documents").faults
    assert fault.message == (
        "it has the same answers as link 1 on another basis, and is left out, as all are looked "
        "at on one basis; the page of link 1 says what the other basis changes"
    )
    (fault,) = read("goal=research", "goal=research&project=X").faults
    assert fault.message == "it has the same answers as link 1, and is left out"


def test_more_links_than_may_are_left_out_and_counted():
    links = [f"goal=research&project=P{number}" for number in range(MOST + 1)]
    fault = read(*links).faults[0]
    assert (fault.code, fault.message) == (
        "too-many-links",
        "9 links are given; the first 8 are used",
    )


def test_everything_beside_the_links_is_told():
    reading = read_several(by_small, b"with=goal%3Dresearch&goal=product&basis=checked&x&=y")
    assert reading.queries == (asked("goal=research"),)
    assert sorted(fault.code for fault in reading.faults) == [
        "empty-key",
        "empty-value",
        "unknown-key",
        "unknown-key",
    ]


def test_what_says_nothing_is_not_written():
    queries = [Query(), Query(basis=Basis.DOCUMENTS, project="A lab"), asked("goal=research")]
    assert several_string(queries) == "with=goal%3Dresearch"
    assert several_string(queries[:2]) == ""


@given(data=st.data())
def test_what_is_written_is_read_again(data):
    drawn = answers_to(SMALL).filter(lambda a: a.given or a.unsure or a.any)
    several = data.draw(
        st.lists(drawn, max_size=MOST, unique_by=lambda a: several_string([Query(a)]))
    )
    queries = tuple(
        Query(
            a, data.draw(st.sampled_from(Basis)), project=data.draw(st.sampled_from(["", "A&B=?"]))
        )
        for a in several
    )
    reading = read_several(by_small, several_string(queries).encode())
    assert (reading.queries, reading.faults) == (queries, ())


def test_links_carry_the_canonical_query_and_no_host():
    query = read_query_string(SMALL, "goal=research&deploy=web&expect=ash&asked=team").query
    assert links(query) == {
        "page": "/recommendation?deploy=web&goal=research",
        "json": "/recommendation.json?deploy=web&goal=research",
        "record": "/recommendation.md?deploy=web&goal=research",
        "badge": "/recommendation.svg?deploy=web&goal=research",
        "card": "/recommendation.png?deploy=web&goal=research",
        "api": "/api/v1/recommendations?deploy=web&goal=research",
    }
    assert links(Query())["page"] == "/recommendation"
