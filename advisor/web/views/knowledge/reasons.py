"""Rules in one line each, for the lists of them: what they say and what is left of it today."""

from collections.abc import Iterable

from pydantic import Field

from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Cost, Level, Prefer, Rule, Score, Stop
from advisor.output.words import ROLE_WORDS, sentence
from advisor.web.views.knowledge.conditions import in_a_line
from advisor.web.views.knowledge.effects import active, effect_on
from advisor.web.views.page import View


class ReasonLine(View):
    """A rule, or the cost of handing over, in one line."""

    text: str = Field(description="What it says.")
    address: str = Field(description="The address of its page.")
    context: str = Field(description="What it is about, and under which answers it counts.")
    today: str = Field(description="What it does on the facts as checked; empty if nothing.")
    written: str = Field(description="What it does on the documents as written; empty if nothing.")


def reason_address(reason: str) -> str:
    """Return the address of the page of a rule or a cost."""
    return f"/rules/{reason}"


def reason_line(rulebase: RuleBase, reason: Rule | Cost) -> ReasonLine:
    """Return a rule or a cost in one line."""
    return ReasonLine(
        text=reason.text,
        address=reason_address(reason.id),
        context=context(rulebase, reason),
        today=effect_on(rulebase, reason, Basis.CHECKED),
        written=effect_on(rulebase, reason, Basis.DOCUMENTS),
    )


def context(rulebase: RuleBase, reason: Rule | Cost) -> str:
    """Say what a rule or a cost is about, and under which answers it counts."""
    return f"{sentence(_role(reason))} {in_a_line(rulebase, reason.when)}"


def _role(reason: Rule | Cost) -> str:
    match reason:
        case Rule(effect=Score(role=role) | Stop(role=role) | Level(role=role)):
            return ROLE_WORDS[role]
        case Rule(effect=Prefer()):
            return "backend"
    return "handing over"


def concerned(rule: Rule) -> tuple[str, ...]:
    """Return the ids of the frameworks that a rule is about."""
    if isinstance(rule.effect, Prefer):
        return (rule.effect.framework,)
    return rule.effect.frameworks


def weightiest_first(rulebase: RuleBase, rules: Iterable[Rule]) -> list[Rule]:
    """Sort rules: what counts today by its points, then what is level, then what has fallen."""
    today = active(rulebase, Basis.CHECKED)
    return sorted(
        rules,
        key=lambda rule: (rule.id not in today, isinstance(rule.effect, Level), -points_of(rule)),
    )


def points_of(rule: Rule) -> int:
    """Return the points of a rule as they are written down; 0 where it has none."""
    return rule.effect.points if isinstance(rule.effect, Score | Prefer) else 0
