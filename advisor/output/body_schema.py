"""The JSON Schemas of what programs and agents may ask: bodies, and the keys of addresses.

What is read is written down here once more, as our own code reads it; tests hold both together.
"""

from collections.abc import Collection, Iterable
from typing import Any

from advisor.model.answers import ANY, MAX_IMPORTANT, ONE_TOOL, UNSURE, WITHOUT
from advisor.model.knowledge import Basis
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase
from advisor.query.fields import LONGEST_FILE
from advisor.query.query import EXPECT_WORDS, LATEST, MAX_PROJECT, UNPRINTABLE, shippers_of

Json = dict[str, Any]


def body_schema(rulebase: RuleBase, editions: Collection[str] = (LATEST,)) -> Json:
    """Describe a JSON body; editions are the words that can stand for one."""
    answers = {}
    for question in rulebase.questions.values():
        one = values_schema(question)
        values = {"anyOf": [one, choices_schema(question)]} if question.multiple else one
        answers[question.id] = {"description": question.title, **values}
    options = options_schema(rulebase, editions)
    for key, name in (("trace", "trace"), (ONE_TOOL, "one_tool")):
        options[name] = {"description": options.pop(key)["description"], "type": "boolean"}
    options["changes"] |= {"type": "integer", "enum": [1, 2]}
    options["expect"] = _expected(rulebase, options["expect"])
    given = {"type": "object", "properties": answers, "additionalProperties": False}
    properties = {"answers": given, **options}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _expected(rulebase: RuleBase, words: Json) -> Json:
    """Describe what is expected in a body: a word, several, or an object of them."""
    several = {key: value for key, value in words.items() if key != "description"}
    plans = _plans(rulebase)

    def some(names: Iterable[str]) -> Json:
        return {"anyOf": [_one_of(names), {**_several(_one_of(names)), "minItems": 1}]}

    known = {word: _one_of(values) for word, values in EXPECT_WORDS.items() if values}
    known["all-used"] = {"type": "boolean"}
    within: Json = {"leaders": some(rulebase.frameworks), "plan": some(plans), **known}
    whole = {"type": "object", "properties": within, "additionalProperties": False}
    whole["minProperties"] = 1
    return {
        "description": words["description"],
        "anyOf": [several["items"], {**several, "minItems": 1}, whole],
    }


def options_schema(rulebase: RuleBase, editions: Collection[str] = (LATEST,)) -> dict[str, Json]:
    """Describe the keys beside the answers; editions are the words that can stand for one."""
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
    told: dict[str, tuple[str, Json]] = {
        "important": ("Questions that count double", {**questions, "maxItems": MAX_IMPORTANT}),
        WITHOUT: ("Frameworks to leave out", _several(_one_of(rulebase.frameworks))),
        ONE_TOOL: ("Whether one framework has to build and ship", _one_of(["0", "1"])),
        "basis": ("What it rests on", _one_of(Basis)),
        "edition": ("The rule base as it is", _one_of(sorted(editions))),
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


def values_schema(question: Question) -> Json:
    """Describe one answer to a question."""
    return _one_of([*(choice.id for choice in question.choices), UNSURE, ANY])


def choices_schema(question: Question) -> Json:
    """Describe a list of answers: choices, or one word that stands alone."""
    together = _one_of(choice.id for choice in question.choices if choice.id != NONE_CHOICE)
    several = {"minItems": 1, "anyOf": [{"maxItems": 1}, {"items": together}]}
    return _several(values_schema(question)) | several


def _one_of(words: Iterable[str]) -> Json:
    return {"type": "string", "enum": [str(word) for word in words]}


def _several(item: Json) -> Json:
    return {"type": "array", "items": item, "uniqueItems": True}
