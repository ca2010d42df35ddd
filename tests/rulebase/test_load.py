"""A folder in, a rule base or every fault out; the order of what is written never matters."""

import copy
import random
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.examples import times
from support.faulty import find_faults
from support.good_rulebase import DUMPER, EXAMPLE, WRITTEN
from support.real import loaded

from advisor.engine.scoring.index import index_of
from advisor.errors import RuleBaseError
from advisor.model.knowledge import Basis, Status
from advisor.model.rules import MOST_CONDITIONS
from advisor.rulebase.files import FILE_KINDS, kind_of, yaml_files
from advisor.rulebase.load import counts, load

MEANT_ORDERS = {
    "topics", "questions", "subjects", "choices", "sections", "steps", "sides", "backends",
    "scenarios",
}  # fmt: skip
"""Lists whose written order means something to the reader of a page."""


def rewrite(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def report(folder: Path) -> list[str]:
    return [str(fault) for fault in find_faults(folder)]


def codes(folder: Path) -> list[str]:
    return [fault.code for fault in find_faults(folder)]


def shuffled(value: object, order: random.Random, key: str = "") -> object:
    """Shuffle every mapping, and every list whose order means nothing."""
    if isinstance(value, dict):
        pairs = [(name, shuffled(inner, order, name)) for name, inner in value.items()]
        order.shuffle(pairs)
        return dict(pairs)
    if isinstance(value, list):
        inner = [shuffled(each, order, key) for each in value]
        if key not in MEANT_ORDERS:
            order.shuffle(inner)
        return inner
    return value


def write_shuffled(target: Path, order: random.Random) -> None:
    """Write the good rule base in another order, its claims in other files."""
    for file, data in WRITTEN.items():
        name = re.sub(r"^claims/", f"claims/{order.randrange(100)}-", file)
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(shuffled(data, order), Dumper=DUMPER, sort_keys=False)
        path.write_text(text, encoding="utf-8")


@times(1 / 3)
@given(order=st.randoms(use_true_random=False))
def test_the_order_of_files_and_entries_never_changes_the_hash(
    order: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("shuffled")
    write_shuffled(target, order)
    assert load(target).rules_hash == loaded(EXAMPLE).rules_hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("tradeoffs/loads.yaml", "points: 2", "points: 1"),
        ("tradeoffs/loads.yaml", "fits into a trailer", "fits in a trailer"),
        ("claims/today.yaml", "checked: 2026-01-14", "checked: 2026-01-13"),
        ("rulebase.yaml", "close: 1", "close: 2"),
        ("questions/errands.yaml", "Children, hint", "A child, hint"),
        ("rulebase.yaml", "[hills, storage, weather]", "[storage, hills, weather]"),
        ("rulebase.yaml", "What can pull a trailer", "Who can pull a trailer"),
        ("next-steps.yaml", "Mount the coupling", "Fix the coupling"),
        ("next-steps.yaml", "with both hands", "with one hand"),
    ],
)
def test_what_a_recommendation_can_show_changes_the_hash(
    folder: Path, file: str, old: str, new: str
) -> None:
    before = load(folder).rules_hash
    rewrite(folder, file, old, new)
    assert load(folder).rules_hash != before


def test_the_order_of_steps_and_of_subjects_changes_the_hash(folder: Path) -> None:
    before = load(folder).rules_hash
    hashes = {before}
    for file, key in (("next-steps.yaml", "steps"), ("rulebase.yaml", "subjects")):
        data = {**WRITTEN[file], key: WRITTEN[file][key][::-1]}
        (folder / file).write_text(yaml.dump(data, Dumper=DUMPER), encoding="utf-8")
        hashes.add(load(folder).rules_hash)
    assert len(hashes) == 3


def test_example_projects_stay_in_written_order(folder: Path) -> None:
    (written,) = WRITTEN["scenarios.yaml"]["scenarios"]
    data = {"scenarios": [written, {**copy.deepcopy(written), "id": "a-second-one"}]}
    (folder / "scenarios.yaml").write_text(yaml.dump(data, Dumper=DUMPER), encoding="utf-8")
    assert list(load(folder).scenarios) == [written["id"], "a-second-one"]


def test_a_comment_or_the_folder_does_not_change_the_hash(folder: Path) -> None:
    rewrite(folder, "notes.yaml", "notes:", "# Another comment.\nnotes:")
    assert load(folder).rules_hash == load(EXAMPLE).rules_hash


def test_the_hash_is_a_sha_256_and_the_facts_are_as_of_the_last_check() -> None:
    rulebase = load(EXAMPLE)
    assert re.fullmatch(r"[0-9a-f]{64}", rulebase.rules_hash)
    assert rulebase.facts_as_of.isoformat() == "2026-01-15"


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: str(kind.pattern))
def test_a_missing_file_is_said_once_if_it_is_needed(folder: Path, kind: object) -> None:
    for file in list(yaml_files(folder)):
        if kind_of(file) is kind:
            (folder / file).unlink()
    missing = [fault for fault in find_faults(folder) if fault.code == "missing-file"]
    assert len(missing) == getattr(kind, "required", None)


@pytest.mark.parametrize("gone", ["tradeoffs", "sources.yaml", "rulebase.yaml"])
def test_what_follows_from_a_missing_file_is_not_said(folder: Path, gone: str) -> None:
    path = folder / gone
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    assert codes(folder) == ["missing-file"]


