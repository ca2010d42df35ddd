"""Holds two states of the rules against each other: what is written, and what it leads to.

For one set of answers `since` says what became of a recommendation by the newest edition.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from advisor.editions.edition import Edition, FrozenCase
from advisor.engine.acceptability import leads_moved
from advisor.engine.scoring.index import index_of
from advisor.engine.scoring.reasons import standings_of
from advisor.engine.scoring.verdict import Outcome, decision_of
from advisor.errors import Fault, Place
from advisor.model.explanation import (
    Entries,
    Entry,
    MovedCase,
    MovedLead,
    MovedReason,
    RulesDifference,
    Since,
)
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation, Standing, State, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.query.query import Query
from advisor.query.read import Reading, read_query_string
from advisor.query.write import query_string

RULE_KINDS = (
    "frameworks", "questions", "rules", "edges", "claims", "sources", "tools", "steps",
    "migrations", "disagreements", "conflicts", "notes", "scenarios",
)  # fmt: skip
"""What a rule base holds by id, in the order in which differences are told."""

TOLD = ("points", "status", "evidence")
"""Fields whose values are told."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The rules as they are written in a folder or a commit, with their cases."""

    name: str
    rulebase: RuleBase
    cases: tuple[FrozenCase, ...]


def difference(one: Draft | Edition, other: Draft | Edition) -> RulesDifference:
    """Say what differs from one state of the rules to a newer one."""
    draws, leads = leads_moved(one.rulebase, other.rulebase)
    moved = [MovedLead(*who, count) for who, count in leads.items() if who[0] != who[1]]
    return RulesDifference(
        was=one.name,
        now=other.name,
        draws=draws,
        moved=sum(each.draws for each in moved),
        leads=tuple(sorted(moved, key=lambda each: (-each.draws, each.was, each.now))),
        cases=tuple(_cases(one, other)),
        entries=differences(one.rulebase, other.rulebase),
    )


def differences(one: RuleBase, other: RuleBase) -> Mapping[str, Entries]:
    """Return what two states of the rules say differently, by kind, as `RULE_KINDS` orders them."""
    found = {kind: _entries(one, other, kind) for kind in RULE_KINDS}
    return {kind: each for kind, each in found.items() if each != Entries((), (), ())}


def vanished(released: RuleBase, now: RuleBase) -> Iterator[Fault]:
    """Give a fault for every id of a released rule base that is gone without a line on it."""
    told = {(each.kind, each.was): each.now for each in now.renames}
    gone = [
        (kind.removesuffix("s"), name)
        for kind in RULE_KINDS
        for name in sorted({*_by_id(released, kind)} - {*_by_id(now, kind)})
    ]
    for question in released.questions.values():
        today = now.questions.get(told.get(("question", question.id), question.id))
        left = {choice.id for choice in today.choices} if today else set()
        names = [choice.id for choice in question.choices if today and choice.id not in left]
        gone += [("choice", f"{question.id}:{name}") for name in names]
    for kind, name in gone:
        if (kind, name) not in told:
            message = f"the {kind} '{name}' of edition {released.edition} is gone without a word"
            expected = f"a line that says 'kind: {kind}', 'was: {name}', and 'now' or 'text'"
            yield Fault(Place("renames.yaml"), "vanished", message, expected)


def _cases(one: Draft | Edition, other: Draft | Edition) -> Iterator[MovedCase]:
    """Give the cases of either state whose answers have other leaders by the newer one."""
    before = {case.id: case for case in one.cases}
    every = before | {case.id: case for case in other.cases}
    for name in sorted(every):
        was = _outcome(one.rulebase, before.get(name, every[name]))
        now = _outcome(other.rulebase, every[name])
        if was and now and was.names != now.names:
            project = every[name].project
            yield MovedCase(name, project, was.names, was.verdict, now.names, now.verdict)


def _outcome(rulebase: RuleBase, case: FrozenCase) -> Outcome | None:
    """Return what comes out of a case; None where its answers mean something else there."""
    reading = read_query_string(rulebase, case.query)
    if reading.wrong:
        return None
    return decision_of(index_of(rulebase, Basis.CHECKED), reading.query.answers).outcome


def _entries(one: RuleBase, other: RuleBase, kind: str) -> Entries:
    before, after = _by_id(one, kind), _by_id(other, kind)
    names = {each.was: each.now for each in other.renames if f"{each.kind}s" == kind and each.now}
    was = {names.get(name, name): name for name in before}
    changed = []
    for name in sorted({*was} & {*after}):
        told = tuple(_fields(before[was[name]], after[name]))
        if told or was[name] != name:
            changed.append(Entry(name, was[name], _text(after[name]), told))
    return Entries(
        new=tuple(Entry(n, None, _text(after[n]), ()) for n in sorted({*after} - {*was})),
        gone=tuple(Entry(was[n], was[n], _text(before[was[n]]), ()) for n in {*was} - {*after}),
        changed=tuple(changed),
    )


