"""The application over the example rule base, which is about something else than the real one."""

import pytest
from support.bicycles import BICYCLES
from support.browsing import Browser, Client
from support.real import real_rulebase

from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app


@pytest.fixture(scope="session")
def rulebase():
    return load(BICYCLES)


@pytest.fixture(scope="session")
def app(rulebase):
    return create_app(find_settings(), rulebase)


@pytest.fixture(scope="session")
def browser(app):
    return Browser(app)


@pytest.fixture(scope="session")
def real_app():
    """The application over the rule base that we ship, as it is written, whatever was released."""
    return create_app(find_settings(), real_rulebase())


@pytest.fixture(scope="session")
def real(real_app):
    """A visitor of the rule base that we ship."""
    return Browser(real_app)


@pytest.fixture(scope="session")
def program(app):
    return Client(app)
