"""The one door of the engine: a rule base and answers in, a recommendation out.

Integers, additive, exact; no request, no file, no clock, no randomness.
"""

from collections.abc import Collection

from advisor.engine.scoring import reasons
from advisor.engine.scoring.evaluate import index_of
from advisor.engine.scoring.items import Kind
from advisor.engine.scoring.verdict import Outcome, decision_of, tolerance
from advisor.engine.whatif.bounds import bounds_of
from advisor.engine.whatif.completions import Situation
from advisor.engine.whatif.open_questions import live_questions, open_questions
from advisor.engine.whatif.settled import UNSETTLED, settle
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import (
    OtherBasis,
    PlanName,
    Recommendation,
    Verdict,
    leading_plans,
)
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Role


def recommend(
    rulebase: RuleBase,
    answers: Answers,
    basis: Basis = Basis.CHECKED,
    asked: Collection[str] = (),
) -> Recommendation:
    """Recommend frameworks for a project; the same arguments give an equal result, always.

    Every question and choice of the answers is the rule base's. Asked are questions that were
    shown and left blank; they are not proposed again.
    """
    index = index_of(rulebase, basis)
    decision = decision_of(index, answers)
    outcome, apply = decision.outcome, decision.apply
    standings = reasons.standings_of(decision)
    leading = leading_plans(standings)
    levels = reasons.levels_of(decision)
    situation = Situation(decision)
    live = live_questions(index, answers, apply)
    waiting = open_questions(situation, live)
    bounds = bounds_of(situation)
    # Nothing is settled that one answer alone can change.
    unsettled = any(question.matters for question in waiting)
    return Recommendation(
        basis=basis,
        answers=answers,
        ignored=tuple(q for q in rulebase.questions if q in answers.given and q not in apply),
        conflicts=reasons.conflicts_of(decision),
        idle_marks=reasons.idle_marks_of(decision, levels),
        roles=tuple(role for role in Role if role in decision.roles),
        switches=decision.switches,
        leaders=outcome.names,
        verdict=outcome.verdict,
        margin=outcome.margin,
        tolerance=tolerance(decision),
        settled=UNSETTLED if unsettled else settle(decision, situation, bounds),
        standings=standings,
        reach=bounds.reach(),
        levels=levels,
        open_questions=waiting,
        disagreements=reasons.disagreements_of(rulebase, leading, levels),
        migrations=reasons.migrations_of(decision, leading),
        # Nobody acts upon a plan while too little is answered.
        steps=reasons.steps_of(decision, () if outcome.verdict is Verdict.OPEN else leading),
        notes=tuple(note.id for note in decision.evaluation.listed(Kind.NOTE)),
        other=_other_basis(rulebase, answers, basis, outcome),
        # The first in written order that has no answer of any sort, and of which some answer,
        # together with others that are still open, could change something.
        next_question=next(
            (q for q in rulebase.questions if q in live and q not in answers.said().union(asked)),
            None,
        ),
        edition=rulebase.edition,
        rules_hash=rulebase.rules_hash,
    )


def _other_basis(rulebase: RuleBase, answers: Answers, basis: Basis, here: Outcome) -> OtherBasis:
    """Say what the same answers give on the other basis."""
    other = Basis.DOCUMENTS if basis is Basis.CHECKED else Basis.CHECKED
    there = decision_of(index_of(rulebase, other), answers).outcome
    return OtherBasis(
        basis=other,
        leaders=there.names,
        verdict=there.verdict,
        margin=there.margin,
        plans=_names(there),
        differs=(there.verdict, _names(there)) != (here.verdict, _names(here)),
    )


def _names(outcome: Outcome) -> tuple[PlanName, ...]:
    """Return who is in each leading plan."""
    return tuple(
        PlanName(
            lead=plan.candidate.lead,
            builder=plan.candidate.builder,
            shipper=plan.candidate.shipper,
            backend=plan.backend,
        )
        for plan in outcome.leaders
    )
