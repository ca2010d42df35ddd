"""Nothing leads back to itself: support, proof and succession all end somewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from advisor.errors import Fault, Place
from advisor.rulebase.raw import Item, RawRuleBase
from advisor.rulebase.schema import ClaimShape, ToolShape


def check_support_ends(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse opinions that rest on each other: none of them would rest on anything."""
    graph = {name: item.shape.rests_on for name, item in raw.claims_by_id.items()}
    yield from _circles(graph, "rests on", _claim_places(raw, "rests-on"))


def check_proof_ends(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse claims that show each other: nothing would be shown."""
    graph = {name: item.shape.shown_by for name, item in raw.claims_by_id.items()}
    yield from _circles(graph, "is shown by", _claim_places(raw, "shown-by"))


def check_succession_ends(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse tools that replaced each other."""
    tools: Mapping[str, Item[ToolShape]] = {item.shape.id: item for item in raw.tools}
    graph = {name: item.shape.replaced_by for name, item in tools.items()}
    yield from _circles(graph, "is replaced by", lambda name: tools[name].place("replaced-by"))


def _claim_places(raw: RawRuleBase, key: str) -> Callable[[str], Place]:
    claims: Mapping[str, Item[ClaimShape]] = raw.claims_by_id
    return lambda name: claims[name].place(key)


def _circles(
    graph: Mapping[str, Sequence[str]], relation: str, place: Callable[[str], Place]
) -> Iterator[Fault]:
    """Give one fault for each circle, at the first of its members by name."""
    done: set[str] = set()
    for start in sorted(graph):
        circle = () if start in done else _circle_from(graph, start)
        if circle:
            done.update(circle)
            followers = (f"{relation} '{name}'" for name in (*circle[1:], start))
            message = f"'{start}' {', which '.join(followers)}"
            yield Fault(place(start), "circle", message, "a way that ends somewhere")


def _circle_from(graph: Mapping[str, Sequence[str]], start: str) -> tuple[str, ...]:
    """Return a shortest way from `start` back to it; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for following in graph.get(way[-1], ()):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
