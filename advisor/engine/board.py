"""Answers set up so that asking what changing one of them would bring costs little.

Knows what a change brings; knows nothing of which changes are worth showing.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from advisor.engine.applicability import applying, applying_after
from advisor.engine.codes import codes_of
from advisor.engine.factors import Part, Range, factors_of, families_of, touching
from advisor.engine.index import Index
from advisor.engine.lanes import Field, lanes_of
from advisor.engine.moves import moves, place_of
from advisor.model.answers import Answers
from advisor.model.explanation import Edit


class State(NamedTuple):
    """What some answers lead to, as far as it bears on who leads.

    Attributes:
        code: the answers that count.
        worth: the lanes' sum of what they bring, with what fires of the structure above.
        field: the plans that are possible.
    """

    code: int
    worth: int
    field: Field


class Click(NamedTuple):
    """A change and what it alone leads to.

    Attributes:
        rank: its place in the order of the questionnaire.
        touches: the questions to which another answer counts then, or none.
        apply: the questions that apply then.
        code, worth, field: what the answers lead to then, as in a `State`.
    """

    rank: int
    move: Edit
    touches: frozenset[str]
    apply: frozenset[str]
    code: int
    worth: int
    field: Field


class Reach(NamedTuple):
    """What a change of one question does besides.

    Attributes:
        apply: the questions that apply after it.
        touches: the questions to which another answer counts after it, itself included.
        rest: the code of the answers that count, but for its own.
        base: what all those factors bring that look at none of the questions it touches.
        parts: the other factors.
    """

    apply: frozenset[str]
    touches: frozenset[str]
    rest: int
    base: int
    parts: Sequence[Part]

    def worth(self, code: int) -> int:
        """Return what all answers bring after it, given by the code of those that count."""
        worth = self.base
        for factor, bits in self.parts:
            worth += factor[code & bits]
        return worth


class Board:
    """Answers on an index, with what they bring.

    Attributes:
        apply: the questions that apply now.
        marked: the bits of the conditions on marked questions.
        now: what the present answers lead to.
        structure: what fires of the structure now.
    """

    def __init__(self, index: Index, answers: Answers, after: Click | None = None) -> None:
        """Work out the present state.

        Args:
            index: the rule base on one basis.
            answers: the answers as they are on this board.
            after: the change on another board that leads to them, where there is one.
        """
        self.index = index
        self.answers = answers
        self.lanes = lanes_of(index)
        self.codes = codes_of(index)
        self.marked = self.codes.looking(answers.important)
        self.factors = factors_of(index, self.marked)
        self.apply = after.apply if after else applying(index.rulebase, answers.given)
        self.now = State(after.code, after.worth, after.field) if after else self._state_now()
        self.structure = self.now.worth >> self.lanes.roof
        self._clicks: dict[str, tuple[Click, ...]] = {}
        self._reaches: dict[str | tuple[str, frozenset[str]], Reach] = {}

    @cached_property
    def leaders(self) -> tuple[str, ...]:
        """Return who leads now."""
        return self.lanes.leaders(self.now.worth, self.now.field)

    def _state_now(self) -> State:
        """Add up what the answers bring that count now."""
        code = self.codes.all_of(self.answers.given, self.apply)
        worth = self.lanes.zero + self.factors.worth(code)
        return State(code, worth, self.lanes.field(worth >> self.lanes.roof))

    def field(self, worth: int) -> Field:
        """Return the plans that are possible where answers bring so much."""
        structure = worth >> self.lanes.roof
        return self.now.field if structure == self.structure else self.lanes.field(structure)

    def outcomes(self, question: str) -> Iterator[tuple[int, Field]]:
        """Yield what each answer by choice to a question brings, and which plans are possible.

        Answers that bring the same are one, as are boxes that satisfy the same conditions.

        Args:
            question: one that applies.
        """
        worths: set[int] = set()
        alike = None if question in self.index.deciders else self._reach(question, ())
        for code, choices in self.codes.reachable[question].items():
            reach = alike or self._reach(question, choices)
            worths.add(reach.worth(code | reach.rest))
        for worth in worths:
            yield worth, self.field(worth)

    def _reach(self, question: str, choices: Collection[str]) -> Reach:
        """Return what such an answer to a question does besides what it brings by itself."""
        telling = self.index.deciders.get(question)
        key = (question, telling.intersection(choices)) if telling else question
        if key not in self._reaches:
            apply = self._apply_after(question, choices) if telling else self.apply
            self._reaches[key] = self._reach_when(question, apply)
        return self._reaches[key]

    def _apply_after(self, question: str, choices: Collection[str]) -> frozenset[str]:
        """Return the questions that apply when one of the answers is another one."""
        rulebase, given = self.index.rulebase, self.answers.given
        apply = applying_after(rulebase, given, question, frozenset(choices))
        return self.apply if apply == self.apply else apply

    def _reach_when(self, question: str, apply: frozenset[str]) -> Reach:
        """Return the same when these questions apply after it."""
        code, given = self.now.code, self.answers.given
        touches, rest = self.factors.alone[question], code & ~self.codes.fields[question]
        if apply is not self.apply:
            altered = (apply ^ self.apply) & given.keys()
            touches |= altered
            rest ^= self.codes.all_of(given, altered)
        base, parts = self.now.worth, touching(self.factors, touches)
        for factor, bits in parts:
            base -= factor[code & bits]
        return Reach(apply, touches, rest, base, parts)

    def span(self, question: str) -> Range | None:
        """Return bounds on the sums that any answer to a question leads to.

        Returns:
            None where an answer may change which plans are possible or which questions apply.
        """
        if question in self.index.deciders:
            return None
        least = most = self._reach(question, ()).base
        code, own = self.now.code, self.codes.fields[question]
        for factor, bits in self.factors.of[question]:
            brought = factor.range(code & bits, own)
            if brought is None:
                return None
            least += brought.least
            most += brought.most
        return Range(least, most)

    def leaders_marked(self, question: str) -> tuple[str, ...]:
        """Return who leads when a question is marked as important, or no longer if it is now."""
        code, worth, now = self.now.code, self.now.worth, self.marked
        own = self.codes.fields[question]
        if not code & own:
            return self.leaders
        then = now ^ own
        for family in families_of(self.index)[question]:
            bits, fields = code & family.bits, family.fields
            worth += family[then & fields][bits] - family[now & fields][bits]
        return self.leaders_of(worth, self.now.field)

    def leaders_of(self, worth: int, field: Field) -> tuple[str, ...]:
        """Return who leads where answers bring so much and these plans are possible."""
        if worth == self.now.worth and field is self.now.field:
            return self.leaders
        return self.lanes.leaders(worth, field)

    def clicks(self) -> tuple[Click, ...]:
        """Try every change of one question that takes one click, in written order."""
        names = self.index.rulebase.questions
        return tuple(chain.from_iterable(self.clicks_on(q) for q in names if q in self.apply))

    def clicks_on(self, question: str) -> Sequence[Click]:
        """Try every change of a question that takes one click; remembered."""
        if question not in self._clicks:
            self._clicks[question] = tuple(self.tried_on(question, 1))
        return self._clicks[question]

    def tried_on(self, question: str, size: int) -> Iterator[Click]:
        """Try every change of a question that takes so many clicks."""
        rank = place_of(self.index.rulebase, question)
        coded = moves(self.index, question, self.answers, size)
        alike = None if question in self.index.deciders else self._reach(question, ())
        for number, (move, code) in enumerate(coded, rank):
            reach = alike or self._reach(question, move.after)
            whole = code | reach.rest
            worth = reach.worth(whole)
            field = self.field(worth)
            yield Click(number, move, reach.touches, reach.apply, whole, worth, field)

    def moved(self, click: Click) -> "Board":
        """Return the board after a change that was tried on this one."""
        return Board(self.index, answers_after(self.answers, click.move), click)


@lru_cache(maxsize=4)
def board_of(index: Index, answers: Answers) -> Board:
    """Set answers up; remembered until it has been explained."""
    return Board(index, answers)


def answers_after(answers: Answers, *flip: Edit) -> Answers:
    """Return the answers after some changes."""
    names = {move.question for move in flip}
    return Answers(
        given={**answers.given, **{move.question: frozenset(move.after) for move in flip}},
        unsure=answers.unsure - names,
        any=answers.any - names,
        important=answers.important,
    )
