"""The neutral form between the ways of writing and the one way of reading.

Keys with their values, each with its place. Knows nothing of rule bases: whether a key or a
value exists is for `interpret` to say.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from advisor.errors import Fault, Place

Report = Callable[[Fault], None]
"""Takes a fault that was found on the way."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value, as text, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Field:
    """A key with everything that was given for it.

    Attributes:
        values: as given, repeats included; empty only where a fault says why.
        place: where the key stands.
        mixed: whether the keys beside the answers may stand there too, as in an address.
    """

    key: str
    values: tuple[Value, ...]
    place: Place
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What was given.

    Attributes:
        answers: fields whose keys ought to be questions.
        settings: fields whose keys ought to stand beside the answers.
        faults: what could not even be brought into this form.
    """

    answers: tuple[Field, ...] = ()
    settings: tuple[Field, ...] = ()
    faults: tuple[Fault, ...] = ()


def joined(forms: Iterable[Form]) -> Form:
    """Put forms together; a key in several of them has the values of all."""
    parts = tuple(forms)
    return Form(
        answers=_merged(field for part in parts for field in part.answers),
        settings=_merged(field for part in parts for field in part.settings),
        faults=tuple(fault for part in parts for fault in part.faults),
    )


def _merged(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Make one field of those that have the same key."""
    by_key: dict[str, list[Field]] = {}
    for field in fields:
        by_key.setdefault(field.key, []).append(field)
    return tuple(
        replace(same[0], values=tuple(value for field in same for value in field.values))
        for same in by_key.values()
    )
