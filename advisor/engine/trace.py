"""What became of every rule under some answers, and why those that did not fire did not."""

from collections.abc import Iterator

from advisor.engine.scoring.conditions import Chosen, holds
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.items import Item
from advisor.engine.scoring.verdict import Decision, decision_of
from advisor.model.answers import Answers
from advisor.model.explanation import Miss, RuleOutcome, Traced
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Barred, Clause, Rule, with_exceptions


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
