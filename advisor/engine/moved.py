"""How many answers lead to others by one rule base than by another.

Answers are drawn to the questions of the first, as `acceptability` draws them; the second is given
what it has of them, under the names of today, and its new questions stay open.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from advisor.engine.acceptability import CHUNK, DRAWS, SEED, Numbers, rows_of
from advisor.engine.scoring.evaluate import Index, evaluate, index_of
from advisor.engine.scoring.verdict import leading
from advisor.engine.whatif.completions import completions_of
from advisor.model.knowledge import Basis
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase

Names = tuple[str, ...]


def leads_moved(
    one: RuleBase, other: RuleBase, draws: int = DRAWS
) -> tuple[int, Mapping[tuple[Names, Names], int]]:
    """Draw answers and count who leads by one rule base, and who by another.

    Returns:
        How many were drawn; by leaders of the first and of the second the count.
    """
    indexes = [index_of(rulebase, Basis.CHECKED) for rulebase in (one, other)]
    names = {(each.kind, each.was): each.now for each in other.renames}
    frameworks = [
        [names.get(("framework", name), name) for name in indexes[0].names],
        list(indexes[1].names),
    ]
    random, found = np.random.default_rng(SEED), Counter[tuple[Names, Names]]()
    for start in range(0, draws, CHUNK):
        size = min(CHUNK, draws - start)
        drawn = {n: random.integers(0, _answers(q), size) for n, q in one.questions.items()}
        leads = []
        for index in indexes:
            numbers = dict.fromkeys(index.rulebase.questions, np.zeros(size, int))
            for name, codes in drawn.items():
                asked = name if index is indexes[0] else names.get(("question", name), name)
                if asked in numbers:
                    numbers[asked] = _numbers(index, one.questions[name], asked, codes, names)
            leads.append(leading(evaluate(index, rows_of(completions_of(index), numbers))))
        both, counts = np.unique(np.hstack(leads), axis=0, return_counts=True)
        for row, count in zip(both.tolist(), counts.tolist(), strict=True):
            flags = row[: len(frameworks[0])], row[len(frameworks[0]) :]
            was, now = (
                tuple(sorted(n for n, lead in zip(side, flag, strict=True) if lead))
                for side, flag in zip(frameworks, flags, strict=True)
            )
            found[was, now] += count
    return draws, found


def _answers(question: Question) -> int:
    """Return how many answers a question has: choices, or sets of boxes and none of them."""
    ids = [choice.id for choice in question.choices]
    if not question.multiple:
        return len(ids)
    boxes = [name for name in ids if name != NONE_CHOICE]
    return (1 << len(boxes)) - (NONE_CHOICE not in ids)


def _answer(question: Question, code: int) -> frozenset[str]:
    """Return the answer of a number below `_answers`."""
    ids = [choice.id for choice in question.choices]
    if not question.multiple:
        return frozenset({ids[code]})
    boxes = [name for name in ids if name != NONE_CHOICE]
    # The highest number stands for no box at all, which is `none`.
    chosen = {name for place, name in enumerate(boxes) if code + 1 >> place & 1}
    return frozenset(chosen or {NONE_CHOICE})


def _numbers(
    index: Index,
    question: Question,
    asked: str,
    codes: Numbers,
    names: Mapping[tuple[str, str], str],
) -> Numbers:
    """Return for drawn answers to a question the numbers of their options by another rule base."""
    options = completions_of(index).options[asked]
    known = {choice.id for choice in index.rulebase.questions[asked].choices}
    every, places = np.unique(codes, return_inverse=True)

    def today(choice: str) -> str:
        for name in (question.id, asked):
            if now := names.get(("choice", f"{name}:{choice}")):
                return now.partition(":")[2]
        return choice

    numbers = []
    for code in every.tolist():
        answer = _answer(question, code)
        if not answer <= known:
            answer = frozenset(map(today, answer)) & known
        numbers.append(options.number_of(answer))
    return np.array(numbers)[places]
