"""Answers at random, as a form sends them: seeded, so that each run tries the same."""

import random
from urllib.parse import urlencode

from advisor.engine.recommend import recommend
from advisor.model.answers import MAX_IMPORTANT
from advisor.query.read import read_query_string

NOTHING_SAID = ("unsure", "any")
ALONE = ("none", *NOTHING_SAID)


def random_form(rulebase, chance):
    """Return names and values of boxes to tick; about half the questions get an answer."""
    asked = [question for question in rulebase.questions.values() if chance.random() < 0.5]
    pairs = [(question.id, value) for question in asked for value in _answer(question, chance)]
    marked = chance.sample(asked, min(len(asked), chance.randint(0, MAX_IMPORTANT)))
    return pairs + [("important", question.id) for question in marked]


def _answer(question, chance):
    values = [choice.id for choice in question.choices]
    several = [value for value in values if value not in ALONE]
    if question.multiple and chance.random() < 0.5:
        return chance.sample(several, chance.randint(1, min(3, len(several))))
    return [chance.choice([*values, *NOTHING_SAID])]


def first_with(rulebase, verdict):
    """Return the query string of the first random form that leads to a verdict."""
    chance = random.Random(2026)  # noqa: S311 - forms, not secrets
    while True:
        written = urlencode(random_form(rulebase, chance))
        query = read_query_string(rulebase, written.encode()).query
        if recommend(rulebase, query.answers, query.basis).verdict is verdict:
            return written
