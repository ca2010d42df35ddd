"""Projects with what we stand by: read, checked, run, and explained where they fail.

A case holds answers and the recommendation that must come out, a case of the detectors holds files
and exactly what a scan of them has to suggest. Plans are named `lead`, `lead/backend`,
`lead:shipper` or `lead/backend:shipper`; a text of a file that begins with `hex:` has these bytes.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, NamedTuple, cast

from advisor.engine.recommend import recommend
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.items import Kind, candidates
from advisor.engine.scoring.verdict import decide
from advisor.errors import Fault, Place
from advisor.model import recommendation as result
from advisor.model.answers import CONSTRAINTS, Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.model.written import Id, Ids, Listed, Many, Some, Text, YesNo
from advisor.query.fields import data_form
from advisor.query.read import interpret
from advisor.rulebase.checks.ids import UNIQUE, Mention, inside, repeated, unknown
from advisor.rulebase.files import (
    CASES_ENDING,
    DETECTOR_CASES,
    FilePart,
    RawEntry,
    gather,
    list_file,
    too_large,
    validate,
)
from advisor.rulebase.schema import refuse
from advisor.scan.scan import scan
from advisor.scan.tree import Tree
from advisor.yamlfile import read_file

ANSWERING = ("answers", "important", *CONSTRAINTS)
"""Keys of a case that say what somebody answers."""

HEX = "hex:"
DETECTOR = "detector"


@dataclass(frozen=True)
class ExpectedShape:
    """What must come out on one basis; `rules/README.md` says what each key holds."""

    leaders: Annotated[tuple[Id, ...], Listed()]
    verdict: result.Verdict
    plans: Some[Text]
    must: Ids
    must_not: Ids
    ruled_out: Ids
    conflicts: Ids
    notes: Ids
    migrations: Ids
    disagreements: Ids


@dataclass(frozen=True)
class CaseShape:
    """A project in an engineer's words, its answers, and what must come out."""

    id: Id
    project: Text
    answers: dict[str, object]
    important: Ids
    without: Ids
    one_tool: YesNo
    checked: ExpectedShape | None = None
    documents: ExpectedShape | None = None

    def __post_init__(self) -> None:
        """Refuse a case that expects nothing."""
        if not self.checked and not self.documents:
            message = "the case does not say what must come out"
            refuse("expects-nothing", message, "'checked', 'documents', or both")

    @property
    def expected(self) -> dict[Basis, ExpectedShape]:
        """What must come out, on each basis that the case speaks of."""
        both = {Basis.CHECKED: self.checked, Basis.DOCUMENTS: self.documents}
        return {basis: expected for basis, expected in both.items() if expected}


@dataclass(frozen=True)
class ScanCaseShape:
    """A project by its files, and all that a scan of them suggests."""

    id: Id
    project: Text
    files: dict[str, str]
    suggests: Mapping[Id, Many[Id]] = field(default_factory=dict)
    open: Mapping[Id, Many[Id]] = field(default_factory=dict)
    """By question the answers that contradict each other."""
    tools: Ids = ()


CASES_FILE = list_file("*" + CASES_ENDING, "cases", CaseShape, required=True)
SCAN_CASES_FILE = list_file(DETECTOR_CASES, "cases", ScanCaseShape)


