"""Answers set up so that asking what changing one of them would bring costs little.

Knows what a change brings; knows nothing of which changes are worth showing.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from advisor.engine.applicability import applying, applying_after
from advisor.engine.index import Index
from advisor.engine.lanes import Field, Lanes, lanes_of
from advisor.engine.moves import moves, place_of
from advisor.model.answers import Answers
from advisor.model.explanation import Move

Firing = tuple[int, int]
"""The deciding items that fire, and the items that count double."""

Surroundings = tuple[frozenset[str], int]
"""The questions that apply, and the alternatives that all questions but one let pass."""


class State(NamedTuple):
    """What some answers lead to, as far as it bears on who leads.

    Attributes:
        fired: the deciding items that fire.
        worth: the lanes' sum of what they bring.
        field: the plans that are possible.
        apply: the questions that apply.
    """

    fired: int
    worth: int
    field: Field
    apply: frozenset[str]


class Click(NamedTuple):
    """A change and what it alone leads to.

    Attributes:
        rank: its place in the order of the questionnaire.
        passes: the alternatives that the new answer lets pass.
    """

    rank: int
    move: Move
    passes: int
    state: State


class Span(NamedTuple):
    """Sums between which every lane of a sum lies."""

    least: int
    most: int


class Before(NamedTuple):
    """What is known of answers before their board is set up.

    Attributes:
        state: what they lead to.
        passing: for each question the alternatives that its answer lets pass.
    """

    state: State
    passing: dict[str, int]


class Board:
    """Answers on an index, with what all questions but one let pass worked out beforehand.

    Attributes:
        apply: the questions that apply now.
        marked: the alternatives that look at a marked question.
        raw: the alternatives of deciding items that hold now.
        passing: for each question the alternatives that its present answer lets pass.
        others: for each question those that all other questions let pass.
        fired: the deciding items that fire now.
        doubled: those of them that count double.
        now: what the present answers lead to.
    """

    def __init__(self, index: Index, answers: Answers, before: Before | None = None) -> None:
        """Work out the present state and, for each question, what the others let pass.

        Args:
            index: the rule base on one basis.
            answers: the answers as they are on this board.
            before: what is known of them already, where they come from another board.
        """
        self.index = index
        self.lanes: Lanes = lanes_of(index)
        self.answers = answers
        self.marked = index.looking(answers.important)
        apply = before.state.apply if before else applying(index.rulebase, answers.given)
        self.apply = apply
        self._surroundings: dict[tuple[str, frozenset[str]], Surroundings] = {}
        self._clicks: dict[str, tuple[Click, ...]] = {}
        self.passing = before.passing if before else self._all_passing()
        self.raw, self.others = self._others()
        self.doubled = self._doubled(self.raw, self.marked)
        self.now = before.state if before else self._state_now()
        self.fired = self.now.fired

    @cached_property
    def leaders(self) -> tuple[str, ...]:
        """Return who leads now."""
        return self.lanes.leaders(self.now.worth, self.now.field)

    def _all_passing(self) -> dict[str, int]:
        """Return for each question the alternatives that its present answer lets pass."""
        return {question: self._through(question, self.apply) for question in self.index.silent}

    def _through(self, question: str, apply: Collection[str]) -> int:
        """Return the alternatives that a question lets pass when these questions apply."""
        given = self.answers.given.get(question, ()) if question in apply else ()
        return self.index.let_through(question, given)

    def _state_now(self) -> State:
        """Add up all that fires now."""
        fired = self.index.fold(self.raw)
        worth = self.lanes.worth(fired, self.doubled)
        return State(fired, worth, self.lanes.field(fired), self.apply)

    def _others(self) -> tuple[int, Mapping[str, int]]:
        """Return what passes now, and for each question what all other questions let pass."""
        others = {}
        bits = self.lanes.alternatives
        for question, let_through in self.passing.items():
            others[question] = bits
            bits &= let_through
        raw, bits = bits, self.lanes.alternatives
        for question, let_through in reversed(self.passing.items()):
            others[question] &= bits
            bits &= let_through
        return raw, others

    def without(self, one: str, other: str) -> int:
        """Return the alternatives that all questions but two let pass."""
        bits, both = self.lanes.alternatives, (one, other)
        for question, let_through in self.passing.items():
            if question not in both:
                bits &= let_through
        return bits

    def _doubled(self, raw: int, marked: int) -> int:
        """Return the items that count double when these alternatives hold and those are marked."""
        raw &= marked
        return self.index.fold(raw) & self.index.doubling if raw else 0

    def firing(self, raw: int) -> Firing:
        """Return what fires when these alternatives hold, and no other of deciding items."""
        return self.index.fold(raw), self._doubled(raw, self.marked) if self.marked else 0

    def state(self, firing: Firing, apply: frozenset[str]) -> State:
        """Return what it leads to when this fires and these questions apply."""
        (fired, doubled), lanes, (before, worth, field, _) = firing, self.lanes, self.now
        if doubled != self.doubled:
            worth += lanes.change_of_doubles(self.doubled, doubled)
        moved = fired ^ before
        if moved:
            worth += lanes.change(before, fired)
            if moved & lanes.structure:
                field = lanes.field(fired)
        return State(fired, worth, field, apply)

    def after(self, question: str, choices: Collection[str]) -> State:
        """Return what another answer to one question leads to, all others staying as they are."""
        return self.after_passing(question, choices, self.index.let_through(question, choices))

    def after_passing(self, question: str, choices: Collection[str], passes: int) -> State:
        """Return the same where it is known already which alternatives the answer lets pass."""
        apply, others = self.surroundings(question, choices)
        return self.state(self.firing(others & passes), apply)

    def surroundings(self, question: str, choices: Collection[str]) -> Surroundings:
        """Return the questions that apply after another answer to one, and what the others pass."""
        telling = self.index.deciders.get(question)
        if telling is None:
            return self.apply, self.others[question]
        key = (question, telling.intersection(choices))
        if key not in self._surroundings:
            rulebase, given = self.index.rulebase, self.answers.given
            apply = applying_after(rulebase, given, question, frozenset(choices))
            apply = self.apply if apply == self.apply else apply
            self._surroundings[key] = apply, self._others_when(question, apply)
        return self._surroundings[key]

    def _others_when(self, question: str, apply: frozenset[str]) -> int:
        """Return what all questions but one let pass when these apply."""
        altered = (apply ^ self.apply) & self.answers.given.keys()
        if not altered:
            return self.others[question]
        changed = {name: self._through(name, apply) for name in altered}
        changed[question] = self.lanes.alternatives
        raw = self.lanes.alternatives
        for name, let_through in self.passing.items():
            raw &= changed.get(name, let_through)
        return raw

    def span(self, question: str) -> Span | None:
        """Return bounds on the sums that any answer to a question leads to.

        Returns:
            None where an answer may change which plans are possible or which questions apply.
        """
        if question in self.index.deciders:
            return None
        lanes = self.lanes
        live = self.index.fold(self.others[question] & ~self.index.silent[question])
        if live & lanes.structure:
            return None
        worth = self.now.worth
        if self.marked:
            size = lanes.size(live, doubled=True)
            return Span(worth - size, worth + size)
        fall = live & (self.fired ^ lanes.against)
        size, rise = lanes.size(fall), lanes.size(live ^ fall)
        return Span(worth - size, worth + rise)

    def leaders_marked(self, important: Collection[str]) -> tuple[str, ...]:
        """Return who leads when these questions are marked as important, and no others."""
        doubled = self._doubled(self.raw, self.index.looking(important))
        worth = self.now.worth + self.lanes.change_of_doubles(self.doubled, doubled)
        return self.lanes.leaders(worth, self.now.field)

    def leaders_of(self, state: State) -> tuple[str, ...]:
        """Return who leads in a state."""
        if state.worth == self.now.worth and state.field is self.now.field:
            return self.leaders
        return self.lanes.leaders(state.worth, state.field)

    def clicks(self) -> tuple[Click, ...]:
        """Try every change of one question that takes one click, in written order."""
        return tuple(
            click
            for question in self.index.rulebase.questions
            if question in self.apply
            for click in self.clicks_on(question)
        )

    def clicks_on(self, question: str) -> Sequence[Click]:
        """Try every change of a question that takes one click; remembered."""
        if question not in self._clicks:
            self._clicks[question] = tuple(self.tried_on(question, 1))
        return self._clicks[question]

    def tried_on(self, question: str, size: int) -> Iterator[Click]:
        """Try every change of a question that takes so many clicks."""
        rank = place_of(self.index.rulebase, question)
        decides, others = question in self.index.deciders, self.others[question]
        tried = moves(self.index, question, self.answers, size)
        for number, (move, passes) in enumerate(tried, rank):
            if decides:
                state = self.after_passing(question, move.after, passes)
            else:
                state = self.state(self.firing(others & passes), self.apply)
            yield Click(number, move, passes, state)

    def moved(self, click: Click) -> "Board":
        """Return the board after a change that was tried on this one."""
        apply = click.state.apply
        passing = self.passing.copy()
        for question in apply ^ self.apply:
            passing[question] = self._through(question, apply)
        passing[click.move.question] = click.passes
        answers = answers_after(self.answers, click.move)
        return Board(self.index, answers, Before(click.state, passing))


@lru_cache(maxsize=4)
def board_of(index: Index, answers: Answers) -> Board:
    """Set answers up; remembered until it has been explained."""
    return Board(index, answers)


def answers_after(answers: Answers, *flip: Move) -> Answers:
    """Return the answers after some changes."""
    names = {move.question for move in flip}
    return Answers(
        given={**answers.given, **{move.question: frozenset(move.after) for move in flip}},
        unsure=answers.unsure - names,
        any=answers.any - names,
        important=answers.important,
    )
