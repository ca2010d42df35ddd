"""What follows from answers on one basis before anything is explained."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from advisor.engine.applicability import applying, counting
from advisor.engine.evaluation import Evaluation, evaluate
from advisor.engine.index import Index
from advisor.engine.plans import Scored, roles_taken, scored_plans
from advisor.engine.verdict import Outcome, decide
from advisor.model.answers import Answers
from advisor.model.rules import Role


@dataclass(frozen=True, slots=True, eq=False)
class Basics:
    """An evaluation and what was decided on it.

    Attributes:
        apply: the questions that apply.
        roles: the roles that somebody has to take.
        switches: ids of the switches that took the others away.
        plans: the plans that no stop forbids, best first.
    """

    evaluation: Evaluation
    apply: Collection[str]
    roles: frozenset[Role]
    switches: tuple[str, ...]
    plans: tuple[Scored, ...]
    outcome: Outcome


@lru_cache(maxsize=4)
def basics_of(index: Index, answers: Answers) -> Basics:
    """Evaluate the answers that count and decide who leads; remembered while it is explained."""
    apply = applying(index.rulebase, answers.given)
    evaluation = evaluate(index, counting(answers.given, apply), answers.important)
    roles, switches = roles_taken(evaluation)
    plans = scored_plans(evaluation)
    outcome = decide(plans, evaluation, index.rulebase.margins)
    return Basics(evaluation, apply, roles, switches, plans, outcome)
