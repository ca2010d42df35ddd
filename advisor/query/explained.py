"""Writes an explanation and a trace as plain data, field by field, as the serializer does."""

from collections.abc import Iterable

from advisor.engine.trace import Miss, Traced
from advisor.model.explanation import (
    Against,
    Alternative,
    BasesDiffer,
    Carrier,
    Counterfactual,
    Edit,
    Explanation,
    Mark,
    Other,
)
from advisor.model.recommendation import OpenQuestion
from advisor.query.serializer import Json


def explanation_json(explanation: Explanation, open_questions: Iterable[OpenQuestion]) -> Json:
    """Return an explanation as plain data with one order of keys.

    Args:
        explanation: what to write down.
        open_questions: those of the recommendation, with what they could bring.
    """
    return {
        "others": [_other(other) for other in explanation.others.values()],
        "ways": [_way(way) for way in explanation.ways],
        "marks": [_mark(mark) for mark in explanation.marks],
        "open_questions": [
            {"question": asked.question, "leaders": [list(each) for each in asked.leaders]}
            for asked in open_questions
        ],
        "bases": _bases(explanation.bases) if explanation.bases else None,
    }


def trace_json(trace: Iterable[Traced]) -> list[Json]:
    """Return a trace as plain data: every rule, and what became of it."""
    return [
        {
            "rule": traced.rule,
            "outcome": str(traced.outcome),
            "points": traced.points,
            "doubled": traced.doubled,
            "questions": list(traced.questions),
            "misses": [[_miss(miss) for miss in alternative] for alternative in traced.misses],
            "claims": list(traced.claims),
        }
        for traced in trace
    ]


def _miss(miss: Miss) -> Json:
    return {"question": miss.question, "wanted": list(miss.wanted), "given": list(miss.given)}


def _other(other: Other) -> Json:
    return {
        "framework": other.framework,
        "why": str(other.why),
        "stops": list(other.stops),
        "against": [_against(against) for against in other.against],
        "size": other.size,
        "changes": [_flip(flip) for flip in other.changes],
        "openings": [_flip(flip) for flip in other.openings],
    }


def _against(against: Against) -> Json:
    return {
        "leader": against.leader,
        "behind": against.behind,
        "differences": _differences(against),
    }


def _differences(against: Against) -> list[Json]:
    return [
        {"rule": each.rule, "ours": each.ours, "theirs": each.theirs}
        for each in against.differences
    ]


def _way(way: Alternative) -> Json:
    return {
        "lead": way.plan.lead,
        "shipper": way.plan.shipper,
        "backend": way.plan.backend or None,
        "score": way.plan.score,
        "behind": way.against.behind,
        "differences": _differences(way.against),
    }


def _flip(flip: Counterfactual) -> list[Json]:
    return [_move(move) for move in flip]


def _move(move: Edit) -> Json:
    return {
        "question": move.question,
        "after": list(move.after),
        "clicks": move.size,
        "opens": move.opens,
    }


def _mark(mark: Mark) -> Json:
    return {"question": mark.question, "adds": mark.adds, "leaders": list(mark.leaders)}


def _bases(bases: BasesDiffer) -> Json:
    return {
        "basis": str(bases.basis),
        "there": [_carrier(carrier) for carrier in bases.there],
        "here": [_carrier(carrier) for carrier in bases.here],
    }


def _carrier(carrier: Carrier) -> Json:
    return {
        "claim": carrier.claim,
        "status": str(carrier.status),
        "shown_by": list(carrier.shown_by),
        "counts_here": carrier.counts_here,
        "counts_there": carrier.counts_there,
        "carries": list(carrier.carries),
    }
