"""Whatever stands in a file: faults in plain words, never Pydantic's, and never a crash."""

import copy
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.good_rulebase import DUMPER, WRITTEN

from advisor.rulebase.files import FILE_KINDS, FileKind, RawRuleBase, gather, kind_of, validate
from advisor.yamlfile import Steps, read_yaml

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(0, 1) | st.text("Ab c", max_size=70),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab"), inner, max_size=2),
    max_leaves=4,
)


def ways(value: object, steps: Steps = ()) -> Iterator[Steps]:
    """Give the way to everything inside plain data."""
    pairs: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    for step, inner in pairs:
        yield (*steps, step)
        yield from ways(inner, (*steps, step))


WAYS = [(file, steps) for file, data in WRITTEN.items() for steps in ways(data)]


def put(data: object, steps: Steps, value: object) -> object:
    """Return a copy of plain data with another value at a place."""
    changed = copy.deepcopy(data)
    inner = changed
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = value
    return changed


def part_of(file: str, text: str) -> RawRuleBase:
    kind = kind_of(file)
    assert kind
    return validate(read_yaml(text, file), kind)


@given(way=st.sampled_from(WAYS), junk=JUNK)
def test_junk_anywhere_is_explained_in_plain_words(way: tuple[str, Steps], junk: object) -> None:
    file, steps = way
    text = yaml.dump(put(WRITTEN[file], steps, junk), Dumper=DUMPER)
    for fault in part_of(file, text).faults:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fault.code)
        assert not re.search(r"Input should|valid|pattern|instance", str(fault))
        assert fault.place.line > 0


@given(way=st.sampled_from([way for way in WAYS if len(way[1]) > 2]), junk=JUNK)
def test_a_broken_entry_costs_no_other_entry_of_its_list(
    way: tuple[str, Steps], junk: object
) -> None:
    file, steps = way
    kind = kind_of(file)
    data = WRITTEN[file]
    if kind and kind.key == steps[0] and len(data[kind.key]) > 1:
        text = yaml.dump(put(data, steps, junk), Dumper=DUMPER)
        assert len(part_of(file, text).entries) >= len(data[kind.key])


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: str(kind.pattern))
def test_a_file_of_another_build_is_a_fault(kind: FileKind) -> None:
    for text in ("12", "[]", "[[1]]", "{}", "{a: 1}", "text"):
        part = validate(read_yaml(text, "file.yaml"), kind)
        assert part.entries == (), text
        assert part.faults, text


@pytest.mark.parametrize(
    "name", ["notes.yaml.old", "notes.yaml~", "tools.YAML", "claims/more.json", "claims/X.Yml.bak"]
)
def test_a_file_that_looks_like_a_part_and_is_not_read_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("notes: []\n")
    (folder / "LICENSE.txt").write_text("Free.\n")
    (folder / f".{Path(name).name}").write_text("hidden\n")
    faults = [(fault.place.source, fault.code) for fault in gather(folder).faults]
    assert faults == [(name, "unknown-file")]


def test_a_link_that_leads_to_no_file_is_named(folder: Path) -> None:
    (folder / "claims" / "gone.yaml").symlink_to("nowhere.yaml")
    (folder / "gone.cases.yaml").symlink_to("nowhere.yaml")
    (folder / "again").symlink_to(folder)
    os.mkfifo(folder / "pipe.yaml")
    (folder / "link.md").symlink_to("README.md")
    faults = [(fault.place.source, fault.code) for fault in gather(folder).faults]
    names = ("again", "claims/gone.yaml", "gone.cases.yaml", "pipe.yaml")
    assert sorted(faults) == [(name, "no-file") for name in names]


def test_a_key_that_is_almost_right_is_not_missing_as_well() -> None:
    part = part_of("tools.yaml", "tools:\n  - {id: bell, nmae: Bell, owner: We, text: It rings.}\n")
    assert [(fault.code, fault.nearest) for fault in part.faults] == [
        ("missing-key", ""),
        ("missing-key", ""),
        ("unknown-key", "name"),
    ]


def test_what_the_reader_has_refused_is_not_explained_again() -> None:
    document = read_yaml("tools:\n  - {id: bell, name: no}\nmore: no\n", "tools.yaml")
    kind = kind_of("claims/a.yaml")
    assert kind
    refused = {(fault.place.line, fault.place.column) for fault in document.faults}
    faults = set(validate(document, kind).faults) - set(document.faults)
    explained = {(fault.place.line, fault.place.column) for fault in faults}
    assert refused
    assert not refused & explained


def test_of_a_folder_that_is_too_large_nothing_is_read(monkeypatch, tmp_path):
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "one.yaml").write_text("claims: [")
    (tmp_path / "notes.yaml").write_text("# " + 99 * "x")
    monkeypatch.setattr("advisor.rulebase.files.MOST_BYTES", 109)
    (fault,) = gather(tmp_path).faults
    assert (str(fault.place), fault.code) == ("notes.yaml", "too-large")
    monkeypatch.setattr("advisor.rulebase.files.MOST_BYTES", 110)
    assert "too-large" not in {fault.code for fault in gather(tmp_path).faults}
