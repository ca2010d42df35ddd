"""In which order the questions are best answered: any gives the same numbers, few give them soon.

Knows nothing of partial answers.
"""

from collections.abc import Iterable
from fractions import Fraction

from advisor.engine.bias_race import Race
from advisor.engine.bias_space import Space, Term, questions_of


def good_order(space: Space, race: Race, last: str | None = None) -> tuple[str, ...]:
    """Return all questions that some term looks at, so that as few partial answers differ.

    First those on which roles hang. Then those that tell the plans of one lead apart, the ones
    that later questions wait for at their end: after them each lead has one plan that matters.
    Then the others, first those of which few answers tell much.

    Args:
        space: the answers.
        race: the plans.
        last: a question to be answered last, wherever it would stand.
    """
    terms = [term for term in space.terms if term.number in race.effects]
    switching = _asked(t for t in terms if race.effects[t.number].marks & race.switch_marks)
    telling = _asked(term for term in terms if _tells_apart(term, race))

    def place(question: str) -> tuple[int, Fraction]:
        own = [term for term in terms if question in questions_of(term.alternatives)]
        if question in telling and question not in switching:
            return 1, Fraction(len(_asked(own) - telling - switching))
        group = 0 if question in switching else 2
        return group, Fraction(-len(own), len(space.weights[question]))

    asked = [question for question in space.weights if question != last]
    return (*sorted(asked, key=place), *([last] if last is not None else []))


def _asked(terms: Iterable[Term]) -> frozenset[str]:
    """Return the questions that some of these terms look at."""
    return frozenset(question for term in terms for question in questions_of(term.alternatives))


def _tells_apart(term: Term, race: Race) -> bool:
    """Say whether a term brings the plans of one lead different points."""
    brought: dict[object, set[int]] = {}
    for runner, points in enumerate(race.effects[term.number].points):
        brought.setdefault((race.lead(runner), race.roles(runner)), set()).add(points)
    return any(len(different) > 1 for different in brought.values())
