"""Where else the same recommendation can be had, as addresses without a host."""

from collections.abc import Mapping

from advisor.query.canonical import query_string
from advisor.query.query import Query

PATHS: Mapping[str, str] = {
    "page": "/recommendation",
    "json": "/recommendation.json",
    "record": "/recommendation.md",
    "badge": "/recommendation.svg",
    "card": "/recommendation.png",
    "api": "/api/v1/recommendations",
}


TITLED = frozenset({"record", "card"})
"""Those that show the title of the project."""


def links(query: Query) -> dict[str, str]:
    """Return the links by name, each with the canonical query."""
    return {name: _link(query, name) for name in PATHS}


def _link(query: Query, name: str) -> str:
    written = query_string(query, {"project"} if name in TITLED else ())
    return f"{PATHS[name]}?{written}" if written else PATHS[name]
