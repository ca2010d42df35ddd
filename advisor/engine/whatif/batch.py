"""Many sets of answers at once: who leads under each, a row of a matrix for every one.

    batch = batch_of(index_of(rulebase, Basis.CHECKED))
    row = sum(batch.unmet(question, given.get(question)) for question in rulebase.questions)
    other = row - batch.unmet("goal", given["goal"]) + batch.unmet("goal", frozenset({"research"}))
    batch.leaders(np.array([row, other]))  # [[True, False, False], [False, True, False]]

Answers to questions that do not apply do not count: pass None for those.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import compress
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from advisor.engine.scoring.conditions import applying
from advisor.engine.scoring.evaluate import Counts, Flags, Index, evaluate
from advisor.engine.scoring.verdict import Decision, leading
from advisor.engine.whatif.completions import completions_of


class Batch:
    """Sets of answers as rows that hold the deciding alternatives of an index alone.

    Attributes:
        names: ids of the frameworks, sorted: the columns of what `leaders` returns.
        owners: for each alternative, which is a column of a row, the item that it belongs to.
    """

    def __init__(self, index: Index) -> None:
        """Look at an index."""
        self.index = index
        self.names = index.names
        alternatives = [(n, item) for item in index.items for n, _ in index.alternatives[item]]
        self.owners = [item for _, item in sorted(alternatives, key=itemgetter(0))][: index.width]

    def unmet(self, question: str, answer: Collection[str] | None) -> Counts:
        """Count for each alternative the conditions on a question that its answer leaves unmet.

        Args:
            question: id of the question.
            answer: ids of its choices; None or empty for no answer that counts.
        """
        return self.index.unmet(question, answer)[: self.index.width]

    def leaders(self, rows: Counts, important: Collection[str] = ()) -> Flags:
        """Say for each row which frameworks lead.

        Args:
            rows: one set of answers each: what all of its answers leave unmet, added up.
            important: the marked questions; the same for all rows.

        Returns:
            A row of booleans each, a column a framework in the order of `names`; all False where
            nobody leads.
        """
        return self.leaders_marked(rows, self.looking(important))

    def leaders_marked(self, rows: Counts, marked: Flags | None) -> Flags:
        """Say the same where alternatives are marked, for all rows alike or for each its own.

        One row with many rows of marks gives the leaders under each of these.
        """
        return leading(evaluate(self.index, rows, marked))

    def looking(self, questions: Collection[str]) -> Flags | None:
        """Return the alternatives that look at one of these questions; None where none is given."""
        marked = self.index.looking(questions)
        return None if marked is None else marked[: self.index.width]


@lru_cache(maxsize=8)
def batch_of(index: Index) -> Batch:
    """Look at an index; remembered for those used last."""
    return Batch(index)


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
        self.batch = batch_of(index)
        self.completions = completions_of(index)
        self.apply = decision.apply
        self.row = decision.row[: index.width]
        self.marked = self.batch.looking(self.answers.important)
        self.leaders = decision.outcome.names

    def leaders_of(self, rows: Counts) -> Flags:
        """Say for each row which frameworks lead, the marks staying as they are."""
        return self.batch.leaders_marked(rows, self.marked)

    def named(self, leaders: Flags) -> tuple[str, ...]:
        """Return the names of the frameworks that lead, sorted."""
        return tuple(compress(self.batch.names, leaders.tolist()))

    def others(self, leaders: Flags) -> list[tuple[int, tuple[str, ...]]]:
        """Return the rows in which others lead than now, by number, and who does there."""
        now = [name in self.leaders for name in self.batch.names]
        numbers = np.flatnonzero((leaders != now).any(axis=1)).tolist()
        return [(number, self.named(leaders[number])) for number in numbers]

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
            more = self.batch.unmet(question, given[question]) - self.batch.unmet(question, None)
            effect = effect + more if question in apply else effect - more
        return effect
