"""The application: routes, what surrounds them, and the rule base that all of them share."""

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from advisor import __version__
from advisor.errors import AnswersError
from advisor.model.rulebase import RuleBase
from advisor.rulebase.load import load
from advisor.settings import Settings
from advisor.web import (
    api,
    comparing,
    documentation,
    files,
    knowledge,
    pictures,
    problems,
    records,
    tracing,
)
from advisor.web.guard import LastResort, Limits
from advisor.web.head import HeadAsGet
from advisor.web.routes import pages
from advisor.web.security import SecurityHeaders
from advisor.web.site import build_site

COMPRESS_LEVEL = 3
"""A third of the time of the highest level, for 15 per cent more bytes on a result page."""

COMPRESS_FROM = 1000
"""Bytes below which compressing an answer gains nothing."""


def create_app(settings: Settings, rulebase: RuleBase | None = None) -> FastAPI:
    """Make the application.

    Args:
        settings: where the folders are.
        rulebase: the rule base to serve; read from its folder if it is not given.

    Raises:
        RuleBaseError: the rule base cannot be used.
    """
    site = build_site(settings, rulebase or load(settings.rules))
    app = FastAPI(
        title=site.rulebase.title,
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.site = site
    for room in (
        pages,
        comparing,
        tracing,
        knowledge,
        api,
        pictures,
        records,
        documentation,
        files,
    ):
        app.include_router(room.router)
    app.add_exception_handler(HTTPException, problems.on_http_exception)
    app.add_exception_handler(AnswersError, problems.on_answers_error)
    app.add_exception_handler(problems.ProblemError, problems.on_problem)
    # Each of these surrounds those above it: the last one sees every answer.
    app.add_middleware(Limits)
    app.add_middleware(LastResort, site=site)
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESS_FROM, compresslevel=COMPRESS_LEVEL)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    return app
