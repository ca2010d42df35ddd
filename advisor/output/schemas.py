"""The JSON Schemas of what programs send and are told, made of the nouns themselves.

Pydantic reads the types of the nouns and the texts below their fields; what `json` sends in
another form than the model has it is put right here by the same tables.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from pydantic import ConfigDict, create_model

from advisor.model.answers import ANY, MAX_IMPORTANT, ONE_TOOL, UNSURE, WITHOUT
from advisor.model.explanation import Explanation
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase
from advisor.model.rules import Role
from advisor.output import json as sent
from advisor.output.diff import LinkStatus
from advisor.query.fields import LONGEST_FILE
from advisor.query.query import EXPECT_WORDS, LATEST, MAX_PROJECT, UNPRINTABLE, shippers_of

REFERENCE = "#/components/schemas/{model}"
NULL = {"type": "null"}
SENT_AS: Mapping[type, str] = {Recommendation: "Result", Explanation: "ExplainedResult"}
"""What the schemas of some nouns are called."""
FILE_LIMITS = frozenset({"pattern", "minLength", "maxLength", "minItems", "minimum", "maximum"})
"""What a file is held to, and what is sent is not: an id may be empty there."""

Schema = dict[str, Any]


@lru_cache(maxsize=4)
def schemas(*more: type) -> dict[str, Schema]:
    """Return the schemas of all that `json` sends, and of more dataclasses, by the class's name.

    A field whose default is None is left out where there is nothing to tell.
    """
    nouns: tuple[type, ...] = (sent.Envelope, sent.Questions, sent.RuleBaseExport)
    nouns += (sent.Health, sent.Readiness, LinkStatus)
    roots: dict[str, Any] = {
        noun.__name__: (noun, ...) for noun in (*nouns, sent.Tolerance, sent.AlternativeLine, *more)
    }
    every = create_model("Every", __config__=ConfigDict(use_attribute_docstrings=True), **roots)
    whole = every.model_json_schema(mode="serialization", ref_template=REFERENCE)
    address = REFERENCE.format
    moved = {address(model=noun.__name__): address(model=name) for noun, name in SENT_AS.items()}
    kept: dict[str, Schema] = json.loads(
        json.dumps(whole["$defs"]),
        object_hook=lambda each: {
            key: moved.get(value, value) if key == "$ref" else value
            for key, value in each.items()
            if key not in FILE_LIMITS
        },
    )
    for noun, name in SENT_AS.items():
        kept[name] = {**kept.pop(noun.__name__), "title": name}
    made = dict(sorted(kept.items()))
    _put_right(made)
    for schema in made.values():
        _tidy(schema)
    return made


def fields_of(noun: type) -> dict[str, str]:
    """Return the fields that are sent of a noun, each with what stands in it."""
    fields = schemas()[SENT_AS.get(noun, noun.__name__)]["properties"]
    return {name: field["description"] for name, field in fields.items()}


def _tidy(schema: Schema) -> None:
    """Say which fields are always there, and put descriptions on one line."""
    _shorten(schema)
    if "properties" in schema:
        optional = set()
        for name, field in schema["properties"].items():
            _shorten(field)
            field.pop("title", None)
            if field.pop("default", ...) is None:
                optional.add(name)
                (value,) = [each for each in field.pop("anyOf") if each != NULL]
                field.update(value)
        schema["required"] = [name for name in schema["properties"] if name not in optional]
        schema["additionalProperties"] = False


def _shorten(schema: Schema) -> None:
    if description := schema.get("description", "").partition("\n\n")[0]:
        schema["description"] = " ".join(description.split())


def _put_right(made: dict[str, Schema]) -> None:
    """Describe what `json` sends otherwise than the model has it.

    By hand, and not at the fields, as the model imports no Pydantic.
    """
    fields = {name: schema["properties"] for name, schema in made.items() if "properties" in schema}
    # Pydantic describes a field only in the class that defines it.
    fields["Plan"] |= {name: {**field} for name, field in fields["PlanName"].items()}
    for noun, names in sent.OMITTED.items():
        for name in names:
            del fields[noun.__name__][name]
    for noun, names in sent.EMPTY_IS_NULL.items():
        for name in names:
            field = fields[noun.__name__][name]
            field["anyOf"] = [{"type": field.pop("type")}, NULL]
    fields["Reason"]["role"]["enum"] = [*Role, "edge", "backend"]

    # What is sent in the place of a noun takes its name.
    made["Alternative"] = made.pop("AlternativeLine") | {"title": "Alternative"}
    own = fields["Result"]
    text = {"type": "string"}
    choices: Schema = {"anyOf": [text, {"type": "array", "items": text}]}
    del own["answers"]["$ref"], made["Answers"]
    own["answers"] |= {"type": "object", "additionalProperties": choices}
    own["tolerance"]["anyOf"] = [{"$ref": REFERENCE.format(model="Tolerance")}, NULL]
    others = fields["ExplainedResult"]["others"]
    others |= {"type": "array", "items": others.pop("additionalProperties")}

    # A program that asks gets less of a question than the rule base has.
    asked = {name: fields["Question"][name] for name in sent.QUESTION_FIELDS}
    offered = {name: fields["Choice"][name] for name in sent.CHOICE_FIELDS}
    offered_one = {"$ref": REFERENCE.format(model="AskedChoice")}
    asked["choices"] = asked["choices"] | {"items": offered_one}
    made["AskedChoice"] = made["Choice"] | {"title": "AskedChoice", "properties": offered}
    made["AskedQuestion"] = made["Question"] | {"title": "AskedQuestion", "properties": asked}
    fields["Questions"]["questions"]["items"] = {"$ref": REFERENCE.format(model="AskedQuestion")}


def body_schema(rulebase: RuleBase, editions: Collection[str] = (LATEST,)) -> Schema:
    """Describe a JSON body; editions are the words that can stand for one."""
    answers = {}
    for question in rulebase.questions.values():
        one = values_schema(question)
        values = {"anyOf": [one, choices_schema(question)]} if question.multiple else one
        answers[question.id] = {"description": question.title, **values}
    settings = settings_schema(rulebase, editions)
    for key in ("trace", "back", ONE_TOOL):
        settings[key] = {"description": settings[key]["description"], "type": "boolean"}
    # Results spell it so.
    settings["one_tool"] = settings[ONE_TOOL]
    # The form that it had first is still taken.
    settings["back"]["type"] = ["boolean", "string"]
    settings["back"]["enum"] = [True, False, "1", "0"]
    settings["changes"] |= {"type": "integer", "enum": [1, 2]}
    settings["expect"] = _expected(rulebase, settings["expect"])
    given = {"type": "object", "properties": answers, "additionalProperties": False}
    properties = {"answers": given, **settings}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _expected(rulebase: RuleBase, words: Schema) -> Schema:
    """Describe what is expected in a body: a word, several, or an object of them."""
    several = {key: value for key, value in words.items() if key != "description"}
    plans = _plans(rulebase)

    def some(names: Iterable[str]) -> Schema:
        return {"anyOf": [_one_of(names), {**_several(_one_of(names)), "minItems": 1}]}

    known = {word: _one_of(values) for word, values in EXPECT_WORDS.items() if values}
    known["all-used"] = {"type": "boolean"}
    within: Schema = {"leaders": some(rulebase.frameworks), "plan": some(plans), **known}
    whole = {"type": "object", "properties": within, "additionalProperties": False}
    whole["minProperties"] = 1
    return {
        "description": words["description"],
        "anyOf": [several["items"], {**several, "minItems": 1}, whole],
    }


def settings_schema(rulebase: RuleBase, editions: Collection[str] = (LATEST,)) -> dict[str, Schema]:
    """Describe the keys next to the answers; editions are the words that can stand for one."""
    questions = _several(_one_of(rulebase.questions))
    words = [f"{word}:{value}" for word, of in EXPECT_WORDS.items() for value in of]
    word = _one_of([*rulebase.frameworks, *_plans(rulebase), *words])
    # Each kind of word is said once.
    kinds = [{"pattern": f"^{word}:"} for word, of in EXPECT_WORDS.items() if of]
    once = {"allOf": [{"contains": kind, "minContains": 0, "maxContains": 1} for kind in kinds]}
    # Names of files with other letters are read as well; not every pattern knows letters.
    place = f"[!-~]([ -~]{{0,{LONGEST_FILE - 2}}}[!-~])?:[0-9]{{1,7}}~?"
    seen = {"type": "string", "pattern": f"^({'|'.join(rulebase.detectors)})@{place}$"}
    title = {"type": "string", "maxLength": MAX_PROJECT, "not": {"pattern": UNPRINTABLE}}
    told: dict[str, tuple[str, Schema]] = {
        "important": ("Questions that count double", {**questions, "maxItems": MAX_IMPORTANT}),
        WITHOUT: ("Frameworks to leave out", _several(_one_of(rulebase.frameworks))),
        ONE_TOOL: ("Whether one framework has to build and ship", _one_of(["0", "1"])),
        "basis": ("What it rests on", _one_of(Basis)),
        "edition": (
            "What answers; each edition has a description of its own",
            _one_of(sorted(editions)),
        ),
        "expect": ("What has to be so, or the status is 409", _several(word) | once),
        "trace": ("Whether to tell what became of every rule", _one_of(["0", "1"])),
        "changes": ("Of how many edits a change of the lead may consist", _one_of(["1", "2"])),
        "project": ("A title for the project", title),
        "asked": ("Questions not to propose again", questions),
        "back": ("Whether a change leads back to the result at once", _one_of(["0", "1"])),
        "seen": ("Where files say what is answered; moves nothing", _several(seen)),
    }
    return {name: {"description": words, **schema} for name, (words, schema) in told.items()}


def _plans(rulebase: RuleBase) -> list[str]:
    """Return the names of plans that can be expected, such as `lead:shipper`."""
    return [f"{lead}:{by}" for lead in rulebase.frameworks for by in shippers_of(rulebase, lead)]


def values_schema(question: Question) -> Schema:
    """Describe one answer to a question."""
    return _one_of([*(choice.id for choice in question.choices), UNSURE, ANY])


def choices_schema(question: Question) -> Schema:
    """Describe a list of answers: choices, or one word that stands alone."""
    together = _one_of(choice.id for choice in question.choices if choice.id != NONE_CHOICE)
    several = {"minItems": 1, "anyOf": [{"maxItems": 1}, {"items": together}]}
    return _several(values_schema(question)) | several


def _one_of(words: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [str(word) for word in words]}


def _several(item: Schema) -> Schema:
    return {"type": "array", "items": item, "uniqueItems": True}
