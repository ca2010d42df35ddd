"""Whether every rule fires in some case: a rule that no project meets is no knowledge."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from advisor.cases.shape import Case
from advisor.engine.recommend import recommend
from advisor.engine.scoring.evaluate import index_of
from advisor.engine.scoring.items import Kind
from advisor.engine.scoring.verdict import decide
from advisor.errors import Fault, Place
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.rulebase.gather import gather

Fired = tuple[Kind, str]
"""Something that can fire: its kind and its id."""

EXPECTED = {Kind.STEP: "a case with a leading plan that it belongs to"}
"""What would make something fire, where that is more than answers."""


def firings(rulebase: RuleBase, cases: Iterable[Case]) -> Mapping[Fired, int]:
    """Count for everything that can fire on some basis the cases in which it does."""
    count = Counter({_key: 0 for basis in Basis for _key in _active(rulebase, basis)})
    for case in cases:
        count.update({fired for basis in case.expected for fired in _fired(rulebase, case, basis)})
    return count


def _active(rulebase: RuleBase, basis: Basis) -> set[Fired]:
    return {(item.kind, item.id) for item in index_of(rulebase, basis).items}


def _fired(rulebase: RuleBase, case: Case, basis: Basis) -> set[Fired]:
    """Return what fires in a case; of the steps those that are told, as most hold always."""
    evaluation = decide(index_of(rulebase, basis), case.answers).evaluation
    kinds = [kind for kind in Kind if kind is not Kind.STEP]
    fired = {(item.kind, item.id) for kind in kinds for item in evaluation.listed(kind)}
    due = recommend(rulebase, case.answers, basis).steps.values()
    return fired | {(Kind.STEP, name) for names in due for name in names}


def unfired(count: Mapping[Fired, int], folder: Path) -> tuple[Fault, ...]:
    """Return a fault for everything that fires in no case, at its place in the folder."""
    silent = sorted(fired for fired, times in count.items() if not times)
    places = _places(folder) if silent else {}
    return tuple(
        Fault(
            places.get((kind, name), Place(str(kind), path=name)),
            "never-fires",
            f"'{name}' fires in no case",
            EXPECTED.get(kind, "a case whose answers meet its 'when'"),
        )
        for kind, name in silent
    )


def fired_once(count: Mapping[Fired, int]) -> tuple[str, ...]:
    """Return the ids of what fires in one case only: made to please that case, perhaps."""
    return tuple(sorted(name for (_, name), times in count.items() if times == 1))


def _places(folder: Path) -> dict[Fired, Place]:
    """Find where everything that can fire stands."""
    raw = gather(folder).raw
    places: dict[Fired, Place] = {}
    rule_kinds = (Kind.SCORE, Kind.STOP, Kind.LEVEL, Kind.PREFER)
    for item in raw.rules:
        places |= {(kind, item.shape.id): item.place("id") for kind in rule_kinds}
    places |= {(Kind.COST, item.shape.id): item.place("id") for item in raw.costs}
    places |= {(Kind.SWITCH, item.shape.id): item.place("id") for item in raw.switches}
    places |= {(Kind.NOTE, item.shape.id): item.place("id") for item in raw.notes}
    places |= {(Kind.MIGRATION, item.shape.id): item.place("id") for item in raw.migrations}
    places |= {(Kind.STEP, item.shape.id): item.place("id") for item in raw.steps}
    return places
