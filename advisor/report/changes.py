"""Changes of answers in words: what somebody would have to say otherwise for another result."""

from collections.abc import Sequence

from advisor.model.explanation import Flip, Mark, Move
from advisor.model.rulebase import RuleBase
from advisor.report.words import listed, names


def labels_of(rulebase: RuleBase, question: str, choices: tuple[str, ...]) -> str:
    """Return the labels of choices, in the order in which they are offered."""
    return listed(_labels(rulebase, question, choices))


def _labels(rulebase: RuleBase, question: str, choices: tuple[str, ...]) -> list[str]:
    asked = rulebase.questions[question]
    return [choice.label for choice in asked.choices if choice.id in choices]


def move_in_words(rulebase: RuleBase, move: Move) -> str:
    """Return a change as `Label: what is chosen then`."""
    chosen = labels_of(rulebase, move.question, move.after)
    return f"{rulebase.questions[move.question].label}: {chosen}"


def flip_in_words(rulebase: RuleBase, flip: Flip) -> str:
    """Return changes that have to come together."""
    return "; and ".join(move_in_words(rulebase, move) for move in flip)


def flip_as_sentence(rulebase: RuleBase, flip: Flip, framework: str) -> str:
    """Return what changes bring about, as a person would say it, without a full stop."""
    supposed = " and ".join(_supposed(rulebase, move) for move in flip)
    return f"If {supposed}, {rulebase.frameworks[framework].name} would lead"


def _supposed(rulebase: RuleBase, move: Move) -> str:
    question = _quoted(rulebase.questions[move.question].label)
    labels = _labels(rulebase, move.question, move.after)
    answer = listed([_quoted(label) for label in labels])
    return f"you answered {question} with {answer}" if move.opens else f"{question} were {answer}"


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


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
