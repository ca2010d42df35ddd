"""Which conditions hold under some answers, which questions apply, and so which answers count."""

from collections.abc import Collection, Container, Mapping

from advisor.model.remembered import remembered
from advisor.model.rulebase import RuleBase
from advisor.model.rules import UNANSWERED, Barred, Condition, Cost, Rule, Step, When

Chosen = Mapping[str, frozenset[str]]
"""For each question with an answer by choice, the ids of the choices."""


def applying(rulebase: RuleBase, given: Chosen) -> frozenset[str]:
    """Return the ids of the questions that apply under these answers."""
    return _applying(rulebase, tuple([given.get(name) for name in gates(rulebase)]))


@remembered(1)
def gates(rulebase: RuleBase) -> tuple[str, ...]:
    """Return the questions on whose answers it depends whether others apply, in written order."""
    asked = {
        condition.question
        for question in rulebase.questions.values()
        for clause in question.applies
        for condition in clause
    }
    return tuple(name for name in rulebase.questions if name in asked)


@remembered(256)
def _applying(rulebase: RuleBase, decided: tuple[frozenset[str] | None, ...]) -> frozenset[str]:
    """Go through the questions in order; remembered, as few questions are gates.

    Decided are the answers to the `gates`, None for one that has none.
    """
    pairs = zip(gates(rulebase), decided, strict=True)
    given = {name: choices for name, choices in pairs if choices is not None}
    apply: set[str] = set()
    for question in rulebase.questions.values():
        if not question.applies or _may_hold(question.applies, given, apply):
            apply.add(question.id)
    return frozenset(apply)


def _may_hold(when: When, given: Chosen, apply: Container[str]) -> bool:
    """Say whether some clause can hold: no answer contradicts it, and its questions may apply."""
    return any(
        all(
            condition.question in apply
            and (condition.question not in given or _holds(condition, given))
            for condition in clause
        )
        for clause in when
    )


def counting(given: Chosen, apply: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the answers by choice that count: those to questions that apply."""
    return {question: choices for question, choices in given.items() if question in apply}


def holds(when: When, chosen: Chosen) -> bool:
    """Say whether one of the clauses holds under the answers that count."""
    return any(all(_holds(each, chosen) for each in clause) for clause in when)


def fires(what: Rule | Cost | Step, chosen: Chosen) -> bool:
    """Say whether a rule or a cost fires, or a step is due, under the answers that count.

    Whether it is active is another matter.
    """
    excepted = holds(what.not_when, chosen) and not holds(what.except_when, chosen)
    return holds(what.when, chosen) and not excepted


def _holds(condition: Condition, chosen: Chosen) -> bool:
    return met(condition, chosen.get(condition.question, (UNANSWERED,)))


def met(condition: Condition, answer: Collection[str]) -> bool:
    """Say whether an answer to its question meets a condition, by its choices or `unanswered`."""
    return condition.choices.isdisjoint(answer) is isinstance(condition, Barred)
