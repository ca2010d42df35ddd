"""Entries that name a package are found, those behind are told, and written only where wanted."""

import datetime

import pytest
from support.bicycles import copied

from advisor.evidence import named_packages, newest, stale, write_version
from advisor.rulebase.load import load

PACKAGE = "    package: bike-basket==1.2\n"


@pytest.fixture
def rules(tmp_path):
    """The example, with a package in a claim whose text speaks of the version."""
    rules = copied(tmp_path)
    path = rules / "claims" / "today.yaml"
    text = path.read_text()
    entry = text.index("  - id: cargo-bike-rides")
    text = text[:entry] + PACKAGE.replace("1.2", "1.20") + text[entry:]
    entry = text.index("  - id: basket-carries")
    text = text[:entry] + text[entry:].replace(
        "text: ", "text: Version 1.20, not 1.20.1 or 11.20. ", 1
    )
    path.write_text(text)
    return rules


def fake_uv(folder, text):
    path = folder / "uv"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_an_entry_is_behind_where_a_newer_version_is_told(rules):
    (named,) = named_packages(rules)
    assert (named.id, named.package, named.version) == ("basket-carries", "bike-basket", "1.20")
    assert list(stale([named], {"bike-basket": "1.21"})) == [(named, "1.21")]
    assert list(stale([named], {"bike-basket": "1.9"})) == []
    assert list(stale([named], {})) == []


def test_the_version_and_the_day_are_written_and_nothing_else(rules):
    (named,) = named_packages(rules)
    path = rules / named.place.source
    before = path.read_text()
    write_version(rules, named, "1.21", datetime.date(2026, 12, 1))
    after = path.read_text()
    changed = [
        pair
        for pair in zip(before.split("\n"), after.split("\n"), strict=True)
        if pair[0] != pair[1]
    ]
    assert [new.split(": ", 1)[0].strip() for _, new in changed] == ["text", "checked", "package"]
    assert "Version 1.21, not 1.20.1 or 11.20." in after
    claim = load(rules).claims["basket-carries"]
    assert (claim.package, claim.checked) == ("bike-basket==1.21", datetime.date(2026, 12, 1))


def test_the_index_is_asked_by_uv_on_the_newest_python_that_it_has_a_version_for(tmp_path):
    script = 'read name\ncase "$name$*" in bell*3.1[0-4]*) exit 1;; esac\necho "$name==1.21"'
    uv = fake_uv(tmp_path, script)
    assert newest(uv, ["bike-basket", "bell"]) == {"bike-basket": "1.21", "bell": "1.21"}
    uv = fake_uv(tmp_path, script.replace("3.1[0-4]", ""))
    assert newest(uv, ["bike-basket", "bell"]) == {"bike-basket": "1.21"}
    uv = fake_uv(tmp_path, "cat >/dev/null; echo no network >&2; exit 2")
    with pytest.raises(OSError, match="no network"):
        newest(uv, ["bike-basket"])
