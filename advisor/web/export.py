"""The rule base as JSON: whole, and as the questions that a program has to know.

Everything is sorted or in written order, so that the bytes are the same in every process.
"""

import datetime
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache

from advisor.model.rulebase import Question, RuleBase
from advisor.query.serializer import FORMAT, to_json

RULE_BASES = 4
"""How many rule bases are kept in written form; a process serves one."""


@lru_cache(maxsize=RULE_BASES)
def rulebase_json(rulebase: RuleBase) -> bytes:
    """Write the whole rule base."""
    return to_json({"format": FORMAT, "rulebase": plain(rulebase)})


@lru_cache(maxsize=RULE_BASES)
def questions_json(rulebase: RuleBase) -> bytes:
    """Write the questions in the order in which they are asked."""
    questions = [_question(question) for question in rulebase.questions.values()]
    return to_json({"format": FORMAT, "questions": questions})


def health_json(rulebase: RuleBase) -> bytes:
    """Write that all is well."""
    return to_json({"status": "ok", "rules_hash": rulebase.rules_hash})


def plain(value: object) -> object:
    """Return a value of the model as plain data; sets are sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _question(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "title": question.title,
        "topic": question.topic,
        "label": question.label,
        "changes": question.changes,
        "why": question.why,
        "multiple": question.multiple,
        "applies": plain(question.applies),
        "choices": [
            {"id": choice.id, "label": choice.label, "hint": choice.hint}
            for choice in question.choices
        ],
    }
