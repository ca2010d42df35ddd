"""Answers all questions in every way at once: one after another, merging what is alike.

Partial answers are alike when the same runners are left with the same distances between them
and the same terms wait. So many answers become few states, each with an exact number.
"""

from collections.abc import Iterator, Mapping
from operator import add

from advisor.engine.bias_course import Course, Pending
from advisor.engine.bias_field import Field, Scores, Table
from advisor.engine.bias_outlook import Outlook
from advisor.engine.bias_race import Effect, Leaders
from advisor.engine.bias_referee import Referee
from advisor.engine.bias_space import HOLDS, answered

Outcomes = Mapping[tuple[Pending, Effect], int]
"""What the answers to a question leave waiting and do, each with the number of those answers."""

Layer = Mapping[Field, Table]
"""All partial answers to the same questions."""


def leaders_of_all(course: Course) -> dict[Leaders, int]:
    """Return how many of all answers give each set of leaders."""
    decided: dict[Leaders, int] = {}
    layer = _start(course, decided)
    for step in range(len(course.order)):
        layer = _next(course, step, layer, decided)
    return decided


def last_matters(course: Course) -> bool:
    """Say whether answers exist that give other leaders when only the last one changes."""
    last = len(course.order) - 1
    layer = _start(course, {})
    for step in range(last):
        layer = _next(course, step, layer, {})
    return any(_splits(course, last, field, table) for field, table in layer.items())


def _start(course: Course, decided: dict[Leaders, int]) -> Layer:
    """Return the one state before the first question: what needs no answer has fired."""
    everyone = tuple(range(len(course.race.runners)))
    field = Field(frozenset(), everyone, 0, 0, 0).after(frozenset(), course.always)
    return _judged(course, 0, {field: {course.always.points: 1}}, decided)


def _next(course: Course, step: int, layer: Layer, decided: dict[Leaders, int]) -> Layer:
    """Answer one more question in every way."""
    outcomes: dict[Pending, Outcomes] = {}
    moved: dict[Field, dict[Scores, int]] = {}
    for field, table in layer.items():
        if field.pending not in outcomes:
            outcomes[field.pending] = _outcomes(course, step, field.pending)
        for (after, delta), weight in _moves(field, outcomes[field.pending]).items():
            into = moved.setdefault(after, {})
            for scores, number in table.items():
                new = tuple(map(add, scores, delta))
                into[new] = into.get(new, 0) + number * weight
    return _judged(course, step + 1, moved, decided)


def _outcomes(course: Course, step: int, pending: Pending) -> Outcomes:
    """Return what the answers to the next question leave waiting and do."""
    question = course.order[step]
    waiting = [*pending, *((term.number, term.alternatives) for term in course.starting[step])]
    outcomes: dict[tuple[Pending, Effect], int] = {}
    for mask, weight in course.space.weights[question].items():
        left = [(number, answered(rest, question, mask)) for number, rest in waiting]
        effect = course.race.together(course.effect(n) for n, rest in left if rest == HOLDS)
        waits = frozenset((n, rest) for n, rest in left if rest and rest != HOLDS)
        outcomes[waits, effect] = outcomes.get((waits, effect), 0) + weight
    return outcomes


def _moves(field: Field, outcomes: Outcomes) -> dict[tuple[Field, Scores], int]:
    """Return what the outcomes are to one field: the field after, points, and their number."""
    moves: dict[tuple[Field, Scores], int] = {}
    for (pending, effect), weight in outcomes.items():
        delta = tuple(effect.points[runner] for runner in field.runners)
        move = field.after(pending, effect), delta
        moves[move] = moves.get(move, 0) + weight
    return moves


def _judged(course: Course, step: int, layer: Layer, decided: dict[Leaders, int]) -> Layer:
    """Leave out who can no longer matter, and count apart what is decided."""
    left: dict[Field, dict[Scores, int]] = {}
    for end, table in _endings(course, step, layer):
        if isinstance(end, Field):
            into = left.setdefault(end, {})
            for scores, number in table.items():
                into[scores] = into.get(scores, 0) + number
        else:
            number = sum(table.values()) * course.ways_left[step]
            decided[end] = decided.get(end, 0) + number
    return left


def _endings(course: Course, step: int, layer: Layer) -> Iterator[tuple[Field | Leaders, Table]]:
    """Yield what is left of each field of a layer."""
    outlooks: dict[Pending, Outlook] = {}
    for field, table in layer.items():
        if field.pending not in outlooks:
            outlooks[field.pending] = Outlook(course, step, field.pending)
        yield from Referee(course, step, field, outlooks[field.pending]).judged(table)


def _splits(course: Course, step: int, field: Field, table: Table) -> bool:
    """Say whether the answers to the last question end differently for some scores."""
    moves = _moves(field, _outcomes(course, step, field.pending))
    if len(moves) == 1:
        return False
    finish = Outlook(course, step + 1, frozenset())
    referees = [(Referee(course, step + 1, after, finish), delta) for after, delta in moves]
    for scores in table:
        ends = {
            end
            for referee, delta in referees
            for end, _ in referee.judged({tuple(map(add, scores, delta)): 1})
        }
        if len(ends) > 1:
            return True
    return False
