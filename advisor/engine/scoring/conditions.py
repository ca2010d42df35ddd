"""Which questions apply under some answers, which answers count, and what holds under them.

A question applies unless an answer says otherwise: a condition on a question that was not
answered leaves it open, and a condition on a question that does not apply itself fails.
"""

from collections.abc import Collection, Container, Mapping
from functools import lru_cache

from advisor.model.rulebase import RuleBase
from advisor.model.rules import Condition, When

Chosen = Mapping[str, frozenset[str]]
"""For each question with an answer by choice, the ids of the choices."""


def applying(rulebase: RuleBase, given: Chosen) -> frozenset[str]:
    """Return the ids of the questions that apply under these answers."""
    return _applying(rulebase, tuple([given.get(name) for name in deciders(rulebase)]))


@lru_cache(maxsize=8)
def deciders(rulebase: RuleBase) -> tuple[str, ...]:
    """Return the questions on whose answers it depends whether others apply, in written order."""
    asked = {
        condition.question
        for question in rulebase.questions.values()
        for alternative in question.applies
        for condition in alternative
    }
    return tuple(name for name in rulebase.questions if name in asked)


@lru_cache(maxsize=256)
def _applying(rulebase: RuleBase, decided: tuple[frozenset[str] | None, ...]) -> frozenset[str]:
    """Go through the questions in order; remembered, as few answers decide.

    Given are the answers to the `deciders`, None for one that has none.
    """
    pairs = zip(deciders(rulebase), decided, strict=True)
    given = {name: choices for name, choices in pairs if choices is not None}
    apply: set[str] = set()
    for question in rulebase.questions.values():
        if not question.applies or _may_hold(question.applies, given, apply):
            apply.add(question.id)
    return frozenset(apply)


def _may_hold(when: When, given: Chosen, apply: Container[str]) -> bool:
    """Say whether no answer contradicts every alternative."""
    return any(
        all(
            condition.question in apply
            and (condition.question not in given or _holds(condition, given))
            for condition in alternative
        )
        for alternative in when
    )


def counting(given: Chosen, apply: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the answers by choice that count: those to questions that apply."""
    return {question: choices for question, choices in given.items() if question in apply}


def holds(when: When, chosen: Chosen) -> bool:
    """Say whether one of some alternatives holds under the answers that count."""
    return any(all(_holds(each, chosen) for each in alternative) for alternative in when)


def _holds(condition: Condition, chosen: Chosen) -> bool:
    given = chosen.get(condition.question)
    return given is not None and not condition.choices.isdisjoint(given)
