"""Who can build and who can ship: every plan that the rule base allows on a basis."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from advisor.engine.scoring.items import Admission, Slot
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Backend, Framework, RuleBase
from advisor.model.rules import Role

BOTH = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan before its reasons: a builder, a shipper, or both and the way between them.

    Attributes:
        roles: the roles that have to be taken where this is a plan.
        lead: the builder, or the shipper where nothing is built.
        edge: id of the edge; empty where one framework does it all.
        slots: where its points gather; the first belongs to the lead.
        own: those of them that belong to the lead.
        backends: what the builder may run on in this plan; empty where it needs nothing.

    Example: a framework that builds, and another that ships what it built::

        Candidate(BOTH, "a", "a", "b", "a-to-b",
                  (("build", "a"), ("ship", "b"), ("edge", "a-to-b")), (("build", "a"),), ())
    """

    roles: frozenset[Role]
    lead: str
    builder: str | None
    shipper: str | None
    edge: str
    slots: tuple[Slot, ...]
    own: tuple[Slot, ...]
    backends: tuple[Backend, ...]


def candidates(rulebase: RuleBase, basis: Basis) -> tuple[Candidate, ...]:
    """Return every plan there can be, whatever roles have to be taken, sorted by lead."""
    admission = Admission(rulebase, basis)
    takers = {
        role: [
            framework
            for framework in rulebase.frameworks.values()
            if admission.caps(framework.roles.get(role, ()))
        ]
        for role in Role
    }
    # A framework that runs on others builds only where one of its backends exists.
    builders = []
    for framework in takers[Role.BUILD]:
        backends = tuple(b for b in framework.backends if admission.caps(b.claims))
        if backends or not framework.backends:
            builders.append((framework, backends))
    plans: list[Candidate] = []
    for builder, backends in builders:
        plans += _with_shippers(builder, backends, takers[Role.SHIP], admission)
    for builder, backends in builders:
        build: tuple[Slot, ...] = ((str(Role.BUILD), builder.id),)
        plans.append(
            Candidate(
                frozenset({Role.BUILD}), builder.id, builder.id, None, "", build, build, backends
            )
        )
    for shipper in takers[Role.SHIP]:
        ship: tuple[Slot, ...] = ((str(Role.SHIP), shipper.id),)
        plans.append(
            Candidate(frozenset({Role.SHIP}), shipper.id, None, shipper.id, "", ship, ship, ())
        )
    return tuple(sorted(plans, key=lambda plan: plan.lead))


def _with_shippers(
    builder: Framework,
    backends: tuple[Backend, ...],
    shippers: Collection[Framework],
    admission: Admission,
) -> Iterator[Candidate]:
    """Yield the plans of a builder: shipping by itself, and along each edge that exists."""
    lead = builder.id
    build: Slot = (str(Role.BUILD), lead)
    ids = {shipper.id for shipper in shippers}
    if lead in ids:
        both: tuple[Slot, ...] = (build, (str(Role.SHIP), lead))
        yield Candidate(BOTH, lead, lead, lead, "", both, both, backends)
    for edge in admission.rulebase.edges.values():
        if edge.builder != lead or edge.shipper not in ids or not admission.caps(edge.claims):
            continue
        allowed = tuple(b for b in backends if not edge.backends or b.id in edge.backends)
        if allowed or not builder.backends:
            slots = (build, (str(Role.SHIP), edge.shipper), ("edge", edge.id))
            yield Candidate(BOTH, lead, lead, edge.shipper, edge.id, slots, (build,), allowed)


def open_backends(plan: Candidate, blocked: Collection[Slot]) -> tuple[Backend, ...]:
    """Return the backends left to a plan: one that is a framework falls with that framework."""
    return tuple(
        backend
        for backend in plan.backends
        if not backend.framework or (str(Role.BUILD), backend.framework) not in blocked
    )
