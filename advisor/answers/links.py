"""Where else the same recommendation can be had, as addresses without a host."""

from collections.abc import Mapping

from advisor.answers.canonical import query_string
from advisor.answers.query import Query

PATHS: Mapping[str, str] = {
    "page": "/recommendation",
    "json": "/recommendation.json",
    "record": "/recommendation.md",
    "api": "/api/v1/recommendations",
}


def links(query: Query) -> dict[str, str]:
    """Return the links by name, each with the canonical query."""
    written = query_string(query)
    return {name: f"{path}?{written}" if written else path for name, path in PATHS.items()}
