"""Every page of knowledge opens, over the example and over our own rule base, and is sound."""

import functools
import gzip
import itertools
from urllib.parse import unquote, urlsplit

import pytest
from support.bicycles import BICYCLES
from support.browsing import Page
from support.knowledge_addresses import LISTS, everything, things
from support.real import RULES, loaded
from support.states import DERIVED, FIXED

from advisor.query.fields import address_form
from advisor.web.filters import SECTIONS
from advisor.web.pages.claims import claims_list
from advisor.web.routes import knowledge, pages
from advisor.web.site import THEME_PATH
from advisor.web.urls import EMBED_PATH

MOST_BYTES = 48_000
"""How heavy a page may be on the wire."""

LOADED = {"link": "href", "img": "src", "form": "action", "script": "src", "iframe": "src"}


EDITIONS = {"/editions", "/editions.atom", "/editions/{name}"}
"""What the example has no editions for."""

NO_PAGES = {"/ask", EMBED_PATH, THEME_PATH, "/static/{name:path}", "/favicon.ico", "/robots.txt"}
"""What sends on to a page, stands inside one, or is a file."""


class Site:
    """All pages of knowledge of a site, each opened once."""

    def __init__(self, browser, rulebase):
        self.browser = browser
        self.rulebase = rulebase
        self.weights = {}
        self.pages = {}
        for address in everything(rulebase):
            response = browser.get(address)
            sent = response.content
            self.weights[address] = len(gzip.compress(sent) if len(sent) > MOST_BYTES else sent)
            self.pages[address] = Page(response)

    def links(self):
        """Every link within the site as (from, path with query, anchor)."""
        for address, page in self.pages.items():
            for target, _ in page.links:
                parts = urlsplit(target)
                if not parts.netloc:
                    path = parts.path + (f"?{parts.query}" if parts.query else "")
                    yield address, path or address, unquote(parts.fragment)


@functools.cache
def opened(browser, folder):
    """Open the whole site of a rule base, once whatever order the tests come in."""
    return Site(browser, loaded(folder))


@pytest.fixture(params=["example", pytest.param("ours", marks=pytest.mark.slow)])
def site(request, browser, real):
    if request.param == "example":
        return opened(browser, BICYCLES)
    return opened(real, RULES)


def unvisited(router, addresses):
    """Give the paths of a router at which none of some addresses arrives."""
    paths = [urlsplit(address).path for address in addresses]
    return {
        route.path
        for route in router.routes
        if "GET" in route.methods and not any(map(route.path_regex.match, paths))
    }


def test_every_page_is_visited_here_or_in_a_browser():
    rulebase = loaded(BICYCLES)
    states = [*FIXED.values(), *(derived(rulebase) for derived in DERIVED.values())]
    assert unvisited(knowledge.router, everything(rulebase)) == EDITIONS
    assert unvisited(knowledge.router, states) == EDITIONS
    assert unvisited(pages.router, states) == NO_PAGES
    assert {*SECTIONS} - {*LISTS} == {"/editions"}


def test_every_page_opens(site):
    assert {a: p.status for a, p in site.pages.items() if p.status != 200} == {}


def test_every_page_has_a_title_a_heading_and_a_description(site):
    for address, page in site.pages.items():
        descriptions = [f["content"] for t, f in page.elements if f.get("name") == "description"]
        assert page.title, address
        assert page.heading, address
        assert [tag for tag, _ in page.elements].count("h1") == 1, address
        assert all(descriptions), address
        assert len(descriptions) == 1, address


def test_elements_are_closed_and_ids_are_unique(site):
    for address, page in site.pages.items():
        assert page.unclosed == [], address
        assert len(page.ids) == len(set(page.ids)), address
        assert set(page.described) | page.labels <= set(page.ids), address


def test_headings_leave_out_no_level(site):
    for address, page in site.pages.items():
        levels = [int(tag[1]) for tag, _ in page.elements if tag in {"h1", "h2", "h3", "h4"}]
        steps = itertools.pairwise(levels[levels.index(1) :])
        assert all(after <= before + 1 for before, after in steps), address