def _by_id(rulebase: RuleBase, kind: str) -> Mapping[str, Any]:
    """Return the things of a kind; the costs of edges are reasons, as rules are."""
    found: dict[str, Any] = dict(getattr(rulebase, kind))
    if kind == "rules":
        found |= {cost.id: cost for edge in rulebase.edges.values() for cost in edge.costs}
    return found


def _fields(was: Any, now: Any) -> Iterator[str]:  # noqa: ANN401 - nouns of any kind
    """Give the names of the fields that differ, with values where these are short."""
    if type(was) is not type(now):
        yield f"{type(was).__name__.lower()} → {type(now).__name__.lower()}"
        return
    for field in fields(now):
        old, new = getattr(was, field.name), getattr(now, field.name)
        if old == new or field.name in {"id", "costs"}:
            continue
        if field.name == "effect":
            yield from _fields(old, new)
        elif field.name in TOLD:
            yield f"{field.name} {old} → {new}"
        else:
            yield field.name.replace("_", " ")


def _text(noun: Any) -> str:  # noqa: ANN401 - nouns of any kind
    """Return what something says, in its own words."""
    keys = ("text", "title", "summary", "name", "id")
    return next(str(getattr(noun, key)) for key in keys if hasattr(noun, key))


Renames = Mapping[tuple[str, str], str]
"""The names of today of what had another, by kind and id."""

Weights = dict[tuple[str, str, str], tuple[int | None, str]]
"""Points and text of reasons, by rule, framework and role."""

ABSENT = (None, "")


def answers_today(newest: RuleBase, query: Query) -> Reading:
    """Read the answers of a query to an older edition by the newest one."""
    return read_query_string(newest, query_string(replace(query, edition=None)))


def since(newest: RuleBase, query: Query, then: Recommendation) -> Since | None:
    """Say what the newest edition recommends for the answers of a query that another answered.

    None where it is the newest that answered, or where nothing was released.
    """
    if None in {then.edition, newest.edition} or then.edition == newest.edition:
        return None
    reading = answers_today(newest, query)
    decision = decision_of(index_of(newest, query.basis), reading.query.answers)
    standings = standings_of(decision)
    renames = {(rename.kind, rename.was): rename.now for rename in newest.renames}
    leaders, verdict = decision.outcome.names, decision.outcome.verdict
    was = _plans(then.standings, renames), then.verdict
    same = was == (_plans(standings, {}), verdict)
    return Since(
        state="same" if same else "changed",
        edition=str(newest.edition),
        leaders=leaders,
        verdict=verdict,
        reasons=() if same else _moved(then.standings, standings, renames),
        lost=tuple(sorted({fault.place.path for fault in reading.wrong})),
    )


def _plans(standings: Iterable[Standing], renames: Renames) -> set[tuple[str | None, ...]]:
    """Return who is in the leading plans, by the names of today."""
    return {
        tuple(
            renames.get(("framework", name or ""), name)
            for name in (plan.lead, plan.builder, plan.shipper, plan.backend)
        )
        for plan in leading_plans(standings)
    }


def _moved(
    then: Sequence[Standing], now: Sequence[Standing], renames: Renames
) -> tuple[MovedReason, ...]:
    """Return what has other points now, for those who lead then or now."""
    involved = {
        renames.get(("framework", each.framework), each.framework)
        for each in (*then, *now)
        if each.state is State.LEADS
    }
    was, is_ = _weights(then, renames), _weights(now, {})
    return tuple(
        MovedReason(*key, was.get(key, ABSENT)[0], is_.get(key, ABSENT)[0], (is_ | was)[key][1])
        for key in sorted({*was, *is_}, key=lambda key: (key[1], key[0], key[2]))
        if key[1] in involved and was.get(key, ABSENT)[0] != is_.get(key, ABSENT)[0]
    )


def _weights(standings: Iterable[Standing], renames: Renames) -> Weights:
    """Return the points and texts of the reasons and stops of each framework's best plan."""
    found: Weights = {}
    for standing in standings:
        told = (
            [(r.rule, r.role, r.points, r.text) for r in standing.plan.reasons]
            if standing.plan
            else []
        )
        told += [(stop.rule, stop.role, 0, stop.text) for stop in standing.stops]
        framework = renames.get(("framework", standing.framework), standing.framework)
        found |= {
            (renames.get(("rule", rule), rule), framework, role): (points, text)
            for rule, role, points, text in told
        }
    return found
