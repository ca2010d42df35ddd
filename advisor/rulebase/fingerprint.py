"""The hash of a rule base: the same for the same content, whatever order it was written in."""

import dataclasses
import hashlib
import json
from types import MappingProxyType

from advisor.model.plain import Forms, plain
from advisor.model.rulebase import RuleBase


def rules_hash(rulebase: RuleBase) -> str:
    """Return the SHA-256 of all that a recommendation can show or follow from, in hexadecimal.

    Sets and the fields of nouns are sorted; mappings and tuples keep their order, which is the
    one that is told. The hash field itself is left out.
    """
    # Sorting keys is for the fields of nouns; pairs keep the order of a mapping.
    forms: Forms = {kind: lambda pairs: list(pairs.items()) for kind in (dict, MappingProxyType)}
    content = plain(dataclasses.replace(rulebase, rules_hash=""), forms)
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
