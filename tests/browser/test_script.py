"""The one script of the site is small, and takes nothing from elsewhere."""

import re

from advisor.settings import find_settings

SCRIPTS = sorted(find_settings().static.rglob("*.js"))
MOST_BYTES = 4000


def test_there_is_one_script_and_it_is_small():
    (script,) = SCRIPTS
    assert script.stat().st_size <= MOST_BYTES


def test_it_stands_alone_and_writes_no_markup():
    text = SCRIPTS[0].read_text()
    assert not re.findall(
        r"^\s*(?:import|export)\b|innerHTML\s*=[^=]|eval|document\.write", text, re.MULTILINE
    )