def test_every_link_within_the_site_opens(site):
    known = dict.fromkeys(site.pages, 200)
    others = [(a, t) for a, t, _ in site.links() if not t.startswith("/claims?")]
    for address, target in others:
        if target not in known:
            known[target] = site.browser.get(target).status_code
        opens = (200, 303) if target == "/ask" else (200,)
        assert known[target] in opens, f"{address} links to {target}"


def test_every_link_to_a_list_of_claims_is_canonical_and_finds_some(site):
    linked = {target for _, target, _ in site.links() if target.startswith("/claims?")}
    assert linked
    for target in linked:
        found = claims_list(site.rulebase, address_form(target.partition("?")[2]))
        assert (found.faults, found.chosen.address(found.number)) == ([], target)
        if found.chosen.words == "":
            assert found.claims, target


def test_every_anchor_that_is_linked_is_there(site):
    ids = {address: set(page.ids) for address, page in site.pages.items()}
    linked = [(a, t, anchor) for a, t, anchor in site.links() if anchor and t in ids]
    assert len(linked) > len(site.pages)
    assert [found for found in linked if found[2] not in ids[found[1]]] == []


def test_nothing_is_loaded_from_elsewhere_and_nothing_stands_inline(site):
    for address, page in site.pages.items():
        loaded = [f.get(LOADED[tag], "") for tag, f in page.elements if tag in LOADED]
        assert loaded, address
        assert all(target.startswith("/") for target in loaded), address
        assert "style" not in {tag for tag, _ in page.elements}, address
        assert not [found for _, found in page.elements if "style" in found], address


def test_links_to_other_sites_tell_them_nothing(site):
    away = [
        found
        for page in site.pages.values()
        for tag, found in page.elements
        if tag == "a" and "://" in found["href"]
    ]
    assert all(found["rel"] == "noreferrer" for found in away)


def test_no_page_is_too_heavy(site):
    assert {a: weight for a, weight in site.weights.items() if weight > MOST_BYTES} == {}


def test_each_thing_has_a_title_of_its_own(site):
    titles = [page.title for address, page in site.pages.items() if "?" not in address]
    repeated = {title for title in titles if titles.count(title) > 1}
    assert all("…" in title for title in repeated)


@pytest.mark.parametrize("path", LISTS)
def test_every_list_can_be_reached_from_every_other(browser, path):
    addresses = [address for address, _ in browser.open(path).links]
    assert set(LISTS) <= set(addresses)


def test_head_is_get_without_a_body(program, rulebase):
    for path in [*LISTS, *things(rulebase)]:
        head = program.request("HEAD", path)
        assert (head.status_code, head.content) == (200, b""), path


@pytest.mark.parametrize("path", [*LISTS, "/claims/book-basket", "/rules/basket-limit"])
def test_other_methods_are_refused(program, path):
    response = program.request("POST", path)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "near", "way_on"),
    [
        ("/claims/book-baskte", "/claims/book-basket", "/claims"),
        ("/sources/errand-book", "/sources/errands-book", "/sources"),
        ("/rules/basket-limits", "/rules/basket-limit", "/rules"),
        ("/frameworks/citybike", "/frameworks/city-bike", "/frameworks"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is_near(browser, path, near, way_on):
    page = browser.open(path)
    assert page.status == 404
    assert {near, way_on} <= {address for address, _ in page.links}


def test_what_is_near_nothing_is_answered_with_the_list(browser):
    page = browser.open("/claims/zzzzzz")
    assert page.status == 404
    assert "/claims" in {address for address, _ in page.links}


@pytest.mark.parametrize("path", [*LISTS[1:], "/claims/book-basket", "/rules/basket-limit"])
def test_a_query_string_that_means_nothing_is_told(browser, path):
    page = browser.open(f"{path}?colour=red")
    assert page.status == 200
    assert "could not be used" in page.text
    assert "colour" in page.text


@pytest.mark.parametrize("path", ["/tradeoffs?subject=", "/claims?q=&status=&topic="])
def test_empty_fields_lead_to_the_plain_address(browser, path):
    assert browser.open(path).address == path.partition("?")[0]
