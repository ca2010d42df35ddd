"""Answers as they are, and the rows of others that are a step away.

All rows here hold the deciding alternatives alone, the first `index.width`.
"""

from collections.abc import Mapping
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from advisor.engine.scoring.conditions import applying
from advisor.engine.scoring.evaluate import Counts, Flags, evaluate
from advisor.engine.scoring.verdict import Decision, leading
from advisor.engine.whatif.completions import completions_of

Numbered = NDArray[np.int_]
"""Numbers of options of a question."""


class Situation:
    """Answers as they are, from which others are a step away.

    Attributes:
        apply: the questions that apply.
        row: what the answers that count leave unmet.
        marked: the alternatives that look at a marked question.
        leaders: who leads, sorted.
    """

    def __init__(self, decision: Decision) -> None:
        """Look at where the answers lead."""
        index = decision.index
        self.index = index
        self.answers = decision.answers
        self.completions = completions_of(index)
        self.apply = decision.apply
        self.row = decision.row[: index.width]
        self.marked = index.looking(self.answers.important)
        self.leaders = decision.outcome.names

    def leaders_of(self, rows: Counts) -> Flags:
        """Say for each row which frameworks lead, the marks staying as they are."""
        return leading(evaluate(self.index, rows, self.marked))

    def others(self, leaders: Flags) -> list[tuple[int, tuple[str, ...]]]:
        """Return the rows in which others lead than now, by number, and who does there."""
        names = self.index.names
        now = [name in self.leaders for name in names]
        numbers = np.flatnonzero((leaders != now).any(axis=1))
        then = leaders[numbers].tolist()
        return [
            (n, tuple(compress(names, lead)))
            for n, lead in zip(numbers.tolist(), then, strict=True)
        ]

    def rows_after(self, steps: Mapping[str, Numbered]) -> Counts:
        """Return a row for each other answer to some questions that apply, one question each.

        Args:
            steps: for each question the numbers of the options that it is answered with instead.

        Example: `{"deploy": [1, 2], "goal": [3]}` gives three rows.
        """
        known, given = self.completions, self.answers.given
        now = [known.options[question].number_of(given.get(question, ())) for question in steps]
        starts = np.array([known.starts[question] for question in steps])
        sizes = [len(numbers) for numbers in steps.values()]
        before = np.repeat(starts + now, sizes)
        after = np.repeat(starts, sizes) + np.concatenate(list(steps.values()))
        unmet = known.unmet[:, : self.index.width]
        rows: Counts = self.row - unmet[before] + unmet[after]
        # On answers to some questions it depends which others apply, and so count.
        place = 0
        for (question, numbers), current in zip(steps.items(), now, strict=True):
            if sorts := known.sorts.get(question):
                effects: dict[bytes, Counts | int] = {}
                for row, number in enumerate(numbers.tolist(), place):
                    if (sort := sorts[number]) == sorts[current]:
                        continue
                    if sort not in effects:
                        answer = known.options[question].answers[number]
                        effects[sort] = self._side_effects({**given, question: answer})
                    rows[row] += effects[sort]
            place += len(numbers)
        return rows

    def _side_effects(self, given: Mapping[str, frozenset[str]]) -> Counts | int:
        """Return what it adds to a row that some questions apply no longer, or do from now on.

        Example: `deploy=none` makes `serving` not apply, so `serving=versioned` stops counting.
        """
        effect: Counts | int = 0
        apply = applying(self.index.rulebase, given)
        for question in (apply ^ self.apply) & self.answers.given.keys():
            unmet, width = self.index.unmet, self.index.width
            more = (unmet(question, given[question]) - unmet(question, None))[:width]
            effect = effect + more if question in apply else effect - more
        return effect
