"""What the answers to one open question alone could bring, the others staying as they are."""

from advisor.engine.board import Board
from advisor.engine.front import Front


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
            board.leaders_of(worth, field)
            for worth, field in board.outcomes(question)
            # Where other plans are possible the leader may fall without anybody to beat it.
            if not front or field is not board.now.field or front.may_fall(worth, worth)
        }
        return tuple(sorted(found - {board.leaders}))
