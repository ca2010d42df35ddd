"""What is active on a basis: what can fire, with its points there, and every plan there can be.

Activity is derived from claims, once for each basis.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import compress

from advisor.model.knowledge import Basis, can_stop, cap
from advisor.model.remembered import remembered
from advisor.model.rulebase import Backend, RuleBase
from advisor.model.rules import (
    Conflict,
    Cost,
    Edge,
    Level,
    Migration,
    Note,
    Prefer,
    Role,
    Rule,
    Score,
    Step,
    Stop,
    Switch,
    When,
    with_exceptions,
)

Slot = tuple[str, str]
"""What points are for, as (part, name): (`build` or `ship`, framework), (`edge`, edge) or
(framework, backend); and (`build by` or `ship by`, edge) for those that a framework gets only where
a plan goes by that edge. A plan's score is the sum of the points in its slots."""

Origin = Rule | Cost | Edge | Switch | Conflict | Note | Migration | Step


class Kind(StrEnum):
    """What an item does when it fires; the kinds on which a plan can depend come first."""

    SCORE = "score"
    PREFER = "prefer"
    COST = "cost"
    STOP = "stop"
    SWITCH = "switch"
    FINISHED = "finished"
    LEVEL = "level"
    CONFLICT = "conflict"
    NOTE = "note"
    MIGRATION = "migration"
    STEP = "step"


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """Something that fires when its condition holds.

    Attributes:
        slots: where its points go, or what a stop blocks.
        points: after the cap of its strongest claim on this basis; negative for a cost.
        claims: ids of the claims that count on this basis, the strongest first.
        origin: what it was made from.

    Example: a rule that brings three points to two frameworks that ship::

        Item(Kind.SCORE, "web-runtimes", when, (("ship", "a"), ("ship", "b")), 3, ("c",), rule)
    """

    kind: Kind
    id: str
    when: When
    slots: tuple[Slot, ...]
    points: int
    claims: tuple[str, ...]
    origin: Origin


@remembered(2)
def caps_of(rulebase: RuleBase, basis: Basis) -> Mapping[str, int]:
    """Return the claims that count on a basis, each with its cap in points."""
    claims, sources = rulebase.claims, rulebase.sources
    return {name: points for name in claims if (points := cap(claims, sources, name, basis))}


def strongest_first(caps: Mapping[str, int], claims: Iterable[str]) -> tuple[str, ...]:
    """Return those of some claims that count, by their caps."""
    return tuple(sorted({*claims} & caps.keys(), key=lambda claim: (-caps[claim], claim)))


def items_of(rulebase: RuleBase, basis: Basis) -> Iterator[Item]:
    """Yield everything that is active on the basis and can fire, in no particular order."""
    caps = caps_of(rulebase, basis)
    for rule in rulebase.rules.values():
        if item := _rule_item(rule, rulebase, basis):
            yield item
    for edge in rulebase.edges.values():
        if exists := strongest_first(caps, edge.claims):
            yield from _edge_items(edge, exists, caps)
    for switch in rulebase.switches.values():
        yield Item(Kind.SWITCH, switch.id, switch.when, (), 0, (), switch)
    groups: tuple[tuple[Kind, Iterable[Conflict | Note | Migration | Step]], ...] = (
        (Kind.CONFLICT, rulebase.conflicts.values()),
        (Kind.NOTE, rulebase.notes.values()),
        (Kind.MIGRATION, rulebase.migrations.values()),
        (Kind.STEP, rulebase.steps.values()),
    )
    for kind, group in groups:
        for told in group:
            # That answers do not go together may need no claim.
            if (claims := strongest_first(caps, told.claims)) or kind is Kind.CONFLICT:
                yield Item(kind, told.id, told.when, (), 0, claims, told)


def _edge_items(edge: Edge, exists: tuple[str, ...], caps: Mapping[str, int]) -> Iterator[Item]:
    """Yield what an edge costs, and when a finished model goes by it."""
    if edge.finished:
        slots = ((str(Role.SHIP), edge.shipper),)
        yield Item(Kind.FINISHED, edge.id, edge.finished, slots, 0, exists, edge)
    for cost in edge.costs:
        if claims := strongest_first(caps, cost.claims):
            points = -min(cost.points, caps[claims[0]])
            slots = (("edge", edge.id),)
            when = with_exceptions(cost.when, cost.not_when, cost.except_when)
            yield Item(Kind.COST, cost.id, when, slots, points, claims, cost)


