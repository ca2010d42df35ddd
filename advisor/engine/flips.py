"""What would change a recommendation: for each other framework the smallest sets of changes.

Exact: every set shown makes its framework the sole leader, no smaller set does, and none of the
smallest is left out. Those that ask for least come first: one question before two, and what
answers open questions before what takes answers back.
"""

from collections.abc import Iterable, Iterator

from advisor.engine.board import Board, Click
from advisor.engine.front import Front
from advisor.engine.pairs import pairs
from advisor.model.explanation import Counterfactual


def flips(board: Board) -> dict[str, tuple[Counterfactual, ...]]:
    """Return for each framework that does not lead alone the smallest sets of changes.

    One click, or else two: in two questions, or two boxes of one.

    Returns:
        By framework, those that ask for least first, else in the order of the questionnaire; an
        empty tuple where no two clicks do it.
    """
    wanted = [name for name in board.index.rulebase.frameworks if board.leaders != (name,)]
    ahead = board.index.rulebase.margins.tie + 1
    clicks = board.clicks()
    found = _by_leader(board, clicks, Front(board.lanes, board.now, wanted, ahead))
    missing = [name for name in wanted if name not in found]
    if missing:
        front = Front(board.lanes, board.now, missing, ahead)
        found_by_two = _by_leader(board, _doubles(board, front), front)
        for name, together in pairs(board, front).items():
            more = found_by_two.setdefault(name, [])
            more += [pair.flip for pair in together]
        found |= {name: found_by_two[name] for name in missing if name in found_by_two}
    return {name: tuple(sorted(found.get(name, ()), key=_asks_for)) for name in wanted}


def _asks_for(flip: Counterfactual) -> tuple[int, int]:
    """Return how much changes ask of somebody: questions, and answers to be taken back."""
    return len(flip), -flip[0].opens - flip[-1].opens


def _doubles(board: Board, front: Front) -> Iterator[Click]:
    """Yield the changes of two boxes of one question, where any change of it may do."""
    for name, question in board.index.rulebase.questions.items():
        if question.multiple and name in board.apply:
            span = board.span(name)
            if span is None or front.may_fall(*span):
                yield from board.tried_on(name, 2)


def _by_leader(
    board: Board, clicks: Iterable[Click], front: Front
) -> dict[str, list[Counterfactual]]:
    """Sort the changes that make a framework lead alone by that framework."""
    found: dict[str, list[Counterfactual]] = {}
    for click in clicks:
        if front.may_fall_with(click.worth, click.field):
            leaders = board.leaders_of(click.worth, click.field)
            if len(leaders) == 1:
                found.setdefault(leaders[0], []).append((click.move,))
    return found
