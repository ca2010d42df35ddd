"""Whom the frameworks in question have to beat in a state, and whether a sum may let one do so.

A quick look at two lanes that rules most changes out; what it lets through need not do it.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from advisor.engine.board import State
from advisor.engine.lanes import Field, Lanes


class Hurdle(NamedTuple):
    """A plan that others have to leave behind.

    Attributes:
        points: where the lane of its points begins, in bits.
        reason: the bit that says whether it has a reason of its lead's own.
        rivals: the top bits of the lanes of the plans that have to leave it behind.
    """

    points: int
    reason: int
    rivals: int


class Front:
    """The strongest plan in a state, and the strongest of any other lead."""

    def __init__(self, lanes: Lanes, state: State, names: Collection[str], ahead: int) -> None:
        """Find whom these frameworks have to beat.

        Args:
            lanes: how the sums are laid out.
            state: where the race begins.
            names: the frameworks in question.
            ahead: by how many points they have to beat the others.
        """
        self.half, self.ones = lanes.half, lanes.ones
        self.lane = lanes.half * 2 - 1
        self.short = ahead - lanes.half
        self.field, self.names = state.field, frozenset(names)
        self.hurdles = self._hurdles(lanes, lanes.read(state.worth), names)

    def _hurdles(
        self, lanes: Lanes, figures: Sequence[int], names: Collection[str]
    ) -> list[Hurdle] | None:
        """Return what there is to beat; None where one of the frameworks has nobody to beat."""
        contenders = [
            (figures[number], lead, number)
            for number, lead in self.field.plans
            if figures[lanes.reasons + number] >= lanes.half
        ]
        first = max(contenders, default=None)
        if first is None:
            return None
        outsiders = [name for name in names if name != first[1]]
        hurdles = [self._hurdle(lanes, first[2], outsiders)]
        if first[1] in names:
            second = max((one for one in contenders if one[1] != first[1]), default=None)
            if second is None:
                return None
            hurdles.append(self._hurdle(lanes, second[2], [first[1]]))
        return hurdles

    def _hurdle(self, lanes: Lanes, plan: int, names: Collection[str]) -> Hurdle:
        """Make a plan the one that the plans of these frameworks have to beat."""
        rivals = lanes.led_by(names) & self.field.tops
        reason = self.half << (lanes.reasons + plan) * lanes.width
        return Hurdle(plan * lanes.width, reason, rivals)

    def may_fall(self, least: int, most: int) -> bool:
        """Say whether one of the frameworks may get there with a sum between these two.

        Args:
            least: what every lane of the sum holds at least.
            most: what every lane holds at most; the same plans are possible throughout.
        """
        if self.hurdles is None:
            return True
        for points, reason, rivals in self.hurdles:
            if not least & reason:
                return True
            if most - ((least >> points & self.lane) + self.short) * self.ones & rivals:
                return True
        return False

    def may_fall_with(self, worth: int, field: Field) -> bool:
        """Say whether one of the frameworks may get there where these plans are possible."""
        if field is not self.field:
            return not self.names.isdisjoint(field.leads)
        return self.may_fall(worth, worth)
