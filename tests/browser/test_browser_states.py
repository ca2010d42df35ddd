"""Every state of every page is accessible, valid, light and quiet, and has a way on."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Request, Response
from support.accessibility import findings, settings, show
from support.states import NAMES, STATUSES, VERDICTS, address
from support.validity import faults
from support.visiting import visitors

LAYOUTS = {"start", "question", "questions", "result-clear", "compare-three", "claims"}
"""The kinds of page that differ in layout: axe looks at these at every width in every scheme, and
at the other states in one look each, all looks in turn."""
MOST_REQUESTS = 5
MOST_BYTES = 40_000
SHIFTS = """
() => new Promise((done) => {
  const shifts = new PerformanceObserver((list) => done(list.getEntries().length));
  shifts.observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 200);
})
"""


@dataclass
class Shown:
    """The page of a state, with what was sent for it."""

    page: Page
    response: Response
    requests: list[Request]
    shifts: int


@pytest.fixture(scope="module")
def window(chromium, site):
    """One window for all states, which takes nothing from its cache.

    A window costs Chromium six times as much processor time as a page in it.
    """
    with visitors(chromium, site) as arrive:
        page = arrive()
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        yield page


@pytest.fixture(scope="module", params=NAMES)
def state(request):
    return request.param


@pytest.fixture(scope="module")
def shown(state, window, rulebase):
    show(window, *settings()[-1])
    requests = []

    def note(request):
        requests.append(request)

    window.on("requestfinished", note)
    response = window.goto(address(rulebase, state))
    # On a busy machine half a table may be painted before the rest: what moves, moves twice.
    shifts = window.evaluate(SHIFTS) and window.reload() and window.evaluate(SHIFTS)
    window.remove_listener("requestfinished", note)
    return Shown(window, response, requests, shifts)


def test_the_state_is_what_it_is_called(state, shown):
    assert shown.response.status == STATUSES.get(state, 200)
    verdicts = shown.page.locator(f".verdict-{VERDICTS.get(state, 'none')}").count()
    assert verdicts == (state in VERDICTS)
    assert shown.page.title().startswith("Error: ") == state.endswith(("blank", "contradictory"))


def test_axe_finds_nothing(state, shown):
    looks = settings()
    found = {}
    for width, scheme in looks if state in LAYOUTS else [looks[NAMES.index(state) % len(looks)]]:
        show(shown.page, width, scheme)
        found[width, scheme] = findings(shown.page)
    assert {where: what for where, what in found.items() if what} == {}


def test_the_markup_is_valid(shown):
    assert faults(shown.response.text()) == []


def test_little_is_sent(shown):
    canonical = [request for request in shown.requests if not request.redirected_to]
    sizes = [request.sizes() for request in canonical]
    sent = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(canonical) <= MOST_REQUESTS
    assert sent <= MOST_BYTES


def test_nothing_moves_while_the_page_loads(shown):
    assert shown.shifts == 0


def test_there_is_a_way_on(shown):
    assert shown.page.locator("main a[href]").count() > 0
