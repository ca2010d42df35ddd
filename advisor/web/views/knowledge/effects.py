"""What a rule or a cost does: in words, and how much of it is left on each basis.

The engine says what is active and for how many points; nothing is weighed here.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from pydantic import Field

from advisor.engine.scoring.items import Item, items_of
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Cost, Edge, Level, Prefer, Rule, Score, Stop
from advisor.output.words import BASIS_WORDS, ROLE_WORDS, counted, listed, names, signed
from advisor.web.views.page import View

RULE_BASES = 8
"""How many rule bases are kept, twice each; a process serves one."""

RULES_OUT = "ruled out"
LEVEL = "level"
NOT_HARD = "None of its claims is hard enough there to rule anything out."
NOT_THERE = "None of its claims counts there."
AS_WRITTEN = "Its claims carry it in full."


class OnBasis(View):
    """What is left of an effect on a basis."""

    basis: str = Field(description="The basis in words.")
    effect: str = Field(description="The points with their sign, or another effect; empty if none.")
    why: str = Field(description="Why that much.")


@lru_cache(maxsize=RULE_BASES)
def active(rulebase: RuleBase, basis: Basis) -> Mapping[str, Item]:
    """Return the rules and costs that exist on a basis, by id, with the points left to them."""
    items = (item for item in items_of(rulebase, basis) if isinstance(item.origin, Rule | Cost))
    return MappingProxyType({item.id: item for item in items})


def effect_on(rulebase: RuleBase, reason: Rule | Cost, basis: Basis) -> str:
    """Return what a rule or a cost does on a basis, in a word; empty where it does nothing."""
    item = active(rulebase, basis).get(reason.id)
    if item is None:
        return ""
    match reason:
        case Rule(effect=Stop()):
            return RULES_OUT
        case Rule(effect=Level()):
            return LEVEL
        case Rule(effect=Prefer()):
            return f"{signed(item.points)} (backend)"
    return signed(item.points)


def on_bases(rulebase: RuleBase, reason: Rule | Cost) -> tuple[OnBasis, ...]:
    """Return what a rule or a cost does on each basis, and why."""
    return tuple(
        OnBasis(
            basis=BASIS_WORDS[basis],
            effect=effect_on(rulebase, reason, basis),
            why=_why(rulebase, reason, basis),
        )
        for basis in Basis
    )


def _why(rulebase: RuleBase, reason: Rule | Cost, basis: Basis) -> str:
    """Say why that much of an effect is left on a basis."""
    item = active(rulebase, basis).get(reason.id)
    if item is None:
        is_stop = isinstance(reason, Rule) and isinstance(reason.effect, Stop)
        return NOT_HARD if is_stop else NOT_THERE
    asked = abs(_asked(reason))
    if abs(item.points) == asked:
        return AS_WRITTEN
    left = counted(abs(item.points), "point")
    return f"It asks for {counted(asked, 'point')}; its strongest claim there carries {left}."


def _asked(reason: Rule | Cost) -> int:
    """Return the points as they are written down; 0 where there are none."""
    match reason:
        case Cost(points=points) | Rule(effect=Score(points=points) | Prefer(points=points)):
            return points
    return 0


def rule_in_words(rulebase: RuleBase, rule: Rule) -> str:
    """Say what a rule does when it fires."""
    match rule.effect:
        case Score(role, frameworks, points) if points < 0:
            whom = names(rulebase, frameworks)
            return f"Takes {counted(-points, 'point')} from {whom} for {ROLE_WORDS[role]}."
        case Score(role, frameworks, points):
            whom = names(rulebase, frameworks)
            each = " each" if len(frameworks) > 1 else ""
            return f"Gives {whom} {counted(points, 'point')}{each} for {ROLE_WORDS[role]}."
        case Stop(role, frameworks):
            return f"Rules {names(rulebase, frameworks)} out for {ROLE_WORDS[role]}."
        case Level(role, frameworks):
            whom = names(rulebase, frameworks)
            return (
                f"Says that for {ROLE_WORDS[role]} this no longer separates {whom}; moves no score."
            )
        case Prefer() as prefer:
            return _preference_in_words(rulebase, prefer)


def _preference_in_words(rulebase: RuleBase, prefer: Prefer) -> str:
    framework = rulebase.frameworks[prefer.framework]
    known = {backend.id: backend.name for backend in framework.backends}
    chosen = listed([known[backend] for backend in prefer.backends])
    points = counted(prefer.points, "point")
    return f"Speaks with {points} for {chosen} under {framework.name}; outside the score."


def cost_in_words(rulebase: RuleBase, edge: Edge, cost: Cost) -> str:
    """Say what a cost does when it is due."""
    builder, shipper = rulebase.frameworks[edge.builder], rulebase.frameworks[edge.shipper]
    points = counted(cost.points, "point")
    return f"Costs {points} where {builder.name} builds and {shipper.name} ships."
