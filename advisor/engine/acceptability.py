"""How a rule base leans: how often each framework leads when the answers are drawn at random.

The share of drawn answer sets under which a framework leads is its first rank acceptability
index in SMAA-2 (Lahdelma and Salminen, Operations Research 49(3), 2001), computed by simulation.

Every question is answered by choice, each answer to it equally likely, whether it applies or
not; answers to questions that do not apply are ignored, as ever, and nothing is marked as
important. This is even over answers; it says nothing of how many people would give them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from advisor.engine.scoring.conditions import applying, deciders
from advisor.engine.scoring.evaluate import Counts, index_of
from advisor.engine.scoring.items import Kind
from advisor.engine.whatif.batch import Batch, batch_of
from advisor.model.knowledge import Basis
from advisor.model.rulebase import NONE_CHOICE, RuleBase

DRAWS = 100_000
SEED = 2001
CHUNK = 4_000
"""Draws that are looked at together: few enough to need little memory."""
SMALLEST_CHUNK = 250
Z = 1.96
"""Standard errors to each side of a share within which the true one lies 95 times in 100."""

Numbers = NDArray[np.int64]
"""For each draw the number of its answer to a question."""


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """Who leads under answers drawn at random, on one basis.

    Example: with 100,000 draws, `alone={"ash": 57000, "oak": 30000}`, `shared={"ash": 9000, "oak":
    9000}` and `nobody=4000`, Ash leads alone in 57 % of the draws, and nobody in 4 %.
    """

    draws: int
    alone: Mapping[str, int]
    """For each framework, the draws in which it leads alone."""
    shared: Mapping[str, int]
    """For each framework, the draws in which it shares the lead."""
    nobody: int
    """The draws in which nobody leads: all are ruled out, or none has a reason of its own."""
    never_decided: tuple[str, ...]
    """Ids, sorted, of the rules with points or a stop that count on the basis and could be taken
    away, each by itself, without changing who leads in any draw."""
    never_mattered: tuple[str, ...]
    """Ids, in written order, of the questions of which another drawn answer changed in no draw
    who leads; they may still change backends, notes or routes."""


def half_width(part: int, draws: int) -> float:
    """Return the half-width of the 95 % interval (Wilson) around a share, in percentage points.

    Example: `half_width(57000, 100000)` is 0.31: the true share is 57 % give or take that much.
    """
    share = part / draws
    spread = sqrt(share * (1 - share) / draws + Z * Z / (4 * draws * draws))
    return 100 * Z * spread / (1 + Z * Z / draws)


@lru_cache(maxsize=8)
def acceptability(rulebase: RuleBase, basis: Basis, draws: int = DRAWS) -> Acceptability:
    """Draw sets of answers to a rule base, always the same ones, and say who leads under them.

    Takes about half a second for a full-grown rule base; remembered for those used last.
    """
    batch = batch_of(index_of(rulebase, basis))
    sample = _Sample(rulebase, batch)
    alone, shared = np.zeros((2, len(batch.names)), int)
    nobody = 0
    # What has changed no lead so far: each rule with the columns of its alternatives, questions.
    ours = [item for item in batch.index.items if item.kind in {Kind.SCORE, Kind.STOP}]
    rules = {
        item.id: [column for column, owner in enumerate(batch.owners) if owner is item]
        for item in ours
    }
    questions = list(rulebase.questions)
    done = 0
    while done < draws:
        # Few draws at first: they show already what most rules and questions can do.
        size = min(max(done, SMALLEST_CHUNK), CHUNK, draws - done)
        done += size
        answers = sample.draw(size)
        rows = sample.rows(answers)
        leaders = batch.leaders(rows)
        many = leaders.sum(axis=1)
        alone += leaders[many == 1].sum(axis=0)
        shared += leaders[many > 1].sum(axis=0)
        nobody += int((many == 0).sum())
        # Take each rule away where it fires, by leaving one more condition of it unmet.
        for rule, columns in [*rules.items()]:
            fires = (rows[:, columns] == 0).any(axis=1)
            without = rows[fires]
            without[:, columns] += 1
            if fires.any() and (batch.leaders(without) != leaders[fires]).any():
                del rules[rule]
        # Draw the answer to each question once more.
        for question in [*questions]:
            again = sample.rows({**answers, question: sample.draw_one(question, size)})
            differ = (again != rows).any(axis=1)
            if differ.any() and (batch.leaders(again[differ]) != leaders[differ]).any():
                questions.remove(question)
    return Acceptability(
        draws=draws,
        alone=dict(zip(batch.names, alone.tolist(), strict=True)),
        shared=dict(zip(batch.names, shared.tolist(), strict=True)),
        nobody=nobody,
        never_decided=tuple(sorted(rules)),
        never_mattered=tuple(questions),
    )


class _Sample:
    """Answers to all questions, drawn in a fixed sequence, and what they leave unmet.

    An answer is a number: of the choice, or, where several can be taken, of the set of boxes, a
    bit each, with 0 for none of them.
    """

    def __init__(self, rulebase: RuleBase, batch: Batch) -> None:
        self._rulebase = rulebase
        self._batch = batch
        self._random = np.random.default_rng(SEED)
        # The same few answers are drawn again and again.
        self._apply = cache(self._applying)
        self._unmet = cache(self._unmet_by)

    def draw(self, size: int) -> dict[str, Numbers]:
        """Draw so many answers to each question."""
        return {question: self.draw_one(question, size) for question in self._rulebase.questions}

    def draw_one(self, question: str, size: int) -> Numbers:
        """Draw so many answers to one question, each answer to it equally likely."""
        asked = self._rulebase.questions[question]
        ids = [choice.id for choice in asked.choices]
        if not asked.multiple:
            return self._random.integers(len(ids), size=size)
        nothing = NONE_CHOICE in ids
        return self._random.integers(not nothing, 1 << (len(ids) - nothing), size=size)

    def rows(self, answers: Mapping[str, Numbers]) -> Counts:
        """Return for each draw what its answers that count leave unmet."""
        size = len(next(iter(answers.values()), ()))
        rows = np.zeros((size, len(self._batch.owners)), np.int8)
        deciding = deciders(self._rulebase)
        decided = np.array([answers[name] for name in deciding], int).reshape(len(deciding), size)
        patterns, pattern_of = np.unique(decided.T, axis=0, return_inverse=True)
        apply = [self._apply(tuple(pattern)) for pattern in patterns.tolist()]
        for question, answer in answers.items():
            counts = np.array([question in each for each in apply], bool)[pattern_of.ravel()]
            numbers = np.where(counts, answer, -1)
            if self._rulebase.questions[question].multiple:
                found, place = np.unique(numbers, return_inverse=True)
            else:
                found, place = np.arange(-1, numbers.max() + 1), numbers + 1
            rows += np.array([self._unmet(question, number) for number in found.tolist()])[place]
        return rows

    def _applying(self, numbers: tuple[int, ...]) -> frozenset[str]:
        """Return the questions that apply under these answers to the deciding ones."""
        names = deciders(self._rulebase)
        given = {name: self._choices(name, n) for name, n in zip(names, numbers, strict=True)}
        return applying(self._rulebase, given)

    def _unmet_by(self, question: str, number: int) -> Counts:
        """Return what an answer leaves unmet; -1 for one that does not count."""
        return self._batch.unmet(question, None if number < 0 else self._choices(question, number))

    def _choices(self, question: str, number: int) -> frozenset[str]:
        """Return the ids of the choices that an answer consists of."""
        asked = self._rulebase.questions[question]
        ids = [choice.id for choice in asked.choices]
        if not asked.multiple:
            return frozenset({ids[number]})
        boxes = [name for name in ids if name != NONE_CHOICE]
        ticked = frozenset(name for bit, name in enumerate(boxes) if number >> bit & 1)
        return ticked or frozenset({NONE_CHOICE})
