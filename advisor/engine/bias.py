"""How a rule base leans: who leads over all answers that could be given, counted exactly.

Every question is answered by choice, each answer to it equally likely, whether it applies or
not; answers to questions that do not apply are ignored, as ever, and nothing is marked as
important. This is even over answers; it says nothing of how many people would give them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from advisor.engine.bias_course import Course
from advisor.engine.bias_lineup import race_of
from advisor.engine.bias_matter import question_matters, rule_decides
from advisor.engine.bias_order import good_order
from advisor.engine.bias_race import Race
from advisor.engine.bias_space import Space, space_of
from advisor.engine.bias_sweep import leaders_of_all
from advisor.engine.index import Index, index_of
from advisor.engine.scoring.items import Kind
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase


@dataclass(frozen=True, slots=True, eq=False)
class Bias:
    """Who leads over all answers, on one basis. Every figure is exact; none is sampled.

    Attributes:
        total: how many answers there are to all questions together.
        alone: for each framework, under how many of them it leads alone.
        shared: for each framework, under how many of them it shares the lead.
        nobody: under how many of them nobody leads: all are ruled out, or none has a reason of
            its own. What `alone`, and this, leave of the total are the shared leads.
        never_decide: ids of the rules with points or a stop that count on the basis and could be
            taken away, each by itself, without changing who leads under any answers; those that
            can never fire are among them. In alphabetical order.
        never_matter: ids of the questions to which no change of the answer changes who leads,
            whatever the other answers; they may still change backends, notes or routes. In
            written order.
    """

    total: int
    alone: Mapping[str, int]
    shared: Mapping[str, int]
    nobody: int
    never_decide: tuple[str, ...]
    never_matter: tuple[str, ...]


@lru_cache(maxsize=8)
def bias(rulebase: RuleBase, basis: Basis) -> Bias:
    """Count who leads over all answers to a rule base; remembered for those used last.

    Takes seconds of work for a full-grown rule base: not for use within a request.

    Args:
        rulebase: the rule base.
        basis: facts as checked, or the documents as written.
    """
    index = index_of(rulebase, basis)
    space = space_of(index)
    race = race_of(index, space)
    found = leaders_of_all(Course(space, race, good_order(space, race)))
    names = sorted(rulebase.frameworks)
    return Bias(
        total=space.total,
        alone={name: found.get((name,), 0) for name in names},
        shared={
            name: sum(n for leaders, n in found.items() if len(leaders) > 1 and name in leaders)
            for name in names
        },
        nobody=found.get((), 0),
        never_decide=_never_decide(index, space, race),
        never_matter=tuple(
            name
            for name in rulebase.questions
            if name not in space.weights or not question_matters(space, race, name)
        ),
    )


def _never_decide(index: Index, space: Space, race: Race) -> tuple[str, ...]:
    """Return the rules that bear on who leads and yet never change it."""
    rules = {item.id for item in index.items if item.kind in {Kind.SCORE, Kind.STOP}}
    deciding = {
        term.item.id
        for term in space.terms
        if term.item.kind in {Kind.SCORE, Kind.STOP} and rule_decides(space, race, term)
    }
    return tuple(sorted(rules - deciding))
