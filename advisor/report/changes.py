"""Changes of answers in words: what somebody would have to say otherwise for another result."""

from advisor.model.explanation import Flip, Mark, Move
from advisor.model.rulebase import RuleBase
from advisor.report.words import listed, names


def labels_of(rulebase: RuleBase, question: str, choices: tuple[str, ...]) -> str:
    """Return the labels of choices, in the order in which they are offered."""
    asked = rulebase.questions[question]
    return listed([choice.label for choice in asked.choices if choice.id in choices])


def move_in_words(rulebase: RuleBase, move: Move) -> str:
    """Return a change as `Label: what is chosen then`."""
    chosen = labels_of(rulebase, move.question, move.after)
    return f"{rulebase.questions[move.question].label}: {chosen}"


def flip_in_words(rulebase: RuleBase, flip: Flip) -> str:
    """Return changes that have to come together."""
    return "; and ".join(move_in_words(rulebase, move) for move in flip)


def mark_in_words(rulebase: RuleBase, mark: Mark) -> str:
    """Return what a mark of importance would bring."""
    label = rulebase.questions[mark.question].label
    counts = "counted double" if mark.adds else "no longer counted double"
    leaders = names(rulebase, mark.leaders) or "nobody"
    verb = "would lead" if len(mark.leaders) < 2 else "would be level"  # noqa: PLR2004 - one leads, two are level
    return f"If {label} {counts}, {leaders} {verb}"
