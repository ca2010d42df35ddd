"""Which questions are left that could still change something, and which of them comes next."""

from collections.abc import Collection
from dataclasses import replace
from itertools import compress

import numpy as np

from advisor.engine.scoring.index import Flags, Index, index_of
from advisor.engine.scoring.items import Kind
from advisor.engine.scoring.verdict import decide
from advisor.engine.whatif.bounds import holding, plans_left
from advisor.engine.whatif.completions import Situation
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import OpenQuestion, Recommendation
from advisor.model.rulebase import RuleBase

TOLD_KINDS = frozenset({Kind.NOTE, Kind.MIGRATION})
"""Kinds that move no plan and are worth a question all the same; levels, conflicts and steps, which
change a remark or a piece of advice, are not."""


def live_questions(situation: Situation) -> frozenset[str]:
    """Return the questions without an answer by choice to which some answer changes something."""
    index, answers, completions = situation.index, situation.answers, situation.completions
    open_names = [name for name in index.rulebase.questions if name not in answers.given]
    if not open_names:
        return frozenset()
    options, extremes = situation.options, situation.extremes
    if answers.any:  # such an answer can be changed as well
        options = completions.narrowed(completions.allowing(answers.given, open_names), {})
        extremes = completions.extremes(options)
    ever, always = holding(*extremes)
    bearing = _bearing(index, answers, index.fold(always), index.fold(ever))
    asking = ever & bearing[index.owners]
    looks = np.array([index.looks[name] for name in open_names])
    live = {*compress(open_names, np.logical_or.reduce(looks & asking, axis=1).tolist())}
    # Beside those, their gates, and the gates of questions that are answered. The gates of a
    # question are written before it.
    for name in reversed([*index.rulebase.questions]):
        if name in live or name in answers.given:
            live |= {
                gate
                for clause in completions.applies.get(name, ())
                if all(options[asked] & satisfying for asked, satisfying in clause)
                for gate, _ in clause
            }
    return frozenset(live.intersection(open_names, situation.apply))


def _bearing(index: Index, answers: Answers, sure: Flags, maybe: Flags) -> Flags:
    """Say which items can still bear on what is told, by what surely and what may fire.

    Points bear on a plan that some completion leaves, a stop on a role that somebody may have to
    take: once a role is switched off, nothing that belongs to it alone is asked any more.
    """
    left = plans_left(index, sure, maybe)
    plans = list(compress(index.plans, left.may))
    totals = np.flatnonzero(left.may).tolist()
    totals += [index.backends[plan.lead, b.id] for plan in plans for b in plan.backends]
    bearing = np.zeros(len(index.items), bool)
    for kind in TOLD_KINDS:
        bearing[index.kinds[kind]] = True
    bearing[: index.pointed] = (index.points[:, totals] != 0).any(axis=1)
    bearing[index.kinds[Kind.STOP]] = [
        any(role in left.roles and name not in answers.without for role, name in item.slots)
        for item in index.items[index.kinds[Kind.STOP]]
    ]
    bearing[index.kinds[Kind.SWITCH]] = True
    bearing[index.kinds[Kind.FINISHED]] = not all(plan.builder for plan in plans)
    return bearing


def open_questions(situation: Situation, live: Collection[str]) -> tuple[OpenQuestion, ...]:
    """Return the questions that apply and still wait for an answer that could change something.

    Live are the questions to which some answer changes something.
    """
    answers = situation.answers
    waiting = [
        name
        for name in situation.index.rulebase.questions
        if name not in answers.given and name not in answers.any
        if name in situation.apply and (name in live or name in answers.unsure)
    ]
    # Every answer to each of them alone, the others staying as they are.
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in waiting}
    steps = {name: situation.completions.representatives[name] for name in waiting if name in live}
    asked = [name for name, numbers in steps.items() for _ in range(len(numbers))]
    if asked:
        leaders = situation.leaders_of(situation.rows_after(steps))
        for number, others in situation.others(leaders):
            found[asked[number]].add(others)
    return tuple(
        OpenQuestion(name, name in answers.unsure, bool(found[name]), tuple(sorted(found[name])))
        for name in waiting
    )


def next_of(rulebase: RuleBase, names: Collection[str], changing: Collection[str]) -> str:
    """Return which of some questions comes first; changing are those that can change the lead."""
    questions = rulebase.questions.values()
    first, soon = {each.id for each in questions if each.first}, {*changing}
    # The gates of a question, on which it depends whether it is asked, are written before it.
    for each in reversed(list(questions)):
        gates = {condition.question for clause in each.applies for condition in clause}
        first |= gates if each.id in first else set()
        soon |= gates if each.id in soon else set()
    return min(
        (name for name in rulebase.questions if name in names),
        key=lambda name: (name not in first, name not in soon),
    )


def early_answer(rulebase: RuleBase, here: Recommendation, asked: Collection[str] = ()) -> bool:
    """Say whether to show a first answer: all questions marked `first` are done, and no others.

    Nothing is shown where nobody is recommended yet. Asked are questions that were shown and left
    blank.
    """
    questions, following = rulebase.questions, here.next_question
    only = all(questions[name].first for name in here.answers.said().union(asked))
    more = following is not None and not questions[following].first
    return only and more and here.verdict.recommends


def asked_in_order(
    rulebase: RuleBase, answers: Answers, basis: Basis, names: Collection[str]
) -> list[str]:
    """Return some questions in the order in which they are asked, if answered as they are.

    Answers to other questions are there from the start.
    """
    index, order = index_of(rulebase, basis), list[str]()
    while left := frozenset(names).difference(order):
        before = replace(
            answers,
            given={name: said for name, said in answers.given.items() if name not in left},
            unsure=answers.unsure - left,
            any=answers.any - left,
        )
        # Of the last one nobody has to know what it changes.
        waiting = (
            open_questions(Situation(decide(index, before)), rulebase.questions)
            if len(left) > 1
            else ()
        )
        changing = [each.question for each in waiting if each.matters]
        order.append(next_of(rulebase, left, changing))
    return order
