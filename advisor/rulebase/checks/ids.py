"""Every id means one thing and exists where it is named; every question can be asked.

`mentions` finds what entries name, by key: it reads the data, not the shapes, so that a fault of
shape does not hide an unknown id beside it. It passes over values of the wrong type, of which the
fault of shape speaks.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from typing import Any

from advisor.errors import Fault, Place, nearest
from advisor.model import knowledge, rules
from advisor.model import rulebase as base
from advisor.model.answers import NON_ANSWERS, RESERVED
from advisor.model.rulebase import NONE_CHOICE
from advisor.model.rules import UNANSWERED
from advisor.model.written import ID_PATTERN
from advisor.rulebase import schema
from advisor.rulebase.files import FILE_KINDS, FilePart, RawEntry, RawRuleBase, kind_of
from advisor.yamlfile import walk

NAMING: Mapping[str, str] = {
    **dict.fromkeys(("because", "claims", "rests-on", "settled-by", "shown-by"), "claim"),
    **dict.fromkeys(("builder", "framework", "frameworks", "shipper", "to"), "framework"),
    **dict.fromkeys(("hinders", "leaders", "ruled-out"), "framework"),
    **dict.fromkeys(("replaced-by", "tool", "tools"), "tool"),
    **dict.fromkeys(("by", "edge", "not-by"), "edge"),
    "questions": "question", "source": "source", "topic": "subject",
    "conflicts": "conflict", "notes": "note", "migrations": "migration",
    "disagreements": "disagreement",
}  # fmt: skip
"""Keys whose values are ids, and of what."""

CONDITIONS = frozenset({"when", "applies", "answers", "finished", "not-when", "except-when",
                        "suggests", "yields", "open"})  # fmt: skip
"""Keys below which questions are keys and choices values."""

FIRING = frozenset({"when", "not-when", "except-when"})
"""Those of them below which `unanswered` may stand among the choices."""

SHAPES: Mapping[str, type[Any]] = {
    "subject": knowledge.Subject,
    **{kind.name: kind.entry for kind in FILE_KINDS if "id" in schema.keys(kind.entry)},
}
"""The shapes of what can be named."""

_ID = re.compile(ID_PATTERN)

UNIQUE: Mapping[str, tuple[type[Any], ...]] = {
    **{kind: (shape,) for kind, shape in SHAPES.items() if kind != "rule"},
    "rule or cost": (schema.RuleShape, rules.Cost),
    "switch": (rules.Switch,),
    "topic": (base.Topic,),
}
"""Within what an id must be unique. A reason has the id of a rule or of a cost, so both share."""


def check_ids_are_unique(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a second id: of entries of a kind, and of the parts of a question or framework.

    One of the two would be lost in silence.
    """
    for kind, shapes in UNIQUE.items():
        entries = [entry for shape in shapes for entry in raw.of(shape)]
        yield from repeated(kind, ((entry.shape.id, entry.place("id")) for entry in entries))
    tradeoffs = ((file.shape.topic, file.place("topic")) for file in raw.of(schema.TradeoffFile))
    yield from repeated("tradeoff", tradeoffs)
    listed = (
        (question, topic.place("questions", index))
        for topic in raw.of(base.Topic)
        for index, question in enumerate(topic.shape.questions)
    )
    yield from repeated("question", listed, "each question in one topic, once")
    for entry in (*raw.of(schema.QuestionShape), *raw.of(schema.FrameworkFile)):
        for kind, shape, key in (
            ("choice", base.Choice, "id"),
            ("role", schema.RoleShape, "role"),
            ("backend", base.Backend, "id"),
            ("tool", base.Means, "tool"),
        ):
            parts = entry.inside(shape)
            yield from repeated(kind, ((getattr(p.shape, key), p.place(key)) for p in parts))


def repeated(
    kind: str, ids: Iterable[tuple[str, Place]], expected: str = "an id of its own"
) -> Iterator[Fault]:
    """Refuse each id that was given before, at its second place."""
    first: dict[str, Place] = {}
    for name, place in ids:
        if name in first:
            message = f"the {kind} '{name}' is given in {first[name]} already"
            yield Fault(place, "duplicate-id", message, expected)
        first.setdefault(name, place)


