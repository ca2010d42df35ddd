"""What programs are told: `/openapi.json` and `/docs`, with the questions of the rule base.

The schemas of what the API sends are made from the classes that are sent. What it takes is
written down here, as our own code reads requests; a test compares it with the routes.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor import __version__
from advisor.errors import Fault, Place
from advisor.model.answers import ANY, MAX_IMPORTANT, SETTINGS, UNSURE, Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase
from advisor.output.json import Envelope, Result
from advisor.output.schemas import REFERENCE, fields_of, schemas
from advisor.query.fields import Form
from advisor.query.query import EXPECT_WORDS, LATEST, MAX_PROJECT, Expectation, Query
from advisor.query.write import answers_mapping, query_string
from advisor.web.dependencies import recommended
from advisor.web.problems import KINDS, PROBLEM_JSON, UNMET
from advisor.web.responses import JSON, MARKDOWN, PNG, SVG
from advisor.web.urls import BADGE_PATH, CARD_PATH, RECORD_PATH

COMMON_PROBLEMS = (405, 414, 421, 500)
FEWEST_ANSWERS = 2
"""How many questions the example answers at least, to show how answers are joined."""

RESTS_ON = frozenset({"important", "basis", "edition"})
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


def document(rulebase: RuleBase, root_path: str = "") -> Json:
    """Describe the API over a rule base, at a site that lives below a path."""
    every, bare, titled = (
        {"parameters": _parameters(rulebase, keys)}
        for keys in (SETTINGS, RESTS_ON, RESTS_ON | {"project"})
    )
    body = {"requestBody": {"required": True, "content": _json("Body")}}
    told = {200: _json("Envelope"), 409: _json("Envelope")}
    there = "for answers in the address"
    by_address, by_body = f"Recommend {there}", "Recommend for a JSON body"

    def gives(name: str, summary: str, content: Json, *more: Any) -> Json:  # noqa: ANN401 - passed on
        return {"get": _operation(name, summary, {200: content}, *more)}

    paths: dict[str, Json] = {
        "/api/v1/recommendations": {
            "get": _operation("recommend", by_address, told, every),
            "post": _operation("recommendForBody", by_body, told, body, (413, 415, 422)),
        },
        "/recommendation.json": {"get": _operation("recommendationPage", by_address, told, every)},
        RECORD_PATH: gives("record", f"A decision record {there}", {MARKDOWN: {}}, titled),
        BADGE_PATH: gives("badge", f"A badge {there}", {SVG: {}}, bare),
        CARD_PATH: gives("card", f"A preview card {there}", {PNG: {}}, titled),
        "/api/v1/questions": gives("questions", "The questions and choices", _json("Questions")),
        "/api/v1/rulebase": gives(
            "rulebase", "Everything that recommendations rest on", _json("RuleBaseExport")
        ),
        "/healthz": gives("health", "Whether the site is there", _json("Health"), None, ()),
        "/readyz": gives("readiness", "Which rules it serves", _json("Readiness"), None, ()),
    }
    strict = "Strict: whatever cannot be used is refused, with every fault at once."
    about = {"title": rulebase.title, "description": f"{rulebase.tagline} {strict}"}
    return {
        "openapi": "3.1.0",
        "servers": [{"url": root_path or "/"}],
        "info": {**about, "version": __version__},
        "paths": paths,
        "components": {"schemas": schemas(ProblemDocument) | {"Body": _body(rulebase)}},
    }


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
        responses[str(status)] = {"description": KINDS[status].title, "content": content}
    return {"operationId": name, "summary": summary, **(taken or {}), "responses": responses}


def _parameters(rulebase: RuleBase, keys: Collection[str]) -> list[Json]:
    """Describe the keys of an address: the questions, then those beside them that matter there."""
    described = [
        (asked.id, asked.title, _choices(asked) if asked.multiple else _values(asked))
        for asked in rulebase.questions.values()
    ]
    for name, schema in _options(rulebase).items():
        words = schema.pop("description")
        described += [(name, words, schema)] if name in keys else []
    # `explode`: several values are written by repeating the key.
    return [
        {"name": name, "in": "query", "description": words, "schema": schema, "explode": True}
        for name, words, schema in described
    ]


def _body(rulebase: RuleBase) -> Json:
    """Describe a JSON body."""
    answers = {}
    for question in rulebase.questions.values():
        one = _values(question)
        values = {"anyOf": [one, _choices(question)]} if question.multiple else one
        answers[question.id] = {"description": question.title, **values}
    options = _options(rulebase)
    options["trace"] = {"description": options["trace"]["description"], "type": "boolean"}
    options["changes"] |= {"type": "integer", "enum": [1, 2]}
    options["expect"] = _expected(options["expect"])
    given = {"type": "object", "properties": answers, "additionalProperties": False}
    properties = {"answers": given, **options}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _expected(words: Json) -> Json:
    """Describe what is expected in a body: a word, several, or an object of them."""
    several = {key: value for key, value in words.items() if key != "description"}
    name = several["items"]
    names: Json = {"anyOf": [name, {**several, "minItems": 1}]}
    known = {word: _one_of(values) for word, values in EXPECT_WORDS.items() if values}
    known["all-used"] = {"type": "boolean"}
    within: Json = {"leaders": names, "plan": names, **known}
    whole = {"type": "object", "properties": within, "additionalProperties": False}
    whole["minProperties"] = 1
    return {"description": words["description"], "anyOf": [*names["anyOf"], whole]}


def _options(rulebase: RuleBase) -> dict[str, Json]:
    """Describe the keys beside the answers."""
    questions = _several(_one_of(rulebase.questions))
    names = "|".join(rulebase.frameworks)
    words = "verdict:(tie|close|clear)|settled:(lead|plan)|all-used:(true|false)"
    word = {"type": "string", "pattern": f"^(({names})(:({names}))?|{words})$"}
    told: dict[str, tuple[str, Json]] = {
        "important": ("Questions that count double", {**questions, "maxItems": MAX_IMPORTANT}),
        "basis": ("What it rests on", _one_of(Basis)),
        "edition": ("The rule base as it is", _one_of([LATEST])),
        "expect": ("What has to be so, or the status is 409", _several(word)),
        "trace": ("Whether to tell what became of every rule", _one_of(["0", "1"])),
        "changes": ("Of how many edits a change of the lead may consist", _one_of(["1", "2"])),
        "project": ("A title for the project", {"type": "string", "maxLength": MAX_PROJECT}),
        "asked": ("Questions not to propose again", questions),
    }
    return {name: {"description": words, **schema} for name, (words, schema) in told.items()}


def _values(question: Question) -> Json:
    return _one_of([*(choice.id for choice in question.choices), UNSURE, ANY])


def _choices(question: Question) -> Json:
    """Describe a list of answers: choices, or one word that stands alone."""
    together = _one_of(choice.id for choice in question.choices if choice.id != NONE_CHOICE)
    several = {"minItems": 1, "anyOf": [{"maxItems": 1}, {"items": together}]}
    return _several(_values(question)) | several


def _one_of(words: Iterable[str]) -> Json:
    return {"type": "string", "enum": [str(word) for word in words]}


def _several(item: Json) -> Json:
    return {"type": "array", "items": item, "uniqueItems": True}


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
        "envelope": fields_of(Envelope),
        "fields": fields_of(Result),
        "problems": dict(sorted({**KINDS, 409: UNMET}.items())),
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
        elif len(given) >= FEWEST_ANSWERS and found.verdict not in {Verdict.OPEN, Verdict.NONE}:
            return Query(query.answers, expect=Expectation(frozenset(found.leaders[:1])))
    return query
