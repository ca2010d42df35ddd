"""The rule base of this repository and answers to it, for laws that are proven on it too."""

import random
from functools import lru_cache
from pathlib import Path

from support.builders import choice_sets

from advisor.engine.applicability import applying, counting
from advisor.engine.evaluation import evaluate
from advisor.engine.index import index_of
from advisor.engine.plans import scored_plans
from advisor.engine.verdict import decide
from advisor.rulebase.load import load


@lru_cache(maxsize=1)
def real_rulebase():
    return load(Path(__file__).parents[2] / "rules")


def drawn(count, seed, missing=(2, 4)):
    """Yield random answers to all questions but a few, with the questions left out."""
    chance = random.Random(seed)  # noqa: S311 - a test, not a secret
    rulebase = real_rulebase()
    for _ in range(count):
        given = {q.id: chance.choice(choice_sets(q)) for q in rulebase.questions.values()}
        left_out = chance.sample(sorted(given), chance.randint(*missing))
        yield {name: given[name] for name in given if name not in left_out}, left_out


def leaders(basis, given, important=()):
    """Return who leads, by the way that writes everything out."""
    rulebase = real_rulebase()
    chosen = counting(given, applying(rulebase, given))
    evaluation = evaluate(index_of(rulebase, basis), chosen, important)
    outcome = decide(scored_plans(evaluation), evaluation, rulebase.margins)
    return tuple(plan.candidate.lead for plan in outcome.leaders)
