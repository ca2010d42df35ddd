"""Ids mean one thing each, keep clear of words that addresses use, and lead nowhere in circles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from advisor.errors import Fault, Place
from advisor.model.rulebase import NONE_CHOICE
from advisor.rulebase import schema
from advisor.rulebase.files import FILE_KINDS, RawEntry, RawRuleBase

KINDS: Mapping[str, tuple[type[schema.IdShape], ...]] = {
    **{kind.name: (kind.entry,) for kind in FILE_KINDS if issubclass(kind.entry, schema.IdShape)},
    "rule": (),
    "rule or cost": (schema.RuleShape, schema.CostShape),
    "subject": (schema.SubjectShape,),
    "switch": (schema.SwitchShape,),
    "topic": (schema.TopicShape,),
}
"""What shares its names: rules and costs do, because a reason is known by either."""

RESERVED_FOR_QUERIES = frozenset(
    {
        "any", "unsure", "none", "important", "basis", "edition", "expect", "trace", "changes",
        "project", "with", "asked",
    }
)  # fmt: skip
RESERVED_FOR_ANSWERS = frozenset({"any", "unsure", NONE_CHOICE})


def check_ids_are_unique(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse the second entry of a kind with the same id; one of them would be lost in silence."""
    for kind, shapes in KINDS.items():
        entries = [entry for shape in shapes for entry in raw.of(shape)]
        yield from _repeated(kind, ((entry.shape.id, entry.place("id")) for entry in entries))
    tradeoffs = ((file.shape.topic, file.place("topic")) for file in raw.of(schema.TradeoffFile))
    yield from _repeated("tradeoff", tradeoffs)


def check_parts_are_unique(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a choice, a role or a backend that its question or framework has twice."""
    for entry in (*raw.of(schema.QuestionShape), *raw.of(schema.FrameworkFile)):
        for kind, shape, key in (
            ("choice", schema.ChoiceShape, "id"),
            ("role", schema.RoleShape, "role"),
            ("backend", schema.BackendShape, "id"),
            ("tool", schema.MeansShape, "tool"),
        ):
            parts = entry.inside(shape)
            yield from _repeated(kind, ((getattr(p.shape, key), p.place(key)) for p in parts))


def _repeated(kind: str, ids: Iterable[tuple[str, Place]]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for name, place in ids:
        if name in first:
            message = f"the {kind} '{name}' is given in {first[name]} already"
            yield Fault(place, "duplicate-id", message, "an id of its own")
        first.setdefault(name, place)


def check_reserved_words(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse ids that mean something else in an address, such as `unsure` for a choice."""
    for question in raw.of(schema.QuestionShape):
        name = question.shape.id
        if name in RESERVED_FOR_QUERIES:
            message = f"'{name}' means something else in an address"
            expected = f"none of {', '.join(sorted(RESERVED_FOR_QUERIES))}"
            yield Fault(question.place("id"), "reserved-word", message, expected)
    for choice in raw.of(schema.ChoiceShape):
        name = choice.shape.id
        if name in RESERVED_FOR_ANSWERS:
            message = f"'{name}' means something else as an answer"
            hint = "; the exclusive answer is the question's key 'none'"
            expected = "another id" + (hint if name == NONE_CHOICE else "")
            yield Fault(choice.place("id"), "reserved-word", message, expected)


def check_file_names(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a file called otherwise than the framework or tradeoff in it; nobody would find it."""
    named = [("framework", file, "id", file.shape.id) for file in raw.of(schema.FrameworkFile)]
    for kind, file, key, name in (
        *named,
        *(("tradeoff", file, "topic", file.shape.topic) for file in raw.of(schema.TradeoffFile)),
    ):
        stem = PurePosixPath(file.file).stem
        if stem != name:
            message = f"the file '{stem}' holds the {kind} '{name}'"
            expected = f"'{stem}' here, or a file called {name}.yaml"
            yield Fault(file.place(key), "file-name", message, expected)


def check_nothing_goes_in_circles(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse support, proof and succession that lead back to where they began.

    Opinions that rest on each other rest on nothing, and claims that show each other show
    nothing.
    """
    claims, tools = (
        raw.by_id(schema.ClaimShape),
        {each.shape.id: each for each in raw.of(schema.ToolShape)},
    )
    rests = {name: claim.shape.rests_on for name, claim in claims.items()}
    yield from _circles(rests, claims, "rests on", "rests-on")
    shown = {name: claim.shape.shown_by for name, claim in claims.items()}
    yield from _circles(shown, claims, "is shown by", "shown-by")
    replaced = {name: tool.shape.replaced_by for name, tool in tools.items()}
    yield from _circles(replaced, tools, "is replaced by", "replaced-by")


def _circles(
    graph: Mapping[str, Sequence[str]],
    entries: Mapping[str, RawEntry[schema.IdShape]],
    relation: str,
    key: str,
) -> Iterator[Fault]:
    """Give one fault for each circle, at the first of its members by name."""
    done: set[str] = set()
    for start in sorted(graph):
        circle = () if start in done else _circle_from(graph, start)
        if circle:
            done.update(circle)
            followers = (f"{relation} '{name}'" for name in (*circle[1:], start))
            message = f"'{start}' {', which '.join(followers)}"
            yield Fault(entries[start].place(key), "circle", message, "a way that ends somewhere")


def _circle_from(graph: Mapping[str, Sequence[str]], start: str) -> tuple[str, ...]:
    """Return a shortest way from `start` back to it; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for following in graph.get(way[-1], ()):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
