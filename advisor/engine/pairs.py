"""Pairs of changes that make a framework the sole leader: all, and exactly.

Most pairs bring what their changes bring one by one. Those are ranked by how much nearer they
bring a plan to the rival that it has to beat, so that only pairs which may get there are
looked at; each of these is then decided on the sum. The few pairs that a condition ties
together, or of which a change alters roles, stops or the questions that apply, are worked out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.engine.board import Board, Click, Span, State
from advisor.engine.front import Front
from advisor.engine.ranking import Ranking
from advisor.engine.tangles import tangles_of
from advisor.model.explanation import Flip

Touching = list[tuple[Click, int]]
"""Clicks with the items on which they act together with others."""


class Pair(NamedTuple):
    """Two changes and what they lead to together."""

    first: Click
    second: Click
    state: State

    @property
    def key(self) -> tuple[int, int]:
        """Return the places of the two in the order of the questionnaire, the earlier first."""
        one, other = self.first.rank, self.second.rank
        return (one, other) if one < other else (other, one)

    @property
    def flip(self) -> Flip:
        """Return the two changes in the order of the questionnaire."""
        moves = self.first.move, self.second.move
        return moves if self.first.rank < self.second.rank else moves[::-1]


def pairs(board: Board, clicks: Sequence[Click], names: Sequence[str]) -> dict[str, list[Pair]]:
    """Find the pairs of clicks, on two questions, that make one of these frameworks lead alone.

    Args:
        board: the answers as they are.
        clicks: every single click on it.
        names: the frameworks in question.

    Returns:
        By framework, in the order of the questionnaire; none without a pair.
    """
    found: dict[str, dict[tuple[int, int], Pair]] = {}
    for pair in _Search(board, clicks, names).pairs():
        leaders = board.lanes.leaders(pair.state.worth, pair.state.field)
        if len(leaders) == 1 and leaders[0] in names:
            found.setdefault(leaders[0], {})[pair.key] = pair
    return {name: [by_rank[key] for key in sorted(by_rank)] for name, by_rank in found.items()}


class _Search:
    """Everything that the search for pairs on one board looks at."""

    def __init__(self, board: Board, clicks: Sequence[Click], names: Sequence[str]) -> None:
        self.board = board
        self.names = names
        self.tangles = tangles_of(board.index)
        self.plain = [click for click in clicks if board.is_plain(click.state)]
        # Those that alter which questions apply first: what comes after them is quicker found.
        special = [click for click in clicks if not board.is_plain(click.state)]
        self.special = sorted(special, key=lambda click: click.state.apply is board.apply)
        self.ranking = Ranking(board, self.plain, names)
        self.ahead = board.index.rulebase.margins.tie + 1
        self.front = Front(board.lanes, board.now, names, self.ahead)
        self.seen: set[tuple[int, int]] = set()
        self.plain_on: dict[str, list[Click]] = {}
        self.changes: dict[int, int] = {}
        self.changed: dict[str, int] = {}
        for click in clicks:
            self.changes[click.rank] = click.passes ^ board.passing[click.move.question]
        for click in self.plain:
            question = click.move.question
            self.plain_on.setdefault(question, []).append(click)
            self.changed[question] = self.changed.get(question, 0) | self.changes[click.rank]

    def pairs(self) -> Iterator[Pair]:
        """Yield every pair that does it, and few others."""
        yield from self._tied_pairs()
        yield from self._plain_pairs()
        for click in self.special:
            yield from self._pairs_with(click)

    def _tied_pairs(self) -> Iterator[Pair]:
        """Yield the plain pairs that a condition which looks at both questions ties together."""
        names = list(self.plain_on)
        for place, one in enumerate(names):
            for other in names[place + 1 :]:
                if (one, other) in self.tangles.shared:
                    yield from self._tied(self.plain_on[one], self.plain_on[other])

    def _tied(self, ones: Sequence[Click], others: Sequence[Click]) -> Iterator[Pair]:
        """Yield those pairs of clicks on two questions that act on one item together."""
        one, other = ones[0].move.question, others[0].move.question
        shared = self.tangles.shared[one, other] & self.changed[one]
        back = self.tangles.shared[other, one] & self.changed[other]
        if not shared or not back:
            return
        rest = self.board.without(one, other, shared | back)
        touching = self._touching(ones, rest & shared)
        touched = self._touching(others, rest & back) if touching else []
        for first, items in touching:
            for second, more in touched:
                if items & more:
                    self.seen.add((first.rank, second.rank))
                    if self._hopeful(self.front, first.state, second, items & more):
                        yield Pair(first, second, self._both(first, second))

    def _both(self, first: Click, second: Click) -> State:
        """Work out what two plain clicks on two questions lead to."""
        board = self.board
        one, other = first.move.question, second.move.question
        raw = board.without(one, other, first.passes & second.passes)
        return board.state(board.firing(raw), board.apply)

    def _touching(self, clicks: Sequence[Click], shared: int) -> Touching:
        """Return the clicks that change which of these alternatives hold, with their items."""
        if not shared:
            return []
        fold = self.board.index.fold
        changes = ((click, self.changes[click.rank] & shared) for click in clicks)
        return [(click, fold(changed)) for click, changed in changes if changed]

    def _hopeful(self, front: Front, then: State, second: Click, items: int) -> bool:
        """Say whether one more change may do it, when it may act on these items otherwise."""
        lanes = self.board.lanes
        if items & lanes.structure:
            return True
        worth = then.worth + second.state.worth - self.board.now.worth
        slack = 2 * lanes.size(items, doubled=bool(self.board.marked))
        return front.may_fall(Span(worth - slack, worth + slack))

    def _plain_pairs(self) -> Iterator[Pair]:
        """Yield the plain pairs that bring what they bring one by one, and enough."""
        for one, other in self.ranking.pairs(self.ranking.races(self.board.now)):
            first, second = self.plain[one], self.plain[other]
            if first.move.question != second.move.question and self._is_new(first, second):
                yield Pair(first, second, self._together(first.state, second))

    def _is_new(self, one: Click, other: Click) -> bool:
        """Say whether a pair was not seen before, and remember it."""
        key = (one.rank, other.rank) if one.rank < other.rank else (other.rank, one.rank)
        new = key not in self.seen
        self.seen.add(key)
        return new

    def _together(self, then: State, second: Click) -> State:
        """Return a state after one more change that brings there what it brings here."""
        return then._replace(worth=then.worth + second.state.worth - self.board.now.worth)

    def _pairs_with(self, first: Click) -> Iterator[Pair]:
        """Yield the pairs of a change that alters roles, stops or the questions that apply."""
        then = self.board.moved(first)
        unlike = self._unlike(then, first.move.question)
        for second in self.ranking.partners(self.ranking.races(then.now)):
            if self._is_alike(second, unlike) and self._is_new(first, second):
                yield Pair(first, second, self._together(then.now, second))
        front = Front(self.board.lanes, then.now, self.names, self.ahead)
        for second in self._others_after(then, front, unlike, first.move.question):
            if self._is_new(first, second):
                state = self._after(then, second, unlike)
                if front.may_fall_in(state):
                    yield Pair(first, second, state)

    def _is_alike(self, second: Click, unlike: Mapping[str, int]) -> bool:
        """Say whether a change acts on another board as it does here."""
        items = unlike.get(second.move.question)
        return items == 0 or (items is not None and not self._acted_on(second, items))

    def _after(self, then: Board, second: Click, unlike: Mapping[str, int]) -> State:
        """Work out what a change leads to on another board."""
        here, move = self.board, second.move
        if second.state.apply is not here.apply or not self._is_alike(second, unlike):
            return then.after_passing(move.question, move.after, second.passes)
        fired = then.fired ^ second.state.fired ^ here.fired
        worth = self._together(then.now, second).worth
        return State(fired, worth, here.lanes.field(fired), then.apply)

    def _unlike(self, then: Board, changed: str) -> dict[str, int]:
        """Return for each question that applied the items that a change of it may act on otherwise.

        Left out are the question that was changed, and those that no longer apply.
        """
        fold, related, before = self.board.index.fold, self.tangles.related, self.board.others
        unlike = {}
        for question in then.apply & self.board.apply:
            other = (then.others[question] ^ before[question]) & related[question]
            unlike[question] = fold(other) if other else 0
        unlike.pop(changed, None)
        return unlike

    def _may_matter(self, then: Board, front: Front, question: str) -> bool:
        """Say whether some answer to a question may do it on another board."""
        span = then.span(question)
        return span is None or front.may_fall(span)

    def _acted_on(self, click: Click, items: int) -> int:
        """Return those of some items that a click may act on."""
        return self.board.index.fold(self.changes[click.rank]) & items

    def _others_after(
        self, then: Board, front: Front, unlike: Mapping[str, int], changed: str
    ) -> Iterator[Click]:
        """Yield the clicks that do not bring on another board what they bring here, and may do."""
        for question in then.apply - self.board.apply:
            if self._may_matter(then, front, question):
                yield from then.clicks_on(question)
        for question, items in unlike.items():
            if items and question in self.plain_on and self._may_matter(then, front, question):
                for second in self.plain_on[question]:
                    acted_on = self._acted_on(second, items)
                    if acted_on and self._hopeful(front, then.now, second, acted_on):
                        yield second
        for second in self.special:
            if second.move.question != changed and second.move.question in then.apply:
                yield second
