"""The application: routes, what surrounds them, and the rule base that all of them share."""

from importlib.util import find_spec

from fastapi import FastAPI
from starlette.routing import Route

from advisor.editions.edition import Shelf, open_shelf
from advisor.model.rulebase import RuleBase
from advisor.settings import Settings
from advisor.web.middleware import BehindProxy, Compression, Guard, Memory, SecurityHeaders
from advisor.web.responses import HANDLED, on_error
from advisor.web.routes import api, knowledge, pages
from advisor.web.site import build_site
from advisor.web.urls import AGENTS_PATH

COMPRESS_LEVEL = 4
"""A tenth fewer bytes on a result page than at level 1, for a quarter more of a short time."""

COMPRESS_FROM = 1000
"""Bytes below which compressing an answer gains nothing."""

THREAD_FROM = 1 << 20
"""Bytes from which a thread compresses: for a page of 130 kB that costs twice what it takes."""


def create_app(
    settings: Settings, rules: Shelf | RuleBase | None = None, faults: tuple[str, ...] = ()
) -> FastAPI:
    """Make the application over a shelf, or over one rule base without any edition.

    Without either, the shelf is that of the folder of rules.

    Faults are those of its folder since the rule base was read.

    Raises:
        RuleBaseError: the rule base cannot be used.
        FileNotFoundError: templates or static files are missing; says which.
    """
    shelf = Shelf(rules) if isinstance(rules, RuleBase) else rules or open_shelf(settings.rules)
    site = build_site(settings, shelf, faults)
    # Without the schema that FastAPI generates, and the pages that show it: `openapi` writes ours,
    # with the questions of the rule base.
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    app.state.site = site
    # As they are: of routers that are included, FastAPI looks through the routes twice.
    for routes in (pages, api, knowledge):
        app.router.routes += routes.router.routes
    if find_spec("mcp"):
        app.router.routes.append(Route(AGENTS_PATH, api.agents, methods=["POST"]))
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
