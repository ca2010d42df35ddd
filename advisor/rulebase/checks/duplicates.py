"""Every id is given once among its kind, so that a name means one thing."""

from collections.abc import Iterable, Iterator, Sequence

from advisor.errors import Fault, Place
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
    ClaimShape,
    DisagreementShape,
    FrameworkFile,
    QuestionShape,
    SourceShape,
    SubjectShape,
    SwitchShape,
    ToolShape,
)

Named = (
    ClaimShape
    | CostShape
    | DisagreementShape
    | EdgeShape
    | FrameworkFile
    | MigrationShape
    | NoteShape
    | QuestionShape
    | RuleShape
    | ScenarioShape
    | SourceShape
    | StepShape
    | SubjectShape
    | SwitchShape
    | ToolShape
)


def check_ids_are_unique(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse the second entry of a kind with the same id; one of them would be lost in silence.

    Rules and the costs of edges share their names, because a reason is known by either.
    """
    kinds: tuple[tuple[str, Sequence[Item[Named]]], ...] = (
        ("framework", raw.frameworks),
        ("question", raw.questions),
        ("subject", raw.subjects),
        ("source", raw.sources),
        ("claim", raw.claims),
        ("rule or cost", (*raw.rules, *raw.costs)),
        ("edge", raw.edges),
        ("step", raw.steps),
        ("switch", raw.switches),
        ("tool", raw.tools),
        ("migration", raw.migrations),
        ("disagreement", raw.disagreements),
        ("note", raw.notes),
        ("scenario", raw.scenarios),
    )
    for kind, items in kinds:
        yield from _repeated(kind, ((item.shape.id, item.place("id")) for item in items))


def check_topics_are_unique(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a second topic of questions, or a second file of rules, with the same name."""
    if raw.frame:
        topics = enumerate(raw.frame.shape.topics)
        places = [(topic.id, raw.frame.place("topics", index, "id")) for index, topic in topics]
        yield from _repeated("topic", places)
    tradeoffs = ((item.shape.topic, item.place("topic")) for item in raw.tradeoffs)
    yield from _repeated("tradeoff", tradeoffs)


def check_parts_are_unique(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a choice, a role or a backend that its question or framework has twice."""
    for question in raw.questions:
        choices = enumerate(question.shape.choices)
        places = [(each.id, question.place("choices", index, "id")) for index, each in choices]
        yield from _repeated("choice", places)
    for item in raw.frameworks:
        roles = enumerate(item.shape.roles)
        yield from _repeated(
            "role", [(each.role.value, item.place("roles", index, "role")) for index, each in roles]
        )
        backends = enumerate(item.shape.backends)
        yield from _repeated(
            "backend", [(each.id, item.place("backends", index, "id")) for index, each in backends]
        )
        means = enumerate(item.shape.means)
        yield from _repeated(
            "tool", [(each.tool, item.place("means", index, "tool")) for index, each in means]
        )


def _repeated(kind: str, ids: Iterable[tuple[str, Place]]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for name, place in ids:
        if name in first:
            message = f"the {kind} '{name}' is given in {first[name]} already"
            yield Fault(place, "duplicate-id", message, "an id of its own")
        first.setdefault(name, place)
