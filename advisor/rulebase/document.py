"""What the reader hands on: plain data, and where in the file each value and key stands.

Knows nothing of YAML, of shapes and of other files.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.errors import Fault, Place

Steps = tuple[str | int, ...]
"""The way to a value: keys of mappings and indices of lists, from the outside in."""

Mark = tuple[int, int]
"""Line and column, both counted from 1."""

FILE_START: Mark = (1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file as plain data.

    Attributes:
        file: path below the rule base's folder, with forward slashes.
        text: the file as it was given.
        data: mappings, lists, text, whole numbers, fractions, booleans, dates and None; None as
            well when the file is empty or could not be read.
        values: where each value begins.
        keys: where each key of a mapping begins.
        faults: everything the reader had to refuse; non-empty data beside them is still usable.
    """

    file: str
    text: str
    data: object
    values: Mapping[Steps, Mark]
    keys: Mapping[Steps, Mark]
    faults: tuple[Fault, ...]

    def place(self, steps: Steps = ()) -> Place:
        """Return where the value at `steps` begins, or the nearest value around it that exists."""
        return self._place(steps, self._around(steps))

    def key_place(self, steps: Steps) -> Place:
        """Return where the key at the end of `steps` begins; its value where it has no key."""
        return self._place(steps, self.keys.get(steps) or self._around(steps))

    def _around(self, steps: Steps) -> Mark:
        while steps and steps not in self.values:
            steps = steps[:-1]
        return self.values.get(steps, FILE_START)

    def _place(self, steps: Steps, mark: Mark) -> Place:
        line, column = mark
        return Place(self.file, line, column, written(steps))


def written(steps: Steps) -> str:
    """Write the way to a value as people do: `questions[1].choices[0]`."""
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")
