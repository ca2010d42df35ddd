"""What of an address could not be used, in words for people."""

from collections.abc import Iterable

from advisor.errors import Fault
from advisor.output.words import sentence
from advisor.query.fields import Form
from advisor.web.views.page import Unusable


def unusable(faults: Iterable[Fault]) -> tuple[Unusable, ...]:
    """Tell the faults of an address."""
    return tuple(Unusable(place=fault.place.path, message=told(fault)) for fault in faults)


def told(fault: Fault) -> str:
    """Say what is wrong and what would have been right; the nearest name beats a long list."""
    if fault.nearest:
        return f"{sentence(fault.message)} Did you mean '{fault.nearest}'?"
    expected = f" Expected: {fault.expected}." if fault.expected else ""
    return sentence(fault.message) + expected


def unused(form: Form) -> tuple[Unusable, ...]:
    """Tell that a page looks at nothing of its address."""
    message = "Nothing on this page depends on it."
    return tuple(
        Unusable(place=field.key, message=message) for field in form.answers + form.settings
    )
