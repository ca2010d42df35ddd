"""Law 9: everything that can fire fires in some case; what does not is named with its place."""

import yaml
from support.bicycles import BICYCLES, CASES, copied

from advisor.cases import compile_cases, fired_once, firings, unfired, written_cases
from advisor.engine.scoring.items import Kind
from advisor.rulebase.load import load


def firings_of(folder):
    rulebase = load(BICYCLES)
    cases, _ = compile_cases(rulebase, written_cases(folder))
    return firings(rulebase, cases)


def only(folder, *ids):
    """Copy the example with these of its cases alone."""
    rules = copied(folder)
    cases = yaml.safe_load((rules / CASES).read_text())["cases"]
    kept = [case for case in cases if case["id"] in ids]
    (rules / CASES).write_text(yaml.safe_dump({"cases": kept}))
    return rules


def test_everything_in_the_example_fires():
    count = firings_of(BICYCLES)
    assert {kind for kind, _ in count} == set(Kind)
    assert unfired(count, BICYCLES) == ()


def test_what_never_fires_is_reported_where_it_stands(tmp_path):
    rules = only(tmp_path, "school-run")
    faults = {str(fault) for fault in unfired(firings_of(rules), rules)}
    expected = "; expected a case whose answers meet its 'when'"
    assert {
        "tradeoffs/storage.yaml:4:9: never-fires: 'no-cargo-bike-upstairs' fires in no case"
        + expected,
        "rulebase.yaml:29:9: never-fires: 'bicycle-at-hand' fires in no case" + expected,
    } <= faults
    named = {fault.split("'")[1] for fault in faults}
    assert {"borrow-a-van", "shed-to-trailer", "lamp-posts", "nothing-to-carry"} <= named
    assert "room-in-the-garage" not in named
    assert all(": 0" not in fault and ".yaml:" in fault for fault in faults)


def test_a_step_fires_only_where_a_leading_plan_has_it(tmp_path):
    rules = only(tmp_path, "school-run")
    count = firings_of(rules)
    assert count[Kind.STEP, "belt-the-children"] == 1
    assert count[Kind.STEP, "hitch-what-you-have"] == 0
    faults = {str(fault) for fault in unfired(count, rules)}
    assert (
        "next-steps.yaml:39:9: never-fires: 'hitch-what-you-have' fires in no case"
        "; expected a case with a leading plan that it belongs to"
    ) in faults


def test_a_case_counts_once_however_many_bases_it_speaks_of(tmp_path):
    rules = only(tmp_path, "school-run")
    once = fired_once(firings_of(rules))
    assert {"children-in-the-box", "room-in-the-garage"} <= set(once)
    assert "lamp-posts" not in once


def test_a_basis_of_which_no_case_speaks_fires_nothing(tmp_path):
    rules = only(tmp_path, "school-run")
    text = (rules / CASES).read_text()
    cases = yaml.safe_load(text)["cases"]
    del cases[0]["checked"]
    (rules / CASES).write_text(yaml.safe_dump({"cases": cases}))
    named = {fault.message for fault in unfired(firings_of(rules), rules)}
    assert "'room-in-the-garage' fires in no case" in named
