"""The head-to-head on one subject: one row per matter, with what rules say of each on both bases.

The claims behind the rows are numbered and listed below.
"""

from typing import ClassVar

from pydantic import Field

from advisor.model.knowledge import Basis, Subject
from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Rule
from advisor.web.pages.claim_query import ClaimFilter
from advisor.web.views.knowledge.claim_lines import ClaimLine, claim_anchor, claim_lines
from advisor.web.views.knowledge.effects import effect_on
from advisor.web.views.knowledge.frame import KnowledgePage
from advisor.web.views.knowledge.frameworks import in_order
from advisor.web.views.knowledge.reasons import (
    concerned,
    context,
    reason_address,
    weightiest_first,
)
from advisor.web.views.knowledge.tradeoffs import Column, column
from advisor.web.views.page import Shell, View


class Effect(View):
    """What a rule does for one framework."""

    column: Column = Field(description="Whom it is about.")
    concerned: bool = Field(description="Whether the rule is about it at all.")
    today: str = Field(description="What it does on the facts as checked; empty if nothing.")
    written: str = Field(description="What it does on the documents as written; empty if nothing.")


class Reference(View):
    """A number that leads to a claim below."""

    number: int = Field(description="The number of the claim.")
    anchor: str = Field(description="The id of the claim on the page.")


class Matter(View):
    """A rule, as a row of the table."""

    text: str = Field(description="What it says.")
    address: str = Field(description="The address of its page.")
    context: str = Field(description="What it is about, and under which answers it counts.")
    references: tuple[Reference, ...] = Field(description="The claims behind it.")
    effects: tuple[Effect, ...] = Field(description="What it does for each.")


class SubjectPage(KnowledgePage):
    """Compares all that can be recommended on one subject."""

    template: ClassVar[str] = "pages/subject.html"

    heading: str = Field(description="The subject.")
    question: str = Field(description="What the tradeoff asks.")
    columns: tuple[Column, ...] = Field(description="All that are compared.")
    matters: tuple[Matter, ...] = Field(description="The rules.")
    claims: tuple[ClaimLine, ...] = Field(description="The claims behind them, by number.")
    all_claims: str = Field(description="The address of all claims on the subject.")


def subject_page(rulebase: RuleBase, shell: Shell, subject: Subject) -> SubjectPage:
    """Make the page."""
    own = [rule for rule in rulebase.rules.values() if rule.topic == subject.id]
    rules = weightiest_first(rulebase, own)
    claims = claim_lines(rulebase, {claim for rule in rules for claim in rule.claims})
    numbers = {claim.id: number for number, claim in enumerate(claims, start=1)}
    known = in_order(rulebase)
    return SubjectPage(
        shell=shell,
        title=f"{subject.title}, head to head",
        description=subject.question,
        section="/tradeoffs",
        heading=subject.title,
        question=subject.question,
        columns=tuple(column(framework) for framework in known),
        matters=tuple(_matter(rulebase, rule, known, numbers) for rule in rules),
        claims=claims,
        all_claims=ClaimFilter(topic=subject.id).address(),
    )


def _matter(
    rulebase: RuleBase, rule: Rule, known: list[Framework], numbers: dict[str, int]
) -> Matter:
    references = [
        Reference(number=numbers[claim], anchor=claim_anchor(claim)) for claim in rule.claims
    ]
    return Matter(
        text=rule.text,
        address=reason_address(rule.id),
        context=context(rulebase, rule),
        references=tuple(sorted(references, key=lambda reference: reference.number)),
        effects=tuple(_effect(rulebase, rule, framework) for framework in known),
    )


def _effect(rulebase: RuleBase, rule: Rule, framework: Framework) -> Effect:
    about_it = framework.id in concerned(rule)
    return Effect(
        column=column(framework),
        concerned=about_it,
        today=effect_on(rulebase, rule, Basis.CHECKED) if about_it else "",
        written=effect_on(rulebase, rule, Basis.DOCUMENTS) if about_it else "",
    )