def test_a_missing_folder_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(RuleBaseError) as caught:
        load(tmp_path / "nowhere")
    assert [fault.code for fault in caught.value.faults] == ["no-folder"]


def test_cases_editions_hidden_files_and_notes_to_people_are_left_alone(folder: Path) -> None:
    for file in ("claims/more.cases.yaml", "editions/1/rulebase.yaml", ".draft.yaml", "TODO.txt"):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("{", encoding="utf-8")
    assert find_faults(folder) == ()


def test_a_broken_claim_is_no_fault_of_those_who_cite_it(folder: Path) -> None:
    rewrite(folder, "claims/today.yaml", "A city bike weighs about 15 kg.", "15")
    assert codes(folder) == ["wrong-type"]


def test_a_file_that_cannot_be_read_is_no_fault_of_those_who_cite_its_claims(folder: Path) -> None:
    rewrite(folder, "claims/today.yaml", "claims:", "claims: [")
    assert codes(folder) == ["syntax"]


def test_a_fact_that_nobody_could_verify_needs_no_evidence(folder: Path) -> None:
    held = "    status: holds\n    evidence: P\n"
    rewrite(folder, "claims/today.yaml", held, "    status: unverifiable\n")
    assert "no-evidence" not in codes(folder)
    rewrite(folder, "claims/today.yaml", held, "    status: holds\n")
    assert "no-evidence" in codes(folder)


def test_what_only_a_broken_rule_uses_counts_as_used(folder: Path) -> None:
    rewrite(
        folder,
        "tradeoffs/everyday.yaml",
        "points: 1}\n    because: [book-rain",
        "}\n    because: [book-rain",
    )
    assert codes(folder) == ["missing-key"]


def test_a_broken_question_or_framework_brings_no_faults_of_its_parts(folder: Path) -> None:
    rewrite(folder, "questions/errands.yaml", "    title: What goes along?\n", "")
    rewrite(folder, "frameworks/cargo-bike.yaml", "name: Cargo bike\n", "")
    assert codes(folder) == ["missing-key", "missing-key"]


def test_faults_come_in_the_order_of_files_and_lines(folder: Path) -> None:
    rewrite(folder, "works-with.yaml", "axle-coupling", "axle")
    rewrite(folder, "notes.yaml", "tools", "tool")
    rewrite(folder, "works-with.yaml", "builder: cargo-bike", "builder: cargo")
    faults = find_faults(folder)
    assert list(faults) == sorted(faults)
    assert [line.split(": ")[0] for line in report(folder)] == [
        "notes.yaml:7:16",
        "works-with.yaml:7:15",
        "works-with.yaml:18:14",
    ]


def test_counts_tell_how_much_there_is() -> None:
    rulebase = load(EXAMPLE)
    found = counts(rulebase)
    assert found["claims"] == sum(found[f"claims: {status}"] for status in Status)
    assert (found["rules"], found["questions"], found["claims: superseded"]) == (15, 6, 2)


LINES = [
    (file, number)
    for file in yaml_files(EXAMPLE)
    for number in range(len((EXAMPLE / file).read_text(encoding="utf-8").splitlines()))
]


@given(
    place=st.sampled_from(LINES),
    change=st.sampled_from(["drop", "double", "empty", "indent", "cut"]),
)
def test_no_slip_of_the_pen_ends_in_anything_but_faults(
    place: tuple[str, int], change: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file, number = place
    folder = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("slip") / "rules"))
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    line = lines[number]
    new = {
        "drop": [],
        "double": [line, line],
        "empty": [line.partition(":")[0] + ":"],
        "indent": [" " + line],
        "cut": [line[: len(line) // 2]],
    }
    text = "\n".join([*lines[:number], *new[change], *lines[number + 1 :]])
    (folder / file).write_text(text, encoding="utf-8")
    for fault in find_faults(folder):
        assert fault.place.source
        assert "Input should" not in fault.message
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fault.code)


@pytest.mark.parametrize("file", WRITTEN)
def test_a_file_that_cannot_be_read_is_the_only_fault(folder: Path, file: str) -> None:
    path = folder / file
    path.write_text("a: [b\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert [(fault.place.source, fault.code) for fault in find_faults(folder)] == [(file, "syntax")]


@pytest.mark.parametrize("file", WRITTEN)
def test_an_entry_with_a_wrong_key_is_the_only_fault(folder: Path, file: str) -> None:
    data = copy.deepcopy(WRITTEN[file])
    first = next(value for value in data.values() if isinstance(value, list))
    first[0]["wrong"] = 1
    (folder / file).write_text(yaml.dump(data, Dumper=DUMPER, sort_keys=False), encoding="utf-8")
    assert [(fault.place.source, fault.code) for fault in find_faults(folder)] == [
        (file, "unknown-key")
    ]


def test_no_clause_has_more_conditions_than_the_engine_can_count(folder: Path) -> None:
    counts_of_one = index_of(load(folder), Basis.CHECKED).row({})
    assert np.iinfo(counts_of_one.dtype).max >= MOST_CONDITIONS
    whole = ", ".join(f"question-{number}: [any]" for number in range(MOST_CONDITIONS + 1))
    rewrite(folder, "notes.yaml", "- load: [tools]\n        distance: [long]", f"- {{{whole}}}")
    refused = "too-many: entry 1 of 'when' has 101 entries; expected at most 100"
    assert refused in "".join(map(str, find_faults(folder)))
