"""Who can build and who can ship, and what each pair is worth.

Candidates depend on the rule base alone and are made once for each basis; scores come from an
evaluation. Knows nothing of verdicts.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from advisor.engine.evaluation import Evaluation
from advisor.engine.index import Index
from advisor.engine.items import Admission, Kind, Slot
from advisor.model.rulebase import Backend, Framework
from advisor.model.rules import Role, Switch


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan before its reasons: a builder, a shipper, or both and the way between them.

    Attributes:
        lead: the builder, or the shipper where nothing is built.
        edge: id of the edge; empty where one framework does it all.
        slots: where its points gather; the first belongs to the lead.
        own: those of them that belong to the lead.
        backends: what the builder may run on in this plan; empty where it needs nothing.
    """

    lead: str
    builder: str | None
    shipper: str | None
    edge: str
    slots: tuple[Slot, ...]
    own: tuple[Slot, ...]
    backends: tuple[Backend, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score and its backend, best first when sorted.

    Attributes:
        rank: sorts plans of one lead: the best score first, then the backend that more speaks
            for, then fewer tools, then ids.
        own_reason: whether a reason of the lead's own speaks for it.
    """

    rank: tuple[int, int, int, str, str]
    candidate: Candidate
    score: int
    backend: str
    own_reason: bool


@lru_cache(maxsize=32)
def candidates(index: Index, roles: frozenset[Role]) -> tuple[Candidate, ...]:
    """Return every plan that the rule base allows on a basis when these roles have to be taken."""
    admission = Admission(index.rulebase, index.basis)
    takers = {
        role: [
            framework
            for framework in index.rulebase.frameworks.values()
            if admission.caps(framework.roles.get(role, ()))
        ]
        for role in Role
    }
    if roles == {Role.SHIP}:
        return tuple(_alone(framework, Role.SHIP, ()) for framework in takers[Role.SHIP])
    builders = [
        (framework, _backends(framework, admission))
        for framework in takers[Role.BUILD]
        if not framework.backends or _backends(framework, admission)
    ]
    if roles == {Role.BUILD}:
        return tuple(_alone(builder, Role.BUILD, backends) for builder, backends in builders)
    return tuple(
        plan
        for builder, backends in builders
        for plan in _pairs(builder, backends, takers[Role.SHIP], admission)
    )


def _backends(framework: Framework, admission: Admission) -> tuple[Backend, ...]:
    """Return the backends of a framework that exist on the basis, in their written order."""
    return tuple(b for b in framework.backends if admission.caps(b.claims))


def _alone(framework: Framework, role: Role, backends: tuple[Backend, ...]) -> Candidate:
    """Make the plan of a framework that takes the only role there is."""
    slots: tuple[Slot, ...] = ((str(role), framework.id),)
    builder = framework.id if role is Role.BUILD else None
    shipper = framework.id if role is Role.SHIP else None
    return Candidate(framework.id, builder, shipper, "", slots, slots, backends)


def _pairs(
    builder: Framework,
    backends: tuple[Backend, ...],
    shippers: list[Framework],
    admission: Admission,
) -> Iterator[Candidate]:
    """Yield the plans of a builder: shipping by itself, and along each edge that exists."""
    lead = builder.id
    build: Slot = (str(Role.BUILD), lead)
    ids = {shipper.id for shipper in shippers}
    if lead in ids:
        both: tuple[Slot, ...] = (build, (str(Role.SHIP), lead))
        yield Candidate(lead, lead, lead, "", both, both, backends)
    for edge in admission.rulebase.edges.values():
        if edge.builder != lead or edge.shipper not in ids or not admission.caps(edge.claims):
            continue
        allowed = tuple(b for b in backends if not edge.backends or b.id in edge.backends)
        if allowed or not builder.backends:
            slots = (build, (str(Role.SHIP), edge.shipper), ("edge", edge.id))
            yield Candidate(lead, lead, edge.shipper, edge.id, slots, (build,), allowed)


def roles_taken(evaluation: Evaluation) -> tuple[frozenset[Role], tuple[str, ...]]:
    """Return the roles that somebody has to take, and the switches that took others away.

    Switches are heard in the order of their ids; one that would leave no role is not heard.
    """
    roles: frozenset[Role] = frozenset(Role)
    heard: list[str] = []
    for item in sorted(evaluation.listed(Kind.SWITCH), key=lambda item: item.id):
        left = roles - ({item.origin.role} if isinstance(item.origin, Switch) else set())
        if left and left != roles:
            roles = left
            heard.append(item.id)
    return roles, tuple(heard)


def blocked_slots(evaluation: Evaluation) -> frozenset[Slot]:
    """Return the roles of frameworks that stops forbid."""
    return frozenset(slot for item in evaluation.listed(Kind.STOP) for slot in item.slots)


def open_backends(plan: Candidate, blocked: Collection[Slot]) -> tuple[Backend, ...]:
    """Return the backends left to a plan: one that is a framework falls with that framework."""
    return tuple(
        backend
        for backend in plan.backends
        if not backend.framework or (str(Role.BUILD), backend.framework) not in blocked
    )


def is_open(plan: Candidate, blocked: Collection[Slot]) -> bool:
    """Say whether no stop forbids a plan."""
    if any(slot in blocked for slot in plan.slots):
        return False
    return not plan.backends or bool(open_backends(plan, blocked))


def score(plan: Candidate, evaluation: Evaluation, blocked: Collection[Slot]) -> Scored:
    """Add a plan up and choose its backend: most points, then fewer tools, then written order."""
    totals = evaluation.totals
    points = sum([totals.get(slot, 0) for slot in plan.slots])
    own = bool(evaluation.fired & evaluation.index.supporting(plan.own))
    tools, fit, backend = {plan.builder, plan.shipper}, 0, ""
    if plan.backends:
        best = min(
            open_backends(plan, blocked),
            key=lambda b: (-totals.get((plan.lead, b.id), 0), b.framework != plan.shipper),
        )
        tools.add(best.framework or best.id)
        fit, backend = totals.get((plan.lead, best.id), 0), best.id
    rank = (-points, -fit, len(tools - {None}), plan.shipper or "", plan.edge)
    return Scored(rank, plan, points, backend, own)


def scored_plans(evaluation: Evaluation) -> tuple[Scored, ...]:
    """Return every plan that no stop forbids, with its score, best first."""
    roles, _ = roles_taken(evaluation)
    blocked = blocked_slots(evaluation)
    plans = candidates(evaluation.index, roles)
    open_plans = (score(plan, evaluation, blocked) for plan in plans if is_open(plan, blocked))
    return tuple(sorted(open_plans, key=lambda plan: (plan.rank, plan.candidate.lead)))
