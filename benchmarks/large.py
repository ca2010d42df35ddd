"""A rule base of any size, the same one every time, to see how the engine grows."""

import datetime
import random

from advisor.model.knowledge import Claim, ClaimKind, Evidence, Source, Status
from advisor.model.rulebase import Choice, Framework, Margins, Question, RuleBase, Topic
from advisor.model.rules import Condition, Edge, Role, Rule, Score

SEED = 20261121
CHOICES = 5
FRAMEWORKS = 6
DAY = datetime.date(2026, 11, 21)


def large_rulebase(questions: int, rules: int) -> RuleBase:
    """Make a rule base with so many questions of five choices and so many rules.

    Most rules look at one question, a third at two, a tenth have a second clause.
    """
    chance = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    names = [f"q{number}" for number in range(questions)]
    ids = [f"f{number}" for number in range(FRAMEWORKS)]
    made = {f"r{number}": _rule(f"r{number}", names, ids, chance) for number in range(rules)}
    claim = Claim(
        id="c", source="s", sections=("all",), text="It holds.", topic="t", kind=ClaimKind.FACT,
        status=Status.HOLDS, evidence=Evidence.OWN, checked=DAY, rests_on=(), shown_by=(),
        background=False, reports=None, note="",
    )  # fmt: skip
    edges = {
        f"{builder}-{shipper}": Edge(f"{builder}-{shipper}", builder, shipper, "", (), ("c",), ())
        for builder in ids
        for shipper in ids
        if builder != shipper
    }
    return RuleBase(
        title="Large",
        tagline="For figures.",
        margins=Margins(0, 2),
        topics=(Topic("t", "T", tuple(names)),),
        subjects={},
        questions={name: _question(name) for name in names},
        frameworks={name: _framework(name) for name in ids},
        sources={"s": Source("s", "S", "", "", "", "document", "", True, ("all",), DAY)},  # noqa: FBT003
        claims={"c": claim},
        tools={},
        rules=made,
        edges=edges,
        switches={},
        conflicts={},
        notes={},
        migrations={},
        steps={},
        disagreements={},
        scenarios={},
        edition=None,
        rules_hash="0" * 64,
        facts_as_of=DAY,
    )


def _question(name: str) -> Question:
    choices = tuple(Choice(f"c{n}", f"c{n}", "", neutral=False) for n in range(CHOICES))
    return Question(name, "t", name, name, "", "", multiple=False, choices=choices, applies=())


def _framework(name: str) -> Framework:
    roles = dict.fromkeys(Role, ("c",))
    return Framework(name, name, "", {"light": "#000000", "dark": "#ffffff"}, roles, ())


def _rule(name: str, questions: list[str], ids: list[str], chance: random.Random) -> Rule:
    clauses = []
    for _ in range(2 if chance.random() < 0.1 else 1):  # noqa: PLR2004 - a tenth
        asked = sorted(chance.sample(questions, 2 if chance.random() < 0.33 else 1))  # noqa: PLR2004
        clauses.append(
            tuple(
                Condition(q, frozenset(f"c{n}" for n in chance.sample(range(CHOICES), 2)))
                for q in asked
            )
        )
    role = chance.choice(list(Role))
    score = Score(role, (chance.choice(ids),), chance.choice([1, 1, 2, 2, 3]))
    return Rule(name, "t", name, tuple(clauses), score, ("c",), "")
