"""Where a file says what was answered, as an address carries it: `numpy-required@setup.py:12`.

The rule base says which answers and which tool a detector stands for, so its name and the place are
all that has to travel.
"""

import re

from advisor.errors import Fault
from advisor.model.detectors import Sighting
from advisor.model.rulebase import RuleBase
from advisor.query.fields import Value, shown
from advisor.query.suggest import Guesses

MOST_SEEN = 60
LONGEST_FILE = 200
"""The longest path of a file, in characters."""

FORM = re.compile(rf"([a-z0-9-]+)@([^\s](?:.{{0,{LONGEST_FILE - 2}}}[^\s])?):(\d{{1,7}})(~?)")


def seen_word(seen: Sighting) -> str:
    """Write a sighting; a file without lines has line 0, and less than its detector says a `~`."""
    return f"{seen.detector}@{seen.file}:{seen.line}" + "~" * seen.weakened


def read_seen(rulebase: RuleBase, value: Value, guesses: Guesses) -> Sighting | Fault:
    """Read a sighting, or say what is wrong with it."""
    match = FORM.fullmatch(value.text)
    if not match or not match[2].isprintable():
        message = f"{shown(value.text)} does not say where something was seen"
        expected = "a detector, '@', a file, ':' and a line"
        return Fault(value.place, "bad-seen", message, expected)
    detector = rulebase.detectors.get(match[1])
    if detector is None:
        message = f"there is no detector '{match[1]}'"
        near = guesses.nearest(match[1], rulebase.detectors)
        return Fault(value.place, "unknown-detector", message, "the id of a detector", near)
    return Sighting(
        detector.id, match[2], int(match[3]), detector.sure and not match[4], bool(match[4])
    )
