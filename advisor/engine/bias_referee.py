"""Takes out of the race who can no longer matter to who leads in the end.

Of two runners of one lead to whom the same can happen, only the better matters. And a runner is
out when another that surely stays is so far ahead that no answer to the questions left can
bring it back. Neither changes the leaders, whatever the answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from advisor.engine.bias_course import Course
from advisor.engine.bias_field import Field, Scores, Table, bits
from advisor.engine.bias_outlook import Outlook
from advisor.engine.bias_race import Leaders, Race


@dataclass(frozen=True, slots=True, eq=False)
class _Class:
    """Runners of one lead to whom the same can happen.

    Attributes:
        runner: one of them, to stand for all.
        places: where their scores stand.
        sure: whether they surely stay: with a reason of their own, and beyond any stop.
    """

    runner: int
    places: tuple[int, ...]
    sure: bool


class _Duel(NamedTuple):
    """Takes the weak class out when the strong one is so many points ahead."""

    strong: int
    weak: int
    ahead: int


@dataclass(slots=True, eq=False)
class _End:
    """What is left when certain classes are out.

    Attributes:
        left: the field; or the leaders, where they are certain.
        kept: for each runner of the field its class, and that of the first of its roles.
        table: the partial answers that end so.
    """

    left: Field | Leaders
    kept: tuple[tuple[int, int], ...]
    table: dict[Scores, int] = field(default_factory=dict)


class Referee:
    """Says for the scores of one field who is left of it."""

    def __init__(self, course: Course, step: int, before: Field, outlook: Outlook) -> None:
        """Work out all that does not depend on scores.

        Args:
            course: the order of the questions.
            step: how many of them are answered.
            before: the field as the last answer left it.
            outlook: what can still happen to it.
        """
        self._race = course.race
        self._course = course
        self._finished = step == len(course.order)
        self._field = before
        self._outlook = outlook
        self._classes = self._classified()
        self._duels = self._paired()

    def judged(self, table: Table) -> Iterator[tuple[Field | Leaders, Table]]:
        """Yield what is left of a table, by who is left; scores are gone where that is decided."""
        duels = [(*duel, 1 << duel.strong, 1 << duel.weak) for duel in self._open_duels(table)]
        ends: dict[int, _End] = {}
        for best, number in self._best(table):
            out = 0
            for strong, weak, ahead, winner, loser in duels:
                if best[strong] - best[weak] >= ahead and not out & (winner | loser):
                    out |= loser
            end = ends.get(out) or ends.setdefault(out, self._end(out))
            scores = tuple([best[one] - best[first] for one, first in end.kept])
            end.table[scores] = end.table.get(scores, 0) + number
        for end in ends.values():
            yield end.left, end.table

    def _best(self, table: Table) -> Iterator[tuple[Sequence[int], int]]:
        """Yield the scores of the classes, each that of its best, with their number."""
        places = [one.places for one in self._classes]
        if all(len(several) == 1 for several in places):
            single = [several[0] for several in places]
            for scores, number in table.items():
                yield [scores[place] for place in single], number
        else:
            for scores, number in table.items():
                yield [max([scores[place] for place in several]) for several in places], number

    def _classified(self) -> list[_Class]:
        """Sort those who can still lead into classes."""
        members: dict[object, list[int]] = {}
        for runner in self._standing():
            qualified = self._is_qualified(runner)
            kind = self._outlook.kind(runner, qualified=qualified)
            wanting = self._outlook.wanting(runner, self._field.marks)
            same = (self._race.lead(runner), self._race.roles(runner), qualified, wanting, kind)
            members.setdefault(same, []).append(runner)
        place = {runner: place for place, runner in enumerate(self._field.runners)}
        return [
            _Class(
                runner=runners[0],
                places=tuple(place[runner] for runner in runners),
                sure=self._is_sure(runners[0]),
            )
            for runners in members.values()
        ]

    def _standing(self) -> Iterator[int]:
        """Yield those that nothing has put out of the race for good."""
        before, race = self._field, self._race
        roles = None if self._outlook.switching else race.roles_left(before.marks)
        for runner in before.runners:
            if before.closed >> runner & 1 or race.has_fallen(runner, before.marks):
                continue
            if roles is not None and race.roles(runner) != roles:
                continue
            if self._is_qualified(runner) or self._outlook.may_qualify(runner):
                yield runner

    def _is_qualified(self, runner: int) -> bool:
        return bool(self._field.qualified >> runner & 1)

    def _is_sure(self, runner: int) -> bool:
        may_close = self._outlook.may_close(runner, self._field.marks)
        return self._is_qualified(runner) and not may_close

    def _paired(self) -> list[_Duel]:
        """Return the duels between classes that run against each other."""
        return [
            _Duel(strong, weak, self._enough(one.runner, other.runner))
            for strong, one in enumerate(self._classes)
            for weak, other in enumerate(self._classes)
            if one.sure and one is not other
            if self._race.roles(one.runner) == self._race.roles(other.runner)
        ]

    def _enough(self, one: int, other: int) -> int:
        """Return how far ahead of another a runner must be to take it out."""
        gap = self._outlook.gap(one, other)
        same = self._race.lead(one) == self._race.lead(other)
        return -gap if same else self._race.tie + 1 - gap

    def _open_duels(self, table: Table) -> Iterator[_Duel]:
        """Yield the duels that some scores of a table might decide."""
        columns = list(zip(*table, strict=True))
        most = [max(max(columns[p]) for p in one.places) for one in self._classes]
        least = [max(min(columns[p]) for p in one.places) for one in self._classes]
        for duel in self._duels:
            if most[duel.strong] - least[duel.weak] >= duel.ahead:
                yield duel

    def _end(self, out: int) -> _End:
        """Return what is left when these classes are out."""
        kept = [number for number in range(len(self._classes)) if not out >> number & 1]
        left = [self._classes[number] for number in kept]
        leads = {self._race.lead(one.runner) for one in left}
        certain = self._finished or not left
        if len(leads) == 1:
            certain = certain or any(one.sure for one in left)
        if certain and not self._outlook.switching:
            return _End(tuple(sorted(leads)), ())
        first = _firsts(self._race, [one.runner for one in left])
        pairs = tuple((number, kept[place]) for number, place in zip(kept, first, strict=True))
        return _End(self._field_of([one.runner for one in left]), pairs)

    def _field_of(self, runners: Sequence[int]) -> Field:
        """Return the field of these runners, rid of all that cannot matter to them."""
        before, race = self._field, self._race
        among = bits(runners)
        marks = race.switch_marks
        for runner in runners:
            if self._outlook.wanting(runner, before.marks):
                marks |= race.falls[runner]
        waits = frozenset(
            (number, left)
            for number, left in before.pending
            if self._bears_on(number, runners, marks)
        )
        return Field(waits, tuple(runners), before.qualified & among, 0, before.marks & marks)

    def _bears_on(self, term: int, runners: Sequence[int], marks: int) -> bool:
        """Say whether a term can make a difference to some runners."""
        effect = self._course.effect(term)
        unqualified = bits(runners) & ~self._field.qualified
        if effect.marks & marks or effect.qualifies & unqualified or effect.closes & bits(runners):
            return True
        return len({effect.points[runner] for runner in runners}) > 1


def _firsts(race: Race, runners: Sequence[int]) -> tuple[int, ...]:
    """Return for each of some runners the place of the first that runs against it."""
    roles = [race.roles(runner) for runner in runners]
    return tuple(roles.index(needed) for needed in roles)
