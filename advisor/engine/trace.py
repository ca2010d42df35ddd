"""Every rule considered: whether it counts on the basis, whether it fired, and where it failed.

For people who want to take a result apart; no part of the recommendation itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from advisor.engine.scoring.conditions import Chosen
from advisor.engine.scoring.evaluate import index_of
from advisor.engine.scoring.items import Item
from advisor.engine.scoring.verdict import Decision, decision_of
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Conjunction, Rule


class RuleOutcome(StrEnum):
    """What became of a rule."""

    FIRED = "fired"
    FAILED = "failed"
    """An answer, or the lack of one, kept it from firing."""
    INACTIVE = "inactive"
    """No claim of its own counts on this basis."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A condition that did not hold."""

    question: str
    wanted: tuple[str, ...]
    """The choices of which one was needed, sorted."""
    given: tuple[str, ...]
    """The choices that were given, sorted; empty where the question has no answer that counts."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One rule and what became of it."""

    rule: str
    outcome: RuleOutcome
    """fired, failed (an answer or the lack of one kept it back), or inactive (no claim of its own
    counts on this basis)."""
    points: int
    """What it would bring on this basis, before doubling; 0 where it brings none."""
    doubled: bool
    """Whether it fired and a mark of importance doubled it."""
    questions: tuple[str, ...]
    """The ids of the questions whose answers made it fire, sorted."""
    misses: tuple[tuple[Miss, ...], ...]
    """For each of its conjunctions the conditions that did not hold; empty where it fired or is
    inactive."""
    claims: tuple[str, ...]
    """The ids of the claims that count on this basis."""


TWICE = 2


def trace(rulebase: RuleBase, answers: Answers, basis: Basis) -> tuple[Traced, ...]:
    """Return what became of every rule, by id."""
    index = index_of(rulebase, basis)
    decision = decision_of(index, answers)
    active = {item.id: item for item in index.items if isinstance(item.origin, Rule)}
    times = zip(index.items, decision.evaluation.times.tolist(), strict=False)
    doubled = {item.id for item, often in times if often == TWICE}
    rules = sorted(rulebase.rules.values(), key=lambda rule: rule.id)
    return tuple(
        _traced(rule, active.get(rule.id), decision, doubled=rule.id in doubled) for rule in rules
    )


def _traced(rule: Rule, item: Item | None, decision: Decision, *, doubled: bool) -> Traced:
    """Say what became of one rule; without an item it does not exist on the basis."""
    if item is None:
        return Traced(rule.id, RuleOutcome.INACTIVE, 0, doubled, (), (), ())
    misses = tuple(tuple(_misses(alternative, decision.chosen)) for alternative in rule.when)
    if all(misses):
        return Traced(rule.id, RuleOutcome.FAILED, item.points, doubled, (), misses, item.claims)
    questions = decision.questions_of(item)
    return Traced(rule.id, RuleOutcome.FIRED, item.points, doubled, questions, (), item.claims)


def _misses(alternative: Conjunction, chosen: Chosen) -> Iterator[Miss]:
    for condition in alternative:
        given = chosen.get(condition.question, frozenset())
        if condition.choices.isdisjoint(given):
            wanted = tuple(sorted(condition.choices))
            yield Miss(condition.question, wanted, tuple(sorted(given)))
