"""The one serializer of a recommendation: pages, programs and the command line share its bytes.

Everything is listed field by field, so that a field added to the model does not slip into the
contract unseen. Ids stand for what the rule base tells at length; texts are here where a reason
or a stop would be unreadable without.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType

from advisor.model.answers import Answers
from advisor.model.recommendation import (
    NoDifference,
    OpenQuestion,
    OtherBasis,
    Plan,
    PlanName,
    Reason,
    Recommendation,
    Standing,
    Stopped,
)
from advisor.query.query import ANY, UNSURE

FORMAT = 1
"""Version of the form of what is written here."""

MODEL = 1
"""Version of the decision model: how points become a recommendation."""

Json = dict[str, object]

EMPTY: Mapping[str, object] = MappingProxyType({})


def envelope(result: Json, links: Mapping[str, str], beside: Mapping[str, object] = EMPTY) -> Json:
    """Wrap a result with what stands beside it and may differ from day to day.

    Args:
        result: the recommendation.
        links: where else it can be had.
        beside: what else is told of it, by key.
    """
    return {"format": FORMAT, "result": result, **beside, "links": dict(links)}


def to_json(value: object) -> bytes:
    """Write a value as JSON in UTF-8, the same bytes for the same value, always."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def result(recommendation: Recommendation, edition: str | None = None) -> Json:
    """Return a recommendation as plain data with one order of keys.

    Args:
        recommendation: what to write down.
        edition: the released rule base that it rests on; None for the rule base as it is.
    """
    standings = recommendation.standings
    return {
        "edition": edition,
        "rules_hash": recommendation.rules_hash,
        "model": MODEL,
        "basis": str(recommendation.basis),
        "answers": answers_mapping(recommendation.answers),
        "important": sorted(recommendation.answers.important),
        "ignored": list(recommendation.ignored),
        "roles": [str(role) for role in recommendation.roles],
        "switches": list(recommendation.switches),
        "leaders": list(recommendation.leaders),
        "verdict": str(recommendation.verdict),
        "margin": recommendation.margin,
        "tolerance": _tolerance(recommendation),
        "settled": {
            "lead": recommendation.settled.lead,
            "plan": recommendation.settled.plan,
        },
        "plans": [_plan(standing.plan) for standing in standings if standing.plan],
        "standings": [_standing(standing) for standing in standings],
        "levels": [_level(level) for level in recommendation.levels],
        "open_questions": [_open_question(question) for question in recommendation.open_questions],
        "disagreements": list(recommendation.disagreements),
        "migrations": list(recommendation.migrations),
        "steps": {lead: list(recommendation.steps[lead]) for lead in sorted(recommendation.steps)},
        "notes": list(recommendation.notes),
        "other": _other_basis(recommendation.other),
        "next_question": recommendation.next_question,
    }


def answers_mapping(answers: Answers) -> dict[str, str | list[str]]:
    """Return answers as they may be sent: a choice as text, several as a list, by question."""
    said: dict[str, str | list[str]] = {}
    for question, choices in answers.given.items():
        several = sorted(choices)
        said[question] = several if len(several) > 1 else several[0]
    said |= dict.fromkeys(answers.unsure, UNSURE)
    said |= dict.fromkeys(answers.any, ANY)
    return {question: said[question] for question in sorted(said)}


def _tolerance(recommendation: Recommendation) -> Json | None:
    exact = recommendation.tolerance
    if exact is None:
        return None
    return {
        "numerator": exact.numerator,
        "denominator": exact.denominator,
        "percent": 100 * exact.numerator // exact.denominator,
    }


def _plan(plan: Plan) -> Json:
    return {
        "lead": plan.lead,
        "builder": plan.builder,
        "shipper": plan.shipper,
        "backend": plan.backend or None,
        "edge": plan.edge or None,
        "means": list(plan.means),
        "score": plan.score,
        "reasons": [_reason(reason) for reason in plan.reasons],
        "backend_reasons": [_reason(reason) for reason in plan.backend_reasons],
    }


def _reason(reason: Reason) -> Json:
    return {
        "rule": reason.rule,
        "framework": reason.framework,
        "role": reason.role,
        "points": reason.points,
        "doubled": reason.doubled,
        "text": reason.text,
        "claims": list(reason.claims),
        "questions": list(reason.questions),
    }


def _standing(standing: Standing) -> Json:
    return {
        "framework": standing.framework,
        "state": str(standing.state),
        "score": standing.score,
        "stops": [_stop(stop) for stop in standing.stops],
    }


def _stop(stop: Stopped) -> Json:
    return {
        "rule": stop.rule,
        "role": str(stop.role),
        "text": stop.text,
        "way_out": stop.way_out,
        "claims": list(stop.claims),
        "answers": {question: list(stop.answers[question]) for question in sorted(stop.answers)},
    }


def _level(level: NoDifference) -> Json:
    return {
        "rule": level.rule,
        "role": str(level.role),
        "frameworks": list(level.frameworks),
        "text": level.text,
        "claims": list(level.claims),
        "questions": list(level.questions),
    }


def _open_question(question: OpenQuestion) -> Json:
    return {
        "question": question.question,
        "unsure": question.unsure,
        "matters": question.matters,
    }


def _other_basis(other: OtherBasis) -> Json:
    return {
        "basis": str(other.basis),
        "leaders": list(other.leaders),
        "verdict": str(other.verdict),
        "margin": other.margin,
        "plans": [_plan_name(plan) for plan in other.plans],
        "differs": other.differs,
    }


def _plan_name(plan: PlanName) -> Json:
    return {
        "lead": plan.lead,
        "builder": plan.builder,
        "shipper": plan.shipper,
        "backend": plan.backend or None,
    }
