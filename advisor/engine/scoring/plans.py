"""Who can build and who can ship: every plan that the rule base allows on a basis."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from advisor.engine.scoring.items import Admission, Slot
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Backend, RuleBase
from advisor.model.rules import Role

BOTH = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan before its reasons: a builder, a shipper, or both and the way between them.

    Attributes:
        roles: the roles that have to be taken where this is a plan.
        lead: the builder, or the shipper where nothing is built.
        edge: id of the edge; empty where one framework does it all. Without a builder: the way
            by which the shipper gets a finished model.
        slots: where its points gather; the first belongs to the lead.
        own: those of them that belong to the lead.
        backends: what the builder may run on in this plan; empty where it needs nothing.
        tools: the frameworks in it.

    Example: a framework that builds, and another that ships what it built::

        Candidate(BOTH, "a", "a", "b", "a-to-b",
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


def candidates(rulebase: RuleBase, basis: Basis) -> tuple[Candidate, ...]:
    """Return every plan there can be, whatever roles have to be taken, sorted by lead."""
    admission = Admission(rulebase, basis)
    builders, shippers = (
        [f for f in rulebase.frameworks.values() if admission.caps(f.roles.get(role, ()))]
        for role in (Role.BUILD, Role.SHIP)
    )
    plans = []
    for builder in builders:
        backends = tuple(b for b in builder.backends if admission.caps(b.claims))
        # A framework that runs on others builds only where one of its backends exists.
        if builder.backends and not backends:
            continue
        plans.append(_candidate(builder.id, None, backends))
        if builder in shippers:
            plans.append(_candidate(builder.id, builder.id, backends))
        for edge in rulebase.edges.values():
            reached = any(edge.shipper == shipper.id for shipper in shippers)
            allowed = tuple(b for b in backends if not edge.backends or b.id in edge.backends)
            if edge.builder != builder.id or not reached or not admission.caps(edge.claims):
                continue
            if allowed or not builder.backends:
                plans.append(_candidate(builder.id, edge.shipper, allowed, edge.id))
    for shipper in shippers:
        plans.append(_candidate(None, shipper.id, ()))
        plans += [
            _candidate(None, shipper.id, (), edge.id)
            for edge in rulebase.edges.values()
            if edge.shipper == shipper.id and edge.finished and admission.caps(edge.claims)
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
            gathers = [(str(role), name), *([(f"{role} by", edge)] if edge else ())]
            slots += gathers
            own += gathers if name == lead else ()
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


def open_backends(plan: Candidate, blocked: Collection[Slot]) -> tuple[Backend, ...]:
    """Return the backends left to a plan: one that is a framework falls with that framework."""
    return tuple(
        backend
        for backend in plan.backends
        if not backend.framework or (str(Role.BUILD), backend.framework) not in blocked
    )
