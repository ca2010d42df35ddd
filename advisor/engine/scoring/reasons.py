"""Writes a decision out: plans with their reasons, standings, stops, notes, steps."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from advisor.engine.scoring.conditions import fires, holds
from advisor.engine.scoring.items import Item, Kind, Slot
from advisor.engine.scoring.verdict import Decision, Scored
from advisor.model.recommendation import (
    Conflicting,
    IdleMark,
    NoDifference,
    Plan,
    Reason,
    Standing,
    State,
    Stopped,
)
from advisor.model.remembered import remembered
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Conflict, Cost, Level, Migration, Role, Rule, Score, Step, Stop


def plan_of(scored: Scored, decision: Decision) -> Plan:
    """Write a scored plan out, with the reasons that add up to its score."""
    candidate = scored.candidate
    backend: tuple[Slot, ...] = ((candidate.lead, scored.backend),) if scored.backend else ()
    shipper = decision.index.rulebase.frameworks.get(candidate.shipper or "")
    return Plan(
        lead=candidate.lead,
        builder=candidate.builder,
        shipper=candidate.shipper,
        backend=scored.backend,
        edge=candidate.edge,
        score=scored.score,
        reasons=_reasons(decision, candidate.slots),
        backend_reasons=_reasons(decision, backend),
        means=tuple(
            means.tool
            for means in (shipper.means if shipper else ())
            if holds(means.when, decision.chosen)
        ),
    )


def _reasons(decision: Decision, slots: Iterable[Slot]) -> tuple[Reason, ...]:
    """Return what brings points to these slots, the weightiest first."""
    ranked = sorted(chain.from_iterable(_reasons_at(decision, slot) for slot in slots))
    return tuple([reason for _, reason in ranked])


@remembered(64)
def _reasons_at(decision: Decision, slot: Slot) -> list[tuple[tuple[int, str, str, str], Reason]]:
    """Return the reasons in a slot, each with its rank among the reasons of a plan.

    Remembered, as a slot belongs to several plans.
    """
    rulebase = decision.index.rulebase
    reasons = [
        _reason(rulebase, item, points, slot, decision.questions_of(item))
        for item, points in decision.evaluation.contributions.get(slot, ())
    ]
    return [((-abs(r.points), r.rule, r.framework, r.role), r) for r in reasons]


@remembered(1024)
def _reason(
    rulebase: RuleBase, item: Item, points: int, slot: Slot, questions: tuple[str, ...]
) -> Reason:
    """Write one contribution out; remembered, as it reads the same under most answers."""
    origin = item.origin
    part, name = slot
    if item.kind is Kind.PREFER:
        framework, role = part, "backend"
    elif item.kind is Kind.COST:
        framework, role = rulebase.edges[name].shipper, part
    elif isinstance(origin, Rule) and isinstance(origin.effect, Score) and origin.effect.by:
        (framework,), role = origin.effect.frameworks, origin.effect.role
    else:
        framework, role = name, part
    return Reason(
        rule=item.id,
        framework=framework,
        role=role,
        points=points,
        doubled=points != item.points,
        text=origin.text if isinstance(origin, Rule | Cost) else "",
        claims=item.claims,
        questions=questions,
    )


def standings_of(decision: Decision) -> tuple[Standing, ...]:
    """Return where every framework stands, leaders first, ruled out last."""
    best, index = decision.best, decision.index
    leaders = {plan.candidate.lead for plan in decision.outcome.leaders}
    could_lead, can_lead = (
        {plan.lead for plan in plans if plan.roles == decision.roles}
        for plans in (index.whole.plans, index.plans)
    )
    stops = stops_of(decision)
    standings = []
    for framework in index.rulebase.frameworks:
        scored = best.get(framework)
        if scored is None:
            if framework in can_lead:
                state = State.RULED_OUT
            elif framework in decision.answers.without.union(could_lead):
                state = State.LEFT_OUT
            else:
                state = State.NO_ROLE
        elif framework in leaders:
            state = State.LEADS
        else:
            state = State.FOLLOWS if scored.own_reason else State.NO_REASON
        standings.append(
            Standing(
                framework=framework,
                state=state,
                score=scored.score if scored else None,
                plan=plan_of(scored, decision) if scored else None,
                stops=tuple(stop for stop in stops if stop.framework == framework),
            )
        )
    order = list(State)
    standings.sort(
        key=lambda s: (
            order.index(s.state),
            # Of leaders none is first, whatever separates them within the tie margin.
            0 if s.state is State.LEADS else -(s.score or 0),
            s.framework,
        )
    )
    return tuple(standings)


def stops_of(decision: Decision) -> tuple[Stopped, ...]:
    """Return the stops that fired for roles somebody has to take, one for each framework.

    What is left out anyway needs no stop.
    """
    chosen = decision.chosen
    found = [
        Stopped(
            rule=rule.id,
            framework=framework,
            role=rule.effect.role,
            text=rule.text,
            way_out=rule.effect.way_out,
            claims=item.claims,
            answers={name: tuple(sorted(chosen[name])) for name in decision.questions_of(item)},
        )
        for item in decision.evaluation.listed(Kind.STOP)
        if isinstance(rule := item.origin, Rule)
        and isinstance(rule.effect, Stop)
        and rule.effect.role in decision.roles
        for framework in rule.effect.frameworks
        if framework not in decision.answers.without
    ]
    return tuple(sorted(found, key=lambda stop: (stop.framework, stop.rule)))


def levels_of(decision: Decision) -> tuple[NoDifference, ...]:
    """Return the matters that no longer separate the frameworks, for roles somebody has to take."""
    return tuple(
        NoDifference(
            rule=rule.id,
            role=rule.effect.role,
            frameworks=tuple(sorted(rule.effect.frameworks)),
            text=rule.text,
            claims=item.claims,
            questions=decision.questions_of(item),
        )
        for item in decision.evaluation.listed(Kind.LEVEL)
        if isinstance(rule := item.origin, Rule)
        and isinstance(rule.effect, Level)
        and rule.effect.role in decision.roles
    )


def conflicts_of(decision: Decision) -> tuple[Conflicting, ...]:
    """Return the answers that do not go together."""
    return tuple(
        Conflicting(item.id, conflict.text, item.claims, decision.questions_of(item))
        for item in decision.evaluation.listed(Kind.CONFLICT)
        if isinstance(conflict := item.origin, Conflict)
    )


def idle_marks_of(decision: Decision, levels: Iterable[NoDifference]) -> tuple[IdleMark, ...]:
    """Return the marks that change nothing, in the order of the questions."""
    index, marked = decision.index, decision.answers.important
    if not marked:
        return ()
    idle = {str(role) for role in Role if role not in decision.roles}
    deciding = index.items[: index.deciding]
    fired = [item for item, on in zip(deciding, decision.evaluation.fired, strict=False) if on]
    used = {
        question
        for item in fired
        if not item.slots or any(part not in idle for part, _ in item.slots)
        for question in decision.questions_of(item)
    }
    # By identity: to hash whole rules took a tenth of the time of a recommendation.
    rules, active = index.rulebase.rules, {id(each.origin) for each in index.items}
    return tuple(
        IdleMark(
            question,
            tuple(level.rule for level in levels if question in level.questions),
            tuple(
                rule.id
                for rule in map(rules.__getitem__, sorted(rules))
                if question in decision.chosen
                and id(rule) not in active
                and fires(rule, decision.chosen)
                and any(each.question == question for one in rule.when for each in one)
            ),
        )
        for question in index.rulebase.questions
        if question in marked - used
    )


def migrations_of(decision: Decision, plans: Iterable[Plan]) -> tuple[str, ...]:
    """Return the ids of the routes from what exists into something that a plan uses, sorted."""
    used = {name for plan in plans for name in (plan.builder, plan.shipper) if name}
    return tuple(
        item.id
        for item in decision.evaluation.listed(Kind.MIGRATION)
        if isinstance(item.origin, Migration)
        and item.origin.to in used
        and item.origin.to != item.origin.origin
    )


def steps_of(decision: Decision, plans: Collection[Plan]) -> Mapping[str, tuple[str, ...]]:
    """Return for the lead of each plan the ids of what to do next, in the order of the steps."""
    fired = {item.id for item in decision.evaluation.listed(Kind.STEP)}
    steps, chosen = decision.index.rulebase.steps.values(), decision.chosen
    used = {name for plan in plans for name in (plan.builder, plan.shipper, plan.edge)}
    due = [
        step
        for step in steps
        if step.id in fired and (step.edge or step.framework) in used and fires(step, chosen)
    ]
    return {plan.lead: tuple([step.id for step in due if _fits(step, plan)]) for plan in plans}


def _fits(step: Step, plan: Plan) -> bool:
    """Say whether the plan goes along the step's edge, or has its framework in its roles."""
    if step.backends and plan.backend not in step.backends:
        return False
    if plan.edge in step.not_by:
        return False
    if step.edge:
        return step.edge == plan.edge
    return all(
        step.framework == (plan.builder if role is Role.BUILD else plan.shipper)
        for role in step.roles
    )


def disagreements_of(
    rulebase: RuleBase, plans: Iterable[Plan], levels: Iterable[NoDifference]
) -> tuple[str, ...]:
    """Return the ids of the disagreements in which a claim behind the plans takes part, sorted."""
    reasons = [r for plan in plans for r in (*plan.reasons, *plan.backend_reasons)]
    touched = {claim for reason in reasons for claim in reason.claims}
    touched |= {claim for level in levels for claim in level.claims}
    sides = _sides(rulebase)
    return tuple(sorted({name for claim in touched & sides.keys() for name in sides[claim]}))


@remembered(1)
def _sides(rulebase: RuleBase) -> Mapping[str, Collection[str]]:
    """Return for each claim the ids of the disagreements in which it takes a side."""
    sides: dict[str, set[str]] = {}
    for disagreement in rulebase.disagreements.values():
        for side in disagreement.sides:
            for claim in side.claims:
                sides.setdefault(claim, set()).add(disagreement.id)
    return sides
