"""Makes a recommendation: a rule base and answers in, all that is recommended out.

Integers, additive, exact; no request, no file, no clock, no randomness.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from advisor.engine.scoring import reasons
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.items import Kind
from advisor.engine.scoring.verdict import Decision, Outcome, decision_of, outcomes, tolerance
from advisor.engine.whatif.completions import Situation
from advisor.engine.whatif.open_questions import live_questions, next_of, open_questions
from advisor.engine.whatif.settled import settle
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import (
    MODEL,
    Brief,
    Otherwise,
    PlanName,
    Recommendation,
    Verdict,
    leading_plans,
)
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Role

_OTHER = {Basis.CHECKED: Basis.DOCUMENTS, Basis.DOCUMENTS: Basis.CHECKED}


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
    decision = decision_of(index_of(rulebase, basis), answers)
    outcome, apply = decision.outcome, decision.apply
    standings = reasons.standings_of(decision)
    leading = leading_plans(standings)
    levels = reasons.levels_of(decision)
    situation = Situation(decision)
    live = live_questions(situation)
    waiting = open_questions(situation, live)
    changing = {question.question for question in waiting if question.matters}
    settled, reach = settle(situation, changing=bool(changing))
    unasked = live - answers.said().union(asked)
    return Recommendation(
        edition=rulebase.edition,
        rules_hash=rulebase.rules_hash,
        model=MODEL,
        basis=basis,
        answers=answers,
        important=tuple(sorted(answers.important)),
        without=tuple(sorted(answers.without)),
        one_tool=answers.one_tool,
        ignored=tuple(q for q in rulebase.questions if q in answers.given and q not in apply),
        conflicts=reasons.conflicts_of(decision),
        idle_marks=reasons.idle_marks_of(decision, levels),
        roles=tuple(role for role in Role if role in decision.roles),
        switches=decision.switches,
        lifted=tuple(_otherwise(decision, basis, each) for each in _lifting(answers)),
        leaders=outcome.names,
        verdict=outcome.verdict,
        margin=outcome.margin,
        tolerance=tolerance(decision),
        settled=settled,
        plans=tuple(standing.plan for standing in standings if standing.plan),
        standings=standings,
        reach=reach,
        levels=levels,
        open_questions=waiting,
        disagreements=reasons.disagreements_of(rulebase, leading, levels),
        migrations=reasons.migrations_of(decision, leading),
        # Nobody acts upon a plan while too little is answered.
        steps=reasons.steps_of(decision, () if outcome.verdict is Verdict.OPEN else leading),
        notes=tuple(note.id for note in decision.evaluation.listed(Kind.NOTE)),
        other=_otherwise(decision, _OTHER[basis], answers),
        # Of those not answered at all, not even by `unsure`, and still able to change something.
        next_question=next_of(rulebase, unasked, changing) if unasked else None,
    )


def recommend_briefly(
    rulebase: RuleBase, several: Sequence[Answers], basis: Basis = Basis.CHECKED
) -> Iterator[Brief]:
    """Recommend for many projects at once, without reasons: what `recommend` does for each."""
    for outcome in outcomes(index_of(rulebase, basis), several):
        yield Brief(outcome.names, outcome.verdict, outcome.margin, _names(outcome))


def _lifting(answers: Answers) -> Iterator[Answers]:
    """Yield the answers with each constraint lifted; where there are several, with all lifted."""
    each = [replace(answers, without=answers.without - {name}) for name in sorted(answers.without)]
    each += [replace(answers, one_tool=False)] if answers.one_tool else []
    yield from each
    if len(each) > 1:
        yield replace(answers, without=frozenset(), one_tool=False)


def _otherwise(here: Decision, basis: Basis, answers: Answers) -> Otherwise:
    """Say what answers give on another basis, or with a constraint lifted, beside what is here."""
    there = decision_of(index_of(here.index.rulebase, basis), answers).outcome
    return Otherwise(
        basis=basis,
        without=tuple(sorted(answers.without)),
        one_tool=answers.one_tool,
        leaders=there.names,
        verdict=there.verdict,
        margin=there.margin,
        plans=_names(there),
        differs=(there.verdict, _names(there)) != (here.outcome.verdict, _names(here.outcome)),
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
