"""One framework's plans: who works with it, what it runs on, how to move to it, what comes next."""

from itertools import groupby

from pydantic import Field

from advisor.model.rulebase import Backend, RuleBase
from advisor.model.rules import Edge, Migration, Phase, Prefer, Step
from advisor.output.words import PHASE_WORDS, listed
from advisor.web.views.knowledge import places
from advisor.web.views.knowledge.claim_lines import ClaimLink, claim_links
from advisor.web.views.knowledge.conditions import in_a_line
from advisor.web.views.knowledge.reasons import ReasonLine, reason_line
from advisor.web.views.knowledge.tools import tool_link
from advisor.web.views.page import Link, View


class EdgeView(View):
    """A way from the one who builds to the one who ships."""

    anchor: str = Field(description="Its id on the page.")
    builder: Link = Field(description="Who builds.")
    shipper: Link = Field(description="Who ships.")
    text: str = Field(description="The way in a sentence or two.")
    backends: str = Field(description="The backends with which it is open; empty if with any.")
    claims: tuple[ClaimLink, ...] = Field(description="The claims that say so.")
    costs: tuple[ReasonLine, ...] = Field(description="What it costs.")


class BackendView(View):
    """Something that it runs on."""

    name: str = Field(description="Its name.")
    address: str = Field(description="Its page, if it can be recommended itself; empty otherwise.")
    claims: tuple[ClaimLink, ...] = Field(description="The claims that say so.")
    reasons: tuple[ReasonLine, ...] = Field(description="The rules that speak for it.")


class MigrationView(View):
    """A route for code that exists already."""

    anchor: str = Field(description="Its id on the page.")
    origin: str = Field(description="Where it starts.")
    text: str = Field(description="The route in a sentence or two.")
    steps: tuple[str, ...] = Field(description="What to do, in order.")
    cost: str = Field(description="How much it costs: small, medium or large.")
    claims: tuple[ClaimLink, ...] = Field(description="The claims that say so.")


class StepView(View):
    """Something to do once a plan is chosen."""

    anchor: str = Field(description="Its id on the page.")
    text: str = Field(description="What to do.")
    command: str = Field(description="What to type or to write; empty where words say it all.")
    when: str = Field(description="Under which answers it is due, as a sentence.")
    tools: tuple[Link, ...] = Field(description="The tools that it uses.")
    claims: tuple[ClaimLink, ...] = Field(description="The claims that say so.")


class PhaseView(View):
    """What is due at one time."""

    title: str = Field(description="When.")
    steps: tuple[StepView, ...] = Field(description="What to do then.")


def edge_views(rulebase: RuleBase, framework: str) -> tuple[EdgeView, ...]:
    """Return the ways that a framework is part of: first those on which it builds."""
    edges = rulebase.edges.values()
    out = [edge for edge in edges if edge.builder == framework]
    into = [edge for edge in edges if edge.shipper == framework]
    return tuple(_edge(rulebase, edge) for edge in (*out, *into))


def _edge(rulebase: RuleBase, edge: Edge) -> EdgeView:
    known = {each.id: each.name for each in rulebase.frameworks[edge.builder].backends}
    return EdgeView(
        anchor=f"edge-{edge.id}",
        builder=_framework_link(rulebase, edge.builder),
        shipper=_framework_link(rulebase, edge.shipper),
        text=edge.text,
        backends=listed([known[backend] for backend in edge.backends], "or"),
        claims=claim_links(rulebase, edge.claims),
        costs=tuple(reason_line(rulebase, cost) for cost in edge.costs),
    )


def _framework_link(rulebase: RuleBase, framework: str) -> Link:
    return Link(label=rulebase.frameworks[framework].name, address=places.framework(framework))


def backend_views(rulebase: RuleBase, framework: str) -> tuple[BackendView, ...]:
    """Return what a framework runs on, with the rules that choose among it."""
    backends = rulebase.frameworks[framework].backends
    return tuple(_backend(rulebase, framework, backend) for backend in backends)


def _backend(rulebase: RuleBase, framework: str, backend: Backend) -> BackendView:
    chosen_by = [
        rule
        for rule in rulebase.rules.values()
        if isinstance(rule.effect, Prefer)
        and rule.effect.framework == framework
        and backend.id in rule.effect.backends
    ]
    return BackendView(
        name=backend.name,
        address=places.framework(backend.framework) if backend.framework else "",
        claims=claim_links(rulebase, backend.claims),
        reasons=tuple(reason_line(rulebase, rule) for rule in chosen_by),
    )


def migration_views(rulebase: RuleBase, framework: str) -> tuple[MigrationView, ...]:
    """Return the routes that lead to a framework."""
    routes = rulebase.migrations.values()
    return tuple(_migration(rulebase, route) for route in routes if route.to == framework)


def _migration(rulebase: RuleBase, route: Migration) -> MigrationView:
    origin = rulebase.frameworks.get(route.origin)
    return MigrationView(
        anchor=f"migration-{route.id}",
        origin=origin.name if origin else route.origin,
        text=route.text,
        steps=route.steps,
        cost=route.cost,
        claims=claim_links(rulebase, route.claims),
    )


def phase_views(rulebase: RuleBase, framework: str) -> tuple[PhaseView, ...]:
    """Return what to do once a plan with a framework is chosen, in the order in which it is due."""
    own = [step for step in rulebase.steps.values() if _belongs(rulebase, step, framework)]
    order = list(Phase)
    due = sorted(own, key=lambda step: order.index(step.phase))
    return tuple(
        PhaseView(
            title=PHASE_WORDS[phase],
            steps=tuple(_step(rulebase, step) for step in steps),
        )
        for phase, steps in groupby(due, key=lambda step: step.phase)
    )


def _belongs(rulebase: RuleBase, step: Step, framework: str) -> bool:
    """Say whether a step stands on a framework's page, as `places.step` says."""
    return places.step(rulebase, step).partition("#")[0] == places.framework(framework)


def _step(rulebase: RuleBase, step: Step) -> StepView:
    return StepView(
        anchor=f"step-{step.id}",
        text=step.text,
        command=step.command,
        when=in_a_line(rulebase, step.when),
        tools=tuple(tool_link(rulebase, tool) for tool in step.tools),
        claims=claim_links(rulebase, step.claims),
    )
