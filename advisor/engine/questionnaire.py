"""Which question to ask next, and which are left that could still change something."""

from collections.abc import Collection
from functools import lru_cache

from advisor.engine.completions import Options, completions, masks_of
from advisor.engine.index import Index
from advisor.engine.items import Kind
from advisor.model.answers import Answers
from advisor.model.rulebase import RuleBase

SILENT_KINDS = frozenset({Kind.LEVEL, Kind.STEP})
"""Kinds of items that change a remark or a piece of advice: no question is asked for their sake."""


def next_question(
    rulebase: RuleBase, answers: Answers, live: Collection[str], asked: Collection[str] = ()
) -> str | None:
    """Return the first question, in written order, that is worth asking.

    It applies, has no answer of any sort, was not asked before, and some answer to it, together
    with others that are still open, could change something.

    Args:
        rulebase: the rule base.
        answers: what was answered.
        live: the questions to which some answer changes something.
        asked: questions that were shown and left blank.

    Returns:
        A question's id; None when nothing is left to ask.
    """
    return next(
        (
            name
            for name in rulebase.questions
            if name in live and answers.is_absent(name) and name not in asked
        ),
        None,
    )


def live_questions(index: Index, answers: Answers, apply: Collection[str]) -> frozenset[str]:
    """Return the questions without an answer by choice to which some answer changes something."""
    open_names = [name for name in index.rulebase.questions if name not in answers.given]
    if not open_names:
        return frozenset()
    options = completions(index, answers.given, open_names)
    possible = _asking(index)
    for name, passes in masks_of(index).passes.items():
        if name in answers.given or len(options[name]) == 1:
            possible &= passes[max(options[name])]
    live = {name for name in open_names if possible & ~index.silent[name]}
    live |= _deciding(index, options)
    return frozenset(live.intersection(open_names, apply))


@lru_cache(maxsize=8)
def _asking(index: Index) -> int:
    """Return the alternatives for the sake of which a question is asked."""
    asking = sum(bits for kind, bits in index.kinds.items() if kind not in SILENT_KINDS)
    return index.unfold(asking)


def _deciding(index: Index, options: Options) -> set[str]:
    """Return the questions on which it still depends whether another may be asked."""
    return {
        name
        for alternatives in masks_of(index).applies.values()
        for alternative in alternatives
        if all(any(mask & bit for mask in options[asked]) for asked, bit in alternative)
        for name, _ in alternative
    }
