"""Where the things of a rule base stand on this site."""

from collections.abc import Mapping

from advisor.model.answers import Answers
from advisor.model.knowledge import Claim, Disagreement, Source, Subject, Tool
from advisor.model.rulebase import Framework, Question, RuleBase, Scenario
from advisor.model.rules import Cost, Edge, Migration, Note, Rule, Step
from advisor.query.query import Query
from advisor.web import addresses

Thing = (
    Claim | Cost | Disagreement | Edge | Framework | Migration | Note | Question | Rule | Scenario
    | Source | Step | Subject | Tool
)  # fmt: skip
"""What has a place of its own."""

PLACES: Mapping[type, str] = {
    Claim: "/claims/{0.id}",
    Source: "/sources/{0.id}",
    Framework: "/frameworks/{0.id}",
    Rule: "/rules/{0.id}",
    Cost: "/rules/{0.id}",
    Question: "/ask/{0.id}",
    Subject: "/tradeoffs?subject={0.id}",
    Tool: "/tools#tool-{0.id}",
    Disagreement: "/disagreements#{0.id}",
    Note: "/frameworks#note-{0.id}",
    Edge: "/frameworks/{0.builder}#edge-{0.id}",
    Migration: "/frameworks/{0.to}#migration-{0.id}",
}
"""The addresses of things, by their type."""


def address_of(rulebase: RuleBase, thing: Thing) -> str:
    """Return the address of a thing: its page, or its anchor on the page where it stands.

    A next step stands with the framework that needs it, or that builds; an example project is a
    recommendation.
    """
    match thing:
        case Step():
            owner = thing.framework or rulebase.edges[thing.edge].builder
            return f"/frameworks/{owner}#step-{thing.id}"
        case Scenario():
            given = {name: frozenset(choices) for name, choices in thing.answers.items()}
            return addresses.result(Query(answers=Answers(given=given)))
    return PLACES[type(thing)].format(thing)
