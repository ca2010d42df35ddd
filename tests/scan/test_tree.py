"""The files of a folder: what is walked, and what is left alone."""

import os
import sys

import pytest

from advisor.scan import tree


def test_folders_that_tools_fill_are_skipped(tmp_path):
    for name in ("a/b.txt", "node_modules/c.txt", ".git/config", ".github/workflows/ci.yml",
                 "my-env/pyvenv.cfg", "my-env/d.txt", "a/build/e.txt"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert tree.folder(tmp_path).files == (".github/workflows/ci.yml", "a/b.txt")


def test_a_tree_has_limits(tmp_path, monkeypatch):
    monkeypatch.setattr(tree, "MOST_DEPTH", 2)
    monkeypatch.setattr(tree, "MOST_ENTRIES", 5)
    (tmp_path / "a/b/c/d").mkdir(parents=True)
    for number in range(6):
        (tmp_path / f"f{number}").write_text("")
    found = tree.folder(tmp_path)
    assert [fault.code for fault in found.faults] == ["too-deep", "too-many"]
    assert found.files == ("f0", "f1")


def test_reading_has_limits_in_all(tmp_path, monkeypatch):
    monkeypatch.setattr(tree, "MOST_BYTES_IN_ALL", 10)
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text("12345")
    found = tree.folder(tmp_path)
    assert [found.text(name) for name in ("a", "b")] == ["12345", "12345"]
    with pytest.raises(tree.UnreadableError, match="too-much"):
        found.text("c")


def test_what_has_become_a_link_since_is_not_followed(tmp_path):
    (tmp_path / "a").write_text("")
    found = tree.folder(tmp_path)
    (tmp_path / "a").unlink()
    (tmp_path / "a").symlink_to("/etc/hostname")
    with pytest.raises(tree.UnreadableError, match="could not be opened"):
        found.text("a")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_names_that_no_link_can_carry_are_told_and_left_out(tmp_path):
    for name in (b"a\xff.txt", b"b\n.txt", b"c\xff/d.txt", b"e.txt"):
        path = tmp_path / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = tree.folder(tmp_path)
    assert found.files == ("e.txt",)
    assert [fault.code for fault in found.faults] == ["bad-name"] * 3


def test_an_archive_is_told_and_not_opened(tmp_path):
    (tmp_path / "Weights.TAR").write_bytes(b"whatever")
    found = tree.folder(tmp_path)
    assert found.files == ()
    assert [(fault.place.source, fault.code) for fault in found.faults] == [
        ("Weights.TAR", "archive")
    ]