def check_reserved_words(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse ids that mean something else in an address, such as `unsure` for a choice."""
    for question in raw.of(schema.QuestionShape):
        name = question.shape.id
        if name in RESERVED:
            message = f"'{name}' means something else in an address"
            expected = f"none of {', '.join(sorted(RESERVED))}"
            yield Fault(question.place("id"), "reserved-word", message, expected)
    for choice in raw.of(base.Choice):
        name = choice.shape.id
        if name in NON_ANSWERS | {NONE_CHOICE, UNANSWERED}:
            message = f"'{name}' means something else as an answer"
            hint = "; the exclusive answer is the question's key 'none'"
            expected = "another id" + (hint if name == NONE_CHOICE else "")
            yield Fault(choice.place("id"), "reserved-word", message, expected)


def check_renames(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse the rename of what is still there, or to what is not."""
    renames = raw.of(base.Rename)
    known = {kind: [*raw.by_id(shape)] for kind, shape in SHAPES.items()}
    known["rule"] += raw.by_id(rules.Cost)
    known["choice"] = [
        f"{question.shape.id}:{choice.id}"
        for question in raw.of(schema.QuestionShape)
        for choice in question.shape.choices
    ]
    for rename in renames:
        kind, was, now = rename.shape.kind, rename.shape.was, rename.shape.now
        if kind not in known:
            message, expected = f"nothing is called a {kind}", f"one of {', '.join(sorted(known))}"
            yield Fault(
                rename.place("kind"), "unknown-kind", message, expected, nearest(kind, known)
            )
            continue
        if not now and not rename.shape.text:
            message = f"nothing says what became of '{was}'"
            expected = "'now', or 'text' that says why it was dropped"
            yield Fault(rename.place(), "dropped-without-a-word", message, expected)
        if was in known[kind]:
            message = f"there is still a {kind} '{was}'"
            yield Fault(rename.place("was"), "still-there", message, "an id that is no more")
        if now and now not in known[kind] and now not in raw.dropped.get(kind, ()):
            message = f"there is no {kind} '{now}'"
            near = nearest(now, known[kind])
            yield Fault(rename.place("now"), f"unknown-{kind}", message, "an id of today", near)
    for kind in known:
        named = (each for each in renames if each.shape.kind == kind)
        yield from repeated(kind, ((each.shape.was, each.place("was")) for each in named))


def check_file_names(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a file called otherwise than the framework or tradeoff in it; nobody would find it."""
    for kind, shape, key in (
        ("framework", schema.FrameworkFile, "id"),
        ("tradeoff", schema.TradeoffFile, "topic"),
        ("record", knowledge.Record, "id"),
    ):
        for file in raw.of(shape):
            stem, name = PurePosixPath(file.file).stem, getattr(file.shape, key)
            if stem != name:
                message = f"the file '{stem}' holds the {kind} '{name}'"
                expected = f"'{stem}' here, or a file called {name}.yaml"
                yield Fault(file.place(key), "file-name", message, expected)


def check_nothing_goes_in_circles(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse support, proof and succession that lead back to where they began.

    Opinions that rest on each other rest on nothing, and claims that show each other show
    nothing. Each circle is one fault, at the first of its members by name.
    """
    for shape, relation in (
        (knowledge.Claim, "rests on"),
        (knowledge.Claim, "is shown by"),
        (knowledge.Tool, "is replaced by"),
    ):
        key = relation.removeprefix("is ").replace(" ", "_")
        entries = raw.by_id(shape)
        graph = {name: [*getattr(entry.shape, key)] for name, entry in entries.items()}
        while circle := _circle_in(graph):
            first, *others = circle
            followers = (f"{relation} '{name}'" for name in (*others, first))
            message = f"'{first}' {', which '.join(followers)}"
            place = entries[first].place(key.replace("_", "-"))
            yield Fault(place, "circle", message, "a way that ends somewhere")
            graph |= {name: [] for name in circle}


def _circle_in(graph: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a circle, each member with what it names after it, the first by name first."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][:0:-1]
        start = circle.index(min(circle))
        return circle[start:] + circle[:start]
    return []


@dataclass(frozen=True, slots=True)
class Mention:
    """An id where it is named."""

    kind: str
    """Of what it is the id: `claim`, `choice` and so on."""
    id: str
    place: Place
    by: str
    """What names it: `edge`, `cost`, or a rule by its effect, such as `score rule`."""
    question: str = ""
    """For a choice, the question that should have it."""


def mentions(raw: RawRuleBase) -> tuple[Mention, ...]:
    """Return every id that a sound entry names."""
    found: list[Mention] = []
    for entry in raw.entries:
        kind = kind_of(entry.file)
        by = kind.name if kind else ""
        if isinstance(entry.shape, schema.RuleShape):
            by = f"{next(iter(entry.shape.effects))} rule"
        # The entries in the list of a file stand for themselves.
        found += inside(entry, by, kind.key if kind and not entry.steps else "")
    return tuple(found)


def check_references(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse the id of something that is not there, in entries that are refused already as well.

    A reason without a source is a rumour, and a condition on what nobody is asked never holds.
    """
    broken = (mention for part in raw.broken for mention in inside(part, ""))
    for mention in (*raw.once(mentions), *broken):
        kind, name = mention.kind, mention.id
        if kind == "choice":
            question = raw.by_id(schema.QuestionShape).get(mention.question)
            known = [choice.id for choice in question.shape.choices] if question else [name]
            known += [NONE_CHOICE] if question and question.shape.none else []
        else:
            known = [*raw.by_id(SHAPES[kind])]
        # Without a single known id the whole file is missing or broken, and that is said elsewhere.
        if known and name not in raw.dropped.get(kind, ()):
            yield from unknown(mention, known)


def unknown(mention: Mention, known: Collection[str]) -> Iterator[Fault]:
    """Refuse an id that is not among those known."""
    if mention.id in known:
        return
    kind = mention.kind
    message = f"there is no {kind} '{mention.id}'"
    expected = f"the id of {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    if mention.question:
        message = f"question '{mention.question}' has no choice '{mention.id}'"
        expected = f"one of {', '.join(known)}"
    yield Fault(mention.place, f"unknown-{kind}", message, expected, nearest(mention.id, known))


def check_backends(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a backend that the framework in question does not run on."""
    named: list[tuple[RawEntry[object], str, tuple[str, ...]]] = []
    named += [(e, e.shape.framework, e.shape.backends) for e in raw.of(rules.Prefer)]
    named += [(e, e.shape.builder, e.shape.backends) for e in raw.of(rules.Edge)]
    for step in raw.of(rules.Step):
        way = raw.by_id(rules.Edge).get(step.shape.edge or "")
        builder = way.shape.builder if way else step.shape.framework or ""
        named.append((step, builder, step.shape.backends))
    for entry, name, backends in named:
        framework = raw.by_id(schema.FrameworkFile).get(name)
        known = [each.id for each in framework.shape.backends] if framework else backends
        for index, backend in enumerate(backends):
            if backend not in known:
                message = f"'{name}' does not run on '{backend}'"
                one = f"one of {', '.join(known)}" if known else "a framework that runs on others"
                place, near = entry.place("backends", index), nearest(backend, known)
                yield Fault(place, "unknown-backend", message, one, near)


def inside(part: FilePart, by: str, skipped: str = "") -> Iterator[Mention]:
    """Give what is named inside a part, but not below the key skipped."""
    for steps, value in walk(part.data):
        keys = [step for step in steps if isinstance(step, str)]
        if not keys or keys[0] == skipped:
            continue
        whose, named = "cost" if "costs" in keys else by, str(value)
        is_id = isinstance(value, str) and _ID.match(value)
        conditions = [n for n, key in enumerate(keys) if key in CONDITIONS]
        if not conditions:
            if is_id and keys[-1] in NAMING:
                yield Mention(NAMING[keys[-1]], named, part.place(*steps), whose)
            continue
        question, *deeper = keys[conditions[0] + 1 :] or [""]
        if _ID.match(question) and not deeper:
            if steps[-1] == question:
                yield Mention("question", question, part.key_place(*steps), whose)
            if is_id and not (named == UNANSWERED and keys[conditions[0]] in FIRING):
                yield Mention("choice", named, part.place(*steps), whose, question)


def check_questions_are_listed(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a question that no topic lists, or another one than its file is called after."""
    topics = _topics(raw)
    for item in raw.of(schema.QuestionShape) if raw.manifest else ():
        own, listed = PurePosixPath(item.file).stem, topics.get(item.shape.id)
        if listed is None:
            message = f"no topic lists the question '{item.shape.id}', so it is never asked"
            expected = f"it in the topic '{own}' of rulebase.yaml"
            yield Fault(item.place("id"), "not-listed", message, expected)
        elif listed != own:
            message = f"the topic '{listed}' lists the question '{item.shape.id}'"
            expected = f"it in questions/{listed}.yaml"
            yield Fault(item.place("id"), "other-topic", message, expected)


def check_applies_looks_back(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a question that depends on itself or on one that is asked after it."""
    order = {question: number for number, question in enumerate(_topics(raw))}
    for item in raw.of(schema.QuestionShape):
        name = item.shape.id
        for index, clause in enumerate(item.shape.applies):
            for question in (each.question for each in clause):
                if {question, name} <= order.keys() and order[question] >= order[name]:
                    place = item.key_place("applies", index, question)
                    message = f"'{name}' is asked before '{question}' is answered"
                    yield Fault(place, "looks-ahead", message, "questions asked earlier")


def check_scenarios_can_be_answered(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a scenario that gives two answers where a person can give one."""
    for item in raw.of(base.Scenario):
        for name, choices in item.shape.answers.items():
            question = raw.by_id(schema.QuestionShape).get(name)
            if not question or len(choices) == 1:
                continue
            place = item.place("answers", name, 1)
            if not question.shape.multiple:
                message = f"question '{name}' takes one answer"
                yield Fault(place, "several-answers", message, "one choice")
            elif NONE_CHOICE in choices:
                message = f"'{NONE_CHOICE}' excludes every other answer to '{name}'"
                yield Fault(place, "none-with-others", message, "it alone, or the others")


def check_choices_are_used(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a choice that changes nothing, or that rules look at although it is neutral."""
    looked_at = [
        each
        for each in raw.once(mentions)
        if each.kind == "choice" and each.by not in {"scenario", "conflict", "detector"}
    ]
    used = {(mention.question, mention.id) for mention in looked_at}
    neutral: set[tuple[str, str]] = set()
    for item in raw.of(schema.QuestionShape):
        choices: list[RawEntry[base.Choice] | RawEntry[schema.NoneShape]]
        choices = [*item.inside(base.Choice), *item.inside(schema.NoneShape)]
        for choice in choices:
            name = choice.shape.id if isinstance(choice.shape, base.Choice) else NONE_CHOICE
            if choice.shape.neutral:
                neutral.add((item.shape.id, name))
            elif (item.shape.id, name) not in used and name not in raw.mentioned:
                if not raw.of(schema.RuleShape) or not raw.manifest:
                    continue  # rules or switches that look at it may be missing
                message = f"no rule looks at the choice '{name}' of '{item.shape.id}'"
                expected = "a rule that does, or 'neutral: true'"
                yield Fault(choice.place(), "unused-choice", message, expected)
    for mention in looked_at:
        if mention.by.endswith(" rule") and (mention.question, mention.id) in neutral:
            message = f"a {mention.by} looks at '{mention.id}' of '{mention.question}'"
            expected = "another choice, or no 'neutral' there"
            yield Fault(mention.place, "neutral-used", f"{message}, which is neutral", expected)


def _topics(raw: RawRuleBase) -> Mapping[str, str]:
    """Return the topic of each listed question, in the order in which they are asked."""
    topics: dict[str, str] = {}
    for topic in raw.of(base.Topic):
        for question in topic.shape.questions:
            topics.setdefault(question, topic.shape.id)
    return topics
