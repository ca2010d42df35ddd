"""Why the same answers give something else on the other basis.

Told first is which claims fell and what overturned them, then what counts today that nobody had
written.
"""

from collections.abc import Iterable, Iterator

from advisor.model.explanation import BasesDiffer, Carrier
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.output.words import reason_texts

MATTERS_SHOWN = 3
"""How many matters are told to each side."""

Matter = tuple[str, Carrier]
"""What rests on a claim that the two bases see differently, in words, and that claim."""


def sides_of_the_story(
    rulebase: RuleBase, bases: BasesDiffer | None
) -> Iterator[tuple[str, list[Matter], int]]:
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
        told = [(_carried(rulebase, name), carrier) for name, carrier in matters[:MATTERS_SHOWN]]
        if told:
            yield title, told, len(matters) - len(told)


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


def _carried(rulebase: RuleBase, name: str) -> str:
    """Say what rests on a claim: a reason, a way of handing over, a role or a backend."""
    if name in (reasons := reason_texts(rulebase)):
        return reasons[name]
    if name in rulebase.edges:
        return rulebase.edges[name].text
    if name in rulebase.frameworks:
        return f"{rulebase.frameworks[name].name} can take its role"
    backends = (backend for f in rulebase.frameworks.values() for backend in f.backends)
    return next(f"{backend.name} can be run on" for backend in backends if backend.id == name)
