"""The JSON Schemas of all that is told to programs, made of the nouns that are told.

Pydantic reads the types of the nouns and the texts below their fields; what `json` sends in
another form than the model has it is put right here by the same tables.
"""

from functools import lru_cache
from typing import Any

from pydantic import ConfigDict, create_model

from advisor.model.rules import Role
from advisor.output import json as sent
from advisor.output.since import LinkStatus

REFERENCE = "#/components/schemas/{model}"
NULL = {"type": "null"}

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
    made: dict[str, Schema] = whole["$defs"]
    _put_right(made)
    for schema in made.values():
        _tidy(schema)
    return made


def fields_of(noun: type) -> dict[str, str]:
    """Return the fields that are sent of a noun, each with what stands in it."""
    fields = schemas()[noun.__name__]["properties"]
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
    """Follow the tables of `json`."""
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
    own = fields["Recommendation"]
    text = {"type": "string"}
    choices: Schema = {"anyOf": [text, {"type": "array", "items": text}]}
    del own["answers"]["$ref"], made["Answers"]
    own["answers"] |= {"type": "object", "additionalProperties": choices}
    own["tolerance"]["anyOf"] = [{"$ref": REFERENCE.format(model="Tolerance")}, NULL]
    others = fields["Explanation"]["others"]
    others |= {"type": "array", "items": others.pop("additionalProperties")}

    # The fields of these stand among those of the noun that is sent.
    for name, inner in (("Result", "Recommendation"), ("ExplainedResult", "Explanation")):
        del fields[name][inner.lower()], made[inner]
        made[name]["properties"] = sent.among(fields[name], fields[inner])

    # A program that asks gets less of a question than the rule base has.
    asked = {name: fields["Question"][name] for name in sent.QUESTION_FIELDS}
    offered = {name: fields["Choice"][name] for name in sent.CHOICE_FIELDS}
    offered_one = {"$ref": REFERENCE.format(model="AskedChoice")}
    asked["choices"] = asked["choices"] | {"items": offered_one}
    made["AskedChoice"] = made["Choice"] | {"title": "AskedChoice", "properties": offered}
    made["AskedQuestion"] = made["Question"] | {"title": "AskedQuestion", "properties": asked}
    fields["Questions"]["questions"]["items"] = {"$ref": REFERENCE.format(model="AskedQuestion")}
