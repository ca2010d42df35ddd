"""Loads a rule base from its folder, or says everything that is wrong with it.

Everything whose written order means nothing is sorted on the way. So the order of files and entries
moves neither a recommendation nor the hash.
"""

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from advisor.errors import Fault, RuleBaseError
from advisor.model import knowledge, rules
from advisor.model import rulebase as base
from advisor.model.knowledge import Status
from advisor.model.plain import own_fields, plain
from advisor.model.rulebase import RuleBase
from advisor.rulebase import schema
from advisor.rulebase.checks import claims, ids, points
from advisor.rulebase.files import RawRuleBase, gather

Check = Callable[[RawRuleBase], Iterator[Fault]]

REFERENCES: tuple[Check, ...] = (ids.check_references, ids.check_backends)
"""These come first: what an unknown id was meant to be is not called unused by the others."""

CHECKS: tuple[Check, ...] = tuple(
    check
    for module in (claims, ids, points)
    for name, check in vars(module).items()
    if name.startswith("check_")
)
"""Every check across files: the functions of `checks/` called `check_...`. A new one gets an animal
in the zoo of tests as well."""


def load(folder: Path, *, sound: bool = True) -> RuleBase:
    """Read the rule base in a folder, frozen.

    One that need not be sound, such as that of an old commit, need only be whole: it is not held
    against the checks of today.

    Raises:
        RuleBaseError: something is wrong with it; carries every fault.
    """
    raw = gather(folder)
    faults = _faults(raw, CHECKS if sound else REFERENCES)
    if faults or raw.manifest is None:
        raise RuleBaseError(faults)
    return compile_rulebase(raw, raw.manifest.shape)


def counts(rulebase: RuleBase) -> Mapping[str, int]:
    """Count what a rule base holds, by name, in the order in which `lint` prints it.

    Example:
        `{"frameworks": 3, ..., "claims": 40, "claims: holds": 31, "claims: partly": 4, ...}`
    """
    statuses = Counter(claim.status for claim in rulebase.claims.values())
    names = ("frameworks", "questions", "sources", "claims")
    more = ("subjects", "rules", "edges", "steps", "migrations", "disagreements", "conflicts",
            "notes", "scenarios", "tools", "records",
            "detectors")  # fmt: skip
    return {
        **{name: len(getattr(rulebase, name)) for name in names},
        **{f"claims: {status}": statuses[status] for status in Status},
        **{name: len(getattr(rulebase, name)) for name in more},
    }


def _faults(raw: RawRuleBase, checks: Iterable[Check]) -> list[Fault]:
    unknown = [fault for check in REFERENCES for fault in check(raw)]
    meant = raw.mentioned.union(fault.nearest for fault in unknown)
    raw = replace(raw, mentioned=meant)
    rest = [fault for check in checks if check not in REFERENCES for fault in check(raw)]
    return [*raw.faults, *unknown, *rest]


N = TypeVar("N")

MEANT_ORDERS = frozenset({(base.Topic, "questions"), (knowledge.Source, "sections"),
                          (knowledge.Claim, "sections"), (knowledge.Reports, "versions"),
                          (rules.Migration, "steps")})  # fmt: skip
"""Lists of ids or texts whose written order means something to a reader."""


def compile_rulebase(raw: RawRuleBase, manifest: schema.RuleBaseFile) -> base.RuleBase:
    """Turn what was read into a rule base; `raw` has passed every check."""

    def nouns(kind: type[N]) -> Mapping[str, N]:
        return _by_id(ordered(entry.shape) for entry in raw.of(kind))

    claims = nouns(knowledge.Claim)
    subjects_of_files = {entry.file: entry.shape.topic for entry in raw.of(schema.TradeoffFile)}
    phases = list(rules.Phase)
    steps = sorted(raw.of(rules.Step), key=lambda entry: phases.index(entry.shape.phase))
    questions = raw.by_id(schema.QuestionShape)
    rulebase = base.RuleBase(
        title=manifest.title,
        tagline=manifest.tagline,
        margins=manifest.margins,
        topics=manifest.topics,
        subjects=_as_written(manifest.subjects),
        questions=_as_written(
            _question(questions[name].shape, topic.id)
            for topic in manifest.topics
            for name in topic.questions
        ),
        frameworks=_by_id(_framework(entry.shape) for entry in raw.of(schema.FrameworkFile)),
        sources=nouns(knowledge.Source),
        claims=claims,
        tools=nouns(knowledge.Tool),
        rules=_by_id(
            _noun(rules.Rule, e.shape, topic=subjects_of_files[e.file], effect=effect)
            for e in raw.of(schema.RuleShape)
            for effect in e.shape.effects.values()
        ),
        edges=_by_id(
            ordered(e.shape, costs=tuple(sorted(e.shape.costs, key=lambda cost: cost.id)))
            for e in raw.of(rules.Edge)
        ),
        switches=nouns(rules.Switch),
        conflicts=nouns(rules.Conflict),
        notes=nouns(rules.Note),
        migrations=nouns(rules.Migration),
        steps=_as_written(ordered(e.shape, command=e.shape.command.rstrip()) for e in steps),
        disagreements=nouns(knowledge.Disagreement),
        detectors=_by_id(
            _noun(base.Detector, entry.shape, kind=kind, patterns=patterns)
            for entry in raw.of(schema.DetectorShape)
            for kind, patterns in entry.shape.patterns.items()
        ),
        scenarios=_as_written(ordered(entry.shape) for entry in raw.of(base.Scenario)),
        records=nouns(knowledge.Record),
        edition=None,
        rules_hash="",
        facts_as_of=max(claim.checked for claim in claims.values()),
        renames=tuple(
            sorted(
                (entry.shape for entry in raw.of(base.Rename)),
                key=lambda rename: (rename.kind, rename.was),
            )
        ),
    )
    return dataclasses.replace(rulebase, rules_hash=rules_hash(rulebase))