def _rule_item(rule: Rule, rulebase: RuleBase, basis: Basis) -> Item | None:
    """Return the rule as an item where a claim of its own counts."""
    caps, points = caps_of(rulebase, basis), 0
    claims = strongest_first(caps, rule.claims)
    most = caps[claims[0]] if claims else 0
    match rule.effect:
        case Score(role, names, points, by):
            kind, part, points = Kind.SCORE, str(role), max(-most, min(most, points))
            part, names = (f"{role} by", by) if by else (part, names)
        case Prefer(framework, names, points):
            kind, part, points = Kind.PREFER, framework, min(most, points)
        case Stop(role, names):
            kind, part = Kind.STOP, str(role)
            hard = (can_stop(rulebase.claims, rulebase.sources, c, basis) for c in rule.claims)
            claims = tuple(sorted(compress(rule.claims, hard)))
        case Level(role, names):
            kind, part = Kind.LEVEL, str(role)
    slots = tuple((part, name) for name in sorted(names))
    when = with_exceptions(rule.when, rule.not_when, rule.except_when)
    return Item(kind, rule.id, when, slots, points, claims, rule) if claims else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan before its reasons: a builder, a shipper, or both and the edge between them.

    Attributes:
        roles: the roles that have to be taken where this is a plan.
        lead: the builder, or the shipper where nothing is built.
        edge: id of the edge; empty where one framework does it all. Without a builder: the edge
            over which the shipper gets a finished model.
        slots: those whose points it gets; the first belongs to the lead.
        own: those of them that belong to the lead.
        backends: what the builder may run on in this plan; empty where it needs nothing.
        tools: ids of the frameworks in it.

    Example: a framework that builds, and another that ships what it built::

        Candidate({BUILD, SHIP}, "a", "a", "b", "a-to-b",
                  (("build", "a"), ("build by", "a-to-b"), ("ship", "b"), ("ship by", "a-to-b"),
                   ("edge", "a-to-b")), (("build", "a"), ("build by", "a-to-b")), (), {"a", "b"})
    """

    roles: frozenset[Role]
    lead: str
    builder: str | None
    shipper: str | None
    edge: str
    slots: tuple[Slot, ...]
    own: tuple[Slot, ...]
    backends: tuple[Backend, ...]
    tools: frozenset[str]

    def open_backends(self, blocked: Collection[Slot]) -> tuple[Backend, ...]:
        """Return the backends left to it: one that is a framework falls with that framework."""
        return tuple(
            backend
            for backend in self.backends
            if not backend.framework or (str(Role.BUILD), backend.framework) not in blocked
        )


def candidates(rulebase: RuleBase, basis: Basis) -> tuple[Candidate, ...]:
    """Return every plan there can be, whatever roles have to be taken, sorted by lead."""
    caps = caps_of(rulebase, basis)
    builders, shippers = (
        [
            f
            for f in rulebase.frameworks.values()
            if not caps.keys().isdisjoint(f.roles.get(role, ()))
        ]
        for role in (Role.BUILD, Role.SHIP)
    )
    plans = []
    edges = [e for e in rulebase.edges.values() if not caps.keys().isdisjoint(e.claims)]
    for builder in builders:
        backends = tuple(b for b in builder.backends if not caps.keys().isdisjoint(b.claims))
        # A framework that runs on others builds only where one of its backends exists.
        if builder.backends and not backends:
            continue
        plans.append(_candidate(builder.id, None, backends))
        if builder in shippers:
            plans.append(_candidate(builder.id, builder.id, backends))
        for edge in edges:
            reached = any(edge.shipper == shipper.id for shipper in shippers)
            allowed = tuple(b for b in backends if not edge.backends or b.id in edge.backends)
            if edge.builder != builder.id or not reached:
                continue
            if allowed or not builder.backends:
                plans.append(_candidate(builder.id, edge.shipper, allowed, edge.id))
    for shipper in shippers:
        plans.append(_candidate(None, shipper.id, ()))
        plans += [
            _candidate(None, shipper.id, (), edge.id)
            for edge in edges
            if edge.shipper == shipper.id and edge.finished
        ]
    return tuple(sorted(plans, key=lambda plan: plan.lead))


def _candidate(
    builder: str | None, shipper: str | None, backends: tuple[Backend, ...], edge: str = ""
) -> Candidate:
    """Make a plan of those who are in it."""
    taken = ((Role.BUILD, builder), (Role.SHIP, shipper))
    lead = builder or shipper or ""
    slots: list[Slot] = []
    own: list[Slot] = []
    for role, name in taken:
        if name:
            part = [(str(role), name), *([(f"{role} by", edge)] if edge else ())]
            slots += part
            own += part if name == lead else ()
    return Candidate(
        roles=frozenset(role for role, name in taken if name),
        lead=lead,
        builder=builder,
        shipper=shipper,
        edge=edge,
        slots=(*slots, ("edge", edge)) if edge else tuple(slots),
        own=tuple(own),
        backends=backends,
        tools=frozenset(name for _, name in taken if name),
    )


def within(
    plans: Collection[Candidate], without: Collection[str], *, one_tool: bool
) -> tuple[Candidate, ...]:
    """Return the plans that keep to the constraints, with the backends that do."""
    found = []
    for plan in plans:
        backends = tuple(b for b in plan.backends if b.framework not in without)
        barred = not plan.tools.isdisjoint(without) or (plan.backends and not backends)
        if not barred and not (one_tool and len(plan.tools) > 1):
            found.append(replace(plan, backends=backends))
    return tuple(found)
