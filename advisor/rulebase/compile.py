"""Turns entries without faults into the immutable rule base that the engine thinks with.

Everything whose written order means nothing is sorted here, so that it cannot come to mean
something, and the hash of the whole depends on nothing else.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol, TypeVar

from advisor.model.knowledge import Claim, Disagreement, Side, Source, Subject, Tool
from advisor.model.plain import Forms, plain
from advisor.model.rulebase import (
    NONE_CHOICE,
    Backend,
    Choice,
    Framework,
    Margins,
    Means,
    Question,
    RuleBase,
    Scenario,
    Topic,
)
from advisor.model.rules import (
    ALWAYS,
    Condition,
    Cost,
    Edge,
    Level,
    Migration,
    Note,
    Phase,
    Prefer,
    Rule,
    Score,
    Step,
    Stop,
    Switch,
    When,
)
from advisor.rulebase import schema
from advisor.rulebase.files import RawEntry, RawRuleBase

N = TypeVar("N")
K = TypeVar("K", bound="_Keyed")

MEANT_ORDERS = frozenset({(Topic, "questions"), (Source, "sections"), (Claim, "sections"),
                          (Migration, "steps")})  # fmt: skip
"""Lists of ids or texts whose written order means something to a reader."""

NOUNS: Mapping[type[schema.Shape], type] = {
    schema.BackendShape: Backend,
    schema.LevelShape: Level,
    schema.MeansShape: Means,
    schema.PreferShape: Prefer,
    schema.ScoreShape: Score,
    schema.SideShape: Side,
    schema.StopShape: Stop,
}
"""The nouns of shapes inside others."""


def compile_rulebase(raw: RawRuleBase, manifest: schema.RuleBaseFile) -> RuleBase:
    """Turn what was read into a rule base; `raw` has passed every check."""
    claims = _by_id(compile_claim(raw, entry) for entry in raw.of(schema.ClaimShape))
    subjects_of_files = {entry.file: entry.shape.topic for entry in raw.of(schema.TradeoffFile)}
    phases = list(Phase)
    steps = sorted(raw.of(schema.StepShape), key=lambda entry: phases.index(entry.shape.phase))
    questions = raw.by_id(schema.QuestionShape)
    rulebase = RuleBase(
        title=manifest.title,
        tagline=manifest.tagline,
        margins=noun(Margins, manifest.margins),
        topics=tuple(noun(Topic, topic) for topic in manifest.topics),
        subjects=_as_written(noun(Subject, subject) for subject in manifest.subjects),
        questions=_as_written(
            _question(questions[name].shape, topic.id)
            for topic in manifest.topics
            for name in topic.questions
        ),
        frameworks=_by_id(_framework(entry.shape) for entry in raw.of(schema.FrameworkFile)),
        sources=_by_id(noun(Source, entry.shape) for entry in raw.of(schema.SourceShape)),
        claims=claims,
        tools=_by_id(noun(Tool, entry.shape) for entry in raw.of(schema.ToolShape)),
        rules=_by_id(_rule(e.shape, subjects_of_files[e.file]) for e in raw.of(schema.RuleShape)),
        edges=_by_id(_edge(entry.shape) for entry in raw.of(schema.EdgeShape)),
        switches=_by_id(noun(Switch, shape) for shape in manifest.switches),
        notes=_by_id(noun(Note, entry.shape) for entry in raw.of(schema.NoteShape)),
        migrations=_by_id(noun(Migration, entry.shape) for entry in raw.of(schema.MigrationShape)),
        steps=_as_written(noun(Step, e.shape, command=e.shape.command.rstrip()) for e in steps),
        disagreements=_by_id(
            noun(Disagreement, entry.shape) for entry in raw.of(schema.DisagreementShape)
        ),
        scenarios=_as_written(_scenario(entry.shape) for entry in raw.of(schema.ScenarioShape)),
        rules_hash="",
        facts_as_of=max(claim.checked for claim in claims.values()),
    )
    return dataclasses.replace(rulebase, rules_hash=rules_hash(rulebase))


def noun(kind: type[N], shape: schema.Shape, **given: object) -> N:
    """Return the noun of the model that has the fields of a shape.

    A text that is not given is empty, conditions that are not given always hold, and ids are
    sorted without repeats where their written order means nothing.

    Args:
        kind: the class of the noun, a dataclass.
        shape: what was written; its `because` are the noun's `claims`.
        given: the fields that the shape does not have as the noun wants them.

    Example:
        Of `{id: bell, title: A bell, text: Ring it., when: [{load: [none]}], because: [b, a, b]}`
        the note has the claims `("a", "b")`.
    """
    values = dict(given)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # every noun is a dataclass
        if field.name not in given:
            key = "because" if field.name == "claims" and kind is not Side else field.name
            value = getattr(shape, key)
            if field.name in {"when", "applies"}:
                value = _when(value)
            elif value is None and field.type is str:
                value = ""
            elif isinstance(value, list) and all(type(each) in NOUNS for each in value):
                value = tuple(noun(NOUNS[type(each)], each) for each in value)
            elif isinstance(value, list):
                meant = (kind, field.name) in MEANT_ORDERS
                value = tuple(value) if meant else _sorted(value)
            values[field.name] = value
    return kind(**values)


def compile_claim(raw: RawRuleBase, entry: RawEntry[schema.ClaimShape]) -> Claim:
    """Return the claim of an entry, with its source or that of its file."""
    return noun(Claim, entry.shape, source=raw.source_of(entry))


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


class _Keyed(Protocol):
    @property
    def id(self) -> str: ...


def _by_id(nouns: Iterable[K]) -> Mapping[str, K]:
    return MappingProxyType(dict(sorted(_as_written(nouns).items())))


def _as_written(nouns: Iterable[K]) -> Mapping[str, K]:
    return MappingProxyType({each.id: each for each in nouns})


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    """Sort ids of which the written order means nothing, and drop repeats."""
    return tuple(sorted(set(ids)))


def _when(alternatives: Sequence[Mapping[str, Sequence[str]]] | None) -> When:
    """Return the alternatives in one order, each a conjunction in the order of its questions."""
    if alternatives is None:
        return ALWAYS
    written = {
        tuple(sorted((question, _sorted(choices)) for question, choices in each.items()))
        for each in alternatives
    }
    return tuple(
        tuple(Condition(question, frozenset(choices)) for question, choices in conditions)
        for conditions in sorted(written)
    )


def _question(shape: schema.QuestionShape, topic: str) -> Question:
    choices = [noun(Choice, each) for each in shape.choices]
    if shape.none:
        choices.append(noun(Choice, shape.none, id=NONE_CHOICE))
    return noun(Question, shape, topic=topic, choices=tuple(choices))


def _framework(shape: schema.FrameworkFile) -> Framework:
    roles = sorted((each.role, _sorted(each.because)) for each in shape.roles)
    return noun(
        Framework,
        shape,
        colour=MappingProxyType({"light": shape.colour.light, "dark": shape.colour.dark}),
        roles=MappingProxyType(dict(roles)),
    )


def _rule(shape: schema.RuleShape, topic: str) -> Rule:
    (effect,) = shape.effects.values()
    return noun(Rule, shape, topic=topic, effect=noun(NOUNS[type(effect)], effect))


def _edge(shape: schema.EdgeShape) -> Edge:
    costs = sorted((noun(Cost, cost) for cost in shape.costs), key=lambda cost: cost.id)
    return noun(Edge, shape, costs=tuple(costs))


def _scenario(shape: schema.ScenarioShape) -> Scenario:
    answers = {question: _sorted(given) for question, given in sorted(shape.answers.items())}
    return noun(Scenario, shape, answers=MappingProxyType(answers))
