"""How much a rule base holds, for the summary that `lint` prints."""

from collections import Counter
from collections.abc import Mapping

from advisor.model.knowledge import Status
from advisor.model.rulebase import RuleBase


def counts(rulebase: RuleBase) -> Mapping[str, int]:
    """Count what a rule base holds, by name, in the order in which it is told.

    Claims are counted as a whole and by status, as `claims: holds` and so on.
    """
    statuses = Counter(claim.status for claim in rulebase.claims.values())
    return {
        "frameworks": len(rulebase.frameworks),
        "questions": len(rulebase.questions),
        "sources": len(rulebase.sources),
        "claims": len(rulebase.claims),
        **{f"claims: {status}": statuses[status] for status in Status},
        "subjects": len(rulebase.subjects),
        "rules": len(rulebase.rules),
        "edges": len(rulebase.edges),
        "steps": len(rulebase.steps),
        "migrations": len(rulebase.migrations),
        "disagreements": len(rulebase.disagreements),
        "notes": len(rulebase.notes),
        "scenarios": len(rulebase.scenarios),
        "tools": len(rulebase.tools),
    }
