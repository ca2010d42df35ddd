"""The application over the example rule base, which is about something else than the real one."""

import time

import pytest
from bicycles import BICYCLES
from browsing import Browser, Client

from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app


@pytest.fixture(scope="session")
def rulebase():
    return load(BICYCLES)


@pytest.fixture(scope="session")
def app(rulebase):
    """The application, with everything worked out: no page of it changes any more."""
    app = create_app(find_settings(), rulebase)
    while app.state.site.leaning.peek() is None:
        time.sleep(0.01)
    return app


@pytest.fixture(scope="session")
def browser(app):
    return Browser(app)


@pytest.fixture(scope="session")
def real():
    """A visitor of the rule base that we ship."""
    return Browser(create_app(find_settings()))


@pytest.fixture(scope="session")
def program(app):
    return Client(app)
