"""What a recommendation brings along: reasons, stops, notes, migrations, steps, disagreements."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from advisor.engine.evaluation import Evaluation, holds, looked_at
from advisor.engine.items import Item, Kind, Slot
from advisor.engine.plans import Scored
from advisor.model.recommendation import NoDifference, Plan, Reason, Stopped
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Cost, Level, Migration, Role, Rule, Step, Stop


def plan_of(scored: Scored, evaluation: Evaluation) -> Plan:
    """Write a scored candidate out, with the reasons that add up to its score."""
    candidate = scored.candidate
    backend: tuple[Slot, ...] = ((candidate.lead, scored.backend),) if scored.backend else ()
    return Plan(
        lead=candidate.lead,
        builder=candidate.builder,
        shipper=candidate.shipper,
        backend=scored.backend,
        edge=candidate.edge,
        score=scored.score,
        reasons=_reasons(evaluation, candidate.slots),
        backend_reasons=_reasons(evaluation, backend),
        means=tuple(_means(evaluation, candidate.shipper)) if candidate.shipper else (),
    )


def _means(evaluation: Evaluation, shipper: str) -> Iterator[str]:
    """Yield the tools with which a framework ships under these answers."""
    for means in evaluation.index.rulebase.frameworks[shipper].means:
        if holds(means.when, evaluation.chosen):
            yield means.tool


def _reasons(evaluation: Evaluation, slots: Iterable[Slot]) -> tuple[Reason, ...]:
    """Return what brings points to these slots, the weightiest first."""
    reasons = chain.from_iterable(_reasons_at(evaluation, slot) for slot in slots)
    return tuple(sorted(reasons, key=lambda r: (-abs(r.points), r.rule, r.framework)))


@lru_cache(maxsize=32)
def _reasons_at(evaluation: Evaluation, slot: Slot) -> Sequence[Reason]:
    """Return what brings points to a slot; remembered, as several plans gather points there."""
    return [
        _reason(evaluation.index.rulebase, item, points, slot, looked_at(item, evaluation.chosen))
        for item, points in evaluation.contributions.get(slot, ())
    ]


@lru_cache(maxsize=4096)
def _reason(
    rulebase: RuleBase, item: Item, points: int, slot: Slot, questions: tuple[str, ...]
) -> Reason:
    """Write one contribution out; remembered, as it reads the same under most answers."""
    origin = item.origin
    text = origin.text if isinstance(origin, Rule | Cost) else ""
    gathers, name = slot
    if item.kind is Kind.PREFER:
        framework, role = gathers, "backend"
    elif item.kind is Kind.COST:
        framework, role = rulebase.edges[name].shipper, gathers
    else:
        framework, role = name, gathers
    return Reason(
        rule=item.id,
        framework=framework,
        role=role,
        points=points,
        doubled=points != item.points,
        text=text,
        claims=item.claims,
        questions=questions,
    )


def levels(evaluation: Evaluation, roles: Collection[Role]) -> tuple[NoDifference, ...]:
    """Return the matters that no longer separate the frameworks, for roles somebody has to take."""
    found = []
    for item in evaluation.listed(Kind.LEVEL):
        rule = item.origin
        if isinstance(rule, Rule) and isinstance(rule.effect, Level) and rule.effect.role in roles:
            found.append(
                NoDifference(
                    rule=rule.id,
                    role=rule.effect.role,
                    frameworks=tuple(sorted(rule.effect.frameworks)),
                    text=rule.text,
                    claims=item.claims,
                    questions=looked_at(item, evaluation.chosen),
                )
            )
    return tuple(sorted(found, key=lambda level: level.rule))


def stops(evaluation: Evaluation, roles: Collection[Role]) -> tuple[Stopped, ...]:
    """Return the stops that fired for roles somebody has to take, one for each framework."""
    found = [
        stopped
        for item in evaluation.listed(Kind.STOP)
        for stopped in _stopped(item, evaluation, roles)
    ]
    return tuple(sorted(found, key=lambda stop: (stop.framework, stop.rule)))


def _stopped(item: Item, evaluation: Evaluation, roles: Collection[Role]) -> Iterator[Stopped]:
    """Write a stop out for each framework that it names."""
    rule = item.origin
    if not isinstance(rule, Rule) or not isinstance(rule.effect, Stop):
        return
    if rule.effect.role not in roles:
        return
    answers = {
        question: tuple(sorted(evaluation.chosen[question]))
        for question in looked_at(item, evaluation.chosen)
    }
    for framework in sorted(rule.effect.frameworks):
        yield Stopped(
            rule=rule.id,
            framework=framework,
            role=rule.effect.role,
            text=rule.text,
            way_out=rule.effect.way_out,
            claims=item.claims,
            answers=answers,
        )


def notes(evaluation: Evaluation) -> tuple[str, ...]:
    """Return the ids of the notes that the answers point to."""
    return tuple(sorted(item.id for item in evaluation.listed(Kind.NOTE)))


def migrations(evaluation: Evaluation, plans: Iterable[Plan]) -> tuple[str, ...]:
    """Return the ids of the routes from what exists into something that a leading plan uses."""
    used = {name for plan in plans for name in (plan.builder, plan.shipper) if name}
    return tuple(
        sorted(
            item.id
            for item in evaluation.listed(Kind.MIGRATION)
            if isinstance(item.origin, Migration)
            if item.origin.to in used and item.origin.to != item.origin.origin
        )
    )


def steps(evaluation: Evaluation, plans: Iterable[Plan]) -> Mapping[str, tuple[str, ...]]:
    """Return for the lead of each plan the ids of what to do next, in the order of the steps."""
    steps, places = evaluation.index.rulebase.steps, _places(evaluation.index.rulebase)
    fired = [item.id for item in evaluation.listed(Kind.STEP)]
    due = [steps[name] for name in sorted(fired, key=places.__getitem__)]
    return {plan.lead: tuple([step.id for step in due if _fits(step, plan)]) for plan in plans}


@lru_cache(maxsize=8)
def _places(rulebase: RuleBase) -> Mapping[str, int]:
    """Return for each step its place in the order of the steps."""
    return {name: place for place, name in enumerate(rulebase.steps)}


def _fits(step: Step, plan: Plan) -> bool:
    """Say whether the plan goes along the step's edge, or has its framework in its roles."""
    if step.backends and plan.backend not in step.backends:
        return False
    if step.edge:
        return step.edge == plan.edge
    return all(
        step.framework == (plan.builder if role is Role.BUILD else plan.shipper)
        for role in step.roles
    )


def disagreements(
    evaluation: Evaluation, plans: Iterable[Plan], levelled: Iterable[NoDifference]
) -> tuple[str, ...]:
    """Return the ids of the disagreements in which a claim behind the leading plans takes part."""
    reasons = [r for plan in plans for r in (*plan.reasons, *plan.backend_reasons)]
    touched = {claim for reason in reasons for claim in reason.claims}
    touched |= {claim for level in levelled for claim in level.claims}
    sides = _sides(evaluation.index.rulebase)
    return tuple(sorted({name for claim in touched & sides.keys() for name in sides[claim]}))


@lru_cache(maxsize=8)
def _sides(rulebase: RuleBase) -> Mapping[str, Collection[str]]:
    """Return for each claim the ids of the disagreements in which it takes a side."""
    sides: dict[str, set[str]] = {}
    for disagreement in rulebase.disagreements.values():
        for side in disagreement.sides:
            for claim in side.claims:
                sides.setdefault(claim, set()).add(disagreement.id)
    return sides
