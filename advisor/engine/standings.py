"""Where every framework stands: the best plan that it leads, or why it leads none."""

from advisor.engine import consequences
from advisor.engine.basics import Basics
from advisor.engine.plans import candidates
from advisor.engine.verdict import best_of_each
from advisor.model.recommendation import Standing, State


def standings_of(basics: Basics) -> tuple[Standing, ...]:
    """Return where every framework stands, leaders first, ruled out last."""
    best = best_of_each(basics.plans)
    leaders = {plan.candidate.lead for plan in basics.outcome.leaders}
    can_lead = {plan.lead for plan in candidates(basics.evaluation.index, basics.roles)}
    stops = consequences.stops(basics.evaluation, basics.roles)
    standings = []
    for framework in basics.evaluation.index.rulebase.frameworks:
        scored = best.get(framework)
        if scored is None:
            state = State.RULED_OUT if framework in can_lead else State.NO_ROLE
        elif framework in leaders:
            state = State.LEADS
        else:
            state = State.FOLLOWS if scored.own_reason else State.NO_REASON
        standings.append(
            Standing(
                framework=framework,
                state=state,
                score=scored.score if scored else None,
                plan=consequences.plan_of(scored, basics.evaluation) if scored else None,
                stops=tuple(stop for stop in stops if stop.framework == framework),
            )
        )
    order = list(State)
    return tuple(
        sorted(
            standings,
            key=lambda s: (
                order.index(s.state),
                0 if s.state is State.LEADS else -(s.score or 0),
                s.framework,
            ),
        )
    )