class Written(NamedTuple):
    """The cases below a folder as they are written."""

    cases: Sequence[RawEntry[CaseShape]]
    scans: Sequence[RawEntry[ScanCaseShape]]
    faults: tuple[Fault, ...]
    """What is wrong with their form."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A case that can be run, with what must come out on each basis that it speaks of."""

    id: str
    project: str
    place: Place
    answers: Answers
    expected: Mapping[Basis, ExpectedShape]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came out of a case on one basis."""

    case: Case
    basis: Basis
    differences: tuple[str, ...]
    """What is not as expected, one sentence each; empty when all is well."""
    decided: tuple[str, ...]
    """For a case that fails, lines of a table of the reasons that decided."""


def written_cases(folder: Path) -> Written:
    """Read the cases below a folder; needs no rule base."""
    found = [path for path in folder.rglob("*" + CASES_ENDING) if path.is_file()]
    files = sorted(path.relative_to(folder).as_posix() for path in found)
    if large := tuple(too_large(folder)):
        return Written((), (), large)
    faults: list[Fault] = []
    if not set(files) - {DETECTOR_CASES}:
        message, pattern = "no case says what must come out", CASES_FILE.pattern
        faults.append(Fault(Place(pattern), "no-cases", message, pattern))
    cases: list[RawEntry[CaseShape]] = []
    scans: list[RawEntry[ScanCaseShape]] = []
    for file in files:
        part = validate(
            read_file(folder, file), SCAN_CASES_FILE if file == DETECTOR_CASES else CASES_FILE
        )
        faults += part.faults
        cases += part.of(CaseShape)
        scans += part.of(ScanCaseShape)
    for entries in (cases, scans):
        faults += repeated("case", ((each.shape.id, each.place("id")) for each in entries))
    return Written(cases, scans, tuple(faults))


def compile_cases(
    rulebase: RuleBase, written: Written
) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    """Turn written cases into cases that can be run; give what is wrong with the others as well."""
    cases: list[Case] = []
    faults = [fault for scan in written.scans for fault in _unknown_ids(rulebase, scan)]
    for entry in written.cases:
        shape, every = entry.shape, cast("Mapping[str, object]", entry.data)
        data = {key: every[key] for key in ANSWERING if key in every}
        reading = interpret(rulebase, data_form(data, entry.document, entry.steps))
        found = [*reading.faults, *_unknown_ids(rulebase, entry), *_unknown_plans(rulebase, entry)]
        faults += found
        if not found:
            answers, place = reading.query.answers, entry.place("id")
            cases.append(Case(shape.id, shape.project, place, answers, shape.expected))
    return tuple(cases), tuple(faults)


def run_cases(rulebase: RuleBase, cases: Iterable[Case]) -> Iterator[CaseResult]:
    """Run each case on each basis that it speaks of."""
    for case in cases:
        for basis, expected in case.expected.items():
            recommendation = recommend(rulebase, case.answers, basis)
            differences = tuple(_differences(expected, recommendation))
            table = _decided(recommendation, expected.leaders) if differences else ()
            yield CaseResult(case, basis, differences, table)


def _unknown_ids(rulebase: RuleBase, entry: FilePart) -> Iterator[Fault]:
    """Refuse what a case expects by name and the rule base does not have."""
    for mention in inside(entry, "", skipped="answers"):
        if mention.question:
            question = rulebase.questions.get(mention.question)
            known = [choice.id for choice in question.choices] if question else [mention.id]
        else:
            known = [*getattr(rulebase, f"{mention.kind}s")]
        yield from unknown(mention, known)


def _unknown_plans(rulebase: RuleBase, entry: RawEntry[CaseShape]) -> Iterator[Fault]:
    """Refuse what a case expects of plans and reasons that there cannot be."""
    reasons = {cost.id for edge in rulebase.edges.values() for cost in edge.costs}
    reasons |= rulebase.rules.keys() | rulebase.switches.keys()
    for basis, expected in entry.shape.expected.items():
        plans = {
            name
            for plan in candidates(rulebase, basis)
            for backend in (None, *(each.id for each in plan.backends))
            for name in _names(plan.lead, backend, plan.shipper)
        }
        for kind, key, names, known in (
            ("plan", "plans", expected.plans, plans),
            ("reason", "must", expected.must, reasons),
            ("reason", "must-not", expected.must_not, reasons),
        ):
            for index, name in enumerate(names):
                place = entry.place(basis.value, key, index)
                yield from unknown(Mention(kind, name, place, ""), known)


def _differences(expected: ExpectedShape, actual: result.Recommendation) -> Iterator[str]:
    """Say what is not as expected."""
    if set(expected.leaders) != set(actual.leaders):
        yield f"leaders are {_listed(actual.leaders)}, expected {_listed(expected.leaders)}"
    if expected.verdict != actual.verdict:
        margin = "" if actual.margin is None else f" by {actual.margin}"
        yield f"verdict is {actual.verdict}{margin}, expected {expected.verdict}"
    leading = [
        _names(plan.lead, plan.backend, plan.shipper)
        for plan in result.leading_plans(actual.standings)
    ]
    wanted, found = {*expected.plans}, {name for names in leading for name in names}
    if wanted and not (wanted <= found and all(wanted.intersection(names) for names in leading)):
        named = _listed(name for name, _ in leading)
        yield f"plans are {named}, expected {_listed(expected.plans)}"
    # The rules, costs and switches that appear somewhere in the result.
    plans = [standing.plan for standing in actual.standings if standing.plan]
    told = {reason.rule for plan in plans for reason in (*plan.reasons, *plan.backend_reasons)}
    told |= {stop.rule for standing in actual.standings for stop in standing.stops}
    told |= {level.rule for level in actual.levels} | set(actual.switches)
    for rule in expected.must_not:
        if rule in told:
            yield f"reason '{rule}' appears, expected not to"
    ruled_out = {s.framework for s in actual.standings if s.state is result.State.RULED_OUT}
    for what, needed, there in (
        ("reason", expected.must, told),
        ("ruled-out framework", expected.ruled_out, ruled_out),
        ("conflict", expected.conflicts, {each.id for each in actual.conflicts}),
        ("note", expected.notes, actual.notes),
        ("migration", expected.migrations, actual.migrations),
        ("disagreement", expected.disagreements, actual.disagreements),
    ):
        yield from (f"{what} '{name}' is missing" for name in needed if name not in there)


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names) or "none"


def _names(lead: str, backend: str | None, shipper: str | None) -> tuple[str, str]:
    """Return a plan's name, and the one that leaves the backend open.

    A framework that ships by itself is named once.
    """
    by = "" if shipper in {None, lead} else f":{shipper}"
    return (f"{lead}/{backend}{by}" if backend else f"{lead}{by}"), f"{lead}{by}"


def _decided(recommendation: result.Recommendation, expected: Collection[str]) -> tuple[str, ...]:
    """Return the lines of a table: one column for each plan, one line for each reason.

    The plans are those of the frameworks that ought to lead and of those that do, and if that is
    one, the next best.

    Example:
        The first two lines and the last:
            "                     cargo-bike  city-bike"
            "children-in-the-box          +3          ."
            "score                         5          0"
    """
    wanted, standings = {*expected, *recommendation.leaders}, recommendation.standings
    chosen = [each for each in standings if each.framework in wanted]
    others = [each for each in standings if each.framework not in wanted and each.plan]
    chosen += others[: max(0, 2 - len(chosen))]
    plans = [each.plan for each in chosen if each.plan]
    names = [_names(plan.lead, plan.backend, plan.shipper)[0] for plan in plans]
    rules = sorted({reason.rule for plan in plans for reason in plan.reasons})
    width = max(map(len, [*rules, "score"]))

    def line(title: str, cells: Iterable[object]) -> str:
        return title.ljust(width) + "".join(
            f"  {cell!s:>{len(name)}}" for name, cell in zip(names, cells, strict=True)
        )

    def points(plan: result.Plan, rule: str) -> str:
        found = [reason.points for reason in plan.reasons if reason.rule == rule]
        return f"{sum(found):+d}" if found else "."

    table = [line(rule, (points(plan, rule) for plan in plans)) for rule in rules]
    table = [line("", names), *table, line("score", (plan.score for plan in plans))]
    without = []
    for each in chosen:
        stops = ", ".join(stop.rule for stop in each.stops)
        if not each.plan:
            without.append(f"{each.framework}: {each.state}" + (f" by {stops}" if stops else ""))
    return (*(table if plans else ()), *without)


# What scans of files have to suggest


def failing_scans(rulebase: RuleBase, cases: Iterable[RawEntry[ScanCaseShape]]) -> Iterator[Fault]:
    """Give the cases of which a scan suggests something else, as faults."""
    for case in cases:
        found = scan(rulebase, _tree(case.shape)).findings
        for key, said in (("suggests", found.suggestions), ("open", found.contradictions)):
            actual = {(each.question, each.choice) for each in said}
            wanted = {(q, c) for q, choices in getattr(case.shape, key).items() for c in choices}
            for verb, pairs in (("missing", wanted - actual), ("not expected", actual - wanted)):
                for question, choice in sorted(pairs):
                    message = f"'{key}' of '{case.shape.id}': {question}: {choice} is {verb}"
                    yield Fault(case.place("id"), "scan-case", message)
        tools = {each.tool for each in found.tools}
        if tools != set(case.shape.tools):
            message = f"'tools' of '{case.shape.id}' are {', '.join(sorted(tools)) or 'none'}"
            yield Fault(case.place("tools"), "scan-case", message)


def _tree(case: ScanCaseShape) -> Tree:
    contents = {
        name: bytes.fromhex(text.removeprefix(HEX)) if text.startswith(HEX) else text.encode()
        for name, text in case.files.items()
    }
    return Tree(tuple(sorted(contents)), (), lambda file, most: contents[file][:most])


# What fires in some case


Fired = tuple[str, str]
"""Something that can fire: its kind and its id."""


def firings(
    rulebase: RuleBase, cases: Iterable[Case], scans: Iterable[RawEntry[ScanCaseShape]] = ()
) -> Mapping[Fired, int]:
    """Count for everything that can fire on some basis the cases in which it does.

    Example: `{(Kind.SCORE, "children-in-the-box"): 7, (Kind.STEP, "buy-a-lock"): 0, ...}`
    """
    items = [item for basis in Basis for item in index_of(rulebase, basis).items]
    count = Counter[Fired]({(item.kind, item.id): 0 for item in items})
    count.update({(DETECTOR, name): 0 for name in rulebase.detectors})
    for case in cases:
        count.update({fired for basis in case.expected for fired in _fired(rulebase, case, basis)})
    for each in scans:
        sightings = scan(rulebase, _tree(each.shape)).sightings
        count.update({(DETECTOR, sighting.detector) for sighting in sightings})
    return count


def _fired(rulebase: RuleBase, case: Case, basis: Basis) -> set[Fired]:
    """Return what fires in a case; of the steps those that are told, as most hold always."""
    evaluation = decide(index_of(rulebase, basis), case.answers).evaluation
    kinds = [kind for kind in Kind if kind is not Kind.STEP]
    fired = {(item.kind, item.id) for kind in kinds for item in evaluation.listed(kind)}
    due = recommend(rulebase, case.answers, basis).steps.values()
    return fired | {(Kind.STEP, name) for names in due for name in names}


NEEDED = {
    Kind.STEP: "a case with a leading plan that it belongs to",
    DETECTOR: f"a case in {DETECTOR_CASES} with a file that it recognises",
}
"""What a case has to hold for something of a kind to fire, where that is not answers alone."""


def unfired(count: Mapping[Fired, int], folder: Path) -> tuple[Fault, ...]:
    """Return a fault for everything that fires in no case, at its place in the folder."""
    silent = sorted(fired for fired, times in count.items() if not times)
    if not silent:
        return ()
    raw, faults = gather(folder), []
    for kind, name in silent:
        shapes = UNIQUE.get("edge" if kind == Kind.FINISHED else kind, UNIQUE["rule or cost"])
        entry = next((raw.by_id(each)[name] for each in shapes if name in raw.by_id(each)), None)
        place = entry.place("id") if entry else Place(kind, path=name)
        expected = NEEDED.get(kind, "a case whose answers meet its 'when'")
        faults.append(Fault(place, "never-fires", f"'{name}' fires in no case", expected))
    return tuple(faults)


def fired_once(count: Mapping[Fired, int]) -> tuple[str, ...]:
    """Return the ids of what fires in one case only: made to please that case, perhaps."""
    once = (fired for fired, times in count.items() if times == 1)
    return tuple(sorted(name for kind, name in once if kind != DETECTOR))
