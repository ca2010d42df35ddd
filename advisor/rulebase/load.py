"""The door of this room: a folder in, a rule base or every fault out."""

from dataclasses import replace
from pathlib import Path

from advisor.errors import Fault, RuleBaseError
from advisor.model.rulebase import RuleBase
from advisor.rulebase.checks.registry import CHECKS, REFERENCES
from advisor.rulebase.compile import compile_rulebase
from advisor.rulebase.gather import Gathered, gather


def load(folder: Path) -> RuleBase:
    """Read a rule base.

    Args:
        folder: the folder with its `rulebase.yaml`.

    Returns:
        The rule base, frozen.

    Raises:
        RuleBaseError: something is wrong with it; carries every fault.
    """
    gathered = gather(folder)
    faults = _faults(gathered)
    frame = gathered.raw.frame
    if faults or frame is None:
        raise RuleBaseError(faults)
    return compile_rulebase(gathered.raw, frame.shape)


def find_faults(folder: Path) -> tuple[Fault, ...]:
    """Return everything that is wrong with the rule base in a folder, in order of place."""
    return tuple(sorted(set(_faults(gather(folder)))))


def _faults(gathered: Gathered) -> list[Fault]:
    unknown = [fault for check in REFERENCES for fault in check(gathered.raw)]
    meant = gathered.raw.mentioned.union(fault.nearest for fault in unknown)
    raw = replace(gathered.raw, mentioned=meant)
    rest = [fault for check in CHECKS if check not in REFERENCES for fault in check(raw)]
    return [*gathered.faults, *unknown, *rest]
