"""The page of one rule, or of the cost of handing over: when it counts, what it does, and why."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Cost, Edge, Rule, Stop
from advisor.web.views.knowledge import places
from advisor.web.views.knowledge.claim_lines import ClaimLine, claim_lines
from advisor.web.views.knowledge.conditions import AlternativeView, alternatives
from advisor.web.views.knowledge.effects import (
    OnBasis,
    cost_in_words,
    on_bases,
    rule_in_words,
)
from advisor.web.views.knowledge.frame import KnowledgePage, short_title
from advisor.web.views.knowledge.subjects import tradeoff_link
from advisor.web.views.knowledge.weights import most_points
from advisor.web.views.page import Link, Shell, View


class RestingClaim(View):
    """A claim that the rule rests on, with how much it may carry."""

    claim: ClaimLine = Field(description="The claim.")
    today: int = Field(description="The most points it may carry on the facts as checked.")
    written: int = Field(description="The most points it may carry on the documents as written.")


class RulePage(KnowledgePage):
    """Tells everything about a rule."""

    template: ClassVar[str] = "pages/rule.html"

    id: str = Field(description="The id of the rule.")
    heading: str = Field(description="What it says.")
    belongs_to: Link = Field(description="What it is part of.")
    effect: str = Field(description="What it does, as a sentence.")
    way_out: str = Field(description="What can be done about it; empty if it rules nothing out.")
    alternatives: tuple[AlternativeView, ...] = Field(
        description="When it counts: one of these has to hold; none if it always does."
    )
    bases: tuple[OnBasis, ...] = Field(description="What is left of it on each basis, and why.")
    weight_because: str = Field(
        description="Why its points leave the rubric; empty if they do not."
    )
    claims: tuple[RestingClaim, ...] = Field(description="The claims that it rests on.")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What rules and costs do not share.

    Attributes:
        belongs_to: what they are part of.
        effect: what they do, as a sentence.
    """

    belongs_to: Link
    effect: str
    way_out: str = ""
    weight_because: str = ""


def rule_page(rulebase: RuleBase, shell: Shell, rule: Rule) -> RulePage:
    """Make the page of a rule."""
    particulars = Particulars(
        belongs_to=tradeoff_link(rulebase, rule.topic),
        effect=rule_in_words(rulebase, rule),
        way_out=rule.effect.way_out if isinstance(rule.effect, Stop) else "",
        weight_because=rule.weight_because,
    )
    return _page(rulebase, shell, rule, particulars)


def cost_page(rulebase: RuleBase, shell: Shell, edge: Edge, cost: Cost) -> RulePage:
    """Make the page of what it costs to hand over."""
    particulars = Particulars(
        belongs_to=Link(label=edge.text, address=places.edge(edge)),
        effect=cost_in_words(rulebase, edge, cost),
    )
    return _page(rulebase, shell, cost, particulars)


def _page(rulebase: RuleBase, shell: Shell, reason: Rule | Cost, own: Particulars) -> RulePage:
    return RulePage(
        shell=shell,
        title=short_title(reason.text),
        description=f"Rule {reason.id}: when it counts, what it does, and the claims behind it.",
        section="/tradeoffs",
        id=reason.id,
        heading=reason.text,
        belongs_to=own.belongs_to,
        effect=own.effect,
        way_out=own.way_out,
        alternatives=alternatives(rulebase, reason.when),
        bases=on_bases(rulebase, reason),
        weight_because=own.weight_because,
        claims=_resting(rulebase, reason.claims),
    )


def _resting(rulebase: RuleBase, claims: tuple[str, ...]) -> tuple[RestingClaim, ...]:
    return tuple(
        RestingClaim(
            claim=line,
            today=most_points(rulebase, line.id, Basis.CHECKED),
            written=most_points(rulebase, line.id, Basis.DOCUMENTS),
        )
        for line in claim_lines(rulebase, claims)
    )
