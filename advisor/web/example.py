"""Answers to show programmers: few, and enough for something to be recommended."""

from advisor.model.answers import Answers
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import RuleBase
from advisor.query.query import Expectation, Query
from advisor.web.dependencies import recommended

FEWEST = 2
"""How many questions it answers at least, to show how answers are joined."""


def example(rulebase: RuleBase) -> Query:
    """Return answers with what they lead to as an expectation, so that trying them succeeds.

    The first choices of the first questions, one more until something is recommended; without
    an expectation where nothing ever is.
    """
    given: dict[str, frozenset[str]] = {}
    query = Query()
    for question in rulebase.questions.values():
        given[question.id] = frozenset({question.choices[0].id})
        important = frozenset({next(iter(given))})
        query = Query(Answers(given=dict(given), important=important))
        found = recommended(rulebase, query)
        if question.id in found.ignored:
            del given[question.id]
        elif len(given) >= FEWEST and found.verdict not in {Verdict.OPEN, Verdict.NONE}:
            return Query(query.answers, expect=Expectation(found.leaders[0]))
    return query
