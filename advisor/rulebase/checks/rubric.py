"""Points keep to the rubric, and what moves a recommendation has claims that can move it."""

from collections.abc import Iterator, Sequence

from advisor.errors import Fault, Place
from advisor.model.knowledge import ClaimKind
from advisor.model.rules import Role
from advisor.rulebase.checks.weights import Weights, weigh
from advisor.rulebase.raw import Item, RawRuleBase
from advisor.rulebase.schema import Shape

DECIDING = 3
"""Points that decide a project."""

MAX_EXCEPTIONS = 5
"""How many rules may leave the rubric."""

DECIDING_OPINIONS = frozenset({ClaimKind.SCENARIO, ClaimKind.ADVICE})


def check_deciding_rules(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse 3 points that rest on neither a hard fact nor a document's scenario or advice."""
    weights = weigh(raw)
    for rule in raw.rules:
        shape = rule.shape
        effect, key = (shape.score, "score") if shape.score else (shape.prefer, "prefer")
        if not effect or abs(effect.points) < DECIDING or shape.weight_because:
            continue
        if weights.knows(shape.because) and not any(_decides(weights, c) for c in shape.because):
            message = f"no claim under '{shape.id}' carries {DECIDING} points"
            expected = "a fact that holds, a document's scenario or advice, or fewer points"
            yield Fault(rule.place(key, "points"), "too-heavy", message, expected)


def _decides(weights: Weights, name: str) -> bool:
    claim = weights.claims[name]
    from_document = weights.sources[claim.source].document
    right_kind = claim.kind is ClaimKind.FACT or (claim.kind in DECIDING_OPINIONS and from_document)
    return right_kind and weights.most(name) >= DECIDING


def check_exceptions_are_few(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse more exceptions from the rubric than can be printed and defended."""
    exceptions = [rule for rule in raw.rules if rule.shape.weight_because]
    for rule in exceptions[MAX_EXCEPTIONS:]:
        message = f"{len(exceptions)} rules leave the rubric"
        expected = f"at most {MAX_EXCEPTIONS}"
        yield Fault(rule.key_place("weight-because"), "too-many-exceptions", message, expected)


def check_limits_name_one(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse negative points for several frameworks: a limit is one framework's own."""
    for rule in raw.rules:
        score = rule.shape.score
        if score and score.points < 0 and len(score.frameworks) > 1:
            message = f"'{rule.shape.id}' takes points from {len(score.frameworks)} frameworks"
            expected = "a rule for each, or points for the others"
            yield Fault(rule.place("score", "frameworks"), "shared-limit", message, expected)


def check_something_counts(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse rules, edges, costs, steps and roles whose claims count on no basis: they are dead."""
    weights = weigh(raw)
    for name, because, place in _carried(raw):
        if weights.knows(because) and not any(map(weights.most, because)):
            message = f"no claim under {name} counts on any basis"
            expected = "a claim that holds at least partly, or one of a document"
            yield Fault(place, "dead-entry", message, expected)


def _carried(raw: RawRuleBase) -> Iterator[tuple[str, Sequence[str], Place]]:
    """Give what exists on a basis only when a claim of its own counts there; stops stand apart."""
    for rule in raw.rules:
        if not rule.shape.stop:
            yield f"rule '{rule.shape.id}'", rule.shape.because, rule.place("because")
    for edge in raw.edges:
        yield f"edge '{edge.shape.id}'", edge.shape.because, edge.place("because")
    for cost in raw.costs:
        yield f"cost '{cost.shape.id}'", cost.shape.because, cost.place("because")
    for step in raw.steps:
        yield f"step '{step.shape.id}'", step.shape.because, step.place("because")
    for item in raw.frameworks:
        for index, role in enumerate(item.shape.roles):
            name = f"role '{role.role}' of '{item.shape.id}'"
            yield name, role.because, item.place("roles", index, "because")


def check_stops_are_hard(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a stop without a claim that holds, shown by the project itself or by running it."""
    weights = weigh(raw)
    for rule in raw.rules:
        because = rule.shape.because
        if not rule.shape.stop or not weights.knows(because):
            continue
        if not any(map(weights.stops, because)):
            message = f"no claim under '{rule.shape.id}' is hard enough for a stop"
            expected = "a claim that holds with evidence P, R or Q, or one of a document"
            yield Fault(rule.place("because"), "soft-stop", message, expected)


def check_roles_are_taken(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse points, stops, levels and steps for a role that a framework does not have."""
    for rule in raw.rules:
        shape = rule.shape
        for key, effect in (("score", shape.score), ("stop", shape.stop), ("level", shape.level)):
            if effect:
                steps = (key, "frameworks")
                yield from _without_role(raw, rule, effect.role, effect.frameworks, steps)
    for edge in raw.edges:
        yield from _without_role(raw, edge, Role.BUILD, [edge.shape.builder], ("builder",))
        yield from _without_role(raw, edge, Role.SHIP, [edge.shape.shipper], ("shipper",))
    for step in raw.steps:
        frameworks = [step.shape.framework] if step.shape.framework else []
        for role in step.shape.roles:
            yield from _without_role(raw, step, role, frameworks, ("framework",))


def _without_role(
    raw: RawRuleBase,
    item: Item[Shape],
    role: Role,
    frameworks: Sequence[str],
    steps: tuple[str, ...],
) -> Iterator[Fault]:
    for index, name in enumerate(frameworks):
        framework = raw.frameworks_by_id.get(name)
        if framework and role not in {each.role for each in framework.shape.roles}:
            message = f"'{name}' has no role '{role}'"
            expected = "a framework that has it"
            yield Fault(item.place(*steps, index), "no-such-role", message, expected)
