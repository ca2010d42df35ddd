"""The plans of a rule base as runners in a race, and what can happen to them in it.

Sets of runners are bits of whole numbers: runner number n owns bit n. Knows nothing of answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.engine.scoring.plans import Candidate
from advisor.model.rules import Role

Leaders = tuple[str, ...]
"""Ids of the frameworks that share the lead, sorted; empty where nobody leads."""

Runner = tuple[Candidate, frozenset[Role]]
"""A plan, and the roles that have to be taken for it to be in the race."""

Fate = tuple[int, bool, bool]
"""What something does to one runner: its points, whether it forbids it, whether it qualifies."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What something that fires does.

    Attributes:
        points: by runner.
        closes: runners that a stop forbids.
        qualifies: runners that get a reason of their own.
        marks: what decides nothing alone: switches, and stops that take one of several backends.
    """

    points: tuple[int, ...]
    closes: int
    qualifies: int
    marks: int

    def gap(self, one: int, other: int) -> int:
        """Return what it brings to one runner beyond what it brings to another, in points."""
        return self.points[one] - self.points[other]

    def fate(self, runner: int, *, qualified: bool) -> Fate:
        """Return what it does to a runner that has, or has not, a reason of its own."""
        qualifies = not qualified and bool(self.qualifies >> runner & 1)
        return self.points[runner], bool(self.closes >> runner & 1), qualifies

    def does_anything(self) -> bool:
        """Say whether it can make a difference to any runner."""
        return any(self.points) or bool(self.closes | self.qualifies | self.marks)


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """The runners, and the terms that bear on them.

    Attributes:
        runners: all plans; those of different sets of roles never run against each other.
        effects: for each term that does something what it does; by the term's number.
        switches: the roles they take away, by mark, in the order in which they are heard.
        falls: for a runner with several backends that can all be taken, the marks it takes.
        tie: how far behind the best a leader can be, in points.
    """

    runners: tuple[Runner, ...]
    effects: Mapping[int, Effect]
    switches: tuple[tuple[int, Role], ...]
    falls: Mapping[int, int]
    tie: int

    @property
    def switch_marks(self) -> int:
        """Return the marks of all switches."""
        return sum(mark for mark, _ in self.switches)

    def lead(self, runner: int) -> str:
        """Return the framework that a runner would make lead."""
        return self.runners[runner][0].lead

    def roles(self, runner: int) -> frozenset[Role]:
        """Return the roles that have to be taken for a runner to be in the race."""
        return self.runners[runner][1]

    def roles_left(self, marks: int) -> frozenset[Role]:
        """Return the roles that have to be taken when these switches have fired, and no other."""
        roles = frozenset(Role)
        for mark, role in self.switches:
            if marks & mark and roles - {role}:
                roles -= {role}
        return roles

    def has_fallen(self, runner: int, marks: int) -> bool:
        """Say whether the marks leave a runner without any backend."""
        needed = self.falls.get(runner, 0)
        return bool(needed) and needed & marks == needed

    def together(self, effects: Iterable[Effect]) -> Effect:
        """Return what several do together."""
        several = list(effects)
        closes = qualifies = marks = 0
        for effect in several:
            closes |= effect.closes
            qualifies |= effect.qualifies
            marks |= effect.marks
        none = (0,) * len(self.runners)
        points = map(sum, zip(none, *(effect.points for effect in several), strict=True))
        return Effect(tuple(points), closes, qualifies, marks)

    def leaders(self, effect: Effect) -> Leaders:
        """Return who leads when all that fires does this together."""
        roles = self.roles_left(effect.marks)
        best: dict[str, int] = {}
        for runner, (plan, needed) in enumerate(self.runners):
            stands = effect.qualifies & ~effect.closes & 1 << runner
            if needed == roles and stands and not self.has_fallen(runner, effect.marks):
                points = effect.points[runner]
                best[plan.lead] = max(best.get(plan.lead, points), points)
        least = max(best.values(), default=0) - self.tie
        return tuple(sorted(lead for lead, points in best.items() if points >= least))
