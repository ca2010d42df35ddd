"""Takes a recommendation apart: why not the others, what would change it, what rules did.

Costs about as much as the recommendation itself, so it is worked out where somebody asks for it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from advisor.engine.scoring.conditions import Chosen, holds
from advisor.engine.scoring.evaluate import evaluate
from advisor.engine.scoring.index import Index, index_of
from advisor.engine.scoring.items import Item, Kind, caps_of
from advisor.engine.scoring.reasons import plan_of, stops_of
from advisor.engine.scoring.verdict import Decision, Scored, decision_of, leading
from advisor.engine.whatif.completions import Situation
from advisor.engine.whatif.counterfactuals import counterfactuals
from advisor.model.answers import MAX_IMPORTANT, Answers
from advisor.model.explanation import (
    Against,
    Alternative,
    BasesDiffer,
    Carrier,
    Counterfactual,
    Difference,
    Explanation,
    Mark,
    Miss,
    Other,
    Outlook,
    RuleOutcome,
    Traced,
    WhyNot,
)
from advisor.model.knowledge import Basis
from advisor.model.recommendation import (
    Plan,
    Recommendation,
    Standing,
    State,
    Stopped,
    Verdict,
    leading_plans,
)
from advisor.model.remembered import remembered
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Barred, Clause, Role, Rule, with_exceptions

WHY_NOT = {
    State.LEADS: WhyNot.SHARES,
    State.FOLLOWS: WhyNot.OUTSCORED,
    State.NO_REASON: WhyNot.NO_REASON,
    State.NO_ROLE: WhyNot.NO_ROLE,
    State.RULED_OUT: WhyNot.RULED_OUT,
    State.LEFT_OUT: WhyNot.LEFT_OUT,
}

WHOLE = 99
"""What losing a stop, a role, an edge or a backend counts for: more than any points."""

Losses = Iterator[tuple[str, str, int]]
"""Ids of claims, each with the id of what it carries and how much of that is lost, in points."""


def explain(rulebase: RuleBase, recommendation: Recommendation, edits: int = 1) -> Explanation:
    """Take a recommendation apart; counterfactuals and marks are exact.

    A counterfactual may consist of 1 edit, or of 2 where no single one is enough.
    """
    index = index_of(rulebase, recommendation.basis)
    decision = decision_of(index, recommendation.answers)
    situation = Situation(decision)
    # An open question of which no answer brings another leader alone has no edit to tell.
    promising = {
        each.question
        for each in recommendation.open_questions
        if any(len(leaders) == 1 for leaders in each.leaders)
    }
    changes = counterfactuals(situation, edits, promising)
    leaders_plans = leading_plans(recommendation.standings)
    too_open = recommendation.verdict is Verdict.OPEN
    return Explanation(
        others={
            standing.framework: _other(standing, leaders_plans, changes[standing.framework])
            for standing in recommendation.standings
            if standing.framework in changes
        },
        ways=() if too_open else tuple(_alternatives(decision, leaders_plans)),
        marks=_marks(situation),
        open_questions=tuple(
            Outlook(each.question, each.leaders) for each in recommendation.open_questions
        ),
        bases=_bases_differ(rulebase, recommendation) if recommendation.other.differs else None,
    )


def _other(
    standing: Standing, leaders_plans: Sequence[Plan], changes: tuple[Counterfactual, ...]
) -> Other:
    """Say why a framework does not lead alone, and what would make it."""
    plan = standing.plan
    openings = tuple(change for change in changes if all(edit.opens for edit in change))
    return Other(
        framework=standing.framework,
        why=WHY_NOT[standing.state],
        stops=tuple(stop.rule for stop in standing.stops),
        against=tuple(
            _against(plan, leader) for leader in leaders_plans if plan and leader.lead != plan.lead
        ),
        size=sum(edit.size for edit in changes[0]) if changes else 0,
        changes=tuple(change for change in changes if not all(edit.opens for edit in change)),
        openings=openings,
    )


def _alternatives(decision: Decision, leaders_plans: Sequence[Plan]) -> Iterator[Alternative]:
    """Hold the best plan of each leader with each other shipper against its own, the best first.

    Who leads is decided between builders; which shipper goes along is part of a plan. So a lead
    can be clear while the choice of the shipper is close.
    """
    for leader in leaders_plans:
        if leader.builder and leader.shipper:
            best: dict[str | None, Scored] = {}
            for scored in decision.plans:
                if scored.candidate.lead == leader.lead and scored.own_reason:
                    best.setdefault(scored.candidate.shipper, scored)
            best.pop(leader.shipper, None)
            for scored in best.values():
                plan = plan_of(scored, decision)
                yield Alternative(plan, _against(plan, leader))


def _against(plan: Plan, leader: Plan) -> Against:
    """Hold a plan against a leader's, rule by rule."""
    ours, theirs = _points(plan), _points(leader)
    differences = [
        Difference(rule, ours[rule], theirs[rule])
        for rule in {**theirs, **ours}
        if ours[rule] != theirs[rule]
    ]
    differences.sort(key=lambda each: (each.ours - each.theirs, each.rule))
    return Against(leader.lead, leader.score - plan.score, tuple(differences))


