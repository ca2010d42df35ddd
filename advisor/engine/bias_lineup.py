"""Lines up every plan of a rule base, and finds what each term does to each of them.

Knows nothing of answers.
"""

from collections.abc import Mapping, Sequence

from advisor.engine.bias_race import Effect, Race, Runner
from advisor.engine.bias_space import Space, Term
from advisor.engine.index import Index
from advisor.engine.scoring.items import Kind, Slot
from advisor.engine.scoring.plans import Candidate, candidates
from advisor.model.rules import Role, Switch

ROLE_SETS = (frozenset(Role), frozenset({Role.BUILD}), frozenset({Role.SHIP}))


def race_of(index: Index, space: Space) -> Race:
    """Return the race of all plans of a rule base on a basis, under the terms of a space."""
    plans = candidates(index.rulebase, index.basis)
    runners = tuple((p, roles) for roles in ROLE_SETS for p in plans if p.roles == roles)
    lineup = _Lineup(runners, space.terms)
    effects = {term.number: lineup.effect(term) for term in space.terms}
    return Race(
        runners=runners,
        effects={number: effect for number, effect in effects.items() if effect.does_anything()},
        switches=lineup.switches(),
        falls=lineup.falls(),
        tie=index.rulebase.margins.tie,
    )


class _Lineup:
    """Numbers what decides nothing alone, and finds what the terms do."""

    def __init__(self, runners: Sequence[Runner], terms: Sequence[Term]) -> None:
        self._runners = runners
        self._blocks = [_blocks(plan) for plan, _ in runners]
        switching = [term for term in terms if isinstance(term.item.origin, Switch)]
        self._switching = sorted(switching, key=lambda term: term.item.id)
        shared = {slot for block in self._blocks if len(block) > 1 for slot in block}
        marked = [*(term.number for term in self._switching), *sorted(shared)]
        self._marks: Mapping[object, int] = {what: 1 << bit for bit, what in enumerate(marked)}

    def switches(self) -> tuple[tuple[int, Role], ...]:
        """Return the mark of each switch with its role, in the order in which they are heard."""
        return tuple(
            (self._marks[term.number], term.item.origin.role)
            for term in self._switching
            if isinstance(term.item.origin, Switch)
        )

    def falls(self) -> dict[int, int]:
        """Return for each runner that several stops together forbid the marks of all of them."""
        return {
            runner: sum(self._marks[slot] for slot in block)
            for runner, block in enumerate(self._blocks)
            if len(block) > 1
        }

    def effect(self, term: Term) -> Effect:
        """Return what a term does to each runner when it fires."""
        item, slots = term.item, frozenset(term.item.slots)
        closes = qualifies = 0
        for runner, (plan, _) in enumerate(self._runners):
            if item.kind is Kind.STOP and self._is_forbidden(runner, slots):
                closes |= 1 << runner
            if item.points > 0 and not slots.isdisjoint(plan.own):
                qualifies |= 1 << runner
        points = (item.points * len(slots.intersection(plan.slots)) for plan, _ in self._runners)
        return Effect(tuple(points), closes, qualifies, self._marks_of(term, slots))

    def _is_forbidden(self, runner: int, blocked: frozenset[Slot]) -> bool:
        """Say whether a stop forbids a runner by itself."""
        plan, _ = self._runners[runner]
        block = self._blocks[runner]
        return not blocked.isdisjoint(plan.slots) or bool(block and block <= blocked)

    def _marks_of(self, term: Term, slots: frozenset[Slot]) -> int:
        """Return the marks that a term leaves when it fires."""
        if term.item.kind is Kind.STOP:
            return sum(self._marks.get(slot, 0) for slot in slots)
        return self._marks.get(term.number, 0)


def _blocks(plan: Candidate) -> frozenset[Slot]:
    """Return the slots that, all blocked, leave a plan no backend; empty where none can."""
    if not all(backend.framework for backend in plan.backends):
        return frozenset()
    return frozenset((str(Role.BUILD), backend.framework) for backend in plan.backends)
