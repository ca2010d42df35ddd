"""How a case names a plan: `lead`, `lead/backend`, `lead:shipper` or `lead/backend:shipper`."""

from collections.abc import Collection, Iterator

from advisor.model.recommendation import Plan
from advisor.model.rulebase import RuleBase


def name_of(plan: Plan) -> str:
    """Return a plan's name; a framework that ships by itself is named once."""
    name = f"{plan.lead}/{plan.backend}" if plan.backend else plan.lead
    return f"{name}:{plan.shipper}" if plan.shipper not in {None, plan.lead} else name


def is_named(plan: Plan, name: str) -> bool:
    """Say whether a name is the plan's; a name without a backend leaves the backend open."""
    full = name_of(plan)
    return name in {full, full.replace(f"/{plan.backend}", "", 1)}


def parts_of(name: str, rulebase: RuleBase) -> Iterator[tuple[str, Collection[str]]]:
    """Give each id in a plan's name, with the ids that could stand there."""
    builder, colon, shipper = name.partition(":")
    lead, slash, backend = builder.partition("/")
    yield lead, rulebase.frameworks
    if slash:
        framework = rulebase.frameworks.get(lead)
        yield backend, [known.id for known in framework.backends] if framework else [backend]
    if colon:
        yield shipper, rulebase.frameworks
