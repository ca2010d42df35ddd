"""Other answers than those given: how questions could be answered, and the rows a step away.

Answers to a question that satisfy the same conditions are one *option*. The options of a question
are numbered: 0 is no answer that counts, the others follow. What a question could end with is a
set of such numbers:

    {"goal": {2}, "deploy": {0, 1, 2, 3}}   # goal is answered; deploy may be, in three ways

The rows of a `Situation` hold the clauses of deciding items alone, the first `index.width`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from advisor.engine.scoring.conditions import Chosen, applying
from advisor.engine.scoring.evaluate import evaluate
from advisor.engine.scoring.index import Counts, Flags, Index
from advisor.engine.scoring.verdict import Decision, leading
from advisor.model.remembered import remembered
from advisor.model.rulebase import NONE_CHOICE, Question
from advisor.model.rules import UNANSWERED, Condition

Numbered = NDArray[np.int_]
"""Numbers of options of a question."""

Options = Mapping[str, frozenset[int]]
"""For each question the numbers of the options it could end with."""

LEFT_OPEN = frozenset({0})
"""The only option of a question that cannot apply, or is left open for good."""

Required = tuple[tuple[str, frozenset[int]], ...]
"""A clause by options: for each of its questions those that satisfy it."""


class QuestionOptions:
    """The options of one question.

    Attributes:
        answers: for each option one answer that is it; empty for no answer.
        satisfied: for each option whether it is an answer, and which conditions it satisfies.
        satisfying: for each condition the numbers of the options that satisfy it.
        all: the numbers of all options.
    """

    def __init__(self, question: Question, conditions: Sequence[Condition]) -> None:
        """Number the options, by the conditions that they satisfy."""

        def met(choice: str) -> int:
            return sum(2 << n for n, c in enumerate(conditions) if choice in c.choices)

        # The lowest bit says that there is an answer, so that no answer comes first.
        # `none` comes last: boxes that satisfy the same conditions go on to be combined.
        self._bits = {
            choice.id: 1 | met(choice.id)
            for choice in sorted(question.choices, key=lambda choice: choice.id == NONE_CHOICE)
        }
        found: dict[int, frozenset[str]] = {}
        for choice, bits in self._bits.items():
            joined = {}
            if question.multiple and choice != NONE_CHOICE:
                joined = {bits | more: answer | {choice} for more, answer in found.items()}
            found = joined | {bits: frozenset({choice})} | found
        order = sorted(found)
        self._numbers = {bits: number for number, bits in enumerate((0, *order))}
        self.answers = (frozenset[str](), *(found[bits] for bits in order))
        self.all = frozenset(range(len(self.answers)))
        columns = range(len(conditions) + 1)
        every = (met(UNANSWERED), *order)
        self.satisfied = np.array([[bits >> n & 1 for n in columns] for bits in every], bool)
        self.satisfying = {
            condition: frozenset(np.flatnonzero(self.satisfied[:, number]).tolist())
            for number, condition in enumerate(conditions, 1)
        }

    def number_of(self, answer: Collection[str]) -> int:
        """Return the number of the option that an answer is; 0 for one without choices."""
        bits = 0
        for choice in answer:
            bits |= self._bits[choice]
        return self._numbers[bits]


class Completions:
    """The options of all questions, and under which of them which questions still apply.

    Attributes:
        options: for each question its options.
        unmet: for each option, those of all questions below each other, what it leaves unmet.
        starts: for each question the row of its first option there.
        least, most: for each question what its options leave unmet at least, and at most.
        applies: for each question that need not apply, the clauses under which it does.
        representatives: for each question one option of each group that bears alike on who leads.
        gate_keys: for each gate, a question on whose answer it depends whether others apply, a key
            of each option: under options with the same key the same questions apply.
    """

    def __init__(self, index: Index) -> None:
        questions = index.rulebase.questions
        applies = {
            name: question.applies
            for name, question in questions.items()
            if question.applies and () not in question.applies
        }
        whens = [item.when for item in index.items]
        whens += [question.applies for question in questions.values()]
        every = {
            Condition(each.question, each.choices)
            for when in whens
            for clause in when
            for each in clause
        }
        conditions: dict[str, list[Condition]] = {name: [] for name in questions}
        for condition in sorted(every, key=lambda c: (c.question, sorted(c.choices))):
            conditions[condition.question].append(condition)
        self.index = index
        self.options = {
            name: QuestionOptions(question, conditions[name])
            for name, question in questions.items()
        }
        known = [(name, answer) for name, each in self.options.items() for answer in each.answers]
        self.unmet = np.array([index.unmet(name, answer) for name, answer in known], np.int8)
        ends = np.cumsum([0, *(len(each.answers) for each in self.options.values())]).tolist()
        self.starts = dict(zip(self.options, ends, strict=False))
        parts = np.split(self.unmet, ends[1:-1])
        self.least: dict[str, Counts] = {}
        self.most: dict[str, Counts] = {}
        for name, unmet in zip(self.options, parts, strict=True):
            self.least[name], self.most[name] = unmet.min(axis=0), unmet.max(axis=0)
        self.applies: Mapping[str, tuple[Required, ...]] = {
            name: tuple(
                tuple((c.question, self.options[c.question].satisfying[c]) for c in clause)
                for clause in when
            )
            for name, when in applies.items()
        }
        gating = {c for when in applies.values() for clause in when for c in clause}
        self.gate_keys: dict[str, list[bytes]] = {}
        for name in {condition.question for condition in gating}:
            # Whether a question is answered at all tells options apart, too.
            columns = [True, *(condition in gating for condition in conditions[name])]
            self.gate_keys[name] = [
                row.tobytes() for row in self.options[name].satisfied[:, columns]
            ]
        part = slice(index.width)
        self.representatives = {
            name: np.array([first for first, *_ in self.distinct(name, known.all - {0}, part)])
            for name, known in self.options.items()
        }

    def distinct(
        self, question: str, options: Collection[int], clauses: slice | Flags
    ) -> list[list[int]]:
        """Group options that neither these clauses nor other questions can tell apart."""
        keys, groups = self.gate_keys.get(question), dict[bytes, list[int]]()
        for number in sorted(options):
            key = self.unmet[self.starts[question] + number, clauses].tobytes()
            groups.setdefault(key + (keys[number] if keys else b""), []).append(number)
        return list(groups.values())

    def representatives_of(self, question: str, options: frozenset[int]) -> list[int]:
        """Return one option of each group that bears alike on who leads; of a part, all."""
        if options == self.options[question].all:
            return [0, *self.representatives[question].tolist()]
        return sorted(options)

    def extremes(self, options: Options) -> tuple[Counts, Counts]:
        """Return for each question what some options leave unmet at least, and what at most."""
        least, most = [], []
        for name, numbers in options.items():
            first, known = self.starts[name], self.options[name]
            if len(numbers) == 1:
                (number,) = numbers
                least.append(self.unmet[first + number])
                most.append(least[-1])
            elif len(numbers) == len(known.all):
                least.append(self.least[name])
                most.append(self.most[name])
            else:
                rows = self.unmet[[first + number for number in numbers]]
                least.append(rows.min(axis=0))
                most.append(rows.max(axis=0))
        return np.array(least), np.array(most)

    def allowing(self, given: Chosen, open_questions: Collection[str]) -> Options:
        """Return what each question could end with if all of them applied.

        Given are all answers by choice, also to questions that do not apply at present; open are
        the ids of the questions that may still be answered.
        """
        return {
            name: frozenset({known.number_of(given[name])})
            if name in given
            else known.all
            if name in open_questions
            else LEFT_OPEN
            for name, known in self.options.items()
        }

    def narrowed(self, allowed: Options, fixed: Options) -> Options:
        """Return what each question could end with, where those before it let it apply.

        The product of the options contains every real completion, and may contain more: a
        question that ceases to apply is allowed to do so on its own.

        Args:
            allowed: for each question the options that it has where it applies.
            fixed: for some questions the options they do end with, applying or not.

        Returns:
            The options; a question that is fixed to what cannot be has none.
        """
        options: dict[str, frozenset[int]] = {}
        may: set[str] = set()
        must: set[str] = set()

        def applies(name: str, sure: set[str], test: Callable[..., bool]) -> bool:
            """Say whether a clause holds of which each question applies and passes a test."""
            return any(
                all(
                    asked in sure and test(not number or number in met for number in options[asked])
                    for asked, met in clause
                )
                for clause in self.applies[name]
            )

        for name, numbers in allowed.items():
            if name not in self.applies:
                may.add(name)
                must.add(name)
            elif applies(name, may, any):
                may.add(name)
                if applies(name, must, all):
                    must.add(name)
            left = numbers | LEFT_OPEN if name in may else LEFT_OPEN
            left = numbers if name in must else left
            options[name] = left & fixed.get(name, left)
        return options


@remembered(1)
def completions_of(whole: Index) -> Completions:
    """Number the options of a rule base, which no constraint changes; remembered."""
    return Completions(whole)


class Situation:
    """The present answers, with all that is needed to try others.

    Attributes:
        apply: the questions that apply.
        row: what the answers that count leave unmet.
        marked: the clauses that hold by the answer to a marked question.
        leaders: who leads, sorted.
        allowed: what each question could end with if all of them applied.
    """

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.index = index = decision.index
        self.answers = decision.answers
        self.completions = completions_of(index.whole)
        self.apply = decision.apply
        self.row = decision.row[: index.width]
        self.marked = index.asking(self.answers.important)
        self.leaders = decision.outcome.names
        given, unasked = self.answers.given, self.answers.given.keys() | self.answers.any
        waiting = index.rulebase.questions.keys() - unasked
        self.allowed = self.completions.allowing(given, waiting)

    @cached_property
    def options(self) -> Options:
        """What each question could end with, where the others let it apply."""
        return self.completions.narrowed(self.allowed, {})

    @property
    def is_complete(self) -> bool:
        """Whether no question is left of which the answer is open."""
        # Where each has its answer, there is no need to ask which of them apply.
        counts = set(map(len, self.allowed.values()))
        return counts <= {1} or set(map(len, self.options.values())) <= {1}

    @cached_property
    def extremes(self) -> tuple[Counts, Counts]:
        """What these options of each question leave unmet at least, and what at most."""
        return self.completions.extremes(self.options)

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

        Example: `{"deploy": [1, 2], "goal": [3]}`, by the numbers of the options, gives three rows.
        """
        known, given = self.completions, self.answers.given
        now = [known.options[question].number_of(given.get(question, ())) for question in steps]
        starts = [known.starts[question] for question in steps]
        unmet = known.unmet[:, : self.index.width]
        before = self.row - unmet[np.add(starts, now)]
        sizes = [len(numbers) for numbers in steps.values()]
        after = np.concatenate(list(steps.values())) + np.repeat(starts, sizes)
        rows: Counts = np.repeat(before, sizes, axis=0) + unmet[after]
        # On answers to some questions it depends which others apply, and so count.
        place = 0
        for (question, numbers), current in zip(steps.items(), now, strict=True):
            if keys := known.gate_keys.get(question):
                effects: dict[bytes, Counts | int] = {}
                for row, number in enumerate(numbers.tolist(), place):
                    if (key := keys[number]) == keys[current]:
                        continue
                    if key not in effects:
                        answer = known.options[question].answers[number]
                        effects[key] = self._side_effects({**given, question: answer})
                    rows[row] += effects[key]
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
