"""What programs are told: `/openapi.json` and `/docs`, with the questions of the rule base.

The schemas of what the API sends are made from the classes that are sent. What it takes is
written down here, as our own code reads requests; a test compares it with the routes.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from advisor import __version__
from advisor.editions.edition import Shelf
from advisor.errors import Fault, Place
from advisor.model.answers import CONSTRAINTS, SETTINGS, Answers
from advisor.model.recommendation import Brief, Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.json import Envelope
from advisor.output.schemas import (
    REFERENCE,
    body_schema,
    choices_schema,
    fields_of,
    schemas,
    settings_schema,
    values_schema,
)
from advisor.query.body import MOST_PROJECTS
from advisor.query.fields import Form
from advisor.query.query import Expectation, Query
from advisor.query.write import answers_mapping, query_string
from advisor.web.dependencies import recommended
from advisor.web.responses import (
    JSON,
    JSON_LINES,
    MARKDOWN,
    PNG,
    PROBLEM_JSON,
    PROBLEM_TYPES,
    SVG,
    UNMET,
)
from advisor.web.urls import BADGE_PATH, BATCH_PATH, CARD_PATH, RECORD_PATH

COMMON_PROBLEMS = (405, 414, 421, 500)
FEWEST_ANSWERS = 2
"""How many questions the example answers at least, to show how answers are joined."""

RESTS_ON = frozenset({"important", "basis", "edition", *CONSTRAINTS})
"""Keys beside the answers that every answer rests on."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProblemFault:
    """One thing that is wrong with what was sent."""

    place: str
    """`query` or `body`."""
    path: str
    """The way to the value, such as `answers.deploy[1]`."""
    code: str
    """A stable name of the kind of fault."""
    message: str
    expected: str
    """What would have been right; may be empty."""
    nearest: str
    """The nearest known id or key; may be empty."""
    line: int | None = None
    """Only where the body is no JSON at all."""
    column: int | None = None
    """Only where the body is no JSON at all."""


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a project of a batch is not answered."""

    status: int
    code: str
    """A stable name of the kind of problem, such as `invalid-answers`."""
    faults: tuple[ProblemFault, ...]
    """Everything that is wrong with what was sent."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What is told of one project of a batch: a result, or a problem."""

    number: int
    """Its line, or its place in the list, counted from 1."""
    project: str | None = None
    """Its title; only where it has one."""
    result: Brief | None = None
    """The recommendation; only where the answers can be used."""
    problem: LineProblem | None = None
    """Why there is none; only where they cannot."""


@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """A failed request, in the form of RFC 9457."""

    type: str
    """Where the kind of problem is explained, below this site."""
    title: str
    status: int
    code: str
    """A stable name of the kind of problem, such as `invalid-answers`."""
    detail: str
    faults: tuple[ProblemFault, ...]
    """Everything that is wrong with what was sent."""


def document(shelf: Shelf, rulebase: RuleBase, root_path: str = "") -> Json:
    """Describe what answers by a rule base of a shelf, at a site that lives below a path."""
    editions = shelf.words_for(rulebase)
    every, bare, titled = (
        {"parameters": _parameters(rulebase, keys, editions)}
        for keys in (SETTINGS, RESTS_ON, RESTS_ON | {"project"})
    )
    body = {"requestBody": {"required": True, "content": _json("Body")}}
    told = {200: _json("Envelope"), 409: _json("Envelope")}
    bound = next(one for one in bare["parameters"] if one["name"] == "edition")
    free = bound | {"schema": {"type": "string", "enum": sorted(shelf.words)}}
    # An edition that is not here is an answer to this question: the link is gone.
    gone = bound | {"schema": {"type": "string", "minLength": 1}}
    whichever = [gone, *(one for one in bare["parameters"] if one is not bound)]
    there = "for answers in the address"
    by_address, by_body = f"Recommend {there}", "Recommend for a JSON body"

    def gives(name: str, summary: str, content: Json, *more: Any) -> Json:  # noqa: ANN401 - passed on
        return {"get": _operation(name, summary, {200: content}, *more)}

    paths: dict[str, Json] = {
        "/api/v1/recommendations": {
            "get": _operation("recommend", by_address, told, every),
            "post": _operation("recommendForBody", by_body, told, body, (413, 415, 422)),
        },
        BATCH_PATH: {"post": _batch()},
        "/recommendation.json": {"get": _operation("recommendationPage", by_address, told, every)},
        RECORD_PATH: gives("record", f"A decision record {there}", {MARKDOWN: {}}, titled),
        BADGE_PATH: gives("badge", f"A badge {there}", {SVG: {}}, bare),
        CARD_PATH: gives("card", f"A preview card {there}", {PNG: {}}, titled),
        "/api/v1/status": gives(
            "status", "What became of a link", _json("LinkStatus"), {"parameters": whichever}
        ),
        "/api/v1/questions": gives(
            "questions", "The questions and choices", _json("Questions"), {"parameters": [free]}
        ),
        "/api/v1/rulebase": gives(
            "rulebase",
            "Everything that recommendations rest on",
            _json("RuleBaseExport"),
            {"parameters": [free]},
        ),
        "/healthz": gives("health", "Whether the site is up", _json("Health"), None, ()),
        "/readyz": gives("readiness", "Which rules it serves", _json("Readiness"), None, ()),
    }
    strict = "Strict: whatever cannot be used is refused, with every fault at once."
    about = {"title": rulebase.title, "description": f"{rulebase.tagline} {strict}"}
    return {
        "openapi": "3.1.0",
        "servers": [{"url": root_path or "/"}],
        "info": {**about, "version": __version__},
        "paths": paths,
        "components": {
            "schemas": schemas(ProblemDocument, BatchLine)
            | {"Body": body_schema(rulebase, editions)}
        },
    }


