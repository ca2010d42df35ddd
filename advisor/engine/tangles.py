"""Which questions hang together: where the answer to one decides what another can bring.

What two changes bring together is what they bring one by one, unless a condition looks at both
questions. Knows nothing of points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from advisor.engine.index import Index
from advisor.engine.lanes import lanes_of


@dataclass(frozen=True, slots=True, eq=False)
class Tangles:
    """How the questions of an index hang together.

    Attributes:
        related: for each question the alternatives of the items that look at it.
        shared: for two questions, in both orders, the alternatives that look at the first and
            belong to an item that looks at the second; absent where there are none.
    """

    related: Mapping[str, int]
    shared: Mapping[tuple[str, str], int]


@lru_cache(maxsize=8)
def tangles_of(index: Index) -> Tangles:
    """Find which questions hang together through something that can decide who leads."""
    deciding = lanes_of(index).alternatives
    looking = {question: index.looking([question]) & deciding for question in index.silent}
    related = {question: index.unfold(index.fold(bits)) for question, bits in looking.items()}
    shared = {
        (one, other): both
        for one, other in permutations(index.silent, 2)
        if (both := looking[one] & related[other])
    }
    return Tangles(related, shared)
