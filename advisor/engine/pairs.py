"""Pairs of changes that make a framework the sole leader: all, and exactly.

Most pairs bring what their changes bring one by one. Those are ranked by how much nearer they
bring a plan to the rival that it has to beat, so that only pairs which may get there are
looked at; each of these is then decided on the sum. A pair of which both changes touch a factor
is added up. Worked out are those of which a change opens what the other answers, or on both of
which it hangs whether some question applies.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from advisor.engine.applicability import linked_deciders
from advisor.engine.board import Board, Click
from advisor.engine.factors import Part, shared, surroundings
from advisor.engine.front import Front
from advisor.engine.ranking import Ranking
from advisor.model.explanation import Counterfactual


class Pair(NamedTuple):
    """Two changes, in the order of the questionnaire."""

    first: Click
    second: Click

    @property
    def flip(self) -> Counterfactual:
        """Return the two changes."""
        return self.first.move, self.second.move


Changing = tuple[int, Click]
"""The bits of the code that a click changes, and the click."""


class Group(NamedTuple):
    """The clicks on one question that touch the same questions.

    Attributes:
        fields: the bits of the conditions on the questions that they touch.
        around: the bits of all conditions that the factors look at which they touch.
    """

    question: str
    touches: frozenset[str]
    fields: int
    around: int
    changing: Sequence[Changing]


def pairs(board: Board, front: Front) -> dict[str, list[Pair]]:
    """Find the pairs of clicks, on two questions, that make a framework lead alone.

    Args:
        board: the answers as they are.
        front: whom the frameworks in question have to beat on it.

    Returns:
        By framework, in the order of the questionnaire; none without a pair.
    """
    found = _Search(board, front).found()
    return {name: [by_rank[key] for key in sorted(by_rank)] for name, by_rank in found.items()}


class _Search:
    """Everything that the search for pairs on one board looks at.

    Attributes:
        groups: the clicks on one question that touch the same questions.
        plain: the clicks that move points, but alter neither roles nor stops. Left out are those
            that move none: they make no difference after another one either, unless both touch
            a factor.
        structural: the clicks that alter roles or stops.
        seen: the ranks of the pairs that were tried already, the lower first.
    """

    def __init__(self, board: Board, front: Front) -> None:
        self.board = board
        self.front = front
        self.linked = linked_deciders(board.index.rulebase)
        self.groups: list[Group] = []
        self.plain: list[Click] = []
        self.structural: list[Click] = []
        self.seen: set[tuple[int, int]] = set()
        self._found: dict[str, dict[tuple[int, int], Pair]] = {}
        for question in board.index.rulebase.questions:
            if question in board.apply:
                self._sort_in(question, board.clicks_on(question))
        self.ranking = Ranking(board, self.plain, front.names)

    def _sort_in(self, question: str, clicks: Sequence[Click]) -> None:
        """Put the clicks on a question where they belong."""
        field, worth = self.board.now.field, self.board.now.worth
        for click in clicks:
            if click.field is not field:
                self.structural.append(click)
            elif click.worth != worth:
                self.plain.append(click)
        by_touches: dict[frozenset[str], list[Click]] = {}
        for click in clicks:
            by_touches.setdefault(click.touches, []).append(click)
        for touches, group in by_touches.items():
            self._group(question, touches, group)

    def _group(self, question: str, touches: frozenset[str], clicks: Sequence[Click]) -> None:
        """Put clicks together that touch the same questions."""
        now = self.board.now.code
        fields, around = surroundings(self.board.factors, touches)
        changing = [(click.code ^ now, click) for click in clicks]
        self.groups.append(Group(question, touches, fields, around, changing))

    def found(self) -> dict[str, dict[tuple[int, int], Pair]]:
        """Return every pair that does it, by framework and by its place."""
        self._try_tied_pairs()
        self._try_plain_pairs()
        for place, click in enumerate(self.structural):
            self._try_structural_pairs(click, self.structural[place + 1 :])
        self._try_opening_pairs()
        return self._found

    def _try(self, first: Click, second: Click, worth: int) -> None:
        """Note two clicks if what they bring makes a framework lead alone."""
        board = self.board
        field = board.field(worth)
        if self.front.may_fall_with(worth, field):
            leaders = board.lanes.leaders(worth, field)
            if len(leaders) == 1 and leaders[0] in self.front.names and _is_open(first, second):
                pair = Pair(first, second)
                self._found.setdefault(leaders[0], {})[first.rank, second.rank] = pair

    def _try_tied_pairs(self) -> None:
        """Try the pairs that do not bring what their changes bring one by one."""
        for one, other in combinations(self.groups, 2):
            if one.around & other.fields and one.question != other.question:
                self._try_tied(one, other)

    def _try_tied(self, one: Group, other: Group) -> None:
        """Try those of two groups, unless one closes what another answers or they are linked."""
        if (
            (one.question, other.question) in self.linked
            or one.question in other.touches
            or other.question in one.touches
        ):
            return
        both, looked_at = shared(self.board.factors, one.touches, other.touches)
        touching = [each for each in other.changing if each[0] & looked_at]
        if touching:
            for changed, first in one.changing:
                if changed & looked_at:
                    moved = [part for part in both if changed & part[1]]
                    self._try_after(first, changed, touching, moved)

    def _try_after(
        self, first: Click, changed: int, others: Sequence[Changing], moved: Sequence[Part]
    ) -> None:
        """Try the same of one click.

        Args:
            first: the click.
            changed: the bits of the code that it changes.
            others: the clicks to try it with.
            moved: the factors that it touches and that some of the others touch as well.
        """
        now, then = self.board.now.code, first.code
        alone = first.worth - self.board.now.worth
        tied = sum([factor[now & bits] - factor[then & bits] for factor, bits in moved])
        for _, second in others:
            before, more = second.code, tied
            after = before ^ changed
            for factor, bits in moved:
                more += factor[after & bits] - factor[before & bits]
            if more:
                self.seen.add((first.rank, second.rank))
                self._try(first, second, second.worth + alone + more)

    def _try_plain_pairs(self) -> None:
        """Try the plain pairs that bring what they bring one by one, and enough."""
        for one, other in self.ranking.pairs(self.ranking.races(self.board.now)):
            self._try_additive(self.plain[one], self.plain[other])

    def _try_structural_pairs(self, first: Click, others: Sequence[Click]) -> None:
        """Try the pairs of a structural change that bring what they bring one by one."""
        for second in (*self.ranking.partners(self.ranking.races(first)), *others):
            if first.rank < second.rank:
                self._try_additive(first, second)
            else:
                self._try_additive(second, first)

    def _try_additive(self, first: Click, second: Click) -> None:
        """Try a pair that brings what its clicks bring one by one, unless it was tried before."""
        one, other = first.move.question, second.move.question
        if one != other and (one, other) not in self.linked and self._is_new(first, second):
            self._try(first, second, first.worth + second.worth - self.board.now.worth)

    def _is_new(self, first: Click, second: Click) -> bool:
        """Say whether a pair was not tried before, and remember it."""
        key = first.rank, second.rank
        new = key not in self.seen
        self.seen.add(key)
        return new

    def _try_opening_pairs(self) -> None:
        """Try the pairs of which one click opens the other, or may alter what that one does."""
        names, apply = {one for one, _ in self.linked}, self.board.apply
        for first in self.board.clicks():
            question = first.move.question
            if first.apply is not apply or question in names:
                related = {name for name in first.apply if (question, name) in self.linked}
                opened = first.apply - apply | related
                then = self.board.moved(first) if opened else self.board
                for second in (click for name in opened for click in then.clicks_on(name)):
                    pair = (first, second) if first.rank < second.rank else (second, first)
                    self._try(*pair, second.worth)


def _is_open(first: Click, second: Click) -> bool:
    """Say whether either click leaves the other's question open to an answer.

    What a click closes adds nothing to what it does alone.
    """
    return second.move.question in first.apply and first.move.question in second.apply
