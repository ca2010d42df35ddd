"""Whether a question, or a rule, makes a difference to who leads for any answers at all: exactly.

Most do, and a few answers tried out show it. For the others all answers are gone through. Knows
nothing of how often frameworks lead.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from math import prod

from advisor.engine.bias_course import Course
from advisor.engine.bias_order import good_order
from advisor.engine.bias_race import Effect, Race
from advisor.engine.bias_space import Needs, Space, Term, questions_of
from advisor.engine.bias_sweep import last_matters

ATTEMPTS = 500
"""How many answers are tried out before all are gone through; changes nothing but the time."""

IN_FORCE = ""
"""The question whether a rule is in force, put beside the real ones, whose ids are not empty."""


def question_matters(space: Space, race: Race, question: str) -> bool:
    """Say whether answers exist that give other leaders when this one alone changes.

    Args:
        space: all answers.
        race: all plans.
        question: a question that some term looks at.
    """
    if _is_seen_to_matter(space, race, question):
        return True
    return last_matters(Course(space, race, good_order(space, race, last=question)))


def rule_decides(space: Space, race: Race, term: Term) -> bool:
    """Say whether answers exist that give other leaders when a rule is taken away.

    Args:
        space: all answers.
        race: all plans.
        term: the rule as a term of the space.
    """
    if term.number not in race.effects:
        return False
    return any(
        question_matters(_where_it_fires(space, term, needs), race, IN_FORCE)
        for needs in term.alternatives
    )


def _where_it_fires(space: Space, term: Term, needs: Needs) -> Space:
    """Return the answers by which a rule fires, with the question whether it is in force."""
    part = space.where(needs)
    in_force = Term(term.number, term.item, frozenset({frozenset({(IN_FORCE, 1)})}))
    return Space(
        weights={**part.weights, IN_FORCE: {0: 1, 1: 1}},
        idle=part.idle,
        terms=tuple(in_force if other is term else other for other in part.terms),
    )


def _is_seen_to_matter(space: Space, race: Race, question: str) -> bool:
    """Say whether a question matters by some answers that are tried out; errs towards no."""
    terms = [term for term in space.terms if term.number in race.effects]
    own = [term for term in terms if question in questions_of(term.alternatives)]
    others = [term for term in terms if question not in questions_of(term.alternatives)]
    for answers in _some_answers(space):
        rest = race.together(_fired(race, others, answers))
        leaders = {
            race.leaders(race.together([rest, *_fired(race, own, {**answers, question: mask})]))
            for mask in space.weights[question]
        }
        if len(leaders) > 1:
            return True
    return False


def _some_answers(space: Space) -> Iterator[dict[str, int]]:
    """Yield answers, as masks, from all over the space; the same ones every time."""
    masks = {question: tuple(by_mask) for question, by_mask in space.weights.items()}
    for attempt in range(min(ATTEMPTS, prod(map(len, masks.values())))):
        number = int.from_bytes(sha256(str(attempt).encode()).digest(), "big")
        answers = {}
        for question, possible in masks.items():
            number, choice = divmod(number, len(possible))
            answers[question] = possible[choice]
        yield answers


def _fired(race: Race, terms: list[Term], answers: Mapping[str, int]) -> Iterator[Effect]:
    """Yield what the terms do that fire under these answers."""
    for term in terms:
        if any(
            all(answers[question] & bits == bits for question, bits in needs)
            for needs in term.alternatives
        ):
            yield race.effects[term.number]
