"""Turns a RawRuleBase without faults into the immutable RuleBase that the engine thinks with.

Everything whose written order means nothing is sorted here, so that it cannot come to mean
something. Knows nothing of files.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from advisor.model.knowledge import Claim, Disagreement, Source, Tool
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
    Effect,
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
from advisor.rulebase.fingerprint import rules_hash
from advisor.rulebase.knowledge import (
    compile_claim,
    compile_disagreement,
    compile_source,
    compile_subject,
    compile_tool,
)
from advisor.rulebase.raw import Item, RawRuleBase
from advisor.rulebase.rule_schema import (
    CostShape,
    EdgeShape,
    MigrationShape,
    NoteShape,
    RuleShape,
    ScenarioShape,
    StepShape,
)
from advisor.rulebase.schema import (
    FrameworkFile,
    QuestionShape,
    RuleBaseFile,
    SwitchShape,
    TopicShape,
)

N = TypeVar(
    "N", Claim, Source, Tool, Disagreement, Framework, Rule, Edge, Switch, Note, Migration, Scenario
)


def compile_rulebase(raw: RawRuleBase, frame: RuleBaseFile) -> RuleBase:
    """Turn what was read into a rule base; `raw` has passed every check."""
    claims = _by_id(compile_claim(item.shape, raw.source_of(item) or "") for item in raw.claims)
    rulebase = RuleBase(
        title=frame.title,
        tagline=frame.tagline,
        margins=Margins(frame.margins.tie, frame.margins.close),
        topics=tuple(_topic(shape) for shape in frame.topics),
        subjects=MappingProxyType({each.id: compile_subject(each) for each in frame.subjects}),
        questions=_questions(frame, raw),
        frameworks=_by_id(_framework(item.shape) for item in raw.frameworks),
        sources=_by_id(compile_source(item.shape) for item in raw.sources),
        claims=claims,
        tools=_by_id(compile_tool(item.shape) for item in raw.tools),
        rules=_by_id(_rules(raw)),
        edges=_by_id(_edge(item.shape) for item in raw.edges),
        switches=_by_id(_switch(shape) for shape in frame.switches),
        notes=_by_id(_note(item.shape) for item in raw.notes),
        migrations=_by_id(_migration(item.shape) for item in raw.migrations),
        steps=_steps(raw),
        disagreements=_by_id(compile_disagreement(item.shape) for item in raw.disagreements),
        scenarios=_as_written(_scenario(item.shape) for item in raw.scenarios),
        rules_hash="",
        facts_as_of=max(claim.checked for claim in claims.values()),
    )
    return dataclasses.replace(rulebase, rules_hash=rules_hash(rulebase))


def _by_id(nouns: Iterable[N]) -> Mapping[str, N]:
    return MappingProxyType({noun.id: noun for noun in sorted(nouns, key=lambda noun: noun.id)})


def _as_written(nouns: Iterable[N]) -> Mapping[str, N]:
    return MappingProxyType({noun.id: noun for noun in nouns})


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    """Sort ids of which the written order means nothing, and drop repeats."""
    return tuple(sorted(set(ids)))


def _topic(shape: TopicShape) -> Topic:
    return Topic(shape.id, shape.title, tuple(shape.questions))


def _questions(frame: RuleBaseFile, raw: RawRuleBase) -> Mapping[str, Question]:
    """Return the questions in the order in which they are asked."""
    return MappingProxyType(
        {
            question: _question(raw.questions_by_id[question].shape, topic.id)
            for topic in frame.topics
            for question in topic.questions
        }
    )


def _question(shape: QuestionShape, topic: str) -> Question:
    choices = [Choice(each.id, each.label, each.hint, each.neutral) for each in shape.choices]
    if shape.none:
        none = shape.none
        choices.append(Choice(NONE_CHOICE, none.label, none.hint, none.neutral))
    return Question(
        id=shape.id,
        topic=topic,
        title=shape.title,
        label=shape.label,
        changes=shape.changes,
        why=shape.why,
        multiple=shape.multiple,
        choices=tuple(choices),
        applies=_when(shape.applies),
    )


def _framework(shape: FrameworkFile) -> Framework:
    roles = {role.role: _sorted(role.because) for role in shape.roles}
    return Framework(
        id=shape.id,
        name=shape.name,
        summary=shape.summary,
        colour=MappingProxyType({"light": shape.colour.light, "dark": shape.colour.dark}),
        roles=MappingProxyType(dict(sorted(roles.items()))),
        backends=tuple(
            Backend(each.id, each.name, each.framework or "", _sorted(each.because))
            for each in shape.backends
        ),
        means=tuple(Means(each.tool, each.where, _when(each.when)) for each in shape.means),
    )


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


def _rules(raw: RawRuleBase) -> Iterable[Rule]:
    topics = {item.file: item.shape.topic for item in raw.tradeoffs}
    return (_rule(item, topics[item.file]) for item in raw.rules)


def _rule(item: Item[RuleShape], topic: str) -> Rule:
    shape = item.shape
    return Rule(
        id=shape.id,
        topic=topic,
        text=shape.text,
        when=_when(shape.when),
        effect=_effect(shape),
        claims=_sorted(shape.because),
        weight_because=shape.weight_because,
    )


def _effect(shape: RuleShape) -> Effect:
    """Return the one effect that the rule's shape makes sure of."""
    if shape.score:
        return Score(shape.score.role, _sorted(shape.score.frameworks), shape.score.points)
    if shape.stop:
        return Stop(shape.stop.role, _sorted(shape.stop.frameworks), shape.stop.way_out)
    if shape.level:
        return Level(shape.level.role, _sorted(shape.level.frameworks))
    if shape.prefer:
        prefer = shape.prefer
        return Prefer(prefer.framework, _sorted(prefer.backends), prefer.points)
    message = f"rule {shape.id} has no effect"
    raise ValueError(message)


