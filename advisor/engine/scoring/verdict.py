"""Who leads, by how much, how surely, and how much error the lead can bear.

The only place where leaders are decided, under one set of answers or under many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, compress
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from advisor.engine.scoring.conditions import applying, counting
from advisor.engine.scoring.evaluate import Evaluation, evaluate
from advisor.engine.scoring.index import Counts, Flags, Index
from advisor.engine.scoring.items import Candidate, Item, Kind
from advisor.model.answers import Answers
from advisor.model.recommendation import Verdict
from advisor.model.remembered import remembered
from advisor.model.rules import Role

STRONG = 2
"""Points that one reason must have before a verdict is more than `open`."""


class Scored(NamedTuple):
    """A plan with its score and its backend, best first when sorted.

    Attributes:
        number: its place among the plans of the index.
        rank: sorts plans: the best score first, then the backend with more points, then fewer
            tools, then ids.
        own_reason: whether an item with points for the lead itself fired, not only for who ships.
    """

    number: int
    rank: tuple[int, int, int, str, str, str]
    candidate: Candidate
    score: int
    backend: str
    own_reason: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who leads and how surely.

    Attributes:
        leaders: the leading plans, one for each leading framework, by the framework's id.
        margin: points from the best leader down to the best plan of a framework that does not
            lead and has a reason of its own; None where there is none.
    """

    verdict: Verdict
    leaders: tuple[Scored, ...]
    margin: int | None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the ids of the leading frameworks, sorted."""
        return tuple(plan.candidate.lead for plan in self.leaders)


@dataclass(frozen=True, eq=False)
class Decision:
    """What one set of answers leads to on one basis, before anything is explained.

    Attributes:
        answers: all answers, also to questions that do not apply.
        apply: the questions that apply.
        chosen: the answers that count.
        row: what they leave unmet.
        roles: the roles that somebody has to take.
        switches: ids of the switches that took the others away.
        plans: the plans that no stop forbids, best first.
        best: each framework's best plan; one with a reason of its lead's own goes first.
    """

    index: Index
    answers: Answers
    evaluation: Evaluation
    apply: frozenset[str]
    chosen: dict[str, frozenset[str]]
    row: Counts
    roles: frozenset[Role]
    switches: tuple[str, ...]
    plans: tuple[Scored, ...]
    best: Mapping[str, Scored]
    outcome: Outcome

    def questions_of(self, item: Item) -> tuple[str, ...]:
        """Return the questions of those clauses of an item that hold, sorted."""
        holding = [asked for number, asked in self.index.clauses[item] if not self.row[number]]
        return holding[0] if len(holding) == 1 else tuple(sorted({*chain(*holding)}))


def leading(evaluation: Evaluation) -> Flags:
    """Say which frameworks lead: those with a plan at most the tie margin behind the best.

    Only plans with a reason of their lead's own are looked at. There is a flag for each set of
    answers and framework, in the order of `index.names`; none is set where nobody leads.
    """
    index, contends = evaluation.index, evaluation.contends
    scores = np.where(contends, evaluation.scores, -np.inf)
    best = scores.max(axis=-1, keepdims=True, initial=-np.inf)
    near = contends & (scores >= best - index.rulebase.margins.tie)
    leaders: Flags = near @ index.leads > 0
    return leaders


@remembered(8)
def decision_of(index: Index, answers: Answers) -> Decision:
    """Decide who leads; remembered until it has been explained."""
    return decide(index, answers)


def decide(index: Index, answers: Answers) -> Decision:
    """Evaluate the answers that count and decide who leads, within the constraints beside them."""
    index = index.within(answers)
    apply = applying(index.rulebase, answers.given)
    chosen = counting(answers.given, apply)
    row = index.row(chosen)
    evaluation = evaluate(index, row, index.asking(answers.important))
    plans = _scored_plans(evaluation)
    best = _best(plans)
    return Decision(
        index=index,
        answers=answers,
        evaluation=evaluation,
        apply=apply,
        chosen=chosen,
        row=row,
        roles=index.roles_under(evaluation.fired),
        switches=tuple(item.id for item in evaluation.listed(Kind.SWITCH)[:1]),
        plans=plans,
        best=best,
        outcome=_outcome(best, evaluation, leading(evaluation)),
    )


def evaluations(index: Index, several: Sequence[Answers]) -> list[tuple[Evaluation, Flags]]:
    """Evaluate many sets of answers, all with the same constraints at once.

    With each evaluation comes which frameworks lead.
    """
    found: dict[int, tuple[Evaluation, Flags]] = {}
    alike: dict[Index, list[int]] = {}
    for number, answers in enumerate(several):
        alike.setdefault(index.within(answers), []).append(number)
    for own, numbers in alike.items():
        rows, marked = [], []
        for answers in map(several.__getitem__, numbers):
            chosen = counting(answers.given, applying(own.rulebase, answers.given))
            rows.append(own.row(chosen)[: own.width])
            asking = own.asking(answers.important)
            marked.append(np.zeros(own.width, bool) if asking is None else asking[: own.width])
        evaluated = evaluate(own, np.array(rows), np.array(marked))
        found |= zip(numbers, zip(evaluated.each(), leading(evaluated), strict=True), strict=True)
    return [found[number] for number in range(len(several))]


def outcomes(index: Index, several: Sequence[Answers]) -> Iterator[Outcome]:
    """Decide who leads under each of many sets of answers."""
    for evaluation, leaders in evaluations(index, several):
        yield _outcome(_best(_scored_plans(evaluation)), evaluation, leaders)


def _scored_plans(evaluation: Evaluation) -> tuple[Scored, ...]:
    """Return every plan that no stop forbids, with its score and its backend, best first.

    The backend is the one with most points, then the one with fewer tools, then the first.
    """
    index, plans = evaluation.index, []
    blocked = {slot for item in evaluation.listed(Kind.STOP) for slot in item.slots}
    totals, contends = evaluation.points.astype(int).tolist(), evaluation.contends.tolist()
    for number in np.flatnonzero(evaluation.possible).tolist():
        plan, points = index.plans[number], totals[number]
        tools, backend_points, backend = len(plan.tools), 0, ""
        if plan.backends:
            points_of = {b.id: totals[index.backends[plan.lead, b.id]] for b in plan.backends}
            best = min(
                plan.open_backends(blocked),
                key=lambda b: (-points_of[b.id], b.framework != plan.shipper),
            )
            tools = len(plan.tools | {best.framework or best.id})
            backend_points, backend = points_of[best.id], best.id
        ids = (plan.shipper or "", plan.edge, plan.lead)
        rank = (-points, -backend_points, tools, *ids)
        plans.append(Scored(number, rank, plan, points, backend, contends[number]))
    return tuple(sorted(plans, key=attrgetter("rank")))


def _best(plans: Iterable[Scored]) -> dict[str, Scored]:
    """Return the best plan of each framework; one with a reason of its lead's own goes first."""
    best: dict[str, Scored] = {}
    for plan in sorted(plans, key=lambda plan: not plan.own_reason):
        best.setdefault(plan.candidate.lead, plan)
    return best


