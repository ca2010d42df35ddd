"""What the answers to one open question alone could bring, the others staying as they are.

Several boxes make fire what each of them does, so what all combinations bring is found by
joining what fires; combinations that make the same fire are one.
"""

from collections.abc import Iterator
from functools import reduce

from advisor.engine.board import Board, Firing, State
from advisor.engine.front import Front
from advisor.model.rulebase import NONE_CHOICE


class Prospects:
    """What the open questions of one board could bring, one at a time."""

    def __init__(self, board: Board) -> None:
        """Find who would have to be caught up with."""
        self.board = board
        names = board.index.rulebase.frameworks.keys() - set(board.leaders)
        tie = board.index.rulebase.margins.tie
        alone = len(board.leaders) == 1
        self.front = Front(board.lanes, board.now, names, -tie) if alone else None

    def leaders(self, question: str) -> tuple[tuple[str, ...], ...]:
        """Return every other set of leaders that an answer by choice to a question gives, sorted.

        Args:
            question: one that applies.
        """
        board, front = self.board, self.front
        span = board.span(question)
        if front and span and not front.may_fall(*span):
            return ()
        found = {
            board.leaders_of(state)
            for state in _states(board, question)
            # Where other plans are possible the leader may fall without anybody to beat it.
            if not front or state.field is not board.now.field or front.may_fall_in(state)
        }
        return tuple(sorted(found - {board.leaders}))


def _states(board: Board, question: str) -> Iterator[State]:
    """Yield every state that an answer by choice to an open question leads to, once or more."""
    asked = board.index.rulebase.questions[question]
    if not asked.multiple:
        yield from (click.state for click in board.clicks_on(question))
        return
    boxes = [choice.id for choice in asked.choices if choice.id != NONE_CHOICE]
    if len(boxes) < len(asked.choices):
        yield board.after(question, [NONE_CHOICE])
    telling = board.index.deciders.get(question, frozenset())
    silent = [box for box in boxes if box not in telling]
    for ticked in _subsets([box for box in boxes if box in telling]):
        yield from _with(board, question, ticked, silent)


def _subsets(boxes: list[str]) -> Iterator[list[str]]:
    """Yield all ways to tick some of these boxes, or none."""
    for number in range(1 << len(boxes)):
        yield [box for bit, box in enumerate(boxes) if number >> bit & 1]


def _with(board: Board, question: str, ticked: list[str], silent: list[str]) -> Iterator[State]:
    """Yield the states with these boxes ticked, and any of those that no question hangs on."""
    apply, others = board.surroundings(question, ticked or silent)
    passes = board.index.passes[question]
    reached: set[Firing] = set()
    if ticked:
        always = (board.firing(others & passes[box]) for box in ticked)
        reached.add(reduce(_joined, always))
    for box in silent:
        firing = board.firing(others & passes[box])
        reached |= {_joined(firing, more) for more in reached}
        if not ticked:
            reached.add(firing)
    for firing in reached:
        yield board.state(firing, apply)


def _joined(one: Firing, other: Firing) -> Firing:
    """Return what fires when two boxes are ticked of which each makes so much fire."""
    return one[0] | other[0], one[1] | other[1]
