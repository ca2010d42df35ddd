"""In which order questions come.

First those that the rule base marks so, as they decide most; then the others. Of either, those of
which an answer would by itself change who leads, as things stand, go before those of which none
would. Otherwise the written order counts. A question always comes after those on which it depends
whether it is asked at all.

Whether a question changes the lead is read off the rows that tell what is still open: nothing is
looked at for the order's sake. The order hangs on the answers alone, and each question comes after
all that were asked before it. So one that is answered keeps its place, and the way back is the way
there.
"""

from collections.abc import Collection
from dataclasses import replace

from advisor.engine.scoring.evaluate import index_of
from advisor.engine.scoring.verdict import decide
from advisor.engine.whatif.completions import Situation
from advisor.engine.whatif.open_questions import open_questions
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation, Verdict
from advisor.model.rulebase import RuleBase


def next_of(rulebase: RuleBase, names: Collection[str], changing: Collection[str]) -> str:
    """Return which of some questions comes first; changing are those that can change the lead."""
    questions = rulebase.questions.values()
    first, soon = {each.id for each in questions if each.first}, {*changing}
    # Those on which it depends whether another is asked are written before it.
    for each in reversed(list(questions)):
        gates = {condition.question for alternative in each.applies for condition in alternative}
        first |= gates if each.id in first else set()
        soon |= gates if each.id in soon else set()
    return min(
        (name for name in rulebase.questions if name in names),
        key=lambda name: (name not in first, name not in soon),
    )


def early_answer(rulebase: RuleBase, here: Recommendation, asked: Collection[str] = ()) -> bool:
    """Say whether a first answer is due: to all that decides most and nothing else, and it is one.

    Asked are questions that were shown and left blank.
    """
    questions, following = rulebase.questions, here.next_question
    only = all(questions[name].first for name in here.answers.said().union(asked))
    more = following is not None and not questions[following].first
    return only and more and here.verdict not in {Verdict.NONE, Verdict.OPEN}


def asked_in_order(
    rulebase: RuleBase, answers: Answers, basis: Basis, names: Collection[str]
) -> list[str]:
    """Return questions in the order in which they come, each by the answers of those before it.

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
