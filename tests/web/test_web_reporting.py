"""Reports on reasons go to a form that whoever runs the site names; without one nobody is sent."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from support.browsing import HOST, Browser

from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.urls import report_address

ADDRESS = "/recommendation?distance=short&hills=hilly&load=tools&riding=new-bicycle"
FORM = "https://forge.test/bicycles/new?labels=reason#form"


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
