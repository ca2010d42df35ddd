"""Compares results: where answers differ, and which reasons come and go.

Whether a difference matters is said elsewhere.
"""

from collections.abc import Collection, Sequence

from advisor.engine.bearing import weights_of
from advisor.engine.exchange import saying, taking_over
from advisor.engine.index import index_of
from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.comparison import Comparison, Differing, Shift
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Reason, Recommendation, leading_plans
from advisor.model.rulebase import RuleBase


def compare(
    rulebase: RuleBase, answers: Sequence[Answers], basis: Basis = Basis.CHECKED
) -> Comparison:
    """Set the results of several answers side by side.

    Args:
        rulebase: the rule base to think with.
        answers: two or more sets of answers; the first is the one to compare with.
        basis: facts as checked, or the documents as written; the same for all.
    """
    results = tuple(recommend(rulebase, each, basis) for each in answers)
    questions = [q for q in rulebase.questions if len({saying(a, q) for a in answers}) > 1]
    weights = weights_of(index_of(rulebase, basis), answers, questions)
    return Comparison(
        results=results,
        differing=tuple(
            Differing(question, tuple(saying(a, question) for a in answers), weights[question])
            for question in questions
        ),
        shifts=tuple(_shift(results[0], result) for result in results),
        shared=recommend(rulebase, _shared(answers, questions), basis),
    )


def _shared(answers: Sequence[Answers], differing: Collection[str]) -> Answers:
    """Return the answers and marks that all share."""
    return taking_over(answers[0], Answers(), differing)


def _shift(first: Recommendation, result: Recommendation) -> Shift:
    """Hold the reasons of a result's leading plans against those of the first."""
    before, after = _reasons(first), _reasons(result)
    return Shift(
        gained=tuple(reason for key, reason in after.items() if key not in before),
        lost=tuple(reason for key, reason in before.items() if key not in after),
        changed=tuple(
            (before[key], reason)
            for key, reason in after.items()
            if key in before and before[key].points != reason.points
        ),
    )


def _reasons(result: Recommendation) -> dict[tuple[str, str, str], Reason]:
    """Return the reasons of the leading plans, each once."""
    plans = leading_plans(result.standings)
    return {(r.rule, r.framework, r.role): r for plan in plans for r in plan.reasons}
