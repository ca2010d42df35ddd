"""The rules that we ship on a real server, in a real browser."""

import pytest
from support import launching
from support.real import real_rulebase
from support.serving import served
from support.visiting import Windows

from advisor.settings import find_settings
from advisor.web.app import create_app


@pytest.fixture(scope="session")
def rulebase():
    return real_rulebase()


@pytest.fixture(scope="session")
def site(rulebase):
    """The address of the site. One page of it fails, to show what people see then."""
    app = create_app(find_settings(), rulebase)

    async def fail():
        raise ZeroDivisionError

    app.add_api_route("/broken", fail)
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    """A browser. It ends with the module: its event loop would be in the way of other tests."""
    with launching.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def windows(chromium, site):
    return Windows(chromium, site)


@pytest.fixture
def arrive(windows):
    """A way to come to the site on an empty page."""
    yield windows.arrive
    windows.leave()
