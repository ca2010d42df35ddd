"""Every state has one address, others lead there; reports go where the site says, or nowhere."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.browsing import HOST, HTML, Browser
from support.drawing import answers_to

from advisor.model.knowledge import Basis
from advisor.query.fields import address_form
from advisor.query.query import Query
from advisor.query.write import VIEW_KEYS, query_string
from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.urls import report_address

ADDRESS = "/recommendation?distance=short&hills=hilly&load=tools&riding=new-bicycle"
FORM = "https://forge.test/bicycles/new?labels=reason#form"

SENT_ON = [
    ("/recommendation?riding=have-one&load=tools", "/recommendation?load=tools&riding=have-one"),
    ("/recommendation?load=tools&load=children", "/recommendation?load=children&load=tools"),
    ("/recommendation?load=tools&basis=checked", "/recommendation?load=tools"),
    ("/recommendation?load=tools&asked=load", "/recommendation?load=tools"),
    ("/recommendation?load=%74ools", "/recommendation?load=tools"),
    ("/recommendation?project=a%20b", "/recommendation?project=a+b"),
    ("/questions?riding=have-one&load=tools&back=1", "/questions?load=tools&riding=have-one"),
    ("/trace?riding=have-one&load=tools&expect=trailer", "/trace?load=tools&riding=have-one"),
    ("/ask/hills?riding=have-one&load=tools", "/ask/hills?load=tools&riding=have-one"),
    ("/ask/hills?hills=flat&asked=load&load=tools", "/ask/hills?hills=flat&load=tools"),
    ("/ask/hills?hills=flat&asked=hills", "/ask?hills=flat"),
    ("/ask/load?hills=flat&asked=hills", "/ask/load?hills=flat"),
    ("/ask/hills?asked=load&asked=hills", "/ask/hills?asked=hills&asked=load"),
    ("/?load=tools&basis=checked", "/?load=tools"),
]


@pytest.mark.parametrize(("address", "canonical"), SENT_ON)
def test_other_addresses_lead_to_the_canonical_one(program, address, canonical):
    response = program.get(address, headers=HTML)
    assert response.status_code == 303
    assert response.headers["location"] == canonical


@pytest.mark.parametrize("canonical", sorted({canonical for _, canonical in SENT_ON[:-4]}))
def test_the_canonical_address_opens(program, canonical):
    assert program.get(canonical, headers=HTML).status_code == 200


@given(data=st.data())
def test_any_answers_have_one_address_that_opens(program, rulebase, data):
    query = Query(
        answers=data.draw(answers_to(rulebase)),
        basis=data.draw(st.sampled_from(Basis)),
        project=data.draw(st.sampled_from(["", "A shed", "\N{SNOWMAN} & so on"])),
    )
    canonical = "/recommendation?" + query_string(query, VIEW_KEYS)
    pairs = canonical.partition("?")[2].split("&")
    shuffled = data.draw(st.permutations(pairs))
    response = program.get("/recommendation?" + "&".join(shuffled), headers=HTML)
    if shuffled == pairs:
        assert response.status_code == 200
    else:
        assert response.headers["location"] == canonical.rstrip("?")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("hils=flat", "'hills'"),
        ("load=tools&load=tool", "Did you mean “Tools, boards"),
        ("hills=flat&hills=hilly", "takes one answer"),
        ("hills=flat&hills=flat", "more than once"),
        ("distance=none", "cannot be answered with 'none'"),
        ("load=none&load=tools", "is given with another answer"),
        ("important=hils", "'hills'"),
        ("basis=hearsay", "'basis' cannot be"),
        ("hills", "has no value"),
        ("hills=", "empty value"),
        ("=flat", "has no key"),
        ("hills=%ff", "cannot be decoded"),
        ("hills=flat;load=tools", "semicolon"),
        ("utm_source=letter", "no key 'utm_source'"),
    ],
)
def test_what_cannot_be_used_opens_the_page_and_is_told(browser, program, query, said):
    for path in ("/", "/questions", "/recommendation", "/trace", "/ask/hills"):
        address = f"{path}?{query}&riding=have-one"
        assert program.get(address, headers=HTML).status_code == 200
        page = browser.open(address)
        assert said in page.text, path
        assert any("riding=have-one" in link for link, _ in page.links), path


@pytest.mark.parametrize("query", ["hils=flat", "load=none&load=tools&asked=riding"])
def test_the_way_through_the_questions_does_not_lose_what_could_not_be_used(browser, query):
    page = browser.open(f"/ask?{query}")
    assert page.address.endswith("?" + query)
    assert "could not be used" in page.text
    assert query.partition("=")[0] not in {item.name for item in page.form.inputs} - {"load"}


def test_unusable_keys_lead_to_the_result_when_nothing_is_left_to_ask(browser):
    rest = "&".join(f"{name}=any" for name in ("riding", "load", "distance", "hills", "storage"))
    page = browser.open(f"/ask?{rest}&weather=any&wether=fair")
    assert page.address.startswith("/recommendation?")
    assert "'wether'" in page.text


def test_the_form_of_a_question_carries_everything_but_itself(browser):
    query = "distance=unsure&hills=flat&load=tools&asked=storage&basis=documents&important=load"
    page = browser.open(f"/ask/hills?{query}&project=A+shed")
    carried = {(item.name, item.value) for item in page.form.inputs if item.kind == "hidden"}
    written = {(f.key, v.text) for f in address_form(query).fields for v in f.values}
    assert carried >= written - {("hills", "flat")}
    assert carried >= {("asked", "hills"), ("asked", "storage"), ("basis", "documents")}
    assert carried >= {("important", "load"), ("project", "A shed")}


@pytest.fixture(scope="module")
def reporting(rulebase):
    return Browser(create_app(replace(find_settings(), issue_form=FORM), rulebase))


def reports(page):
    return [
        found for tag, found in page.elements if found.get("href", "").startswith("https://forge")
    ]


def test_every_reason_can_be_reported_with_what_is_needed_to_look_into_it(reporting, rulebase):
    page = reporting.open(ADDRESS)
    links = reports(page)
    costs = [cost.id for edge in rulebase.edges.values() for cost in edge.costs]
    anchors = [name for name in page.ids if name.startswith(("reason-", "stop-"))]
    assert len(links) == len(anchors) > 2
    for link, anchor in zip(links, anchors, strict=True):
        assert link["rel"] == "noreferrer"
        parts = urlsplit(link["href"])
        form = parse_qs(parts.query)
        (body,) = form["body"]
        (rule,) = (name for name in (*rulebase.rules, *costs) if anchor.endswith(f"-{name}"))
        assert form["labels"] == ["reason"]
        assert rule in form["title"][0]
        assert f"Rule: {rule}\n" in body
        assert rulebase.rules_hash in body
        assert f"{HOST}{ADDRESS}#{anchor}\n" in body
        assert parts.fragment == "form"


@pytest.mark.parametrize("kind", ["rules", "claims"])
def test_rules_and_claims_can_be_reported_on_their_own_pages(reporting, browser, rulebase, kind):
    name = next(iter(getattr(rulebase, kind)))
    (link,) = reports(reporting.open(f"/{kind}/{name}"))
    (body,) = parse_qs(urlsplit(link["href"]).query)["body"]
    assert name in body
    assert f"{HOST}/{kind}/{name}\n" in body
    assert reports(browser.open(f"/{kind}/{name}")) == []


def test_without_a_form_nothing_can_be_reported(browser):
    page = browser.open(ADDRESS)
    assert reports(page) == []
    assert "report this" not in page.text


def test_a_report_keeps_what_the_form_was_given_and_quotes_the_rest():
    address = report_address("https://forge.test/new?a=1", "T & t", "line\nline")
    assert address == "https://forge.test/new?a=1&title=T+%26+t&body=line%0Aline"
    assert report_address("https://forge.test/new", "T", "") == (
        "https://forge.test/new?title=T&body="
    )
    assert report_address("", "T", "") == ""
