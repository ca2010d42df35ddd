"""The hash of a rule base: the same for the same content, whatever order it was written in.

Knows the model only as dataclasses.
"""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping

from advisor.model.rulebase import RuleBase


def rules_hash(rulebase: RuleBase) -> str:
    """Return the SHA-256 of all that a recommendation can show or follow from, in hexadecimal.

    Sets and the fields of nouns are sorted; mappings and tuples keep their order, which is the
    one that is told. The hash field itself is left out.
    """
    content = _plain(dataclasses.replace(rulebase, rules_hash=""))
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    """Return the value as JSON knows it."""
    if isinstance(value, Mapping):
        return [[str(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    return value