def _batch() -> Json:
    """Describe the recommendations for many bodies."""
    # What is no `Body` is told in a line of its own, and the others are answered.
    each = {"description": "A `Body`; whatever else comes is answered with a problem"}
    bodies = {"type": "array", "items": each, "minItems": 1, "maxItems": MOST_PROJECTS}
    lines = {"description": f"{each['description']}: one on each line"}
    several = {JSON_LINES: {"schema": lines}, JSON: {"schema": bodies}}
    return _operation(
        "recommendForEach",
        "Recommend for each of many bodies: a line for each, without reasons",
        {200: _json("BatchLine", JSON_LINES)},
        {"requestBody": {"required": True, "content": several}},
        (413, 415, 422),
    )


def _operation(
    name: str,
    summary: str,
    sent: Mapping[int, Json],
    taken: Mapping[str, object] | None = None,
    problems: Collection[int] = (422,),
) -> Json:
    """Describe a method of an address, which programs call by its name.

    What it takes stands under OpenAPI's own keys; what it sends is, by status, a content under its
    media type: `{200: {"image/svg+xml": {}}}`. Problems are statuses, beside `COMMON_PROBLEMS`.
    """
    told = {200: "As asked", 409: UNMET.title}
    responses = {
        str(status): {"description": told[status], "content": content}
        for status, content in sent.items()
    }
    for status in sorted({*problems, *COMMON_PROBLEMS}):
        content = _json(ProblemDocument.__name__, PROBLEM_JSON)
        responses[str(status)] = {"description": PROBLEM_TYPES[status].title, "content": content}
    return {"operationId": name, "summary": summary, **(taken or {}), "responses": responses}


def _parameters(rulebase: RuleBase, keys: Collection[str], editions: Collection[str]) -> list[Json]:
    """Describe the keys of an address: the questions, then those beside them that matter there."""
    described = [
        (asked.id, asked.title, choices_schema(asked) if asked.multiple else values_schema(asked))
        for asked in rulebase.questions.values()
    ]
    for name, schema in settings_schema(rulebase, editions).items():
        words = schema.pop("description")
        described += [(name, words, schema)] if name in keys else []
    # `explode`: several values are written by repeating the key.
    return [
        {"name": name, "in": "query", "description": words, "schema": schema, "explode": True}
        for name, words, schema in described
    ]


def _json(name: str, media_type: str = JSON) -> Json:
    """Describe content in JSON by the name of its schema."""
    return {media_type: {"schema": {"$ref": REFERENCE.format(model=name)}}}


def docs_context(rulebase: RuleBase, form: Form) -> dict[str, object]:
    """Return what `pages/docs.html` is given; `form` is what its address says in vain."""
    tried = example(rulebase)
    expect = str(tried.expect or "")
    body = {
        "answers": answers_mapping(tried.answers),
        "important": sorted(tried.answers.important),
        **({"expect": expect} if expect else {}),
    }
    lines = [f'  "{key}": {json.dumps(value)}' for key, value in body.items()]
    unused = [
        Fault(Place("query", path=field.key), "unused", "Nothing on this page depends on it")
        for field in form.fields
    ]
    return {
        "faults": unused,
        "query": query_string(tried),
        "body": "{\n" + ",\n".join(lines) + "\n}",
        "expect": expect,
        "MOST_PROJECTS": MOST_PROJECTS,
        "BATCH_PATH": BATCH_PATH,
        "envelope": fields_of(Envelope),
        "fields": fields_of(Recommendation),
        "problems": dict(sorted({**PROBLEM_TYPES, 409: UNMET}.items())),
    }


def example(rulebase: RuleBase) -> Query:
    """Return answers that expect what they lead to, so that trying them succeeds.

    They are the first choices of the first questions, as many as it takes until something is
    recommended; where nothing ever is, they expect nothing.
    """
    given: dict[str, frozenset[str]] = {}
    query = Query()
    for question in rulebase.questions.values():
        given[question.id] = frozenset({question.choices[0].id})
        important = frozenset({next(iter(given))})
        query = Query(Answers(given=dict(given), important=important))
        found = recommended(rulebase, query)
        if question.id in found.ignored:
            del given[question.id]
        elif len(given) >= FEWEST_ANSWERS and found.verdict.recommends:
            return Query(query.answers, expect=Expectation(frozenset(found.leaders[:1])))
    return query
