"""Turns entries without faults into the immutable rule base that the engine thinks with.

Everything whose written order means nothing is sorted here. So the order of files and entries
moves neither a recommendation nor the hash.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from advisor.model import knowledge, rules
from advisor.model import rulebase as base
from advisor.model.plain import own_fields, plain
from advisor.rulebase import schema
from advisor.rulebase.detectors import DetectorShape
from advisor.rulebase.files import RawEntry, RawRuleBase

N = TypeVar("N")

MEANT_ORDERS = frozenset({(base.Topic, "questions"), (knowledge.Source, "sections"),
                          (knowledge.Claim, "sections"), (knowledge.Reports, "versions"),
                          (rules.Migration, "steps")})  # fmt: skip
"""Lists of ids or texts whose written order means something to a reader."""

NOUNS: Mapping[type[schema.Shape], type] = {
    schema.BackendShape: base.Backend, schema.LevelShape: rules.Level,
    schema.MeansShape: base.Means, schema.PreferShape: rules.Prefer,
    schema.ReportsShape: knowledge.Reports, schema.RunShape: knowledge.Run,
    schema.ScoreShape: rules.Score, schema.SeenShape: knowledge.Seen,
    schema.SideShape: knowledge.Side, schema.StopShape: rules.Stop,
}  # fmt: skip
"""The nouns of shapes inside others."""


class _Keyed(Protocol):
    @property
    def id(self) -> str: ...


K = TypeVar("K", bound=_Keyed)


def compile_rulebase(raw: RawRuleBase, manifest: schema.RuleBaseFile) -> base.RuleBase:
    """Turn what was read into a rule base; `raw` has passed every check."""

    def nouns(kind: type[K], shape: type[schema.IdShape]) -> Mapping[str, K]:
        return _by_id(noun(kind, entry.shape) for entry in raw.of(shape))

    claims = _by_id(compile_claim(raw, entry) for entry in raw.of(schema.ClaimShape))
    subjects_of_files = {entry.file: entry.shape.topic for entry in raw.of(schema.TradeoffFile)}
    phases = list(rules.Phase)
    steps = sorted(raw.of(schema.StepShape), key=lambda entry: phases.index(entry.shape.phase))
    questions = raw.by_id(schema.QuestionShape)
    rulebase = base.RuleBase(
        title=manifest.title,
        tagline=manifest.tagline,
        margins=noun(base.Margins, manifest.margins),
        topics=tuple(noun(base.Topic, topic) for topic in manifest.topics),
        subjects=_as_written(noun(knowledge.Subject, subject) for subject in manifest.subjects),
        questions=_as_written(
            _question(questions[name].shape, topic.id)
            for topic in manifest.topics
            for name in topic.questions
        ),
        frameworks=_by_id(_framework(entry.shape) for entry in raw.of(schema.FrameworkFile)),
        sources=nouns(knowledge.Source, schema.SourceShape),
        claims=claims,
        tools=nouns(knowledge.Tool, schema.ToolShape),
        rules=_by_id(_rule(e.shape, subjects_of_files[e.file]) for e in raw.of(schema.RuleShape)),
        edges=_by_id(_edge(entry.shape) for entry in raw.of(schema.EdgeShape)),
        switches=nouns(rules.Switch, schema.SwitchShape),
        conflicts=nouns(rules.Conflict, schema.ConflictShape),
        notes=nouns(rules.Note, schema.NoteShape),
        migrations=nouns(rules.Migration, schema.MigrationShape),
        steps=_as_written(
            noun(rules.Step, e.shape, command=e.shape.command.rstrip()) for e in steps
        ),
        disagreements=nouns(knowledge.Disagreement, schema.DisagreementShape),
        detectors=_by_id(_detector(entry.shape) for entry in raw.of(DetectorShape)),
        scenarios=_as_written(noun(base.Scenario, e.shape) for e in raw.of(schema.ScenarioShape)),
        records=nouns(knowledge.Record, schema.RecordFile),
        edition=None,
        rules_hash="",
        facts_as_of=max(claim.checked for claim in claims.values()),
        renames=tuple(
            sorted(
                (noun(base.Rename, entry.shape) for entry in raw.of(schema.RenameShape)),
                key=lambda rename: (rename.kind, rename.was),
            )
        ),
    )
    return dataclasses.replace(rulebase, rules_hash=rules_hash(rulebase))


def noun(kind: type[N], shape: schema.Shape, /, **given: object) -> N:
    """Return the noun of the model that has the fields of a shape.

    A text that is not given is empty, conditions that are not given always hold, and ids are
    sorted without repeats where their written order means nothing.

    Its `because` are the noun's `claims`; given are fields that it has otherwise than the noun.

    Example:
        Of `{id: bell, title: A bell, text: Ring it., when: [{load: [none]}], because: [b, a, b]}`
        the note has the claims `("a", "b")`.
    """
    values = dict(given)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # every noun is a dataclass
        if field.name not in given:
            key = "because" if field.name == "claims" and kind is not knowledge.Side else field.name
            value = getattr(shape, key)
            if field.name in {"when", "applies"}:
                value = _when(value)
            elif field.name == "not_when":
                value = _when(value) if value else ()
            elif type(value) in NOUNS:
                value = noun(NOUNS[type(value)], value)
            elif field.name in {"answers", "suggests", "yields"}:
                value = MappingProxyType({name: _sorted(value[name]) for name in sorted(value)})
            elif value is None and field.type is str:
                value = ""
            elif isinstance(value, list) and all(type(each) in NOUNS for each in value):
                value = tuple(noun(NOUNS[type(each)], each) for each in value)
            elif isinstance(value, list):
                meant = (kind, field.name) in MEANT_ORDERS
                value = tuple(value) if meant else _sorted(value)
            values[field.name] = value
    return kind(**values)


def compile_claim(raw: RawRuleBase, entry: RawEntry[schema.ClaimShape]) -> knowledge.Claim:
    """Return the claim of an entry, with its source or that of its file."""
    return noun(knowledge.Claim, entry.shape, source=raw.source_of(entry))


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
    content = plain(dataclasses.replace(rulebase, rules_hash="", edition=None), forms)
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _by_id(nouns: Iterable[K]) -> Mapping[str, K]:
    return MappingProxyType(dict(sorted(_as_written(nouns).items())))


def _as_written(nouns: Iterable[K]) -> Mapping[str, K]:
    return MappingProxyType({each.id: each for each in nouns})


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    """Sort ids of which the written order means nothing, and drop repeats."""
    return tuple(sorted(set(ids)))


def _when(alternatives: Sequence[Mapping[str, Sequence[str]]] | None) -> rules.When:
    """Return the alternatives in one order, each a conjunction in the order of its questions."""
    if alternatives is None:
        return rules.ALWAYS
    written = {
        tuple(sorted((question, _sorted(choices)) for question, choices in each.items()))
        for each in alternatives
    }
    return tuple(
        tuple(rules.Condition(question, frozenset(choices)) for question, choices in conditions)
        for conditions in sorted(written)
    )


def _question(shape: schema.QuestionShape, topic: str) -> base.Question:
    choices = [noun(base.Choice, each) for each in shape.choices]
    if shape.none:
        choices.append(noun(base.Choice, shape.none, id=base.NONE_CHOICE))
    return noun(base.Question, shape, topic=topic, choices=tuple(choices))


def _framework(shape: schema.FrameworkFile) -> base.Framework:
    roles = sorted((each.role, _sorted(each.because)) for each in shape.roles)
    return noun(
        base.Framework,
        shape,
        colour=MappingProxyType({"light": shape.colour.light, "dark": shape.colour.dark}),
        roles=MappingProxyType(dict(roles)),
    )


def _rule(shape: schema.RuleShape, topic: str) -> rules.Rule:
    (effect,) = shape.effects.values()
    return noun(rules.Rule, shape, topic=topic, effect=noun(NOUNS[type(effect)], effect))


def _detector(shape: DetectorShape) -> base.Detector:
    ((kind, patterns),) = shape.patterns.items()
    return noun(base.Detector, shape, kind=kind, patterns=_sorted(patterns))


def _edge(shape: schema.EdgeShape) -> rules.Edge:
    costs = sorted((noun(rules.Cost, cost) for cost in shape.costs), key=lambda cost: cost.id)
    finished = _when(shape.finished) if shape.finished else ()
    return noun(rules.Edge, shape, costs=tuple(costs), finished=finished)
