"""Every state of every page is accessible, valid, light and quiet, and has a way on."""

import pytest
from support.accessibility import findings, settings, show
from support.states import NAMES, STATUSES, VERDICTS, address
from support.validity import faults

LAYOUTS = {"start", "question", "questions", "result-clear", "compare-three", "claims"}
"""The kinds of page that differ in layout: axe looks at these at every width in every scheme, and
at the other states in one look each, all looks in turn."""
MOST_REQUESTS = 5
MOST_BYTES = 42_000
SHIFTS = """
() => new Promise((done) => {
  const shifts = new PerformanceObserver((list) => done(list.getEntries().length));
  shifts.observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 200);
})
"""


@pytest.fixture(scope="module")
def window(windows):
    """One page for all states, which takes nothing from its cache."""
    page = windows.arrive()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page
    windows.leave()


@pytest.mark.parametrize("state", NAMES)
def test_a_state_is_accessible_valid_light_and_quiet(state, window, rulebase):
    """One test a state, in any order: to load its page anew for each question costs too much."""
    show(window, *settings()[-1])
    requests = []

    def note(request):
        requests.append(request)

    window.on("requestfinished", note)
    response = window.goto(address(rulebase, state))
    window.remove_listener("requestfinished", note)

    # Nothing moves while the page loads; on a busy machine half a table may be painted before
    # the rest, so what moves has to move twice.
    if window.evaluate(SHIFTS):
        window.reload()
        assert window.evaluate(SHIFTS) == 0

    # The state is what it is called.
    assert response.status == STATUSES.get(state, 200)
    verdicts = window.locator(f".verdict-{VERDICTS.get(state, 'none')}").count()
    assert verdicts == (state in VERDICTS)
    assert window.title().startswith("Error: ") == state.endswith(("blank", "contradictory"))

    # Little is sent, the markup is valid, and there is a way on.
    canonical = [request for request in requests if not request.redirected_to]
    sizes = [request.sizes() for request in canonical]
    sent = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(canonical) <= MOST_REQUESTS
    assert sent <= MOST_BYTES
    assert faults(response.text()) == []
    assert window.locator("main a[href]").count() > 0

    # Axe finds nothing.
    looks = settings()
    found = {}
    for width, scheme in looks if state in LAYOUTS else [looks[NAMES.index(state) % len(looks)]]:
        show(window, width, scheme)
        found[width, scheme] = findings(window)
    assert {where: what for where, what in found.items() if what} == {}
