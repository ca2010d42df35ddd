"""Why the same answers give something else on the other basis.

Told first is which claims fell and what overturned them, then what counts today that nobody had
written.
"""

from collections.abc import Iterable, Iterator

from advisor.model.explanation import BasesDiffer, Carrier
from advisor.model.knowledge import Basis

MATTERS_SHOWN = 3
"""How many matters are told to each side."""

Matter = tuple[str, Carrier]
"""The id of what rests on a claim that the two bases see differently, and that claim."""


def sides_of_the_story(bases: BasesDiffer | None) -> Iterator[tuple[str, list[Matter], int]]:
    """Tell what rests on what was written, then what rests on what is known.

    Yields:
        A title, the weightiest matters, and how many more there are; a side without any is
        left out.
    """
    if bases is None:
        return
    written, known = bases.there, bases.here
    if bases.basis is Basis.CHECKED:
        written, known = known, written
    for title, carriers in (
        ("What was written, and counts for less today", written),
        ("What counts today, and was not written", known),
    ):
        matters = list(_matters(carriers).items())
        if matters:
            yield title, matters[:MATTERS_SHOWN], len(matters[MATTERS_SHOWN:])


def _matters(carriers: Iterable[Carrier]) -> dict[str, Carrier]:
    """Return what rests on some claims, by id, each with the claim that carries most of it."""
    matters: dict[str, Carrier] = {}
    for carrier in carriers:
        for name in carrier.carries:
            matters[name] = max(matters.get(name, carrier), carrier, key=_weight)
    return matters


def _weight(carrier: Carrier) -> tuple[int, int]:
    """Return how much a claim counts for less, and how much there is to show for that."""
    return abs(carrier.counts_here - carrier.counts_there), len(carrier.shown_by)
