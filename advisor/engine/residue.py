"""What the open questions leave undecided: what is sure, and what each answer could still add.

Splits everything that fires into what does so under every completion, what hangs on one open
question, and what hangs on several; counting double is one thing more that may happen. In bits
of items and in lanes; knows nothing of leaders.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_

from advisor.engine.completions import Options, masks_of
from advisor.engine.index import Index
from advisor.engine.lanes import lanes_of

Figures = Sequence[int]
"""What something brings to each lane, with the lanes' constant on top."""


@dataclass(frozen=True, slots=True, eq=False)
class Residue:
    """What is sure and what is not, under some options.

    Attributes:
        sure: items that fire under every completion.
        maybe: items that fire under some completion, the sure ones included.
        ever: alternatives that hold under some completion.
        base: what the sure ones bring.
        swings: for each open question what each of its answers adds, by the answer's mask.
        joint: what each item that hangs on several questions adds, or adds by counting double.
        several: the items that hang on several questions, counting double included.
        hanging: for each open question the items that hang on it.
    """

    sure: int
    maybe: int
    ever: int
    base: Figures
    swings: Mapping[str, Mapping[int, Figures]]
    joint: tuple[Figures, ...]
    several: int
    hanging: Mapping[str, int]

    def gap(self, theirs: int, ours: int) -> int:
        """Return an upper bound on how far the lane `theirs` can come out above `ours`.

        Exact when nothing hangs on several questions together.
        """
        gap = self.base[theirs] - self.base[ours]
        for answers in self.swings.values():
            gap += max([figures[theirs] - figures[ours] for figures in answers.values()])
        for figures in self.joint:
            gap += max(0, figures[theirs] - figures[ours])
        return gap

    def worst(self, theirs: int, ours: int) -> dict[str, int]:
        """Return for each open question the mask of the answer that brings them furthest apart."""
        return {
            question: max(answers, key=lambda mask: answers[mask][theirs] - answers[mask][ours])
            for question, answers in self.swings.items()
        }


def residue(index: Index, options: Options, important: Iterable[str]) -> Residue:
    """Sort everything that can bear on who leads, and on backends, by how far it is decided.

    Args:
        index: the rule base on one basis.
        options: what each question could end with.
        important: the marked questions.
    """
    lanes, fold = lanes_of(index), index.fold
    reach = _Reach(index, options)
    marked = index.looking(important)
    once = reach.part(index.everything, lanes.deciding | index.doubling)
    twice = reach.part(marked, index.doubling)
    sure = once.sure
    swings = {}
    for question in reach.spans:
        worths: dict[int, int] = {}
        covered = once.single & lanes.structure
        for mask, passing in reach.under(question):
            fired = fold(passing) & once.single
            covered &= fired
            worths.setdefault(lanes.worth(fired, fold(passing & marked) & twice.single), mask)
        sure |= covered
        swings[question] = {mask: lanes.read(worth) for worth, mask in worths.items()}
    joint = (*lanes.each(once.joint), *lanes.each_double(twice.joint))
    return Residue(
        sure=sure,
        maybe=once.maybe,
        ever=reach.ever,
        base=lanes.read(lanes.worth(once.sure, twice.sure)),
        swings=swings,
        joint=tuple(lanes.read(worth) for worth in joint),
        several=once.joint | twice.joint,
        hanging=once.hanging,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What some alternatives make fire: surely, perhaps, by one open question, or by several."""

    sure: int
    maybe: int
    single: int
    joint: int
    hanging: Mapping[str, int]


class _Reach:
    """What passes under every completion of some options, and under any.

    Attributes:
        spans: what the answers to each question that is not decided let pass.
    """

    def __init__(self, index: Index, options: Options) -> None:
        self.index = index
        self.fixed = index.everything
        self.spans: dict[str, _Span] = {}
        for question, masks in options.items():
            span = _span(index, question, masks)
            if len(span.each) == 1:
                self.fixed &= span.always
            else:
                self.spans[question] = span
        self.always = reduce(and_, (span.always for span in self.spans.values()), self.fixed)
        self.ever = reduce(and_, (span.ever for span in self.spans.values()), self.fixed)

    def under(self, question: str) -> Iterator[tuple[int, int]]:
        """Yield for the answers to an open question what surely passes; one for all alike."""
        others = self.fixed
        for other, span in self.spans.items():
            if other != question:
                others &= span.always
        seen: set[int] = set()
        for mask, passes in self.spans[question].each:
            passing = others & passes
            if passing not in seen:
                seen.add(passing)
                yield mask, passing

    def part(self, alternatives: int, items: int) -> _Part:
        """Sort these items by how far the options decide these alternatives of theirs."""
        fold = self.index.fold
        sure = fold(self.always & alternatives) & items
        ever = self.ever & alternatives
        maybe = fold(ever) & items
        single = joint = 0
        hanging = {}
        for question, span in self.spans.items():
            hangs = fold(ever & ~span.always) & maybe & ~sure
            joint |= single & hangs
            single |= hangs
            hanging[question] = hangs
        return _Part(sure, maybe, single & ~joint, joint, hanging)


@dataclass(frozen=True, slots=True, eq=False)
class _Span:
    """What the answers to one question let pass.

    Attributes:
        each: by mask, those that pass the same left out.
        always: what all of them let pass.
        ever: what any of them lets pass.
    """

    each: tuple[tuple[int, int], ...]
    always: int
    ever: int


@lru_cache(maxsize=1024)
def _span(index: Index, question: str, masks: frozenset[int]) -> _Span:
    """Gather what these answers to a question let pass."""
    passes = masks_of(index).passes[question]
    by_passes = {passes[mask]: mask for mask in sorted(masks)}
    each = tuple((mask, let_through) for let_through, mask in by_passes.items())
    return _Span(each, reduce(and_, by_passes), reduce(or_, by_passes))
