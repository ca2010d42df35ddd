"""Changes of points ranked by how much nearer they bring a plan to the rival it has to beat.

Leaves out only what cannot do: a change, or a pair, that it does not give makes no framework in
question lead alone. What it gives need not do it either.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from advisor.engine.board import Board, Click, State

NOBODY = -1
"""Stands for the rival where there is none."""


class Race(NamedTuple):
    """What a plan is short of.

    Attributes:
        lane: the lane that has to rise: its points, or its reasons where it has nobody to beat.
        rival: the number of the plan that it has to leave behind, or `NOBODY`.
        need: how much the difference has to grow at least.
        hold: how many reasons of its own the rival has; without any it is no rival.
    """

    lane: int
    rival: int
    need: int
    hold: int


class Ranking:
    """The clicks of one board that move nothing but points, ranked for one race after another."""

    def __init__(self, board: Board, clicks: Sequence[Click], names: Collection[str]) -> None:
        """Read off what each click brings to each lane."""
        self.lanes = board.lanes
        self.tie = board.index.rulebase.margins.tie
        self.names = names
        self.clicks = clicks
        to_zero = self.lanes.zero - board.now.worth
        self.shifts = [self.lanes.read(click.worth + to_zero) for click in clicks]
        self._gained: dict[tuple[int, int], tuple[list[int], int]] = {}
        self._lost: dict[int, tuple[list[int], int]] = {}

    def races(self, state: State | Click) -> list[Race]:
        """Return what each plan of the frameworks in question is short of in a state."""
        figures = self.lanes.read(state.worth)
        return [race for name in self.names for race in self._races(name, state, figures)]

    def _races(self, name: str, state: State | Click, figures: Sequence[int]) -> Iterator[Race]:
        """Yield what each plan of one framework is short of, against its strongest rival."""
        half, reasons = self.lanes.half, self.lanes.reasons
        rival, most = NOBODY, 0
        for number, lead in state.field.plans:
            if lead != name and figures[number] > most and figures[reasons + number] >= half:
                rival, most = number, figures[number]
        hold = figures[reasons + rival] - half + 1 if rival != NOBODY else 1
        for number, lead in state.field.plans:
            if lead == name and rival == NOBODY:
                lane = reasons + number
                yield Race(lane, NOBODY, half - figures[lane], hold)
            elif lead == name:
                yield Race(number, rival, self.tie + 1 + most - figures[number], hold)

    def pairs(self, races: Sequence[Race]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of clicks that may win one of these races, the earlier click first."""
        for race in races:
            for one, other in (*self._reaching(race), *self._disarming(race)):
                yield min(one, other), max(one, other)

    def partners(self, races: Sequence[Race]) -> Iterator[Click]:
        """Yield the clicks that may win one of these races."""
        for lane, rival, need, hold in races:
            gains, most = self._gains(lane, rival)
            if most >= need:
                yield from (self.clicks[n] for n, gain in enumerate(gains) if gain >= need)
            yield from (self.clicks[n] for n in self._costing(rival, hold))

    def _costing(self, rival: int, hold: int) -> Iterator[int]:
        """Yield the clicks that cost a rival so many reasons of its own."""
        losses, most = self._losses(rival)
        if most >= hold:
            yield from (number for number, loss in enumerate(losses) if loss >= hold)

    def _gains(self, lane: int, rival: int) -> tuple[list[int], int]:
        """Return how much more each click brings to a lane than to the rival's, and the most."""
        key = (lane, rival)
        if key not in self._gained:
            if rival == NOBODY:
                none = self.lanes.half - 1
                gains = [shift[lane] - none for shift in self.shifts]
            else:
                gains = [shift[lane] - shift[rival] for shift in self.shifts]
            self._gained[key] = gains, max(gains, default=0)
        return self._gained[key]

    def _losses(self, rival: int) -> tuple[list[int], int]:
        """Return how many reasons of its own each click costs a rival, and the most."""
        if rival not in self._lost:
            lane, none = self.lanes.reasons + rival, self.lanes.half - 1
            losses = [none - shift[lane] for shift in self.shifts] if rival != NOBODY else []
            self._lost[rival] = losses, max(losses, default=0)
        return self._lost[rival]

    def _reaching(self, race: Race) -> Iterator[tuple[int, int]]:
        """Yield the pairs that together bring what a plan is short of."""
        return _together(*self._gains(race.lane, race.rival), race.need)

    def _disarming(self, race: Race) -> Iterator[tuple[int, int]]:
        """Yield the pairs that leave the rival without a reason of its own."""
        return _together(*self._losses(race.rival), race.hold)


def _together(figures: Sequence[int], most: int, need: int) -> Iterator[tuple[int, int]]:
    """Yield the numbers of two figures that are so much together, the greater one first."""
    if most * 2 < need:
        return
    falling = sorted(zip(figures, range(len(figures)), strict=True), reverse=True)
    for place, (figure, one) in enumerate(falling):
        if figure * 2 < need:
            return
        for more, other in falling[place + 1 :]:
            if figure + more < need:
                break
            yield one, other
