"""All that is told to a program: the result, what explains it, and where else it can be had."""

from advisor.engine.explain import explain
from advisor.engine.trace import trace
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.query.expectation import meets, outcome
from advisor.query.explained import explanation_json, trace_json
from advisor.query.links import links
from advisor.query.query import Expectation, Query
from advisor.query.serializer import Json, envelope, result


def whole(rulebase: RuleBase, query: Query, recommendation: Recommendation) -> Json:
    """Return a recommendation with everything beside it, as plain data.

    Args:
        rulebase: the rule base that it was made with.
        query: what was asked; with its trace, every rule is told, and with an expectation,
            whether it is met.
        recommendation: the answer to it.
    """
    explanation = explain(rulebase, recommendation)
    beside: Json = {}
    if query.expect:
        beside["expect"] = _expected(rulebase, query.expect, recommendation)
    beside["explanation"] = explanation_json(explanation, recommendation.open_questions)
    if query.trace:
        beside["trace"] = trace_json(trace(rulebase, query.answers, query.basis))
    return envelope(result(recommendation, query.edition), links(query), beside)


def _expected(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> Json:
    return {
        "wanted": str(expectation),
        "met": meets(expectation, recommendation),
        "leaders": list(recommendation.leaders),
        "message": outcome(rulebase, expectation, recommendation),
    }
