"""The application: routes, what surrounds them, and the rule base that all of them share."""

from fastapi import FastAPI

from advisor.model.rulebase import RuleBase
from advisor.rulebase.load import load
from advisor.settings import Settings
from advisor.web.memory import Memory
from advisor.web.middleware import Compression, Guard, SecurityHeaders
from advisor.web.problems import HANDLED, on_error
from advisor.web.proxy import BehindProxy
from advisor.web.routes import api, knowledge, pages
from advisor.web.site import build_site, missing

COMPRESS_LEVEL = 1
"""The fastest: a fifth less time than level 3, for 6 per cent more bytes on a result page."""

COMPRESS_FROM = 1000
"""Bytes below which compressing an answer gains nothing."""

THREAD_FROM = 1 << 20
"""Bytes from which a thread compresses: for a page of 130 kB that costs twice what it takes."""


def create_app(
    settings: Settings, rulebase: RuleBase | None = None, faults: tuple[str, ...] = ()
) -> FastAPI:
    """Make the application; the rule base is read from its folder if it is not given.

    Faults are those of its folder since the rule base was read.

    Raises:
        RuleBaseError: the rule base cannot be used.
        FileNotFoundError: templates or static files are missing; says which.
    """
    if lacking := sorted(set(missing(settings))):
        raise FileNotFoundError(", ".join(map(str, lacking)))
    site = build_site(settings, rulebase or load(settings.rules), faults)
    # Without the schema that FastAPI generates, and the pages that show it: `openapi` writes ours,
    # with the questions of the rule base.
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    app.state.site = site
    for routes in (pages, knowledge, api):
        app.include_router(routes.router)
    # In place of FastAPI's own handlers, which would answer some errors in its own words.
    app.exception_handlers = dict.fromkeys(HANDLED, on_error)
    # Each of these surrounds those above it: the last one sees every answer.
    app.add_middleware(Guard, site=site)
    app.add_middleware(
        Compression,
        minimum_size=COMPRESS_FROM,
        compresslevel=COMPRESS_LEVEL,
        thread_minimum_size=THREAD_FROM,
    )
    app.add_middleware(Memory)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(BehindProxy, proxies=settings.proxies, root_path=settings.root_path)
    return app
