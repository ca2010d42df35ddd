"""Who uses a claim: every rule, edge, note, route, step, tool, role or disagreement citing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from advisor.model.knowledge import Disagreement
from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Edge
from advisor.output.words import ROLE_WORDS
from advisor.web.views.knowledge import places
from advisor.web.views.knowledge.reasons import reason_address
from advisor.web.views.page import Link

RULE_BASES = 4
"""How many rule bases are kept; a process serves one."""


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that cites claims.

    Attributes:
        kind: what sort of thing it is, as a heading.
    """

    kind: str
    link: Link
    claims: tuple[str, ...]


@lru_cache(maxsize=RULE_BASES)
def uses(rulebase: RuleBase) -> Mapping[str, tuple[Use, ...]]:
    """Return for every claim what uses it."""
    found: dict[str, list[Use]] = {claim: [] for claim in rulebase.claims}
    for use in _all_uses(rulebase):
        for claim in dict.fromkeys(use.claims):
            found[claim].append(use)
    return MappingProxyType({claim: tuple(each) for claim, each in found.items()})


def _all_uses(rulebase: RuleBase) -> Iterator[Use]:
    for rule in rulebase.rules.values():
        yield _use("Reasons", rule.text, reason_address(rule.id), rule.claims)
    for edge in rulebase.edges.values():
        yield from _edge_uses(edge)
    for framework in rulebase.frameworks.values():
        yield from _framework_uses(framework)
    for route in rulebase.migrations.values():
        yield _use("Routes for existing code", route.text, places.migration(route), route.claims)
    for step in rulebase.steps.values():
        yield _use("Next steps", step.text, places.step(rulebase, step), step.claims)
    for note in rulebase.notes.values():
        yield _use("Notes", note.title, places.note(note), note.claims)
    for tool in rulebase.tools.values():
        yield _use("Tools", tool.name, places.tool(tool.id), tool.claims)
    for scenario in rulebase.scenarios.values():
        address = places.scenario(scenario)
        yield _use("Example projects", scenario.title, address, scenario.claims)
    for disagreement in rulebase.disagreements.values():
        yield from _disagreement_uses(disagreement)


def _use(kind: str, text: str, address: str, claims: tuple[str, ...]) -> Use:
    return Use(kind, Link(label=text, address=address), claims)


def _edge_uses(edge: Edge) -> Iterator[Use]:
    yield _use("Ways of handing over", edge.text, places.edge(edge), edge.claims)
    for cost in edge.costs:
        yield _use("Costs of handing over", cost.text, reason_address(cost.id), cost.claims)


def _framework_uses(framework: Framework) -> Iterator[Use]:
    for role, claims in framework.roles.items():
        text = f"{framework.name} can be recommended for {ROLE_WORDS[role]}"
        yield _use("Roles", text, places.roles(framework), claims)
    for backend in framework.backends:
        text = f"{framework.name} runs on {backend.name}"
        yield _use("Backends", text, places.backends(framework), backend.claims)


def _disagreement_uses(disagreement: Disagreement) -> Iterator[Use]:
    address = places.disagreement(disagreement)
    said = tuple(claim for side in disagreement.sides for claim in side.claims)
    yield _use("Disagreements that it is part of", disagreement.title, address, said)
    settling = disagreement.settled_by
    yield _use("Disagreements that it settles", disagreement.title, address, settling)
