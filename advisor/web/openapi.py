"""`/openapi.json`: what the API takes and sends, with the questions of the rule base in it.

Written rather than generated: requests are read by our own codec, which a framework cannot see.
A test holds it to the routes and to what they send.
"""

from collections.abc import Collection, Iterable, Mapping

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from advisor import __version__
from advisor.model.answers import MAX_IMPORTANT
from advisor.model.knowledge import Basis
from advisor.model.rulebase import Question, RuleBase
from advisor.query.query import ANY, LATEST, MAX_PROJECT, SETTINGS, UNSURE
from advisor.web.problems import KINDS, PROBLEM_JSON, UNMET
from advisor.web.responses import JSON, MARKDOWN, PNG, SVG
from advisor.web.shapes import Envelope, Health, Problem, Questions
from advisor.web.urls import BADGE_PATH, CARD_PATH, RECORD_PATH

Json = dict[str, object]

REFERENCE = "#/components/schemas/{model}"
COMMON_PROBLEMS = (405, 414, 500)
BODY_NAME = "Body"
RESTS_ON = frozenset({"important", "basis", "edition"})
"""Keys beside the answers that every answer rests on."""

RULE_BASE_NAME = "RuleBaseExport"


def document(rulebase: RuleBase) -> Json:
    """Describe the API over a rule base."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": rulebase.title,
            "version": __version__,
            "description": f"{rulebase.tagline} Strict: whatever cannot be used is refused, "
            "with every fault at once.",
        },
        "paths": _paths(rulebase),
        "components": {"schemas": _schemas(rulebase)},
    }


def _paths(rulebase: RuleBase) -> Json:
    """Describe each address."""
    parameters = _parameters(rulebase)
    body: Json = {"required": True, "content": {JSON: {"schema": _ref(BODY_NAME)}}}
    by_address: Json = {"parameters": parameters, "responses": _recommendation_responses(422)}
    by_body: Json = {"requestBody": body, "responses": _recommendation_responses(413, 415, 422)}
    get_title, post_title = "Recommend for answers in the address", "Recommend for a JSON body"
    return {
        "/api/v1/recommendations": {
            "get": {"operationId": "recommend", "summary": get_title, **by_address},
            "post": {"operationId": "recommendForBody", "summary": post_title, **by_body},
        },
        "/recommendation.json": {
            "get": {"operationId": "recommendationPage", "summary": get_title, **by_address}
        },
        RECORD_PATH: _written_get(
            rulebase, "record", "A decision record", MARKDOWN, RESTS_ON | {"project"}
        ),
        BADGE_PATH: _written_get(rulebase, "badge", "A badge", SVG, RESTS_ON),
        CARD_PATH: _written_get(rulebase, "card", "A preview card", PNG, RESTS_ON | {"project"}),
        "/api/v1/questions": _plain_get("questions", "The questions and choices", Questions, 422),
        "/api/v1/rulebase": {
            "get": {
                "operationId": "rulebase",
                "summary": "Everything that recommendations rest on",
                "responses": _responses({200: RULE_BASE_NAME}, 422),
            }
        },
        "/healthz": _plain_get("health", "Whether the site is there", Health),
    }


def _written_get(
    rulebase: RuleBase, operation: str, summary: str, media_type: str, keys: Collection[str]
) -> Json:
    """Describe an address that gives a recommendation as something else than JSON."""
    sent: Json = {"200": {"description": "As asked", "content": {media_type: {}}}}
    return {
        "get": {
            "operationId": operation,
            "summary": f"{summary} for answers in the address",
            "parameters": _parameters(rulebase, keys),
            "responses": sent | _problems(422),
        }
    }


def _plain_get(operation: str, summary: str, shape: type, *problems: int) -> Json:
    """Describe an address that takes nothing."""
    responses = _responses({200: shape.__name__}, *problems)
    return {"get": {"operationId": operation, "summary": summary, "responses": responses}}


def _recommendation_responses(*problems: int) -> Json:
    """Describe what a recommendation may come back as."""
    return _responses({200: Envelope.__name__, 409: Envelope.__name__}, *problems)


def _responses(shapes: Mapping[int, str], *problems: int) -> Json:
    """Describe answers by their status."""
    words = {200: "As asked", 409: UNMET.title}
    sent: Json = {
        str(status): {
            "description": words[status],
            "content": {JSON: {"schema": _ref(name)}},
        }
        for status, name in shapes.items()
    }
    return sent | _problems(*problems)


def _problems(*statuses: int) -> Json:
    """Describe what can go wrong, by status."""
    return {
        str(status): {
            "description": KINDS[status].title,
            "content": {PROBLEM_JSON: {"schema": _ref(Problem.__name__)}},
        }
        for status in sorted({*statuses, *COMMON_PROBLEMS})
    }


def _parameters(rulebase: RuleBase, keys: Collection[str] = SETTINGS) -> list[Json]:
    """Describe the keys of an address: the questions, then those beside them that matter there."""
    questions = [
        _parameter(question.id, question.title, _several(_values(question)))
        if question.multiple
        else _parameter(question.id, question.title, _values(question))
        for question in rulebase.questions.values()
    ]
    return questions + [
        _parameter(name, words, schema)
        for name, (words, schema) in _options(rulebase).items()
        if name in keys
    ]


def _parameter(name: str, words: str, schema: Json) -> Json:
    """Describe a key; several values are written by repeating it."""
    return {"name": name, "in": "query", "description": words, "schema": schema, "explode": True}


def _body_schema(rulebase: RuleBase) -> Json:
    """Describe a JSON body."""
    answers: Json = {
        question.id: {"anyOf": [_values(question), _several(_values(question))]}
        if question.multiple
        else _values(question)
        for question in rulebase.questions.values()
    }
    options: Json = {
        name: {"description": words, **schema}
        for name, (words, schema) in _options(rulebase).items()
    }
    words, _ = _options(rulebase)["trace"]
    options["trace"] = {"description": words, "type": "boolean"}
    given: Json = {"type": "object", "properties": answers, "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"answers": given, **options},
        "additionalProperties": False,
    }


def _options(rulebase: RuleBase) -> dict[str, tuple[str, Json]]:
    """Describe the keys beside the answers."""
    questions = _several(_one_of(rulebase.questions))
    expected = "|".join(rulebase.frameworks)
    pattern = f"^({expected})(:({expected}))?$"
    title: Json = {"type": "string", "maxLength": MAX_PROJECT}
    return {
        "important": ("Questions that count double", {**questions, "maxItems": MAX_IMPORTANT}),
        "basis": ("What it rests on", _one_of(str(basis) for basis in Basis)),
        "edition": ("The rule base as it is", _one_of([LATEST])),
        "expect": (
            "Answer 409 unless this one leads; `lead:shipper` expects a plan",
            {"type": "string", "pattern": pattern},
        ),
        "trace": ("Whether to tell what became of every rule", _one_of(["0", "1"])),
        "project": ("A title for the project", title),
        "asked": ("Questions not to propose again", questions),
    }


def _values(question: Question) -> Json:
    return _one_of([*(choice.id for choice in question.choices), UNSURE, ANY])


def _one_of(words: Iterable[str]) -> Json:
    return {"type": "string", "enum": list(words)}


def _several(item: Json) -> Json:
    return {"type": "array", "items": item, "uniqueItems": True}


def _ref(name: str) -> Json:
    return {"$ref": REFERENCE.format(model=name)}


def _schemas(rulebase: RuleBase) -> Json:
    """Describe the shapes of all that is sent."""
    mode: JsonSchemaMode = "serialization"
    shapes = [(shape, mode) for shape in (Envelope, Questions, Health, Problem)]
    _, sent = models_json_schema(shapes, ref_template=REFERENCE)
    return {
        **sent["$defs"],
        **_rulebase_schemas(),
        BODY_NAME: _body_schema(rulebase),
    }


def _rulebase_schemas() -> Json:
    """Describe the exported rule base; its nouns have names of their own."""
    template = REFERENCE.format(model="RuleBase{model}")
    schema = TypeAdapter(RuleBase).json_schema(mode="serialization", ref_template=template)
    nouns = schema.pop("$defs")
    whole: Json = {
        "type": "object",
        "properties": {"format": {"const": 1}, "rulebase": schema},
        "required": ["format", "rulebase"],
    }
    return {RULE_BASE_NAME: whole} | {f"RuleBase{name}": noun for name, noun in nouns.items()}