def ordered(noun: N, /, **given: object) -> N:
    """Return a noun with ids sorted, without repeats, where their written order means nothing.

    So are conditions, and the nouns inside. Given are fields that it has otherwise than written.

    Example:
        The note of `{id: bell, ..., because: [b, a, b]}` has the claims `("a", "b")`.
    """
    fields = {
        name: value if (type(noun), name) in MEANT_ORDERS else _ordered(value)
        for name, value in (own_fields(noun) | given).items()
    }
    return type(noun)(**fields)


def _ordered(value: Any) -> object:  # noqa: ANN401 - whatever a field holds
    match value:
        case (tuple(), *_):
            return _when(value)
        case (str(), *_):
            return tuple(sorted(set(value)))
        case tuple():
            return tuple(map(_ordered, value))
        case Mapping():
            return MappingProxyType({key: _ordered(value[key]) for key in sorted(value)})
        case _:
            return ordered(value) if dataclasses.is_dataclass(value) else value


def _noun(kind: type[N], shape: object, /, **given: object) -> N:
    """Return the noun that has the fields of a shape, and those given."""
    fields = {each.name for each in dataclasses.fields(kind)} - given.keys()  # type: ignore[arg-type]  # every noun is a dataclass
    return ordered(kind(**{name: getattr(shape, name) for name in fields}, **given))


def rules_hash(rulebase: base.RuleBase) -> str:
    """Return the SHA-256 of all that a recommendation can show or follow from, in hexadecimal.

    Sets and the fields of nouns are sorted; mappings and tuples keep their order, which is the
    one that is told. The hash itself and the edition are left out, as to release rules does not
    change them, and the detectors, as no recommendation follows from them.
    """
    # Sorting keys is for the fields of nouns; pairs keep the order of a mapping.
    forms: dict[type, Callable[[Any], object]] = {
        kind: lambda pairs: list(pairs.items()) for kind in (dict, MappingProxyType)
    }
    forms[base.RuleBase] = lambda whole: {
        name: value for name, value in own_fields(whole).items() if name != "detectors"
    }

    # What does not use a field keeps the hash that it had before there was one.
    def used(later: Collection[str], noun: object) -> object:
        return {
            name: value for name, value in own_fields(noun).items() if value or name not in later
        }

    exceptions = ("not_when", "except_when")
    later = {rules.Rule: exceptions, rules.Cost: exceptions, rules.Step: ("not_by",)}
    forms |= {kind: partial(used, names) for kind, names in later.items()}
    content = plain(dataclasses.replace(rulebase, rules_hash="", edition=None), forms)
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _by_id(nouns: Iterable[N]) -> Mapping[str, N]:
    return MappingProxyType(dict(sorted(_as_written(nouns).items())))


def _as_written(nouns: Iterable[N]) -> Mapping[str, N]:
    return MappingProxyType({cast("Any", each).id: each for each in nouns})


def _when(clauses: rules.When) -> rules.When:
    """Return the clauses in one order, the conditions of each in the order of their questions."""
    written = {
        tuple(sorted((each.question, tuple(sorted(each.choices))) for each in conditions))
        for conditions in clauses
    }
    return tuple(
        tuple(rules.Condition(question, frozenset(choices)) for question, choices in conditions)
        for conditions in sorted(written)
    )


def _question(shape: schema.QuestionShape, topic: str) -> base.Question:
    choices = shape.choices
    if shape.none:
        choices += (_noun(base.Choice, shape.none, id=base.NONE_CHOICE),)
    return _noun(base.Question, shape, topic=topic, choices=choices)


def _framework(shape: schema.FrameworkFile) -> base.Framework:
    roles = {each.role: each.claims for each in shape.roles}
    made = _noun(base.Framework, shape, roles=roles, colour={})
    # Light comes first: a mapping keeps its order, in the hash as well.
    colour = {"light": shape.colour.light, "dark": shape.colour.dark}
    return dataclasses.replace(made, colour=MappingProxyType(colour))