def _outcome(best: Mapping[str, Scored], evaluation: Evaluation, leads: Flags) -> Outcome:
    """Say how surely those lead who do.

    Where no other framework has a reason of its own, the lead is held against nothing: a single
    reason of two points is then close, not clear.
    """
    if not best:
        return Outcome(Verdict.NONE, (), None)
    index = evaluation.index
    names = [*compress(index.names, leads.tolist())]
    if not names:
        return Outcome(Verdict.OPEN, (), None)
    leaders = tuple(best[name] for name in names)
    top = max(plan.score for plan in leaders)
    rivals = [p.score for name, p in best.items() if p.own_reason and name not in names]
    margin = top - max(rivals) if rivals else None
    if not any(evaluation.has_reason_of(STRONG, plan.number) for plan in leaders):
        verdict = Verdict.OPEN
    elif len(leaders) > 1:
        verdict = Verdict.TIE
    elif (top if margin is None else margin) <= index.rulebase.margins.close:
        verdict = Verdict.CLOSE
    else:
        verdict = Verdict.CLEAR
    return Outcome(verdict, leaders, margin)


def tolerance(decision: Decision) -> Fraction | None:
    """Return how much error in every rule's points the lead can bear.

    The supremum of the t for which no rival catches up when each rule's points are wrong by any
    factor between 1 - t and 1 + t, each by its own: the least over rivals of (margin - tie
    margin) / sum over rules of the difference between what it brings to either plan.
    None on a tie, when open, when none is left or no rival is.
    """
    outcome = decision.outcome
    if outcome.verdict not in {Verdict.CLOSE, Verdict.CLEAR}:
        return None
    index, evaluation, leader = decision.index, decision.evaluation, outcome.leaders[0]
    # How differently each item that fires treats the leader's plan and every other, in points.
    brings = index.points[:, : len(index.plans)]
    apart = np.abs(brings - brings[:, [leader.number]])
    spreads = (evaluation.times @ apart).astype(int).tolist()
    limits = [
        Fraction(leader.score - rival.score - index.rulebase.margins.tie, spread)
        for rival in decision.plans
        if rival.own_reason and rival.candidate.lead != leader.candidate.lead
        if (spread := spreads[rival.number])
    ]
    return min(limits, default=None)
