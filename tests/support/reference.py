"""The decision model a second time, as plainly as it can be said, to hold the engine against.

Loops over everything, shares no code with the engine but the caps, and is slow.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from support.builders import choice_sets

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis, can_stop, cap
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Cost, Prefer, Role, Rule, Score, Step, Stop, When

Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Plain:
    """What the reference says.

    Who leads, with which plan, and with whom else it could ship; the score of all that could lead.
    """

    verdict: str
    leaders: tuple[str, ...]
    plans: Mapping[str, tuple[str | None, str | None, str, str]]
    ways: Mapping[str, Mapping[str, int]]
    scores: Mapping[str, int]


def applying(rulebase: RuleBase, given: Chosen) -> set[str]:
    apply: set[str] = set()
    for q in rulebase.questions.values():
        ok = not q.applies
        for clause in q.applies:
            ok = ok or all(
                c.question in apply and (c.question not in given or given[c.question] & c.choices)
                for c in clause
            )
        if ok:
            apply.add(q.id)
    return apply


def holding(condition: When, chosen: Chosen) -> list[int]:
    return [
        number
        for number, clause in enumerate(condition)
        if all(chosen.get(c.question, {"unanswered"}) & c.choices for c in clause)
    ]


def firing(what: Rule | Cost | Step, chosen: Chosen) -> list[int]:
    excepted = holding(what.not_when, chosen) and not holding(what.except_when, chosen)
    return [] if excepted else holding(what.when, chosen)


def marked(what: Rule | Cost, clauses: list[int], answers: Answers, chosen: Chosen) -> bool:
    """Say whether the answer to a marked question makes it fire."""
    return any(
        c.question in answers.important and c.question in chosen
        for n in clauses
        for c in what.when[n]
    )


def strength(rulebase: RuleBase, claims: tuple[str, ...], basis: Basis) -> int:
    return max((cap(rulebase.claims, rulebase.sources, c, basis) for c in claims), default=0)


def points_of(
    rulebase: RuleBase, answers: Answers, basis: Basis
) -> dict[tuple[str, str], list[int]]:
    """Return every contribution to every slot."""
    apply = applying(rulebase, answers.given)
    chosen = {q: c for q, c in answers.given.items() if q in apply}
    found: dict[tuple[str, str], list[int]] = {}
    for r in rulebase.rules.values():
        most = strength(rulebase, r.claims, basis)
        clauses = firing(r, chosen)
        if not most or not clauses or not isinstance(r.effect, Score | Prefer):
            continue
        twice = 2 if marked(r, clauses, answers, chosen) else 1
        points = max(-most, min(most, r.effect.points)) * twice
        if isinstance(r.effect, Score) and r.effect.by:
            slots = [(f"{r.effect.role} by", e) for e in r.effect.by]
        elif isinstance(r.effect, Score):
            slots = [(str(r.effect.role), f) for f in r.effect.frameworks]
        else:
            slots = [(r.effect.framework, b) for b in r.effect.backends]
        for slot in slots:
            found.setdefault(slot, []).append(points)
    for e in rulebase.edges.values():
        for c in e.costs:
            most = strength(rulebase, c.claims, basis)
            if most and (clauses := firing(c, chosen)):
                twice = 2 if marked(c, clauses, answers, chosen) else 1
                points = -min(most, c.points) * twice
                found.setdefault(("edge", e.id), []).append(points)
    return found


def advise(rulebase: RuleBase, answers: Answers, basis: Basis) -> Plain:
    """Recommend by brute force."""
    apply = applying(rulebase, answers.given)
    chosen = {q: c for q, c in answers.given.items() if q in apply}
    found = points_of(rulebase, answers, basis)
    blocked = _blocked(rulebase, chosen, basis)
    # What is left out is kept from both roles.
    blocked |= {(role, f) for role in Role for f in answers.without}
    plans = [
        p
        for p in _plans(rulebase, basis, chosen, blocked, found)
        if not answers.one_tool or len({p["builder"], p["shipper"]} - {None}) == 1
    ]
    contenders: dict[str, dict] = {}
    for plan in sorted(plans, key=lambda p: p["rank"]):
        if plan["own"]:
            contenders.setdefault(plan["lead"], plan)
    if not contenders:
        return Plain("open" if plans else "none", (), {}, {}, {})
    top = max(p["score"] for p in contenders.values())
    lead = sorted(n for n, p in contenders.items() if top - p["score"] <= rulebase.margins.tie)
    others = [p["score"] for n, p in contenders.items() if n not in lead]
    strong = any(
        points >= 2
        for n in lead
        for slot in contenders[n]["slots"]
        if slot[0] != "edge"
        for points in found.get(slot, [])
    )
    close = top - max(others, default=0) <= rulebase.margins.close
    single = "close" if close else "clear"
    verdict = "open" if not strong else "tie" if len(lead) > 1 else single
    names = {
        n: tuple(contenders[n][part] for part in ("builder", "shipper", "backend", "edge"))
        for n in lead
    }
    ways = {n: _ways(plans, contenders[n]) for n in lead}
    scores = {n: p["score"] for n, p in contenders.items()}
    return Plain(verdict, tuple(lead), names, ways, scores)


def _ways(plans, best) -> dict[str, int]:
    """The shippers that a leader could have instead, each with what its best plan scores."""
    scores: dict[str, int] = {}
    for plan in sorted(plans, key=lambda p: p["rank"]):
        if plan["lead"] == best["lead"] and plan["own"] and plan["builder"] and plan["shipper"]:
            scores.setdefault(plan["shipper"], plan["score"])
    scores.pop(best["shipper"], None)
    return scores


def _roles(rulebase, chosen) -> set[Role]:
    roles = set(Role)
    for s in sorted(rulebase.switches.values(), key=lambda s: s.id):
        if holding(s.when, chosen) and roles - {s.role}:
            roles -= {s.role}
    return roles


def _blocked(rulebase, chosen, basis) -> set[tuple[Role, str]]:
    blocked = set()
    for r in rulebase.rules.values():
        hard = any(can_stop(rulebase.claims, rulebase.sources, c, basis) for c in r.claims)
        if isinstance(r.effect, Stop) and hard and firing(r, chosen):
            blocked |= {(r.effect.role, f) for f in r.effect.frameworks}
    return blocked


def _plans(rulebase, basis, chosen, blocked, found) -> Iterator[dict]:
    roles = _roles(rulebase, chosen)
    finished = [
        e
        for e in rulebase.edges.values()
        if strength(rulebase, e.claims, basis) and holding(e.finished, chosen)
    ]
    can = {
        role: [
            f.id
            for f in rulebase.frameworks.values()
            if role in f.roles and strength(rulebase, f.roles[role], basis)
        ]
        for role in Role
    }
    builders = can[Role.BUILD] if Role.BUILD in roles else [None]
    shippers = can[Role.SHIP] if Role.SHIP in roles else [None]
    for b, s in product(builders, shippers):
        ways = [None]
        if b and s and b != s:
            ways = [
                e
                for e in rulebase.edges.values()
                if (e.builder, e.shipper) == (b, s) and strength(rulebase, e.claims, basis)
            ]
        if b is None:
            ways = [e for e in finished if e.shipper == s] or ways
        for way in ways:
            if (Role.BUILD, b) in blocked or (Role.SHIP, s) in blocked:
                continue
            backend = ""
            if b and rulebase.frameworks[b].backends:
                left = [
                    x
                    for x in rulebase.frameworks[b].backends
                    if strength(rulebase, x.claims, basis)
                    and (not way or not way.backends or x.id in way.backends)
                    and (Role.BUILD, x.framework) not in blocked
                ]
                if not left:
                    continue
                backend = min(
                    left, key=lambda x: (-sum(found.get((b, x.id), [])), x.framework != s)
                )
            slots = [("build", b)] * bool(b) + [("ship", s)] * bool(s)
            lead = b or s
            own_slots = [slot for slot in slots if slot[1] == lead]
            if way:
                by = [("build by", way.id)] * bool(b) + [("ship by", way.id)]
                own_slots += [("build by" if b else "ship by", way.id)]
                slots += [*by, ("edge", way.id)]
            score = sum(sum(found.get(slot, [])) for slot in slots)
            own = any(p > 0 for slot in own_slots for p in found.get(slot, []))
            fit = sum(found.get((b, backend.id), [])) if backend else 0
            tools = {b, s, (backend.framework or backend.id) if backend else None} - {None}
            yield {
                "lead": lead,
                "builder": b,
                "shipper": s,
                "backend": backend.id if backend else "",
                "edge": way.id if way else "",
                "slots": slots,
                "score": score,
                "own": own,
                "rank": (-score, -fit, len(tools), s or "", way.id if way else ""),
            }


def completions(rulebase: RuleBase, answers: Answers) -> Iterator[Answers]:
    """Yield every way in which the absent and unsure questions could still be answered."""
    unanswered = [
        q
        for q in rulebase.questions.values()
        if q.id not in answers.given and q.id not in answers.any
    ]
    for chosen in product(*[[None, *choice_sets(q)] for q in unanswered]):
        more = {q.id: c for q, c in zip(unanswered, chosen, strict=True) if c is not None}
        yield replace(answers, given={**answers.given, **more}, unsure=frozenset())
