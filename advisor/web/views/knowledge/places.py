"""The addresses of things without a page of their own: an anchor on the page where they stand."""

from advisor.model.answers import Answers
from advisor.model.knowledge import Disagreement
from advisor.model.rulebase import Framework, RuleBase, Scenario
from advisor.model.rules import Edge, Migration, Note, Step
from advisor.query.query import Query
from advisor.web import addresses


def framework(name: str) -> str:
    """Return the address of a framework's page."""
    return f"/frameworks/{name}"


def roles(of: Framework) -> str:
    """Return where the roles of a framework stand."""
    return f"{framework(of.id)}#roles"


def backends(of: Framework) -> str:
    """Return where the backends of a framework stand."""
    return f"{framework(of.id)}#backends"


def edge(way: Edge) -> str:
    """Return where a way of handing over stands: on the page of the one who builds."""
    return f"{framework(way.builder)}#edge-{way.id}"


def migration(route: Migration) -> str:
    """Return where a route for existing code stands: on the page of the one it leads to."""
    return f"{framework(route.to)}#migration-{route.id}"


def step(rulebase: RuleBase, due: Step) -> str:
    """Return where a next step stands: on the page of the one who builds, or who needs it."""
    owner = due.framework or rulebase.edges[due.edge].builder
    return f"{framework(owner)}#step-{due.id}"


def note(told: Note) -> str:
    """Return where a note on something outside the ranking stands."""
    return f"/frameworks#note-{told.id}"


def tool(name: str) -> str:
    """Return where a tool stands."""
    return f"/tools#tool-{name}"


def disagreement(matter: Disagreement) -> str:
    """Return where a disagreement stands."""
    return f"/disagreements#{matter.id}"


def scenario(project: Scenario) -> str:
    """Return the address of the recommendation for an example project."""
    given = {name: frozenset(choices) for name, choices in project.answers.items()}
    return addresses.result(Query(answers=Answers(given=given)))
