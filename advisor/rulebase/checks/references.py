"""Every id that is named exists."""

from collections.abc import Collection, Iterable, Iterator

from advisor.errors import Fault, Place, nearest
from advisor.model.rulebase import NONE_CHOICE
from advisor.rulebase.mentions import (
    claims_named,
    frameworks_named,
    questions_asked,
)
from advisor.rulebase.raw import Item, RawRuleBase
from advisor.rulebase.schema import QuestionShape, Shape


def check_claims_exist(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse the id of a claim that nobody wrote: a reason without a source is a rumour."""
    known = set(raw.claims_by_id)
    for mention in claims_named(raw):
        yield from unknown_id(raw, "claim", mention.id, mention.place, known)


def check_subjects_exist(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a topic that is not among the subjects: no page would show it."""
    known = {item.shape.id for item in raw.subjects}
    topics: list[tuple[str, Place]] = [
        *((item.shape.topic, item.place("topic")) for item in raw.claims),
        *((item.shape.topic, item.place("topic")) for item in raw.tradeoffs),
    ]
    for topic, place in topics:
        yield from unknown_id(raw, "subject", topic, place, known)


def check_sources_exist(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse the id of a source that is not listed: a reader could not look it up."""
    known = set(raw.sources_by_id)
    named: list[Item[Shape]] = [*raw.claim_files, *raw.claims]
    for item in named:
        source = getattr(item.shape, "source", None)
        if source:
            yield from unknown_id(raw, "source", source, item.place("source"), known)


def check_frameworks_exist(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse the id of a framework without a file of its own."""
    known = set(raw.frameworks_by_id)
    for mention in frameworks_named(raw):
        yield from unknown_id(raw, "framework", mention.id, mention.place, known)


def check_tools_exist(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a successor, or a tool of a step or a framework, that is not among the tools."""
    known = {item.shape.id for item in raw.tools}
    for item in raw.tools:
        for index, tool in enumerate(item.shape.replaced_by):
            yield from unknown_id(raw, "tool", tool, item.place("replaced-by", index), known)
    for step in raw.steps:
        for index, tool in enumerate(step.shape.tools):
            yield from unknown_id(raw, "tool", tool, step.place("tools", index), known)
    for framework in raw.frameworks:
        for index, means in enumerate(framework.shape.means):
            place = framework.place("means", index, "tool")
            yield from unknown_id(raw, "tool", means.tool, place, known)


def check_edges_exist(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a step for an edge that is not there: it would never be due."""
    known = set(raw.edges_by_id)
    for step in raw.steps:
        if step.shape.edge:
            yield from unknown_id(raw, "edge", step.shape.edge, step.place("edge"), known)


def check_backends_exist(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a backend that the framework in question does not run on."""
    for rule in raw.rules:
        prefer = rule.shape.prefer
        if prefer:
            steps = ("prefer", "backends")
            yield from _unknown_backends(raw, rule, prefer.framework, prefer.backends, *steps)
    for edge in raw.edges:
        builder, backends = edge.shape.builder, edge.shape.backends
        yield from _unknown_backends(raw, edge, builder, backends, "backends")
    for step in raw.steps:
        edge_of_step = raw.edges_by_id.get(step.shape.edge or "")
        builder = edge_of_step.shape.builder if edge_of_step else step.shape.framework or ""
        yield from _unknown_backends(raw, step, builder, step.shape.backends, "backends")


def check_questions_exist(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a condition that asks for a question or a choice that is not there.

    It would never hold, and nobody would notice.
    """
    known = set(raw.questions_by_id)
    for asked in questions_asked(raw):
        place = asked.item.key_place(*asked.steps)
        yield from unknown_id(raw, "question", asked.question, place, known)
        question = raw.questions_by_id.get(asked.question)
        if question:
            for index, choice in enumerate(asked.choices):
                place = asked.item.place(*asked.steps, index)
                yield from unknown_choice(question.shape, choice, place)


def choices_of(question: QuestionShape) -> tuple[str, ...]:
    """Return the ids of a question's choices, its `none` last where it has one."""
    choices = tuple(choice.id for choice in question.choices)
    return (*choices, NONE_CHOICE) if question.none else choices


def unknown_id(
    raw: RawRuleBase, kind: str, name: str, place: Place, known: Collection[str]
) -> Iterator[Fault]:
    """Give the fault of an id that is not among those known, nor among the broken of its kind."""
    # Without a single known id the whole file is missing or broken, and that is said elsewhere.
    if known and name not in known and name not in raw.dropped.get(kind, ()):
        message = f"there is no {kind} '{name}'"
        expected = f"the id of {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        yield Fault(place, f"unknown-{kind}", message, expected, nearest(name, known))


def unknown_choice(question: QuestionShape, choice: str, place: Place) -> Iterator[Fault]:
    """Give the fault of a choice that a question does not have."""
    known = choices_of(question)
    if choice not in known:
        message = f"question '{question.id}' has no choice '{choice}'"
        expected = f"one of {', '.join(known)}"
        yield Fault(place, "unknown-choice", message, expected, nearest(choice, known))


def _unknown_backends(
    raw: RawRuleBase,
    item: Item[Shape],
    framework: str,
    backends: Iterable[str],
    *steps: str,
) -> Iterator[Fault]:
    runner = raw.frameworks_by_id.get(framework)
    if not runner:
        return
    known = [backend.id for backend in runner.shape.backends]
    for index, backend in enumerate(backends):
        if backend not in known:
            message = f"'{framework}' does not run on '{backend}'"
            expected = f"one of {', '.join(known)}" if known else "a framework that runs on others"
            place = item.place(*steps, index)
            yield Fault(place, "unknown-backend", message, expected, nearest(backend, known))
