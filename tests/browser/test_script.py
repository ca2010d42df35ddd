"""The scripts of the site are small, and take nothing from elsewhere."""

import re

import pytest

from advisor.settings import find_settings

SCRIPTS = sorted(find_settings().static.rglob("*.js"))
MOST_BYTES = 5000


def test_there_is_one_script_for_all_pages_and_one_for_files_and_they_are_small():
    assert [script.name for script in SCRIPTS] == ["scan.js", "site.js"]
    assert max(script.stat().st_size for script in SCRIPTS) <= MOST_BYTES


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_it_stands_alone_and_writes_no_markup(script):
    text = script.read_text()
    assert not re.findall(
        r"^\s*(?:import|export)\b|innerHTML\s*=[^=]|eval|document\.write", text, re.MULTILINE
    )
