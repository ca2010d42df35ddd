"""The questions in the order in which they are answered, and what each of them can bring.

Knows which terms hang on which questions; knows nothing of partial answers.
"""

from collections.abc import Iterable, Iterator, Sequence

from advisor.engine.bias_race import Effect, Fate, Race
from advisor.engine.bias_space import HOLDS, Alternatives, Space, Term, answered, questions_of

Waiting = tuple[int, Alternatives]
"""A term, by number, with what is left of its condition."""

Pending = frozenset[Waiting]
"""All terms that some answers have touched and left open."""


class Swing:
    """What one question can bring to the runners: one of several vectors of points."""

    def __init__(self, vectors: Iterable[tuple[int, ...]]) -> None:
        """Keep each vector once."""
        self.vectors = frozenset(vectors)
        self._gaps: dict[tuple[int, int], int] = {}

    def gap(self, one: int, other: int) -> int:
        """Return the least that it brings to one runner beyond what it brings to another."""
        pair = (one, other)
        if pair not in self._gaps:
            self._gaps[pair] = min(vector[one] - vector[other] for vector in self.vectors)
        return self._gaps[pair]


class Course:
    """An order of all questions that some term looks at.

    Attributes:
        starting: for each step the terms that its question is the first to be looked at by.
        always: all that happens whatever the answers are.
        ways_left: for each step, and after the last, in how many ways the questions from there
            on can be answered, those that nothing looks at included.
        ahead: for each step, and after the last, the terms that no question before has touched.
    """

    def __init__(self, space: Space, race: Race, order: Sequence[str]) -> None:
        """Find for each term where it is first looked at."""
        self.space = space
        self.race = race
        self.order = tuple(order)
        *self.starting, always = self._by_first_question()
        self.always = race.together(self.effect(term.number) for term in always)
        self.ways_left = self._ways_left()
        self._swings: dict[tuple[str, Pending], Swing] = {}
        self.ahead = tuple(
            Ahead(self, order[step:], [term for terms in self.starting[step:] for term in terms])
            for step in range(len(order) + 1)
        )

    def _by_first_question(self) -> list[list[Term]]:
        """Return the terms by the step that touches them first; last those that none does."""
        place = {question: step for step, question in enumerate(self.order)}
        found: list[list[Term]] = [[] for _ in range(len(place) + 1)]
        for term in self.space.terms:
            if term.number in self.race.effects:
                asked = questions_of(term.alternatives)
                found[min((place[question] for question in asked), default=-1)].append(term)
        return found

    def _ways_left(self) -> tuple[int, ...]:
        ways = [self.space.idle]
        for question in reversed(self.order):
            ways.append(ways[-1] * sum(self.space.weights[question].values()))
        return tuple(reversed(ways))

    def effect(self, term: int) -> Effect:
        """Return what a term does when it fires."""
        return self.race.effects[term]

    def swing(self, question: str, waiting: Pending = frozenset()) -> Swing:
        """Return what a question can bring by the terms that look at nothing else.

        Args:
            question: the question.
            waiting: terms that look at nothing else any more.
        """
        key = (question, waiting)
        if key not in self._swings:
            terms = [*self._own(question), *waiting]
            self._swings[key] = Swing(
                self.race.together(
                    self.effect(number)
                    for number, left in terms
                    if answered(left, question, mask) == HOLDS
                ).points
                for mask in self.space.weights[question]
            )
        return self._swings[key]

    def _own(self, question: str) -> Iterator[Waiting]:
        """Yield the terms that look at one question alone."""
        for term in self.starting[self.order.index(question)]:
            if len(questions_of(term.alternatives)) == 1:
                yield term.number, term.alternatives


class Ahead:
    """The terms that only questions from some step on look at.

    Attributes:
        effect: all that they can do, at once.
    """

    def __init__(self, course: Course, order: Sequence[str], terms: Sequence[Term]) -> None:
        """Tell those that hang on several questions from those that are one question's own."""
        self._course = course
        self._order = order
        self._effects = [course.effect(term.number) for term in terms]
        self.effect = course.race.together(self._effects)
        self._joint = [
            effect
            for effect, term in zip(self._effects, terms, strict=True)
            if len(questions_of(term.alternatives)) > 1
        ]
        self._gaps: dict[tuple[int, int], int] = {}
        self._fates: dict[tuple[Fate, ...], int] = {}
        self._kinds: dict[tuple[int, bool], int] = {}

    def gap(self, one: int, other: int) -> int:
        """Return a lower bound on what they bring one runner beyond what they bring another."""
        pair = (one, other)
        if pair not in self._gaps:
            swings = (self._course.swing(question) for question in self._order)
            self._gaps[pair] = sum(swing.gap(one, other) for swing in swings) + sum(
                min(0, effect.gap(one, other)) for effect in self._joint
            )
        return self._gaps[pair]

    def kind(self, runner: int, *, qualified: bool) -> int:
        """Return a number that runners share to whom the same can happen."""
        key = (runner, qualified)
        if key not in self._kinds:
            fates = tuple(effect.fate(runner, qualified=qualified) for effect in self._effects)
            self._kinds[key] = self._fates.setdefault(fates, len(self._fates))
        return self._kinds[key]
