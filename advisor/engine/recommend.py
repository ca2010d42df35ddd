"""The one door of the engine: a rule base and answers in, a recommendation out.

Integers, additive, exact; no request, no file, no clock, no randomness.
"""

from collections.abc import Collection, Iterator

from advisor.engine import consequences
from advisor.engine.basics import Basics, basics_of
from advisor.engine.board import Board, board_of
from advisor.engine.index import index_of
from advisor.engine.prospects import Prospects
from advisor.engine.questionnaire import live_questions, next_question
from advisor.engine.settling import UNSETTLED, Position, settle
from advisor.engine.standings import standings_of
from advisor.engine.verdict import Outcome, tolerance
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import (
    OpenQuestion,
    OtherBasis,
    Plan,
    PlanName,
    Recommendation,
    Settled,
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
    """Recommend frameworks for a project.

    Args:
        rulebase: the rule base to think with.
        answers: what was answered; every question and choice is the rule base's.
        basis: facts as checked, or the documents as written.
        asked: questions that were shown and left blank; they are not proposed again.

    Returns:
        The whole recommendation. The same arguments give an equal one, always.
    """
    basics = basics_of(index_of(rulebase, basis), answers)
    outcome, evaluation = basics.outcome, basics.evaluation
    standings = standings_of(basics)
    leading = leading_plans(standings)
    levelled = consequences.levels(evaluation, basics.roles)
    live = live_questions(evaluation.index, answers, basics.apply)
    open_questions = tuple(_open_questions(board_of(evaluation.index, answers), live))
    return Recommendation(
        basis=basis,
        answers=answers,
        ignored=tuple(
            name
            for name in rulebase.questions
            if name in answers.given and name not in basics.apply
        ),
        roles=tuple(role for role in Role if role in basics.roles),
        switches=basics.switches,
        leaders=tuple(plan.candidate.lead for plan in outcome.leaders),
        verdict=outcome.verdict,
        margin=outcome.margin,
        tolerance=tolerance(outcome, basics.plans, evaluation, rulebase.margins),
        settled=_settled(basics, answers, open_questions),
        standings=standings,
        levels=levelled,
        open_questions=open_questions,
        disagreements=consequences.disagreements(evaluation, leading, levelled),
        migrations=consequences.migrations(evaluation, leading),
        steps=consequences.steps(evaluation, _chosen(outcome, leading)),
        notes=consequences.notes(evaluation),
        other=_other_basis(rulebase, answers, basis, outcome),
        next_question=next_question(rulebase, answers, live, asked),
        rules_hash=rulebase.rules_hash,
    )


def _chosen(outcome: Outcome, leading: Collection[Plan]) -> Collection[Plan]:
    """Return the plans that somebody could act upon: none while too little is answered."""
    return () if outcome.verdict is Verdict.OPEN else leading


def _unanswered(rulebase: RuleBase, answers: Answers) -> list[str]:
    """Return the questions that may still be answered: absent ones and those marked unsure."""
    return [
        name for name in rulebase.questions if name not in answers.given and name not in answers.any
    ]


def _open_questions(board: Board, live: Collection[str]) -> Iterator[OpenQuestion]:
    """Yield the questions that apply and still wait for an answer that could change something."""
    prospects = Prospects(board)
    for name in _unanswered(board.index.rulebase, board.answers):
        if name in board.apply and (name in live or name in board.answers.unsure):
            leaders = prospects.leaders(name) if name in live else ()
            yield OpenQuestion(name, name in board.answers.unsure, bool(leaders), leaders)


def _settled(basics: Basics, answers: Answers, open_questions: Collection[OpenQuestion]) -> Settled:
    """Say what no further answer can change: nothing that one alone can."""
    if any(question.matters for question in open_questions):
        return UNSETTLED
    index = basics.evaluation.index
    position = Position(index, answers, basics.outcome.leaders, basics.roles)
    return settle(position, _unanswered(index.rulebase, answers))


def _other_basis(rulebase: RuleBase, answers: Answers, basis: Basis, here: Outcome) -> OtherBasis:
    """Say what the same answers give on the other basis."""
    other = Basis.DOCUMENTS if basis is Basis.CHECKED else Basis.CHECKED
    there = basics_of(index_of(rulebase, other), answers).outcome
    return OtherBasis(
        basis=other,
        leaders=tuple(plan.candidate.lead for plan in there.leaders),
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
