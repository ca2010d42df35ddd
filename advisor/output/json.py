"""All that is told to programs, as JSON: one encoder for every noun of the model.

A noun is sent as its fields, in the order of the model. What is sent otherwise stands in the
tables here, and `schemas` makes the description for programs of the same nouns and tables.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from advisor.editions.edition import FORMAT
from advisor.engine.explain import explain, trace
from advisor.engine.recommend import recommend
from advisor.errors import Fault
from advisor.model.answers import Answers
from advisor.model.explanation import Alternative, Difference, Explanation, Since, Traced
from advisor.model.knowledge import Basis
from advisor.model.plain import Forms, own_fields, plain, plainer
from advisor.model.recommendation import (
    OpenQuestion,
    Plan,
    PlanName,
    Recommendation,
    Standing,
    Stopped,
)
from advisor.model.remembered import remembered
from advisor.model.rulebase import Question, RuleBase
from advisor.output.expectation import Failure, failures, outcome_sentence, unused
from advisor.query.query import Expectation, Query
from advisor.query.write import answers_mapping, links
from advisor.scan.scan import Scan

NOT_MET: Final = "expectation-not-met"

OMITTED: Mapping[type, frozenset[str]] = {
    Standing: frozenset({"plan"}),
    Stopped: frozenset({"framework"}),
    OpenQuestion: frozenset({"leaders"}),
}
"""Fields that are told elsewhere in the same document."""

EMPTY_IS_NULL: Mapping[type, frozenset[str]] = {
    PlanName: frozenset({"backend"}),
    Plan: frozenset({"backend", "edge"}),
}
"""Ids that are empty in the model and null in JSON where there is none."""

QUESTION_FIELDS = (
    "id", "title", "topic", "label", "changes", "why", "multiple", "applies", "choices",
)  # fmt: skip
CHOICE_FIELDS = ("id", "label", "hint")
"""What a program needs to know of a question and of each of its choices, in this order."""

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much error in every rule's points the lead can bear: an exact fraction."""

    numerator: int
    denominator: int
    percent: int
    """Rounded down."""


