"""The page of one framework: its roles, what speaks for and against it, its plans."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Prefer, Role, Rule, Stop
from advisor.web.views.knowledge.claim_lines import ClaimLink, claim_links
from advisor.web.views.knowledge.frame import KnowledgePage
from advisor.web.views.knowledge.plans import (
    BackendView,
    EdgeView,
    MigrationView,
    PhaseView,
    backend_views,
    edge_views,
    migration_views,
    phase_views,
)
from advisor.web.views.knowledge.reasons import (
    ReasonLine,
    concerned,
    points_of,
    reason_line,
    weightiest_first,
)
from advisor.web.views.knowledge.subjects import subjects_of_rules, tradeoff_link
from advisor.web.views.page import Link, Shell, View

ROLE_TITLES = {
    Role.BUILD: "Building: to write and train models",
    Role.SHIP: "Shipping: to serve and run what is trained",
}


class RoleView(View):
    """A role that it can take."""

    title: str = Field(description="The role.")
    claims: tuple[ClaimLink, ...] = Field(description="The claims that say so.")


class SubjectReasons(View):
    """What rules say about it on one subject."""

    subject: Link = Field(description="The subject, with the head-to-head on it.")
    reasons: tuple[ReasonLine, ...] = Field(description="The rules, weightiest first.")
    favouring: tuple[ClaimLink, ...] = Field(description="Claims that speak for it.")


class StopView(View):
    """Something that rules it out."""

    reason: ReasonLine = Field(description="The rule.")
    way_out: str = Field(description="What can be done about it.")


class Parts(View):
    """Everything below the head of the page; what is empty is left out of the page."""

    roles: tuple[RoleView, ...] = Field(description="The roles that it can take.")
    reasons: tuple[SubjectReasons, ...] = Field(description="What rules say about it, by subject.")
    stops: tuple[StopView, ...] = Field(description="What rules it out.")
    edges: tuple[EdgeView, ...] = Field(description="Whom it works with, and at what cost.")
    backends: tuple[BackendView, ...] = Field(description="What it runs on.")
    migrations: tuple[MigrationView, ...] = Field(description="Routes that lead to it.")
    steps: tuple[PhaseView, ...] = Field(description="What to do once it is chosen.")


class FrameworkPage(KnowledgePage):
    """Tells everything about one that can be recommended."""

    template: ClassVar[str] = "pages/framework.html"

    id: str = Field(description="Its id, for its colour.")
    name: str = Field(description="Its name.")
    summary: str = Field(description="What it is.")
    contents: tuple[Link, ...] = Field(description="The parts that have something in them.")
    parts: Parts = Field(description="Everything below the head of the page.")


TITLES = {
    "roles": "Roles",
    "reasons": "Reasons by subject",
    "stops": "What rules it out",
    "edges": "Who works with it",
    "backends": "Backends",
    "migrations": "Moving existing code to it",
    "steps": "Next steps",
}
"""The titles of the parts, by their anchors, in the order in which they stand on the page."""


def framework_page(rulebase: RuleBase, shell: Shell, framework: Framework) -> FrameworkPage:
    """Make the page."""
    parts = Parts(
        roles=tuple(_role(rulebase, framework, role) for role in framework.roles),
        reasons=tuple(_by_subject(rulebase, framework)),
        stops=tuple(_stops(rulebase, framework)),
        edges=edge_views(rulebase, framework.id),
        backends=backend_views(rulebase, framework.id),
        migrations=migration_views(rulebase, framework.id),
        steps=phase_views(rulebase, framework.id),
    )
    return FrameworkPage(
        shell=shell,
        title=f"What speaks for and against {framework.name}",
        description=f"{framework.name}: every reason for and against it, by subject, with claims.",
        section="/frameworks",
        id=framework.id,
        name=framework.name,
        summary=framework.summary,
        contents=tuple(
            Link(label=title, address=f"#{name}")
            for name, title in TITLES.items()
            if getattr(parts, name)
        ),
        parts=parts,
    )


def _role(rulebase: RuleBase, framework: Framework, role: Role) -> RoleView:
    return RoleView(
        title=ROLE_TITLES[role],
        claims=claim_links(rulebase, framework.roles[role]),
    )


def _by_subject(rulebase: RuleBase, framework: Framework) -> Iterable[SubjectReasons]:
    """Yield what rules say on each subject; stops and backends have parts of their own."""
    for subject in subjects_of_rules(rulebase):
        rules = [
            rule
            for rule in rulebase.rules.values()
            if rule.topic == subject.id
            and not isinstance(rule.effect, Stop | Prefer)
            and framework.id in concerned(rule)
        ]
        if rules:
            yield SubjectReasons(
                subject=tradeoff_link(rulebase, subject.id),
                reasons=tuple(
                    reason_line(rulebase, rule) for rule in weightiest_first(rulebase, rules)
                ),
                favouring=claim_links(rulebase, _favouring(rules)),
            )


def _favouring(rules: Iterable[Rule]) -> set[str]:
    """Return the claims of the rules that give points."""
    return {claim for rule in rules if points_of(rule) > 0 for claim in rule.claims}


def _stops(rulebase: RuleBase, framework: Framework) -> Iterable[StopView]:
    for rule in rulebase.rules.values():
        if isinstance(rule.effect, Stop) and framework.id in rule.effect.frameworks:
            yield StopView(reason=reason_line(rulebase, rule), way_out=rule.effect.way_out)
