"""The rule base of this repository and answers to it, for laws that are proven on it too."""

import random
from functools import cache
from pathlib import Path

from support.builders import choice_sets

from advisor.engine.scoring.evaluate import index_of
from advisor.engine.scoring.verdict import decide
from advisor.model.answers import Answers
from advisor.rulebase.load import load

RULES = Path(__file__).parents[2] / "rules"


loaded = cache(load)
"""A rule base that no test changes is read once."""


def real_rulebase():
    return loaded(RULES)


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
    answers = Answers(given, important=frozenset(important))
    return decide(index_of(real_rulebase(), basis), answers).outcome.names