def _points(plan: Plan) -> defaultdict[str, int]:
    """Return what each rule, or cost, brings to a plan; 0 for any other."""
    points: defaultdict[str, int] = defaultdict(int)
    for reason in plan.reasons:
        points[reason.rule] += reason.points
    return points


def _marks(situation: Situation) -> tuple[Mark, ...]:
    """Return the marks of importance that would change who leads."""
    important, given = situation.answers.important, situation.answers.given
    # A mark changes nothing where its question has no answer that counts.
    questions = [
        question
        for question in situation.index.rulebase.questions
        if question in given and question in situation.apply
        if question in important or len(important) < MAX_IMPORTANT
    ]
    if not questions:
        return ()
    # The same answers for all, and for each mark other clauses that count double.
    index = situation.index
    marked = np.zeros((len(questions), index.width), bool)
    for number, question in enumerate(questions):
        for name in important ^ {question}:
            marked[number] |= index.asks[name][: index.width]
    leaders = leading(evaluate(index, situation.row, marked))
    return tuple(
        Mark(questions[number], questions[number] not in important, then)
        for number, then in situation.others(leaders)
    )


def _bases_differ(rulebase: RuleBase, recommendation: Recommendation) -> BasesDiffer:
    """Say which claims make the difference between the bases: those that count for less."""
    here, there = recommendation.basis, recommendation.other.basis
    counts_here, counts_there = caps_of(rulebase, here), caps_of(rulebase, there)
    index_here, index_there = index_of(rulebase, here), index_of(rulebase, there)
    decision = decision_of(index_there, recommendation.answers)
    plans_there = [plan_of(leader, decision) for leader in decision.outcome.leaders]
    plans_here = leading_plans(recommendation.standings)
    stops_here = [stop for standing in recommendation.standings for stop in standing.stops]

    def carriers(
        own: Index, other: Index, plans: Sequence[Plan], stops: Sequence[Stopped]
    ) -> tuple[Carrier, ...]:
        """Return what a result rests on that counts for less on the other basis, worst first."""
        carried: dict[str, dict[str, int]] = {}
        for claim, what, loss in _losses(own, other, plans, stops):
            carried.setdefault(claim, {})[what] = loss
        order = sorted(carried, key=lambda claim: (-max(carried[claim].values()), claim))
        return tuple(
            Carrier(
                claim=name,
                status=rulebase.claims[name].status,
                shown_by=rulebase.claims[name].shown_by,
                counts_here=counts_here.get(name, 0),
                counts_there=counts_there.get(name, 0),
                carries=tuple(sorted(carried[name])),
            )
            for name in order
        )

    return BasesDiffer(
        basis=there,
        there=carriers(index_there, index_here, plans_there, stops_of(decision)),
        here=carriers(index_here, index_there, plans_here, stops_here),
    )