@dataclass(frozen=True, slots=True)
class AlternativeLine:
    """Another way to ship what a leader builds: its best plan with another shipper."""

    lead: str
    shipper: str | None
    backend: str | None
    """The id of what the builder runs on; null if it needs nothing."""
    score: int
    behind: int
    """Points down from the leading plan; 0 where both have as many, and fewer tools, or the
    backend, decide."""
    differences: tuple[Difference, ...]
    """They add up to `behind`."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What was expected, held against the result."""

    wanted: str
    """In the words of an address, with commas between: `ash, birch:birch, verdict:close`."""
    met: bool
    """Whether the status is 200; it is 409 where not."""
    code: Literal["expectation-met", "expectation-not-met"]
    """Says the same as the status; a request that is refused has a `code` of its own."""
    failed: tuple[Failure, ...]
    """What is not as expected; empty where it is met."""
    leaders: tuple[str, ...]
    """Those of the result."""
    message: str
    """A line for a log: what was expected, what is recommended, whether the lead is shared, the
    verdict, whether it is settled, and what was not used."""
    unused: tuple[str, ...]
    """Answers and marks that the recommendation does not rest on: `serving`, `important=deploy`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A result with what stands beside it, which may differ from day to day.

    A field whose default is None is left out where there is nothing to tell.
    """

    format: Literal[1]
    """The version of this form."""
    result: Recommendation
    """The recommendation: the same bytes for the same answers."""
    expect: Expected | None = None
    """What was expected, whether it is met, and both in a sentence, the message; only where
    something was expected."""
    since: Since | None = None
    """Whether the newest edition still recommends the same; only where an older one answers."""
    carried: tuple[str, ...] | None = None
    """What has another name now than in the request, a sentence each; only where something has."""
    explanation: Explanation
    """Why the others do not lead, the smallest changes that would make them lead, and why the bases
    differ."""
    trace: tuple[Traced, ...] | None = None
    """What became of every rule; only where a trace was asked for."""
    links: Mapping[str, str]
    """Where else the same can be had, below this site."""


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions, in the order in which they are asked."""

    format: Literal[1]
    """The version of this form."""
    questions: tuple[Question, ...]
    """In written order."""


@dataclass(frozen=True, slots=True)
class RuleBaseExport:
    """Everything that recommendations rest on."""

    format: Literal[1]
    """The version of this form."""
    rulebase: RuleBase


@dataclass(frozen=True, slots=True)
class Readiness:
    """The site answers, by these rules."""

    status: Literal["ready"]
    rules_hash: str
    """Names the rules exactly: another hash, other rules."""
    faults: tuple[str, ...]
    """What is wrong with the folder of the rules since they were read; they are served on."""


@dataclass(frozen=True, slots=True)
class Health:
    """The site is there."""

    status: Literal["ok"]
    rules_hash: str
    """Names the rules exactly: another hash, other rules."""


def expected(
    rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation
) -> Expected:
    """Hold what was expected against a result."""
    failed = failures(rulebase, expectation, recommendation)
    return Expected(
        wanted=str(expectation),
        met=not failed,
        code=NOT_MET if failed else "expectation-met",
        failed=failed,
        leaders=recommendation.leaders,
        message=outcome_sentence(rulebase, expectation, recommendation),
        unused=unused(recommendation),
    )


def envelope(
    rulebase: RuleBase,
    query: Query,
    recommendation: Recommendation,
    below: str = "",
    since: Since | None = None,
) -> Envelope:
    """Return the answer to a query with everything beside it.

    With the query's trace every rule is told, with two changes pairs of edits are, and with an
    expectation whether it is met. The links begin with the path below which the site lives.
    """
    return Envelope(
        format=FORMAT,
        result=recommendation,
        expect=expected(rulebase, query.expect, recommendation) if query.expect else None,
        since=since,
        carried=query.renamed or None,
        explanation=explain(rulebase, recommendation, query.changes),
        trace=trace(rulebase, query.answers, query.basis) if query.trace else None,
        links=links(query, below),
    )


@remembered(1)
def rulebase_json(rulebase: RuleBase) -> bytes:
    """Write the whole rule base."""
    return to_json(RuleBaseExport(FORMAT, rulebase))


@remembered(1)
def questions_json(rulebase: RuleBase) -> bytes:
    """Write the questions in the order in which they are asked."""
    return to_json(Questions(FORMAT, tuple(rulebase.questions.values())))


def findings_json(scan: Scan, recommendation: Recommendation, link: str) -> Json:
    """Return what a scan found, and who would lead by it, as plain data."""
    told: Json = {
        "format": FORMAT,
        "files": scan.files,
        "read": scan.read,
        "findings": scan.findings,
        "left_out": scan.faults,
        "leaders": recommendation.leaders,
        "link": link,
    }
    return {key: plain(value) for key, value in told.items()}


def to_json(value: object) -> bytes:
    """Write what is sent of a noun, or of plain data with nouns in it, as JSON in UTF-8.

    The same bytes for the same value, always.
    """
    how: Any = {"ensure_ascii": False, "separators": (",", ":"), "check_circular": False}
    return json.dumps(value, default=partial(plainer, forms=FORMS), **how).encode() + b"\n"


def digest(rulebase: RuleBase, answers: Answers, basis: Basis) -> str:
    """Return the SHA-256 of a result as it is sent, by which an edition proves itself."""
    return hashlib.sha256(to_json(recommend(rulebase, answers, basis))).hexdigest()


def encoded(noun: object) -> Json:
    """Return what is sent of a noun."""
    return cast("Json", plain(noun, FORMS))


def fault_json(fault: Fault) -> Json:
    """Write one fault; line and column only where a body is no JSON at all."""
    place: Json = {"place": fault.place.source, "path": fault.place.path}
    if fault.place.line:
        place |= {"line": fault.place.line, "column": fault.place.column}
    return place | {
        "code": fault.code,
        "message": fault.message,
        "expected": fault.expected,
        "nearest": fault.nearest,
    }


def _alternative(other: Alternative) -> AlternativeLine:
    """Return what is sent of an alternative."""
    plan, against = other.plan, other.against
    return AlternativeLine(
        lead=plan.lead,
        shipper=plan.shipper,
        backend=plan.backend or None,
        score=plan.score,
        behind=against.behind,
        differences=against.differences,
    )


def _asked(told: Questions) -> Json:
    """Return the questions with what a program needs to know of them."""

    def some(noun: object, names: Iterable[str]) -> Json:
        return {name: getattr(noun, name) for name in names}

    questions = [
        some(each, QUESTION_FIELDS) | {"choices": [some(c, CHOICE_FIELDS) for c in each.choices]}
        for each in told.questions
    ]
    return own_fields(told) | {"questions": questions}


def _sent_fields(noun: Any) -> Json:  # noqa: ANN401 - any noun of the tables
    """Return the fields of a noun that are sent."""
    kind = type(noun)
    omitted, nullable = OMITTED.get(kind, ()), EMPTY_IS_NULL.get(kind, ())
    return {
        name: value or None if name in nullable else value
        for name, value in own_fields(noun).items()
        if name not in omitted
    }


FORMS: Forms = MappingProxyType(
    {
        **dict.fromkeys((*OMITTED, *EMPTY_IS_NULL), _sent_fields),
        Envelope: lambda told: {name: v for name, v in own_fields(told).items() if v is not None},
        Answers: answers_mapping,
        Fraction: lambda exact: Tolerance(exact.numerator, exact.denominator, int(100 * exact)),
        Alternative: _alternative,
        Explanation: lambda told: own_fields(told) | {"others": tuple(told.others.values())},
        Questions: _asked,
    }
)
"""The nouns that are not sent field by field."""
