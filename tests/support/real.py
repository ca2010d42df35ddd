"""The rule base of this repository and answers to it, for laws that are proven on it too."""

import random
from functools import cache
from itertools import compress
from pathlib import Path

from support.builders import choice_sets

from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.verdict import evaluations
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


def leaders(basis, several):
    """Return who leads under each of several sets of answers."""
    index = index_of(real_rulebase(), basis)
    evaluated = evaluations(index, [Answers(given) for given in several])
    return [tuple(compress(index.names, leading.tolist())) for _, leading in evaluated]
