"""The subjects that claims and tradeoffs are about, and their addresses."""

from advisor.model.knowledge import Subject
from advisor.model.rulebase import RuleBase
from advisor.web.views.page import Link


def tradeoff_address(subject: str) -> str:
    """Return the address of the head-to-head on a subject."""
    return f"/tradeoffs?subject={subject}"


def tradeoff_link(rulebase: RuleBase, subject: str) -> Link:
    """Return a link to the head-to-head on a subject, by its title."""
    return Link(label=rulebase.subjects[subject].title, address=tradeoff_address(subject))


def subjects_of_rules(rulebase: RuleBase) -> tuple[Subject, ...]:
    """Return the subjects that rules are about, in the order of the rule base."""
    used = {rule.topic for rule in rulebase.rules.values()}
    return tuple(subject for name, subject in rulebase.subjects.items() if name in used)
