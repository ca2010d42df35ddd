"""What can still happen to the runners after some questions, when certain terms wait.

Knows nothing of scores and of how many answers there are.
"""

from advisor.engine.bias_course import Course, Pending, Waiting
from advisor.engine.bias_race import Effect, Fate
from advisor.engine.bias_space import questions_of


class Outlook:
    """What lies ahead of some partial answers.

    Attributes:
        effect: all that can still happen, at once.
    """

    def __init__(self, course: Course, step: int, pending: Pending) -> None:
        """Sort what waits into what hangs on one question and what hangs on several.

        Args:
            course: the order of the questions.
            step: how many of them are answered.
            pending: the terms that wait for further answers.
        """
        self._course = course
        self._ahead = course.ahead[step]
        ordered = sorted(pending, key=lambda waiting: waiting[0])
        self._effects = [course.effect(number) for number, _ in ordered]
        self.effect: Effect = course.race.together([self._ahead.effect, *self._effects])
        self._joint: list[Effect] = []
        alone: dict[str, list[Waiting]] = {}
        for number, left in ordered:
            asked = questions_of(left)
            if len(asked) == 1:
                alone.setdefault(min(asked), []).append((number, left))
            else:
                self._joint.append(course.effect(number))
        self._swings = [
            (course.swing(question), course.swing(question, frozenset(waiting)))
            for question, waiting in alone.items()
        ]

    @property
    def switching(self) -> bool:
        """Say whether it is still open which roles have to be taken."""
        return bool(self.effect.marks & self._course.race.switch_marks)

    def gap(self, one: int, other: int) -> int:
        """Return a lower bound on what one runner can still gain on another, in points."""
        gap = self._ahead.gap(one, other)
        gap += sum(min(0, effect.gap(one, other)) for effect in self._joint)
        for own, with_waiting in self._swings:
            gap += with_waiting.gap(one, other) - own.gap(one, other)
        return gap

    def may_close(self, runner: int, marks: int) -> bool:
        """Say whether stops can still forbid a runner when certain marks are there."""
        return bool(self.effect.closes >> runner & 1 or self.wanting(runner, marks))

    def wanting(self, runner: int, marks: int) -> int:
        """Return the marks that would leave a runner without a backend, beside those it has.

        Returns:
            Bits; none where that cannot happen any more.
        """
        wanting = self._course.race.falls.get(runner, 0) & ~marks
        return wanting if wanting & self.effect.marks == wanting else 0

    def may_qualify(self, runner: int) -> bool:
        """Say whether a runner can still get a reason of its own."""
        return bool(self.effect.qualifies >> runner & 1)

    def kind(self, runner: int, *, qualified: bool) -> tuple[int, tuple[Fate, ...]]:
        """Return something that runners share to whom the same can happen."""
        fates = tuple(effect.fate(runner, qualified=qualified) for effect in self._effects)
        return self._ahead.kind(runner, qualified=qualified), fates
