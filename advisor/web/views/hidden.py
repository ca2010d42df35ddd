"""What a form carries along unseen."""

from collections.abc import Collection

from pydantic import Field

from advisor.query.query import Query
from advisor.query.write import query_pairs
from advisor.web.views.page import View


class Hidden(View):
    """A field of a form that carries something of the address along."""

    name: str = Field(description="The key.")
    value: str = Field(description="The value.")


def hidden_fields(query: Query, keep: Collection[str]) -> tuple[Hidden, ...]:
    """Return a query as hidden fields.

    Args:
        query: what to carry.
        keep: which of the keys that change nothing in a result to carry too.
    """
    pairs = query_pairs(query, keep)
    return tuple(Hidden(name=name, value=value) for name, value in pairs)
