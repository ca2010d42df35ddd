"""What rules and the costs of handing over do: in words, and how much is left on each basis.

The engine says what is active and for how many points; nothing is weighed here. A reason is a
rule or a cost.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from advisor.engine.scoring.items import Item, items_of
from advisor.model.knowledge import Basis, Subject
from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Condition, Cost, Level, Prefer, Rule, Score, Stop, When
from advisor.output.words import ROLE_WORDS, counted, listed, names, quoted, sentence, signed

Reason = Rule | Cost


@lru_cache(maxsize=16)
def active(rulebase: RuleBase, basis: Basis) -> Mapping[str, Item]:
    """Return the rules and costs that exist on a basis, by id, with the points left to them."""
    items = items_of(rulebase, basis)
    return {item.id: item for item in items if isinstance(item.origin, Reason)}


def effect_on(rulebase: RuleBase, reason: Reason, basis: Basis) -> str:
    """Return what is left of a reason on a basis: `+2`, `ruled out`, `level`; empty if nothing."""
    item = active(rulebase, basis).get(reason.id)
    match reason:
        case _ if item is None:
            return ""
        case Rule(effect=Stop()):
            return "ruled out"
        case Rule(effect=Level()):
            return "level"
        case Rule(effect=Prefer()):
            return f"{signed(item.points)} (backend)"
    return signed(item.points)


def why_that_much(rulebase: RuleBase, reason: Reason, basis: Basis) -> str:
    """Say why that much of a reason is left on a basis, as a sentence."""
    item = active(rulebase, basis).get(reason.id)
    if item is None:
        if isinstance(reason, Rule) and isinstance(reason.effect, Stop):
            return "None of its claims is hard enough there to rule anything out."
        return "None of its claims counts there."
    asked, left = abs(points_of(reason)), abs(item.points)
    if left == asked:
        return "Its claims carry it in full."
    carried = counted(left, "point")
    return f"It asks for {counted(asked, 'point')}; its strongest claim there carries {carried}."


def points_of(reason: Reason) -> int:
    """Return the points of a reason as they are written down; 0 where it has none."""
    match reason:
        case Cost(points=points) | Rule(effect=Score(points=points) | Prefer(points=points)):
            return points
    return 0


def effect_in_words(rulebase: RuleBase, rule: Rule) -> str:
    """Say what a rule does when it counts: `Gives X two points for building`."""
    whom = names(rulebase, concerned(rule))
    match rule.effect:
        case Score(role, _, points) if points < 0:
            return f"Takes {counted(-points, 'point')} from {whom} for {ROLE_WORDS[role]}."
        case Score(role, frameworks, points):
            each = " each" if len(frameworks) > 1 else ""
            return f"Gives {whom} {counted(points, 'point')}{each} for {ROLE_WORDS[role]}."
        case Stop(role):
            return f"Rules {whom} out for {ROLE_WORDS[role]}."
        case Level(role):
            what = f"for {ROLE_WORDS[role]} this no longer separates {whom}"
            return f"Says that {what}; moves no score."
        case Prefer(framework, backends, points):
            chosen = backends_in_words(backends, rulebase.frameworks[framework], "and")
            points_told = counted(points, "point")
            return f"Speaks with {points_told} for {chosen} under {whom}; outside the score."


def backends_in_words(backends: Iterable[str], framework: Framework, last: str = "or") -> str:
    """Return the names of backends of a framework by their ids: `X, Y or Z`."""
    known = {backend.id: backend.name for backend in framework.backends}
    return listed([known[backend] for backend in backends], last)


def about(rulebase: RuleBase, reason: Reason) -> str:
    """Say what a reason is about and when it counts: `Building. With goal: “research”`."""
    match reason:
        case Rule(effect=Score(role=role) | Stop(role=role) | Level(role=role)):
            matter = ROLE_WORDS[role]
        case Rule():
            matter = "backend"
        case Cost():
            matter = "handing over"
    return f"{sentence(matter)} {when_in_words(rulebase, reason.when)}"


def when_in_words(rulebase: RuleBase, when: When) -> str:
    """Say when something counts: `With goal: “research”, and size: “small” or “large”`."""
    if () in when:
        return "Always, whatever is answered."
    told = [
        ", and ".join(
            f"{rulebase.questions[condition.question].label}: "
            f"{choices_in_words(rulebase, condition)}"
            for condition in conjunction
        )
        for conjunction in when
    ]
    return f"With {'; or '.join(told)}."


def choices_in_words(rulebase: RuleBase, condition: Condition) -> str:
    """Return the answers of which a condition wants one, as they are offered: `“a” or “b”`."""
    offered = rulebase.questions[condition.question].choices
    return listed([quoted(each.label) for each in offered if each.id in condition.choices], "or")


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


def subjects_of_rules(rulebase: RuleBase) -> list[Subject]:
    """Return the subjects that rules are about, in the order of the rule base."""
    used = {rule.topic for rule in rulebase.rules.values()}
    return [subject for name, subject in rulebase.subjects.items() if name in used]