def _edge(shape: EdgeShape) -> Edge:
    costs = sorted((_cost(cost) for cost in shape.costs), key=lambda cost: cost.id)
    return Edge(
        id=shape.id,
        builder=shape.builder,
        shipper=shape.shipper,
        text=shape.text,
        backends=_sorted(shape.backends),
        claims=_sorted(shape.because),
        costs=tuple(costs),
    )


def _cost(shape: CostShape) -> Cost:
    when, claims = _when(shape.when), _sorted(shape.because)
    return Cost(shape.id, shape.text, shape.points, when, claims)


def _switch(shape: SwitchShape) -> Switch:
    return Switch(shape.id, shape.role, shape.text, _when(shape.when))


def _note(shape: NoteShape) -> Note:
    return Note(shape.id, shape.title, shape.text, _when(shape.when), _sorted(shape.because))


def _migration(shape: MigrationShape) -> Migration:
    return Migration(
        id=shape.id,
        origin=shape.origin,
        to=shape.to,
        when=_when(shape.when),
        text=shape.text,
        steps=tuple(shape.steps),
        cost=shape.cost,
        claims=_sorted(shape.because),
    )


def _steps(raw: RawRuleBase) -> Mapping[str, Step]:
    """Return the steps phase by phase, those of a phase in their written order."""
    phases = list(Phase)
    shapes = sorted((item.shape for item in raw.steps), key=lambda each: phases.index(each.phase))
    return MappingProxyType({shape.id: _step(shape) for shape in shapes})


def _step(shape: StepShape) -> Step:
    return Step(
        id=shape.id,
        phase=shape.phase,
        framework=shape.framework or "",
        roles=tuple(sorted(set(shape.roles))),
        edge=shape.edge or "",
        backends=_sorted(shape.backends),
        when=_when(shape.when),
        text=shape.text,
        command=shape.command.rstrip(),
        tools=_sorted(shape.tools),
        claims=_sorted(shape.because),
    )


def _scenario(shape: ScenarioShape) -> Scenario:
    answers = {question: _sorted(given) for question, given in sorted(shape.answers.items())}
    because = _sorted(shape.because)
    return Scenario(shape.id, shape.title, shape.text, MappingProxyType(answers), because)
