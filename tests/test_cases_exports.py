"""An export that reports success proves nothing: what a plan exports is run and compared."""

import re
from dataclasses import replace
from functools import cache

import pytest
from support.real import RULES, real_rulebase

from advisor.cases import compile_cases, written_cases
from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.rules import Phase

WRITTEN = re.compile(r"""["']([^"'\s]+(?:\.(?:onnx|tflite|pte|pt2)|/\d+))["']|--output (\S+)""")


@cache
def told():
    """Return the steps that some case is told for one plan, in order, and whether it trains.

    On the documents few steps exist, so there this says no as well.
    """
    rulebase = real_rulebase()
    cases, _ = compile_cases(rulebase, written_cases(RULES))
    found = set()
    for case in cases:
        trains = "nothing" not in case.answers.given.get("training", ())
        for basis in case.expected:
            whole = trains and basis is Basis.CHECKED
            for names in recommend(rulebase, case.answers, basis).steps.values():
                found.add((tuple(rulebase.steps[name] for name in names), whole))
    return found


def told_to_export():
    """Return of the steps that a case is told those of the phase `export`."""
    return {tuple(step for step in steps if step.phase is Phase.EXPORT) for steps, _ in told()}


def test_no_plan_ships_a_savedmodel_that_it_does_not_make():
    trained = [steps for steps, trains in told() if trains]
    handling = [[s.phase for s in steps if "savedmodel" in s.tools] for steps in trained]
    shipping = [phases for phases in handling if Phase.SHIP in phases]
    assert len(shipping) > 10
    assert all(Phase.EXPORT in phases for phases in shipping)


def compares(step):
    return "assert_close(" in step.command or "assert_allclose(" in step.command


def unproven(steps):
    """Yield what is exported without a comparison directly after the exports, on two batches."""
    for at, step in enumerate(steps):
        if compares(step) or not step.command:
            continue
        written = {first or second for first, second in WRITTEN.findall(step.command)}
        after = next((later for later in steps[at + 1 :] if compares(later)), None)
        for file in written:
            if after is None or file not in after.command or "\nfor " not in after.command:
                yield step.id, file


def test_every_plan_that_exports_runs_the_file_and_compares():
    assert len(told_to_export()) > 10
    assert {found for steps in told_to_export() for found in unproven(steps)} == set()


@pytest.mark.slow
def test_an_export_without_its_comparison_is_found():
    exporting = [steps for steps in told_to_export() if any(map(compares, steps))]
    for steps in exporting:
        assert list(unproven([step for step in steps if not compares(step)]))


@pytest.mark.slow
@pytest.mark.parametrize("file", ["other.onnx", ""])
def test_a_comparison_of_another_file_does_not_count(file):
    steps = next(s for s in told_to_export() if any("model.onnx" in each.command for each in s))
    changed = [
        replace(s, command=s.command.replace("model.onnx", file)) if compares(s) else s
        for s in steps
    ]
    assert "model.onnx" in {name for _, name in unproven(changed)}
