"""Projects with the recommendation we stand by: read, checked, run, and explained where they fail.

A case names a plan `lead`, `lead/backend`, `lead:shipper` or `lead/backend:shipper`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from advisor.engine.recommend import recommend
from advisor.engine.scoring.evaluate import index_of
from advisor.engine.scoring.items import Kind
from advisor.engine.scoring.verdict import decide
from advisor.errors import Fault, Place, nearest
from advisor.model import recommendation as result
from advisor.model.answers import ONE_TOOL, WITHOUT, Answers
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.model.written import Id, Ids, Listed, Some, Text, YesNo
from advisor.query.fields import data_form
from advisor.query.read import interpret
from advisor.rulebase.checks.ids import KINDS, repeated
from advisor.rulebase.files import (
    CASES_ENDING,
    DETECTOR_CASES,
    RawEntry,
    gather,
    list_file,
    too_large,
    validate,
)
from advisor.rulebase.schema import refuse
from advisor.yamlfile import read_file


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


CASES_FILE = list_file("*" + CASES_ENDING, "cases", CaseShape, required=True)


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


def written_cases(folder: Path) -> tuple[list[RawEntry[CaseShape]], list[Fault]]:
    """Read the cases below a folder, and what is wrong with their form; needs no rule base."""
    found = [path for path in folder.rglob("*" + CASES_ENDING) if path.is_file()]
    files = sorted(
        path.relative_to(folder).as_posix() for path in found if path.name != DETECTOR_CASES
    )
    entries: list[RawEntry[CaseShape]] = []
    if large := list(too_large(folder)):
        return entries, large
    faults: list[Fault] = []
    if not files:
        message, pattern = "no case says what must come out", CASES_FILE.pattern
        faults.append(Fault(Place(pattern), "no-cases", message, pattern))
    for file in files:
        part = validate(read_file(folder, file), CASES_FILE)
        faults += part.faults
        entries += part.of(CaseShape)
    faults += repeated("case", ((entry.shape.id, entry.place("id")) for entry in entries))
    return entries, faults


def compile_cases(
    rulebase: RuleBase, entries: Sequence[RawEntry[CaseShape]]
) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    """Turn written cases into cases that can be run; give what is wrong with the others as well."""
    cases: list[Case] = []
    faults: list[Fault] = []
    for entry in entries:
        shape = entry.shape
        beside = {
            "important": [*shape.important],
            WITHOUT: [*shape.without],
            ONE_TOOL: shape.one_tool,
        }
        data = {"answers": shape.answers, **beside}
        reading = interpret(rulebase, data_form(data, entry.document, entry.steps))
        found = [*reading.faults, *_unknown_ids(rulebase, entry)]
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


def _unknown_ids(rulebase: RuleBase, entry: RawEntry[CaseShape]) -> Iterator[Fault]:
    """Give every id that the case expects and the rule base does not have."""
    frameworks = rulebase.frameworks
    costs = {cost.id for edge in rulebase.edges.values() for cost in edge.costs}
    tellers = costs | rulebase.rules.keys() | rulebase.switches.keys()
    known_by_key: dict[str, Collection[str]] = {
        "leaders": frameworks,
        "must": tellers,
        "must-not": tellers,
        "ruled-out": frameworks,
        "conflicts": rulebase.conflicts,
        "notes": rulebase.notes,
        "migrations": rulebase.migrations,
        "disagreements": rulebase.disagreements,
    }
    for basis, expected in entry.shape.expected.items():
        named = [
            (key, index, name, known)
            for key, known in known_by_key.items()
            for index, name in enumerate(getattr(expected, key.replace("-", "_")))
        ]
        for index, plan in enumerate(expected.plans):
            builder, colon, shipper = plan.partition(":")
            lead, slash, backend = builder.partition("/")
            named.append(("plans", index, lead, frameworks))
            if slash and lead in frameworks:
                backends = [known.id for known in frameworks[lead].backends]
                named.append(("plans", index, backend, backends))
            if colon:
                named.append(("plans", index, shipper, frameworks))
        for key, index, name, known in named:
            if name not in known:
                message = f"'{key}' names '{name}', which the rule base does not have"
                place = entry.place(basis.value, key, index)
                yield Fault(place, "unknown-id", message, "", nearest(name, known))


def _differences(expected: ExpectedShape, actual: result.Recommendation) -> Iterator[str]:
    """Say what is not as expected."""
    if set(expected.leaders) != set(actual.leaders):
        yield f"leaders are {_listed(actual.leaders)}, expected {_listed(expected.leaders)}"
    if expected.verdict != actual.verdict:
        margin = "" if actual.margin is None else f" by {actual.margin}"
        yield f"verdict is {actual.verdict}{margin}, expected {expected.verdict}"
    leading, names = result.leading_plans(actual.standings), expected.plans
    as_named = all(any(_is_named(plan, name) for name in names) for plan in leading)
    as_named &= all(any(_is_named(plan, name) for plan in leading) for name in names)
    if names and not as_named:
        yield f"plans are {_listed(map(_name, leading))}, expected {_listed(names)}"
    # The rules, costs and switches that appear somewhere in the result.
    plans = [standing.plan for standing in actual.standings if standing.plan]
    told = {reason.rule for plan in plans for reason in (*plan.reasons, *plan.backend_reasons)}
    told |= {stop.rule for standing in actual.standings for stop in standing.stops}
    told |= {level.rule for level in actual.levels} | set(actual.switches)
    yield from (
        f"reason '{rule}' appears, expected not to" for rule in expected.must_not if rule in told
    )
    ruled_out = {
        each.framework for each in actual.standings if each.state is result.State.RULED_OUT
    }
    for what, wanted, there in (
        ("reason", expected.must, told),
        ("ruled-out framework", expected.ruled_out, ruled_out),
        ("conflict", expected.conflicts, {each.id for each in actual.conflicts}),
        ("note", expected.notes, actual.notes),
        ("migration", expected.migrations, actual.migrations),
        ("disagreement", expected.disagreements, actual.disagreements),
    ):
        yield from (f"{what} '{name}' is missing" for name in wanted if name not in there)


def _name(plan: result.Plan) -> str:
    """Return a plan's name; a framework that ships by itself is named once."""
    name = f"{plan.lead}/{plan.backend}" if plan.backend else plan.lead
    return f"{name}:{plan.shipper}" if plan.shipper not in {None, plan.lead} else name


