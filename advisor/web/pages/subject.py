"""What the head-to-heads compute: all subjects in a table, and the rules on one of them."""

from collections import Counter
from dataclasses import dataclass

from advisor.engine.scoring.items import Item, Kind
from advisor.model.knowledge import Basis, Claim, Subject
from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Rule
from advisor.web.pages.claims import claims_of
from advisor.web.pages.rules import active, concerned, subjects_of_rules, weightiest_first


@dataclass(frozen=True, slots=True)
class Cell:
    """What rules say about one framework on one subject.

    Reasons are counted, not added up: which of them fire together depends on the answers.

    Attributes:
        framework: whom it is about.
        counts: how many reasons there are on each basis: `2 for, 1 against`; empty if none.
        rule: the weightiest of them today, or else of the documents; None if there is none.
        claim: the strongest claim behind that rule.
    """

    framework: Framework
    counts: dict[Basis, str]
    rule: Rule | None
    claim: Claim | None


def by_name(rulebase: RuleBase) -> list[Framework]:
    """Return all that can be recommended by name: none is first by rank."""
    return sorted(rulebase.frameworks.values(), key=lambda framework: framework.name.casefold())


def tradeoffs_context(rulebase: RuleBase) -> dict[str, object]:
    """Return what `pages/tradeoffs.html` is given: a row of cells for each subject of rules."""
    frameworks = by_name(rulebase)
    rows = [
        (subject, [_cell(rulebase, framework, subject) for framework in frameworks])
        for subject in subjects_of_rules(rulebase)
    ]
    return {"frameworks": frameworks, "rows": rows}


def _cell(rulebase: RuleBase, framework: Framework, subject: Subject) -> Cell:
    found = {
        basis: sorted(
            (
                item
                for item in active(rulebase, basis).values()
                if isinstance(item.origin, Rule)
                and item.origin.topic == subject.id
                and framework.id in concerned(item.origin)
            ),
            key=lambda item: -item.points,
        )
        for basis in Basis
    }
    counts = {basis: _counted(items) for basis, items in found.items()}
    for item in found[Basis.CHECKED] or found[Basis.DOCUMENTS]:
        claim = rulebase.claims[item.claims[0]]
        return Cell(framework, counts, rulebase.rules[item.id], claim)
    return Cell(framework, counts, None, None)


def _counted(items: list[Item]) -> str:
    """Count reasons by what they do."""
    words = {Kind.STOP: "ruling it out", Kind.LEVEL: "level", Kind.PREFER: "on its backend"}
    found = Counter(words.get(item.kind, "for" if item.points > 0 else "against") for item in items)
    order = ("for", "against", *words.values())
    return ", ".join(f"{found[word]} {word}" for word in order if found[word])


def subject_context(rulebase: RuleBase, subject: Subject) -> dict[str, object]:
    """Return what `pages/subject.html` is given: the rules on a subject, and numbered claims.

    `claims` are those behind the rules, best first; `numbers` are their places in that list,
    counted from 1, by id.
    """
    rules = [rule for rule in rulebase.rules.values() if rule.topic == subject.id]
    claims = claims_of(rulebase, {claim for rule in rules for claim in rule.claims})
    return {
        "subject": subject,
        "frameworks": by_name(rulebase),
        "rules": weightiest_first(rulebase, rules),
        "claims": claims,
        "numbers": {claim.id: number for number, claim in enumerate(claims, start=1)},
    }
