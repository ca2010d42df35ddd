"""Small rule bases for tests: built in memory, without any file."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from advisor.model.knowledge import Claim, ClaimKind, Evidence, Source, Status
from advisor.model.rulebase import (
    NONE_CHOICE,
    Backend,
    Choice,
    Framework,
    Margins,
    Question,
    RuleBase,
    Topic,
)
from advisor.model.rules import ALWAYS, Condition, Effect, Role, Rule, When

DAY = datetime.date(2026, 11, 20)
SOURCES = {
    name: Source(name, name.title(), "", "", "", "document", "", name == "paper", ("all",), DAY)
    for name in ("paper", "site")
}
CLAIMS: dict[str, Claim] = {}


def _claim(name: str, source: str, status: Status, evidence: Evidence | None, **more: Any) -> None:
    values = {
        "kind": ClaimKind.FACT,
        "rests_on": (),
        "shown_by": (),
        "background": False,
        "reports": None,
    } | more
    CLAIMS[name] = Claim(
        id=name,
        source=source,
        sections=("all",),
        text=f"What {name} says.",
        topic="matter",
        status=status,
        evidence=evidence,
        checked=DAY,
        note="",
        **values,
    )


_claim("paper-holds", "paper", Status.HOLDS, Evidence.OWN)
_claim("paper-partly", "paper", Status.PARTLY, Evidence.OWN)
_claim("paper-fell", "paper", Status.CONTRADICTED, Evidence.OWN)
_claim("paper-unknown", "paper", Status.UNVERIFIABLE, None)
_claim("site-holds", "site", Status.HOLDS, Evidence.OWN)
_claim("site-issue", "site", Status.HOLDS, Evidence.ISSUE)
_claim("site-third", "site", Status.HOLDS, Evidence.THIRD)
_claim("paper-advice", "paper", Status.HOLDS, None, kind=ClaimKind.ADVICE, rests_on=("site-issue",))
EVERYWHERE = ("paper-holds",)
"""Claims that count in full on both bases."""


def when(*clauses: Mapping[str, Sequence[str]]) -> When:
    """Write a condition as clauses of question -> choices; none means always."""
    if not clauses:
        return ALWAYS
    return tuple(
        tuple(Condition(name, frozenset(choices)) for name, choices in sorted(one.items()))
        for one in clauses
    )


def question(name: str, *choices: str, multiple: bool = False, applies: When = ()) -> Question:
    """Make a question whose texts are its id."""
    made = tuple(Choice(choice, choice, "", neutral=False) for choice in choices)
    return Question(
        name, "all", f"{name}?", name, "It counts.", "Because.", multiple, made, applies
    )


def framework(
    name: str,
    roles: Sequence[Role] = tuple(Role),
    backends: Sequence[Backend] = (),
    claims: Sequence[str] = EVERYWHERE,
) -> Framework:
    """Make a framework that may take these roles on the strength of these claims."""
    colour = {"light": "#112233", "dark": "#ddeeff"}
    by_role = {role: tuple(claims) for role in roles}
    return Framework(name, name.title(), "One of several.", colour, by_role, tuple(backends))


def rule(
    name: str,
    effect: Effect,
    condition: When,
    claims: Sequence[str] = EVERYWHERE,
    **excepted: When,
) -> Rule:
    """Make a rule whose text is its id; `excepted` gives not_when, except_when."""
    text = f"Because of {name}."
    return Rule(name, "matter", text, condition, effect, tuple(claims), "", **excepted)


def base(
    questions: Sequence[Question],
    frameworks: Sequence[Framework],
    rules: Sequence[Rule] = (),
    **more: Any,
) -> RuleBase:
    """Make a rule base; `more` gives edges, switches, notes, migrations and the like, margins."""
    groups = {
        kind: {item.id: item for item in more.get(kind, ())}
        for kind in (
            "edges",
            "switches",
            "conflicts",
            "notes",
            "migrations",
            "steps",
            "disagreements",
        )
    }
    return RuleBase(
        title="A small one",
        tagline="For tests.",
        margins=more.get("margins", Margins(tie=0, close=2)),
        topics=(Topic("all", "All", tuple(q.id for q in questions)),),
        subjects={},
        questions={q.id: q for q in questions},
        frameworks={f.id: f for f in frameworks},
        sources=SOURCES,
        claims=CLAIMS,
        tools={},
        rules={r.id: r for r in rules},
        scenarios={},
        records={},
        edition=None,
        rules_hash="0" * 64,
        facts_as_of=DAY,
        **groups,
    )


def choice_sets(asked: Question) -> list[frozenset[str]]:
    """Return every answer by choice that a question can be given."""
    ids = [choice.id for choice in asked.choices]
    if not asked.multiple:
        return [frozenset({name}) for name in ids]
    plain = [name for name in ids if name != NONE_CHOICE]
    sets = [
        frozenset(name for bit, name in enumerate(plain) if number >> bit & 1)
        for number in range(1, 1 << len(plain))
    ]
    return sets + ([frozenset({NONE_CHOICE})] if NONE_CHOICE in ids else [])
