"""Changes of answers in words: what somebody would have to say otherwise for another result."""

from collections.abc import Iterator, Sequence

from advisor.model.explanation import Counterfactual, Edit, Mark, Other
from advisor.model.rulebase import RuleBase
from advisor.output.words import counted, labels_in_words, listed, names, quoted

TOLD = 3
"""How many changes are told for each framework where there is little room."""


def first_flips(other: Other) -> tuple[tuple[Counterfactual, ...], tuple[Counterfactual, ...]]:
    """Return a few changes and openings, `TOLD` of both at most; neither sort hides the other."""
    room = TOLD - min(len(other.changes), 1)
    openings = other.openings[:room]
    return other.changes[: TOLD - len(openings)], openings


def too_few(rulebase: RuleBase, other: Other, edits: int = 1) -> str:
    """Say that one answer, or even two, would not make a framework lead alone; empty if one does.

    Args:
        rulebase: what names the framework.
        other: the framework, with what would make it lead alone.
        edits: how many edits at once were tried: never more is said than was worked out.
    """
    name = rulebase.frameworks[other.framework].name
    found = (*other.openings, *other.changes)
    if not found and edits > 1:
        return f"No two answers would make {name} lead alone."
    few = not found or min(map(len, found)) > 1
    return f"No single answer would make {name} lead alone." if few else ""


def changes_in_words(rulebase: RuleBase, other: Other) -> Iterator[str]:
    """Give in sentences the first changes that would make a framework lead, and how many follow."""
    if few := too_few(rulebase, other):
        yield few
    changes, openings = first_flips(other)
    for flip in (*openings, *changes):
        yield f"{flip_as_sentence(rulebase, flip, other.framework)}."
    more = len(other.changes) + len(other.openings) - len(changes) - len(openings)
    if more:
        name = rulebase.frameworks[other.framework].name
        yield f"{counted(more, 'more change').capitalize()} would make {name} lead."


def labels_of(rulebase: RuleBase, question: str, choices: tuple[str, ...]) -> str:
    """Return the labels of choices, in the order in which they are offered."""
    return labels_in_words(_labels(rulebase, question, choices))


def _labels(rulebase: RuleBase, question: str, choices: tuple[str, ...]) -> list[str]:
    asked = rulebase.questions[question]
    return [choice.label for choice in asked.choices if choice.id in choices]


def flip_as_sentence(rulebase: RuleBase, flip: Counterfactual, framework: str) -> str:
    """Return what changes bring about, as a person would say it, without a full stop."""
    supposed = listed([_supposed(rulebase, move) for move in flip])
    return f"If {supposed}, {rulebase.frameworks[framework].name} would lead"


def _supposed(rulebase: RuleBase, move: Edit) -> str:
    question = quoted(rulebase.questions[move.question].label)
    labels = _labels(rulebase, move.question, move.after)
    answer = listed([quoted(label) for label in labels])
    return f"you answered {question} with {answer}" if move.opens else f"{question} were {answer}"


def mark_in_words(rulebase: RuleBase, mark: Mark) -> str:
    """Return what a mark of importance would bring."""
    label = rulebase.questions[mark.question].label
    counts = "counted double" if mark.adds else "no longer counted double"
    leaders = names(rulebase, mark.leaders) or "nobody"
    verb = "would lead" if len(mark.leaders) < 2 else "would be level"  # noqa: PLR2004 - one leads, two are level
    return f"If {label} {counts}, {leaders} {verb}"


def leaders_in_words(rulebase: RuleBase, leaders: Sequence[str]) -> str:
    """Return who leads: a name, several that are level, or none."""
    level = " level" if len(leaders) > 1 else ""
    return f"{names(rulebase, leaders)}{level}" if leaders else "no leader at all"
