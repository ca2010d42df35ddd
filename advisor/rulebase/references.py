"""What entries name: every id in a file is found by its key, and has to exist.

The data are read, not their shapes, so that a fault of shape does not hide what is named wrongly
beside it. Values of the wrong type are passed over: the fault of shape speaks of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.errors import Fault, Place, nearest
from advisor.model.rulebase import NONE_CHOICE
from advisor.rulebase import schema
from advisor.rulebase.files import FILE_KINDS, FilePart, RawEntry, RawRuleBase, kind_of
from advisor.yamlfile import Steps

NAMING: Mapping[str, str] = {
    "because": "claim",
    "claims": "claim",
    "rests-on": "claim",
    "settled-by": "claim",
    "shown-by": "claim",
    "builder": "framework",
    "framework": "framework",
    "frameworks": "framework",
    "shipper": "framework",
    "to": "framework",
    "edge": "edge",
    "questions": "question",
    "source": "source",
    "topic": "subject",
    "replaced-by": "tool",
    "tool": "tool",
    "tools": "tool",
}
"""Keys whose values are ids, and of what."""

CONDITIONS = frozenset({"when", "applies", "answers"})
"""Keys below which questions are keys and choices values."""

SHAPES: Mapping[str, type[schema.IdShape]] = {
    "subject": schema.SubjectShape,
    **{kind.name: kind.entry for kind in FILE_KINDS if issubclass(kind.entry, schema.IdShape)},
}
"""The shapes of what can be named."""

_ID = re.compile(schema.ID_PATTERN)


@dataclass(frozen=True, slots=True)
class Mention:
    """An id where it is named.

    Attributes:
        kind: of what it is the id: `claim`, `choice` and so on.
        by: what names it: `score rule`, `edge`, `cost`; of a rule by its effect.
        question: for a choice, the question that should have it.
    """

    kind: str
    id: str
    place: Place
    by: str
    question: str = ""


def mentions(raw: RawRuleBase) -> tuple[Mention, ...]:
    """Return every id that a sound entry names."""
    found: list[Mention] = []
    for entry in raw.entries:
        kind = kind_of(entry.file)
        by = kind.name if kind else ""
        if isinstance(entry.shape, schema.RuleShape):
            by = f"{next(iter(entry.shape.effects))} rule"
        # The entries in the list of a file stand for themselves.
        found += _inside(entry, entry.data, (), by, kind.key if kind and not entry.steps else "")
    return tuple(found)


def check_references(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse the id of something that is not there, in entries that are refused already as well.

    A reason without a source is a rumour, and a condition on what nobody is asked never holds.
    """
    broken = (m for part in raw.broken for m in _inside(part, part.data, (), ""))
    for mention in (*raw.once(mentions), *broken):
        if mention.kind != "choice":
            yield from _unknown(raw, mention)
        elif question := raw.by_id(schema.QuestionShape).get(mention.question):
            known = choices_of(question.shape)
            if mention.id not in known:
                message = f"question '{mention.question}' has no choice '{mention.id}'"
                near = nearest(mention.id, known)
                expected = f"one of {', '.join(known)}"
                yield Fault(mention.place, "unknown-choice", message, expected, near)


def check_backends(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a backend that the framework in question does not run on."""
    for prefer in raw.of(schema.PreferShape):
        yield from _unknown_backends(raw, prefer, prefer.shape.framework, prefer.shape.backends)
    for edge in raw.of(schema.EdgeShape):
        yield from _unknown_backends(raw, edge, edge.shape.builder, edge.shape.backends)
    for step in raw.of(schema.StepShape):
        way = raw.by_id(schema.EdgeShape).get(step.shape.edge or "")
        builder = way.shape.builder if way else step.shape.framework or ""
        yield from _unknown_backends(raw, step, builder, step.shape.backends)


def choices_of(question: schema.QuestionShape) -> tuple[str, ...]:
    """Return the ids of a question's choices, its `none` last where it has one."""
    choices = tuple(choice.id for choice in question.choices)
    return (*choices, NONE_CHOICE) if question.none else choices


def _unknown(raw: RawRuleBase, mention: Mention) -> Iterator[Fault]:
    known, dropped = raw.by_id(SHAPES[mention.kind]), raw.dropped.get(mention.kind, frozenset())
    # Without a single known id the whole file is missing or broken, and that is said elsewhere.
    if known and mention.id not in known and mention.id not in dropped:
        message = f"there is no {mention.kind} '{mention.id}'"
        expected = f"the id of {'an' if mention.kind[0] in 'aeiou' else 'a'} {mention.kind}"
        near = nearest(mention.id, known)
        yield Fault(mention.place, f"unknown-{mention.kind}", message, expected, near)


def _unknown_backends(
    raw: RawRuleBase, entry: RawEntry[schema.Shape], framework: str, backends: Iterable[str]
) -> Iterator[Fault]:
    runner = raw.by_id(schema.FrameworkFile).get(framework)
    known = [backend.id for backend in runner.shape.backends] if runner else list(backends)
    for index, backend in enumerate(backends):
        if backend not in known:
            message = f"'{framework}' does not run on '{backend}'"
            expected = f"one of {', '.join(known)}" if known else "a framework that runs on others"
            place, near = entry.place("backends", index), nearest(backend, known)
            yield Fault(place, "unknown-backend", message, expected, near)


def _inside(
    part: FilePart, data: object, steps: Steps, by: str, skipped: str = ""
) -> Iterator[Mention]:
    """Give what is named in data that stand at `steps` of a part, but not below the key skipped."""
    if isinstance(data, list):
        for index, entry in enumerate(data):
            yield from _inside(part, entry, (*steps, index), by)
    elif isinstance(data, dict):
        for key, value in data.items():
            way = (*steps, key)
            if key in CONDITIONS:
                yield from _conditions(part, value, way, by)
            elif key != skipped:
                for name, end in _ids(value, way) if key in NAMING else ():
                    yield Mention(NAMING[key], name, part.place(*end), by)
                yield from _inside(part, value, way, "cost" if key == "costs" else by)


def _conditions(part: FilePart, data: object, steps: Steps, by: str) -> Iterator[Mention]:
    """Give the questions and choices of one alternative, or of each in a list."""
    if isinstance(data, list):
        for index, alternative in enumerate(data):
            yield from _conditions(part, alternative, (*steps, index), by)
    elif isinstance(data, dict):
        for question, choices in data.items():
            way = (*steps, question)
            if _ID.match(question):
                yield Mention("question", question, part.key_place(*way), by)
                for choice, end in _ids(choices, way):
                    yield Mention("choice", choice, part.place(*end), by, question)


def _ids(value: object, steps: Steps) -> Iterator[tuple[str, Steps]]:
    """Give the ids in a text or a list of texts, each with the path to it."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _ids(entry, (*steps, index))
    elif isinstance(value, str) and _ID.match(value):
        yield value, steps
