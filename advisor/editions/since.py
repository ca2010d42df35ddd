"""What became of a recommendation since its edition: whether the newest one gives the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from advisor.engine.scoring.evaluate import index_of
from advisor.engine.scoring.reasons import standings_of
from advisor.engine.scoring.verdict import decision_of
from advisor.model.comparison import MovedReason, Since
from advisor.model.recommendation import Recommendation, Standing, State, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.query.query import Query
from advisor.query.read import Reading, read_query_string
from advisor.query.write import query_string

Names = Mapping[tuple[str, str], str]
"""The names of today of what had another, by kind and id."""

Weights = dict[tuple[str, str, str], tuple[int | None, str]]
"""Points and text of reasons, by rule, framework and role."""

NOTHING = (None, "")


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
    names = {(rename.kind, rename.was): rename.now for rename in newest.renames}
    leaders, verdict = decision.outcome.names, decision.outcome.verdict
    was = _plans(then.standings, names), then.verdict
    same = was == (_plans(standings, {}), verdict)
    return Since(
        state="same" if same else "changed",
        edition=str(newest.edition),
        leaders=leaders,
        verdict=verdict,
        reasons=() if same else _moved(then.standings, standings, names),
        lost=tuple(sorted({fault.place.path for fault in reading.wrong})),
    )


def _plans(standings: Iterable[Standing], names: Names) -> set[tuple[str | None, ...]]:
    """Return who is in the leading plans, by the names of today."""
    return {
        tuple(
            names.get(("framework", name or ""), name)
            for name in (plan.lead, plan.builder, plan.shipper, plan.backend)
        )
        for plan in leading_plans(standings)
    }


def _moved(
    then: Sequence[Standing], now: Sequence[Standing], names: Names
) -> tuple[MovedReason, ...]:
    """Return what has other points now, for those who lead then or now."""
    involved = {
        names.get(("framework", each.framework), each.framework)
        for each in (*then, *now)
        if each.state is State.LEADS
    }
    was, is_ = _weights(then, names), _weights(now, {})
    return tuple(
        MovedReason(*key, was.get(key, NOTHING)[0], is_.get(key, NOTHING)[0], (is_ | was)[key][1])
        for key in sorted({*was, *is_}, key=lambda key: (key[1], key[0], key[2]))
        if key[1] in involved and was.get(key, NOTHING)[0] != is_.get(key, NOTHING)[0]
    )


def _weights(standings: Iterable[Standing], names: Names) -> Weights:
    """Return the points and texts of the reasons and stops of each framework's best plan."""
    found: Weights = {}
    for standing in standings:
        told = (
            [(r.rule, r.role, r.points, r.text) for r in standing.plan.reasons]
            if standing.plan
            else []
        )
        told += [(stop.rule, stop.role, 0, stop.text) for stop in standing.stops]
        framework = names.get(("framework", standing.framework), standing.framework)
        found |= {
            (names.get(("rule", rule), rule), framework, role): (points, text)
            for rule, role, points, text in told
        }
    return found
