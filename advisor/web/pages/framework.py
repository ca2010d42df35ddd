"""What the page of one framework computes: all that the rule base says about it."""

from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Prefer, Rule, Stop
from advisor.web.pages.rules import concerned, points_of, subjects_of_rules, weightiest_first


def framework_context(rulebase: RuleBase, framework: Framework) -> dict[str, object]:
    """Return what `pages/framework.html` is given.

    Returns:
        framework: the framework itself.
        subjects: for each subject, the rules that give or take points, weightiest first, and
            the ids of the claims behind those that give some.
        stops: the rules that rule it out.
        edges: whom it works with; first those for whom it builds.
        preferences: the rules that speak for a backend, by the id of the backend.
        migrations: the routes that lead to it.
        steps: what to do once it is chosen, for any phase.
    """
    name = framework.id
    own = [rule for rule in rulebase.rules.values() if name in concerned(rule)]
    scoring = [rule for rule in own if not isinstance(rule.effect, Stop | Prefer)]
    subjects = []
    for subject in subjects_of_rules(rulebase):
        rules = [rule for rule in scoring if rule.topic == subject.id]
        favouring = {claim for rule in rules if points_of(rule) > 0 for claim in rule.claims}
        if rules:
            subjects.append((subject, weightiest_first(rulebase, rules), favouring))
    edges = rulebase.edges.values()
    return {
        "framework": framework,
        "subjects": subjects,
        "stops": [rule for rule in own if isinstance(rule.effect, Stop)],
        "edges": [
            *(edge for edge in edges if edge.builder == name),
            *(edge for edge in edges if edge.shipper == name),
        ],
        "preferences": {
            backend.id: [rule for rule in own if _prefers(rule, backend.id)]
            for backend in framework.backends
        },
        "migrations": [route for route in rulebase.migrations.values() if route.to == name],
        "steps": [
            step
            for step in rulebase.steps.values()
            if name == (step.framework or rulebase.edges[step.edge].builder)
        ],
    }


def _prefers(rule: Rule, backend: str) -> bool:
    return isinstance(rule.effect, Prefer) and backend in rule.effect.backends
