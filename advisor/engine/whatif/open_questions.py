"""Which questions are left that could still change something."""

from collections.abc import Collection
from functools import lru_cache

import numpy as np

from advisor.engine.scoring.evaluate import Flags, Index
from advisor.engine.scoring.items import Kind
from advisor.engine.whatif.completions import Situation, completions_of
from advisor.model.answers import Answers
from advisor.model.recommendation import OpenQuestion

SILENT_KINDS = frozenset({Kind.LEVEL, Kind.CONFLICT, Kind.STEP})
"""Kinds of items that change a remark or a piece of advice: no question is asked for their sake."""


def live_questions(index: Index, answers: Answers, apply: Collection[str]) -> frozenset[str]:
    """Return the questions without an answer by choice to which some answer changes something."""
    open_names = [name for name in index.rulebase.questions if name not in answers.given]
    if not open_names:
        return frozenset()
    completions = completions_of(index)
    options = completions.narrowed(completions.allowing(answers.given, open_names), {})
    # What can still fire: no answer that is decided already leaves a condition of it unmet.
    decided = [
        completions.starts[name] + max(numbers)
        for name, numbers in options.items()
        if name in answers.given or len(numbers) == 1
    ]
    possible = _asking(index) & ~completions.unmet[decided].any(axis=0)
    hanging = np.array([index.looks[name] for name in open_names]) & possible
    live = {name for name, row in zip(open_names, hanging, strict=True) if row.any()}
    # Beside those, the questions on which it still depends whether another may be asked.
    live |= {
        name
        for alternatives in completions.applies.values()
        for alternative in alternatives
        if all(options[asked] & satisfying for asked, satisfying in alternative)
        for name, _ in alternative
    }
    return frozenset(live.intersection(open_names, apply))


@lru_cache(maxsize=8)
def _asking(index: Index) -> Flags:
    """Return the alternatives for the sake of which a question is asked."""
    asking = np.zeros(len(index.row({})), bool)
    for item in index.items:
        if item.kind not in SILENT_KINDS:
            asking[[number for number, _ in index.alternatives[item]]] = True
    return asking


def open_questions(situation: Situation, live: Collection[str]) -> tuple[OpenQuestion, ...]:
    """Return the questions that apply and still wait for an answer that could change something.

    Live are the questions to which some answer changes something.
    """
    answers = situation.answers
    waiting = [
        name
        for name in situation.index.rulebase.questions
        if name not in answers.given and name not in answers.any
        if name in situation.apply and (name in live or name in answers.unsure)
    ]
    # Every answer to each of them alone, the others staying as they are.
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in waiting}
    steps = {name: situation.completions.deciding[name] for name in waiting if name in live}
    asked = [name for name, numbers in steps.items() for _ in range(len(numbers))]
    if asked:
        leaders = situation.leaders_of(situation.rows_after(steps))
        for number, others in situation.others(leaders):
            found[asked[number]].add(others)
    return tuple(
        OpenQuestion(name, name in answers.unsure, bool(found[name]), tuple(sorted(found[name])))
        for name in waiting
    )
