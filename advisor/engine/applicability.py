"""Which questions apply under some answers, and so which answers count.

A question applies unless an answer says otherwise: a condition on a question that was not
answered leaves it open, and a condition on a question that does not apply itself fails.
"""

from collections.abc import Collection, Container, Mapping
from functools import lru_cache
from itertools import permutations

from advisor.model.rulebase import RuleBase
from advisor.model.rules import When

Decided = tuple[frozenset[str] | None, ...]
"""The answers to the questions that decide about others; None for one that has none."""


def applying(rulebase: RuleBase, given: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the ids of the questions that apply under these answers."""
    return _applying(rulebase, tuple([given.get(name) for name in deciders(rulebase)]))


def applying_after(
    rulebase: RuleBase,
    given: Mapping[str, frozenset[str]],
    question: str,
    choices: frozenset[str],
) -> frozenset[str]:
    """Return the same when one of the answers is another one."""
    decided = [choices if name == question else given.get(name) for name in deciders(rulebase)]
    return _applying(rulebase, tuple(decided))


@lru_cache(maxsize=8)
def deciders(rulebase: RuleBase) -> Mapping[str, frozenset[str]]:
    """Return the questions on whose answers it depends whether others apply.

    Returns:
        By question, in written order, the choices that are asked about.
    """
    asked: dict[str, set[str]] = {}
    for question in rulebase.questions.values():
        for alternative in question.applies:
            for condition in alternative:
                asked.setdefault(condition.question, set()).update(condition.choices)
    return {name: frozenset(asked[name]) for name in rulebase.questions if name in asked}


@lru_cache(maxsize=8)
def linked_deciders(rulebase: RuleBase) -> frozenset[tuple[str, str]]:
    """Return the pairs of questions, in both orders, on which some question hangs together.

    What a change of one of them does to which questions apply may depend on the other.
    """
    hangs: dict[str, set[str]] = {}
    for question in rulebase.questions.values():
        asked = {
            condition.question for alternative in question.applies for condition in alternative
        }
        hangs[question.id] = asked.union(*(hangs[name] for name in asked))
    return frozenset(pair for on in hangs.values() for pair in permutations(on, 2))


@lru_cache(maxsize=4096)
def _applying(rulebase: RuleBase, decided: Decided) -> frozenset[str]:
    """Go through the questions in order; remembered, as few answers decide."""
    pairs = zip(deciders(rulebase), decided, strict=True)
    given = {name: choices for name, choices in pairs if choices is not None}
    apply: set[str] = set()
    for question in rulebase.questions.values():
        if not question.applies or _may_hold(question.applies, given, apply):
            apply.add(question.id)
    return frozenset(apply)


def _may_hold(when: When, given: Mapping[str, frozenset[str]], apply: Container[str]) -> bool:
    """Say whether no answer contradicts every alternative."""
    return any(
        all(
            condition.question in apply
            and (
                condition.question not in given
                or not condition.choices.isdisjoint(given[condition.question])
            )
            for condition in alternative
        )
        for alternative in when
    )


def counting(
    given: Mapping[str, frozenset[str]], apply: Collection[str]
) -> dict[str, frozenset[str]]:
    """Return the answers by choice that count: those to questions that apply."""
    return {question: choices for question, choices in given.items() if question in apply}