def _losses(own: Index, other: Index, plans: Sequence[Plan], stops: Sequence[Stopped]) -> Losses:
    """Yield what a result, by its leaders' plans and its stops, would lose on the other basis."""
    rulebase = own.rulebase
    counts, counts_there = caps_of(rulebase, own.basis), caps_of(rulebase, other.basis)

    def weaker(claims: Sequence[str]) -> list[str]:
        return [claim for claim in claims if counts_there.get(claim, 0) < counts.get(claim, 0)]

    # Frameworks in their roles, edges and backends that do not exist there.
    for plan in plans:
        for what, claims in _parts(plan, rulebase):
            if counts_there.keys().isdisjoint(claims):
                yield from ((claim, what, WHOLE) for claim in weaker(claims))
    kept = {item.id for item in other.items[other.kinds[Kind.STOP]]}
    for stop in stops:
        if stop.rule not in kept:
            yield from ((claim, stop.rule, WHOLE) for claim in stop.claims)
    # Reasons that bring fewer points there, or none.
    before, after = _sizes(own), _sizes(other)
    for plan in plans:
        for reason in (*plan.reasons, *plan.backend_reasons):
            loss = before[reason.rule] - after.get(reason.rule, 0)
            if loss > 0:
                yield from ((claim, reason.rule, loss) for claim in weaker(reason.claims))


def _parts(plan: Plan, rulebase: RuleBase) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the frameworks in a plan, its edge and its backend, each with its claims."""
    if plan.builder:
        yield plan.builder, rulebase.frameworks[plan.builder].roles[Role.BUILD]
    if plan.shipper:
        yield plan.shipper, rulebase.frameworks[plan.shipper].roles[Role.SHIP]
    if plan.edge:
        yield plan.edge, rulebase.edges[plan.edge].claims
    for backend in rulebase.frameworks[plan.lead].backends:
        if backend.id == plan.backend:
            yield backend.id, backend.claims


@remembered(1)
def _sizes(index: Index) -> Mapping[str, int]:
    """Return how many points everything that has any brings on a basis, whichever way."""
    return {item.id: abs(item.points) for item in index.items[: index.pointed]}


def trace(rulebase: RuleBase, answers: Answers, basis: Basis) -> tuple[Traced, ...]:
    """Return what became of every rule, by id."""
    index = index_of(rulebase, basis)
    decision = decision_of(index, answers)
    active = {item.id: item for item in index.items if isinstance(item.origin, Rule)}
    times = zip(index.items, decision.evaluation.times.tolist(), strict=False)
    doubled = {item.id for item, often in times if often > 1}
    rules = sorted(rulebase.rules.values(), key=lambda rule: rule.id)
    return tuple(
        _traced(rule, active.get(rule.id), decision, doubled=rule.id in doubled) for rule in rules
    )


def _traced(rule: Rule, item: Item | None, decision: Decision, *, doubled: bool) -> Traced:
    """Say what became of one rule; without an item it does not exist on the basis."""
    if item is None:
        return Traced(rule.id, RuleOutcome.INACTIVE, 0, doubled, (), (), ())
    # Only an exception that holds is to blame for anything.
    holding = tuple(one for one in rule.not_when if holds((one,), decision.chosen))
    tried = with_exceptions(rule.when, holding, rule.except_when if holding else ())
    misses = tuple(tuple(_misses(clause, decision.chosen)) for clause in tried)
    if all(misses):
        return Traced(rule.id, RuleOutcome.FAILED, item.points, doubled, (), misses, item.claims)
    questions = decision.questions_of(item)
    return Traced(rule.id, RuleOutcome.FIRED, item.points, doubled, questions, (), item.claims)


def _misses(clause: Clause, chosen: Chosen) -> Iterator[Miss]:
    """Yield the conditions of a clause that do not hold."""
    for condition in clause:
        if not holds(((condition,),), chosen):
            given = tuple(sorted(chosen.get(condition.question, ())))
            choices = tuple(sorted(condition.choices))
            if isinstance(condition, Barred):
                yield Miss(condition.question, (), given, choices)
            else:
                yield Miss(condition.question, choices, given)
