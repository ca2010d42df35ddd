"""Every page is sound HTML, needs nothing but this site, and every link of it opens."""

import functools
import itertools
from urllib.parse import urlsplit

import pytest
from support.bases import STATES, VERDICTS
from support.browsing import Browser

from advisor.settings import find_settings
from advisor.web.app import create_app

FULL = "distance=short&hills=hilly&load=children&load=tools&riding=new-bicycle&weather=all-year"
PAGES = [
    "/",
    "/?load=tools&hils=flat",
    "/ask/riding",
    "/ask/load?asked=load",
    "/ask/load?asked=load&load=none&load=tools",
    "/ask/hills?hills=flat&important=hills",
    "/questions",
    f"/questions?{FULL}&load=none&important=hils",
    "/recommendation",
    f"/recommendation?{FULL}&important=load&storage=garage",
    f"/recommendation?{FULL}&storage=upstairs&basis=documents",
    "/recommendation?load=none&riding=have-one&storage=garage&hils=flat",
    f"/trace?{FULL}&important=load&storage=garage",
    "/trace?riding=have-one&storage=garage&hils=flat&basis=documents",
    "/compare",
    "/compare?with=load%3Dtools%26hils%3Dflat&hills=flat",
    "/compare?with=load%3Dtools%26riding%3Dhave-one&with=load%3Dchildren&with=hills%3Dunsure",
    "/method?x=1",
    f"/changes?{FULL}&important=load",
    "/changes?riding=have-one&hils=flat",
    "/docs?x=1",
    "/nowhere",
    "/ask/hils",
]
OURS = ["/ask", "/questions?basis=documents", "/recommendation?basis=documents"]
"""Pages of the rule base that we ship."""


@pytest.fixture(scope="module")
def other():
    return Browser(create_app(find_settings(), STATES))


@pytest.fixture
def visited(request, browser, other, real):
    if request.param in OURS:
        return real, real.open(request.param)
    if request.param in VERDICTS:
        return other, other.open(f"/recommendation?tools=saw&wood={VERDICTS[request.param]}")
    return browser, browser.open(request.param)


@functools.cache
def status(browser, link):
    return browser.follow(link).status_code


@pytest.mark.slow
@pytest.mark.parametrize("visited", [*PAGES, *VERDICTS, *OURS], indirect=True)
def test_a_page_is_sound(visited):
    browser, page = visited
    tags = [tag for tag, _ in page.elements]

    # Elements are closed, ids are unique, and what points to them is there.
    assert page.unclosed == []
    ids = set(page.ids)
    assert len(page.ids) == len(ids)
    assert set(page.described) <= ids
    assert {link[1:] for link, _ in page.links if link.startswith("#")} <= ids
    inputs = [item for form in page.forms for item in form.inputs if item.kind != "hidden"]
    assert {item.id for item in inputs} == page.labels <= ids

    # Nothing is styled or scripted inline, or loaded from elsewhere.
    assert "style" not in tags
    assert not [found for tag, found in page.elements if tag == "script" and "src" not in found]
    keys = {key for _, found in page.elements for key in found}
    assert not [key for key in keys if key == "style" or key.startswith("on")]
    naming = {"link": "href", "script": "src", "img": "src", "form": "action", "use": "href"}
    loaded = [found[naming[tag]] for tag, found in page.elements if tag in naming]
    assert loaded
    assert all(address.startswith(("/", "#")) for address in loaded)

    # Links within the site open, and those to others tell them nothing.
    ours = {link for link, _ in page.links if link.startswith("/")}
    assert "/" in ours
    assert {link: status(browser, link) for link in ours} == dict.fromkeys(ours, 200)
    away = [found for tag, found in page.elements if tag == "a" and "://" in found.get("href", "")]
    assert all(found["rel"] == "noreferrer" for found in away)
    assert all(urlsplit(found["href"]).scheme == "https" for found in away)

    # It has a title, a language and one first heading, and headings leave out no level.
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    assert page.heading
    assert page.title
    assert ("html", {"lang": "en"}) in page.elements
    levels = [int(tag[1]) for tag in tags if tag in {"h1", "h2", "h3", "h4"}]
    below = levels[levels.index(1) :]
    assert all(after <= before + 1 for before, after in itertools.pairwise(below))
