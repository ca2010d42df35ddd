"""What would change a recommendation: for each other framework the smallest sets of edits.

Exact: every edit is tried, so every set shown makes its framework the sole leader, no smaller
set does, and none of the smallest is left out.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from advisor.engine.scoring.index import Counts
from advisor.engine.scoring.verdict import decide
from advisor.engine.whatif.completions import Completions, Numbered, Situation
from advisor.model.answers import Answers
from advisor.model.explanation import Counterfactual, Edit
from advisor.model.remembered import remembered
from advisor.model.rulebase import NONE_CHOICE, Question

Attempt = tuple[str, frozenset[str], int]
"""An edit that is tried: the question, its answer then, and how many clicks it takes."""

Tried = tuple[list[tuple[Attempt, ...]], Counts]
"""Sets of edits, and the row of the answers after each."""


def counterfactuals(
    situation: Situation, edits: int = 1, promising: Collection[str] | None = None
) -> dict[str, tuple[Counterfactual, ...]]:
    """Return for each framework that does not lead alone the smallest sets of edits that make it.

    Those that ask for least come first: fewer questions, then those that answer open questions
    before those that take answers back, then in the order of the questionnaire. The tuple is empty
    where no set that was tried does it.

    Args:
        situation: the answers as they are.
        edits: how many clicks to try at most, 1 or 2: in two questions, or two boxes of one.
        promising: the open questions of which an answer makes another framework lead alone;
            None where that is not known.
    """
    names = situation.index.rulebase.frameworks
    wanted = [name for name in names if situation.leaders != (name,)]
    questions = list(situation.index.rulebase.questions)
    if edits == 1 and promising is not None:
        answered = situation.answers.given.keys() | situation.answers.any
        questions = [name for name in questions if name in answered or name in promising]
    single, rows = _edits(situation, questions, 1)
    found = _by_leader(situation, [([(edit,) for edit in single], rows)])
    if edits > 1 and any(name not in found for name in wanted):
        found = {**_by_leader(situation, _double(situation, single, rows)), **found}
    return {
        name: tuple(sorted(found.get(name, ()), key=lambda c: (len(c), -sum(e.opens for e in c))))
        for name in wanted
    }


def _edits(
    situation: Situation, questions: Iterable[str], size: int
) -> tuple[list[Attempt], Counts]:
    """Return the edits of those questions that apply, in their order, and the row after each."""
    given, reached = situation.answers.given, {}
    for name in questions:
        if name in situation.apply:
            now = given.get(name, frozenset())
            reached[name] = _reached(situation.completions, name, now, size)
    attempts = [(name, after, size) for name, (afters, _) in reached.items() for after in afters]
    if not attempts:
        return [], situation.row[None][:0]
    return attempts, situation.rows_after({name: numbers for name, (_, numbers) in reached.items()})


@remembered(512)
def _reached(
    completions: Completions, question: str, now: frozenset[str], size: int
) -> tuple[list[frozenset[str]], Numbered]:
    """Return the answers that so many clicks lead to, and their numbers; most come up again."""
    afters = answers_within(completions.index.rulebase.questions[question], now, size)
    numbers = [completions.options[question].number_of(after) for after in afters]
    return afters, np.array(numbers, int)


def _by_leader(situation: Situation, tried: Iterable[Tried]) -> dict[str, list[Counterfactual]]:
    """Sort the sets of edits that make another framework lead alone by that framework."""
    found: dict[str, list[Counterfactual]] = {}
    for sets, rows in tried:
        for number, leaders in situation.others(situation.leaders_of(rows)):
            if len(leaders) == 1:
                edits = tuple(
                    edit_to(after, question, size, situation.answers)
                    for question, after, size in sets[number]
                )
                found.setdefault(leaders[0], []).append(edits)
    return found


def _double(situation: Situation, single: Sequence[Attempt], rows: Counts) -> Iterator[Tried]:
    """Yield the edits of two boxes of one question, then the pairs of edits of two questions.

    The gates of a question are written before it. So the edit of the earlier question decides
    whether the other can be made; where the earlier one is no gate, the two add up.
    Given are the edits of one click, in the order of the questionnaire, and the row after each.
    """
    questions = list(situation.index.rulebase.questions)
    attempts, rows_of_two = _edits(situation, questions, 2)
    yield [(attempt,) for attempt in attempts], rows_of_two
    places = [questions.index(question) for question, _, _ in single]
    for first, row, place in zip(single, rows, places, strict=True):
        question, after, _ = first
        if question in situation.completions.gate_keys:
            edit = edit_to(after, question, 1, situation.answers)
            answers = answers_after(situation.answers, edit)
            then = Situation(decide(situation.index, answers))
            seconds, both = _edits(then, questions[place + 1 :], 1)
        else:
            later = bisect_right(places, place)
            seconds, both = list(single[later:]), rows[later:] + (row - situation.row)
        yield [(first, second) for second in seconds], both


def answers_within(question: Question, now: frozenset[str], size: int) -> list[frozenset[str]]:
    """Return the other answers to a question that so many clicks lead to, in written order.

    Ticking "none of these" is one click, and so is ticking a box that takes its place. The last
    box stays ticked.

    Example: of a question with the boxes a, b and none, answered with a, one click leads to
    none and to a and b together.
    """
    ids = [choice.id for choice in question.choices]
    if not question.multiple:
        return [frozenset({choice}) for choice in ids if choice not in now] if size == 1 else []
    none = size == 1 and NONE_CHOICE in ids and NONE_CHOICE not in now
    ticked = now - {NONE_CHOICE}
    boxes = combinations([choice for choice in ids if choice != NONE_CHOICE], size)
    afters = [ticked.symmetric_difference(clicked) for clicked in boxes]
    return [frozenset({NONE_CHOICE})] * none + [after for after in afters if after]


def edit_to(after: frozenset[str], question: str, size: int, answers: Answers) -> Edit:
    """Return the edit that answers a question so; one answered by `any` counts as answered."""
    opens = question not in answers.given and question not in answers.any
    return Edit(question, tuple(sorted(after)), size, opens)


def answers_after(answers: Answers, *edits: Edit) -> Answers:
    """Return the answers after some edits."""
    names = {edit.question for edit in edits}
    return replace(
        answers,
        given={**answers.given, **{edit.question: frozenset(edit.after) for edit in edits}},
        unsure=answers.unsure - names,
        any=answers.any - names,
    )
