"""Loads a rule base from its folder, or says everything that is wrong with it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from advisor.errors import Fault, RuleBaseError
from advisor.model.knowledge import Status
from advisor.model.rulebase import RuleBase
from advisor.rulebase.checks import claims, ids, points
from advisor.rulebase.compile import compile_rulebase
from advisor.rulebase.files import RawRuleBase, gather

Check = Callable[[RawRuleBase], Iterator[Fault]]

REFERENCES: tuple[Check, ...] = (ids.check_references, ids.check_backends)
"""These come first: what an unknown id was meant to be is not called unused by the others."""

CHECKS: tuple[Check, ...] = tuple(
    check
    for module in (claims, ids, points)
    for name, check in vars(module).items()
    if name.startswith("check_")
)
"""Every check across files: the functions of `checks/` called `check_...`. A new one gets an animal
in the zoo of tests as well."""


def load(folder: Path, *, sound: bool = True) -> RuleBase:
    """Read the rule base in a folder, frozen.

    One that need not be sound, such as that of an old commit, need only be whole: it is not held
    against the checks of today.

    Raises:
        RuleBaseError: something is wrong with it; carries every fault.
    """
    raw = gather(folder)
    faults = _faults(raw, CHECKS if sound else REFERENCES)
    if faults or raw.manifest is None:
        raise RuleBaseError(faults)
    return compile_rulebase(raw, raw.manifest.shape)


def counts(rulebase: RuleBase) -> Mapping[str, int]:
    """Count what a rule base holds, by name, in the order in which `lint` prints it.

    Example:
        `{"frameworks": 3, ..., "claims": 40, "claims: holds": 31, "claims: partly": 4, ...}`
    """
    statuses = Counter(claim.status for claim in rulebase.claims.values())
    names = ("frameworks", "questions", "sources", "claims")
    more = ("subjects", "rules", "edges", "steps", "migrations", "disagreements", "conflicts",
            "notes", "scenarios", "tools", "records",
            "detectors")  # fmt: skip
    return {
        **{name: len(getattr(rulebase, name)) for name in names},
        **{f"claims: {status}": statuses[status] for status in Status},
        **{name: len(getattr(rulebase, name)) for name in more},
    }


def _faults(raw: RawRuleBase, checks: Iterable[Check]) -> list[Fault]:
    unknown = [fault for check in REFERENCES for fault in check(raw)]
    meant = raw.mentioned.union(fault.nearest for fault in unknown)
    raw = replace(raw, mentioned=meant)
    rest = [fault for check in checks if check not in REFERENCES for fault in check(raw)]
    return [*raw.faults, *unknown, *rest]
