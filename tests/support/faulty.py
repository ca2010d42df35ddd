"""What is wrong with a rule base, as `load` says it."""

from pathlib import Path

from advisor.errors import Fault, RuleBaseError
from advisor.rulebase.load import load


def find_faults(folder: Path) -> tuple[Fault, ...]:
    """Return everything that is wrong with the rule base in a folder, in order of place."""
    try:
        load(folder)
    except RuleBaseError as error:
        return error.faults
    return ()