def _is_named(plan: result.Plan, name: str) -> bool:
    """Say whether a name is the plan's; a name without a backend leaves the backend open."""
    return name in {_name(plan), _name(plan).replace(f"/{plan.backend}", "", 1)}


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names) or "none"


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
    wanted = {*expected, *recommendation.leaders}
    chosen = [each for each in recommendation.standings if each.framework in wanted]
    others = [
        each for each in recommendation.standings if each.framework not in wanted and each.plan
    ]
    chosen += others[: max(0, 2 - len(chosen))]
    plans = [each.plan for each in chosen if each.plan]
    names = [_name(plan) for plan in plans]
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


Fired = tuple[Kind, str]
"""Something that can fire: its kind and its id."""


def firings(rulebase: RuleBase, cases: Iterable[Case]) -> Mapping[Fired, int]:
    """Count for everything that can fire on some basis the cases in which it does.

    Example: `{(Kind.SCORE, "children-in-the-box"): 7, (Kind.STEP, "buy-a-lock"): 0, ...}`
    """
    items = [item for basis in Basis for item in index_of(rulebase, basis).items]
    count = Counter({(item.kind, item.id): 0 for item in items})
    for case in cases:
        count.update({fired for basis in case.expected for fired in _fired(rulebase, case, basis)})
    return count


def _fired(rulebase: RuleBase, case: Case, basis: Basis) -> set[Fired]:
    """Return what fires in a case; of the steps those that are told, as most hold always."""
    evaluation = decide(index_of(rulebase, basis), case.answers).evaluation
    kinds = [kind for kind in Kind if kind is not Kind.STEP]
    fired = {(item.kind, item.id) for kind in kinds for item in evaluation.listed(kind)}
    due = recommend(rulebase, case.answers, basis).steps.values()
    return fired | {(Kind.STEP, name) for names in due for name in names}


def unfired(count: Mapping[Fired, int], folder: Path) -> tuple[Fault, ...]:
    """Return a fault for everything that fires in no case, at its place in the folder."""
    silent = sorted(fired for fired, times in count.items() if not times)
    if not silent:
        return ()
    raw, faults = gather(folder), []
    for kind, name in silent:
        called = "edge" if kind is Kind.FINISHED else str(kind)
        shapes = KINDS.get(called, KINDS["rule or cost"])
        entry = next((raw.by_id(each)[name] for each in shapes if name in raw.by_id(each)), None)
        place = entry.place("id") if entry else Place(str(kind), path=name)
        expected = "a case whose answers meet its 'when'"
        if kind is Kind.STEP:
            expected = "a case with a leading plan that it belongs to"
        faults.append(Fault(place, "never-fires", f"'{name}' fires in no case", expected))
    return tuple(faults)


def fired_once(count: Mapping[Fired, int]) -> tuple[str, ...]:
    """Return the ids of what fires in one case only: made to please that case, perhaps."""
    return tuple(sorted(name for (_, name), times in count.items() if times == 1))
