"""Every place where an entry names a claim, a framework, or a question with its choices.

Checks of references and of use look at the same mentions, so none of them can forget a place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from advisor.errors import Place
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
from advisor.rulebase.schema import DisagreementShape, FrameworkFile, Shape, SwitchShape, ToolShape
from advisor.yamlfile import Steps

Citing = EdgeShape | CostShape | StepShape | ToolShape | MigrationShape | NoteShape | ScenarioShape
Looking = CostShape | StepShape | SwitchShape | NoteShape | MigrationShape


class By(StrEnum):
    """What sort of entry names something."""

    SCORE = "score rule"
    STOP = "stop rule"
    LEVEL = "level rule"
    PREFER = "prefer rule"
    EDGE = "edge"
    COST = "cost"
    SWITCH = "switch"
    FRAMEWORK = "framework"
    BACKEND = "backend"
    QUESTION = "question"
    CLAIM = "claim"
    TOOL = "tool"
    MIGRATION = "migration"
    STEP = "step"
    DISAGREEMENT = "disagreement"
    NOTE = "note"
    SCENARIO = "scenario"


RULES = frozenset({By.SCORE, By.STOP, By.LEVEL, By.PREFER})
MOVING = frozenset({*RULES, By.EDGE, By.COST}) - {By.LEVEL}
"""What can move a recommendation: entries whose claims must not be mere background."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An id, the place where it is written, and the sort of entry that it is written in."""

    id: str
    place: Place
    by: By


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition: one question and the choices of which one must be given.

    Attributes:
        item: the entry that it is part of.
        steps: the way to it inside the entry; its last step is the question.
        by: the sort of the entry.
    """

    question: str
    choices: Sequence[str]
    item: Item[Shape]
    steps: Steps
    by: By


def effect_of(rule: RuleShape) -> By:
    """Return the sort of a rule, by its one effect."""
    if rule.score:
        return By.SCORE
    if rule.stop:
        return By.STOP
    return By.LEVEL if rule.level else By.PREFER


def claims_named(raw: RawRuleBase) -> Iterator[Mention]:
    """Give every mention of a claim."""
    for rule in raw.rules:
        yield from _listed(rule, effect_of(rule.shape), rule.shape.because, "because")
    for framework in raw.frameworks:
        yield from _claims_of_framework(framework)
    citing: tuple[tuple[Sequence[Item[Citing]], By], ...] = (
        (raw.edges, By.EDGE),
        (raw.costs, By.COST),
        (raw.tools, By.TOOL),
        (raw.migrations, By.MIGRATION),
        (raw.steps, By.STEP),
        (raw.notes, By.NOTE),
        (raw.scenarios, By.SCENARIO),
    )
    for items, by in citing:
        for item in items:
            yield from _listed(item, by, item.shape.because, "because")
    for claim in raw.claims:
        yield from _listed(claim, By.CLAIM, claim.shape.rests_on, "rests-on")
        yield from _listed(claim, By.CLAIM, claim.shape.shown_by, "shown-by")
    for disagreement in raw.disagreements:
        yield from _claims_of_disagreement(disagreement)


def _claims_of_framework(item: Item[FrameworkFile]) -> Iterator[Mention]:
    for index, role in enumerate(item.shape.roles):
        yield from _listed(item, By.FRAMEWORK, role.because, "roles", index, "because")
    for index, backend in enumerate(item.shape.backends):
        yield from _listed(item, By.BACKEND, backend.because, "backends", index, "because")


def _claims_of_disagreement(item: Item[DisagreementShape]) -> Iterator[Mention]:
    for index, side in enumerate(item.shape.sides):
        yield from _listed(item, By.DISAGREEMENT, side.claims, "sides", index, "claims")
    yield from _listed(item, By.DISAGREEMENT, item.shape.settled_by, "settled-by")


def frameworks_named(raw: RawRuleBase) -> Iterator[Mention]:
    """Give every mention of a framework."""
    for rule in raw.rules:
        yield from _frameworks_of_rule(rule)
    for edge in raw.edges:
        yield Mention(edge.shape.builder, edge.place("builder"), By.EDGE)
        yield Mention(edge.shape.shipper, edge.place("shipper"), By.EDGE)
    for migration in raw.migrations:
        yield Mention(migration.shape.to, migration.place("to"), By.MIGRATION)
    for step in raw.steps:
        if step.shape.framework:
            yield Mention(step.shape.framework, step.place("framework"), By.STEP)
    for framework in raw.frameworks:
        for index, backend in enumerate(framework.shape.backends):
            if backend.framework:
                place = framework.place("backends", index, "framework")
                yield Mention(backend.framework, place, By.BACKEND)


def _frameworks_of_rule(item: Item[RuleShape]) -> Iterator[Mention]:
    shape = item.shape
    if shape.prefer:
        yield Mention(shape.prefer.framework, item.place("prefer", "framework"), By.PREFER)
    for key, effect in (("score", shape.score), ("stop", shape.stop), ("level", shape.level)):
        if effect:
            by = effect_of(shape)
            yield from _listed(item, by, effect.frameworks, key, "frameworks")


def _listed(item: Item[Shape], by: By, ids: Sequence[str], *steps: str | int) -> Iterator[Mention]:
    for index, each in enumerate(ids):
        yield Mention(each, item.place(*steps, index), by)


def questions_asked(raw: RawRuleBase) -> Iterator[Asked]:
    """Give every condition, the answers of scenarios among them."""
    for rule in raw.rules:
        yield from _conditions(rule, effect_of(rule.shape), rule.shape.when)
    for question in raw.questions:
        yield from _conditions(question, By.QUESTION, question.shape.applies, "applies")
    looking: tuple[tuple[Sequence[Item[Looking]], By], ...] = (
        (raw.costs, By.COST),
        (raw.switches, By.SWITCH),
        (raw.notes, By.NOTE),
        (raw.migrations, By.MIGRATION),
        (raw.steps, By.STEP),
    )
    for items, by in looking:
        for item in items:
            yield from _conditions(item, by, item.shape.when)
    for framework in raw.frameworks:
        for index, means in enumerate(framework.shape.means):
            way = ("means", index, "when")
            yield from _conditions(framework, By.FRAMEWORK, means.when, *way)
    for scenario in raw.scenarios:
        for question_id, choices in scenario.shape.answers.items():
            steps = ("answers", question_id)
            yield Asked(question_id, choices, scenario, steps, By.SCENARIO)


def _conditions(
    item: Item[Shape],
    by: By,
    alternatives: Sequence[Mapping[str, Sequence[str]]] | None,
    *way: str | int,
) -> Iterator[Asked]:
    """Give the conditions of an entry; `way` leads to them where that is not `when`."""
    for index, alternative in enumerate(alternatives or ()):
        for question, choices in alternative.items():
            yield Asked(question, choices, item, (*(way or ("when",)), index, question), by)
