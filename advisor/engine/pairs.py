"""Pairs of changes that make a framework the sole leader: all, and exactly.

Most pairs bring what their changes bring one by one. Those are ranked by how much nearer they
bring a plan to the rival that it has to beat, so that only pairs which may get there are
looked at; each of these is then decided on the sum. The few pairs that act on one item, or of
which a change alters the questions that apply, are worked out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.engine.applicability import joint_deciders
from advisor.engine.board import Board, Click, State
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
    """Everything that the search for pairs on one board looks at.

    Attributes:
        plain: the clicks that move points only. Left out are those that move none: they make
            no difference after another one either, unless both act on one item.
        structural: the clicks that alter roles or stops, but not which questions apply.
        shifting: the clicks that alter which questions apply, or may do so with another one.
        steady: by question all clicks that are not shifting.
        changes: for each click, by its rank, the alternatives to which its question says
            something else then.
        changed: for each question what its steady clicks change.
        seen: the ranks of the pairs that were looked at already.
    """

    def __init__(self, board: Board, clicks: Sequence[Click], names: Sequence[str]) -> None:
        self.board = board
        self.names = names
        self.tangles = tangles_of(board.index)
        self.joint = joint_deciders(board.index.rulebase)
        self.ahead = board.index.rulebase.margins.tie + 1
        self.front = Front(board.lanes, board.now, names, self.ahead)
        self.plain: list[Click] = []
        self.structural: list[Click] = []
        self.shifting: list[Click] = []
        self.steady: dict[str, list[Click]] = {}
        self.changes: dict[int, int] = {}
        self.changed: dict[str, int] = {}
        self.seen: set[tuple[int, int]] = set()
        for click in clicks:
            self._sort_in(click)
        self.ranking = Ranking(board, self.plain, names)

    def _sort_in(self, click: Click) -> None:
        """Put a click where it belongs."""
        board, question, state = self.board, click.move.question, click.state
        changes = self.changes[click.rank] = click.passes ^ board.passing[question]
        if state.apply is not board.apply or question in self.joint:
            self.shifting.append(click)
            return
        self.steady.setdefault(question, []).append(click)
        self.changed[question] = self.changed.get(question, 0) | changes
        if (state.fired ^ board.fired) & board.lanes.structure:
            self.structural.append(click)
        elif state.worth != board.now.worth:
            self.plain.append(click)

    def pairs(self) -> Iterator[Pair]:
        """Yield every pair that does it, and few others."""
        yield from self._tied_pairs()
        yield from self._plain_pairs()
        for place, click in enumerate(self.structural):
            yield from self._pairs_with(click, self.structural[place + 1 :])
        for click in self.shifting:
            yield from self._pairs_after(click)

    def _tied_pairs(self) -> Iterator[Pair]:
        """Yield the steady pairs that act on one item together."""
        names = list(self.steady)
        for place, one in enumerate(names):
            for other in names[place + 1 :]:
                if (one, other) in self.tangles.shared:
                    yield from self._tied(one, other)

    def _tied(self, one: str, other: str) -> Iterator[Pair]:
        """Yield those pairs of clicks on two questions."""
        board = self.board
        shared = self.tangles.shared[one, other] & self.changed[one]
        back = self.tangles.shared[other, one] & self.changed[other]
        if not shared or not back:
            return
        rest = board.without(one, other)
        touching = self._touching(one, rest & shared)
        touched = self._touching(other, rest & back) if touching else []
        for first, items in touching:
            passing = rest & first.passes
            for second, more in touched:
                if items & more:
                    self.seen.add((first.rank, second.rank))
                    state = board.state(board.firing(passing & second.passes), board.apply)
                    if self.front.may_fall_in(state):
                        yield Pair(first, second, state)

    def _touching(self, question: str, shared: int) -> Touching:
        """Return the clicks that change which of these alternatives hold, with their items."""
        if not shared:
            return []
        fold = self.board.index.fold
        changes = ((click, self.changes[click.rank] & shared) for click in self.steady[question])
        return [(click, fold(changed)) for click, changed in changes if changed]

    def _plain_pairs(self) -> Iterator[Pair]:
        """Yield the plain pairs that bring what they bring one by one, and enough."""
        for one, other in self.ranking.pairs(self.ranking.races(self.board.now)):
            first, second = self.plain[one], self.plain[other]
            if first.move.question != second.move.question and self._is_new(first, second):
                yield Pair(first, second, self._together(first.state, second))

    def _pairs_with(self, first: Click, others: Sequence[Click]) -> Iterator[Pair]:
        """Yield the pairs of a structural change that bring what they bring one by one."""
        changed = first.move.question
        for second in self.ranking.partners(self.ranking.races(first.state)):
            if second.move.question != changed and self._is_new(first, second):
                yield Pair(first, second, self._together(first.state, second))
        for second in others:
            if second.move.question != changed and self._is_new(first, second):
                yield Pair(first, second, self._restructured(first.state, second))

    def _together(self, then: State, second: Click) -> State:
        """Return a state after one more change that brings there what it brings here."""
        now = self.board.now
        fired = then.fired ^ second.state.fired ^ now.fired
        return State(fired, then.worth + second.state.worth - now.worth, then.field, then.apply)

    def _restructured(self, then: State, second: Click) -> State:
        """Return the same after a change that alters which plans are possible."""
        fired, worth, _, apply = self._together(then, second)
        return State(fired, worth, self.board.lanes.field(fired), apply)

    def _is_new(self, one: Click, other: Click) -> bool:
        """Say whether a pair was not seen before, and remember it."""
        key = (one.rank, other.rank) if one.rank < other.rank else (other.rank, one.rank)
        new = key not in self.seen
        self.seen.add(key)
        return new

    def _pairs_after(self, first: Click) -> Iterator[Pair]:
        """Yield the pairs of a change that alters which questions apply."""
        then = self.board.moved(first)
        unlike = self._unlike(then, first.move.question)
        open_to = then.apply - {first.move.question}
        for second in self.ranking.partners(self.ranking.races(then.now)):
            if second.move.question in open_to and self._is_alike(second, unlike):
                yield Pair(first, second, self._together(then.now, second))
        front = Front(self.board.lanes, then.now, self.names, self.ahead)
        for second, state in (
            *self._new(then, front),
            *self._acting_otherwise(then, front, unlike),
            *self._far_reaching(first, then, unlike),
        ):
            if front.may_fall_in(state):
                yield Pair(first, second, state)

    def _new(self, then: Board, front: Front) -> Iterator[tuple[Click, State]]:
        """Yield the clicks on questions that apply only on another board."""
        for question in then.apply - self.board.apply:
            if self._may_matter(then, front, question):
                yield from ((second, second.state) for second in then.clicks_on(question))

    def _acting_otherwise(
        self, then: Board, front: Front, unlike: Mapping[str, int]
    ) -> Iterator[tuple[Click, State]]:
        """Yield the steady clicks that may not bring on another board what they bring here."""
        for question in unlike:
            if question in self.steady and self._may_matter(then, front, question):
                for second in self.steady[question]:
                    if not self._is_alike(second, unlike):
                        yield second, self._after(then, second)

    def _far_reaching(
        self, first: Click, then: Board, unlike: Mapping[str, int]
    ) -> Iterator[tuple[Click, State]]:
        """Yield the other clicks that move more than points on another board."""
        open_to = then.apply - {first.move.question}
        for second in self.structural:
            if second.move.question in open_to and self._is_alike(second, unlike):
                yield second, self._restructured(then.now, second)
        for second in self.shifting:
            if second.move.question in open_to and self._is_new(first, second):
                yield second, self._after(then, second)

    def _after(self, then: Board, second: Click) -> State:
        """Work out what a change leads to on another board."""
        return then.after_passing(second.move.question, second.move.after, second.passes)

    def _is_alike(self, second: Click, unlike: Mapping[str, int]) -> bool:
        """Say whether a change acts on another board as it does here."""
        items = unlike.get(second.move.question)
        return items is None or not self.board.index.fold(self.changes[second.rank]) & items

    def _unlike(self, then: Board, changed: str) -> dict[str, int]:
        """Return for the questions a change of which may act otherwise the items it may act on.

        Left out are the question that was changed, and those that do not apply before and after.
        """
        fold, related, before = self.board.index.fold, self.tangles.related, self.board.others
        unlike = {}
        for question in then.apply & self.board.apply:
            other = (then.others[question] ^ before[question]) & related[question]
            if other and question != changed:
                unlike[question] = fold(other)
        return unlike

    def _may_matter(self, then: Board, front: Front, question: str) -> bool:
        """Say whether some answer to a question may do it on another board."""
        span = then.span(question)
        return span is None or front.may_fall(*span)
