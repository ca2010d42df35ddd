"""The query string of a request, read by the one codec: leniently for pages, strictly for programs.

Frameworks drop repeated keys and let unknown ones pass; nothing here does.
"""

from typing import Annotated

from fastapi import Depends, Request

from advisor.errors import AnswersError, Fault, Place
from advisor.query.fields import in_query
from advisor.query.query import Query
from advisor.query.read import read_query_string
from advisor.web.site import Site, site_of
from advisor.web.visit import Visit, visit


async def the_site(request: Request) -> Site:
    """Give a handler the site."""
    return site_of(request)


TheSite = Annotated[Site, Depends(the_site)]


def query_of(request: Request) -> bytes:
    """Return the query string as it was sent."""
    raw = request.scope["query_string"]
    return raw if isinstance(raw, bytes) else b""


def origin_of(request: Request) -> str:
    """Return scheme and host of this site, as the request named them."""
    return str(request.base_url).rstrip("/")


async def _lenient(request: Request, site: TheSite) -> Visit:
    """Give a page what could be read, and what could not."""
    return visit(site.rulebase, query_of(request), origin_of(request))


TheVisit = Annotated[Visit, Depends(_lenient)]


async def _strict(request: Request, site: TheSite) -> Query:
    """Give a program's handler the query if nothing is wrong with it."""
    return read_query_string(site.rulebase, query_of(request)).strict()


StrictQuery = Annotated[Query, Depends(_strict)]

UNCHECKED = Fault(
    in_query("expect"),
    "unused-key",
    "nothing here looks at 'expect'; /recommendation.json does",
    "no 'expect' at all",
)


async def _unchecked(request: Request, site: TheSite) -> Query:
    """Give a document's or a picture's handler the query, where no check is asked of it."""
    reading = read_query_string(site.rulebase, query_of(request))
    if reading.query.expect:
        raise AnswersError([*reading.faults, UNCHECKED])
    return reading.strict()


UncheckedQuery = Annotated[Query, Depends(_unchecked)]
"""For answers that cannot say whether an expectation is met."""


async def no_query(request: Request) -> None:
    """Refuse a query string where nothing would look at it."""
    if query_of(request):
        fault = Fault(
            Place("query"), "unused-query", "nothing here looks at a query string", "none"
        )
        raise AnswersError([fault])
