"""The one function that reads answers, however they were written."""

from advisor.errors import Fault, Place
from advisor.model.rulebase import RuleBase
from advisor.query.choices import read_choices
from advisor.query.form import Form
from advisor.query.options import read_options
from advisor.query.query import Query, Reading

MAX_VALUES = 500
"""More values than any questionnaire has; beyond, looking for nearest names would take too long."""


def interpret(rulebase: RuleBase, form: Form) -> Reading:
    """Hold a form against a rule base.

    Returns:
        A query made of all that could be used, and every fault; the order of keys never matters.
    """
    fields = form.answers + form.settings
    count = len(form.faults) + sum(len(field.values) or 1 for field in fields)
    if count > MAX_VALUES:
        return Reading(Query(), (_too_many(form, count),))
    faults: list[Fault] = []
    answers = read_choices(rulebase, form.answers, faults.append)
    query = read_options(rulebase, answers, form.settings, faults.append)
    lines = {_line(fault.place) for fault in form.faults if fault.place.line}
    new = (fault for fault in faults if _line(fault.place) not in lines)
    return Reading(query, tuple(sorted({*form.faults, *new})))


def _line(place: Place) -> tuple[str, int, int]:
    """Return the point in a file at which one complaint is enough."""
    return place.source, place.line, place.column


def _too_many(form: Form, count: int) -> Fault:
    places = [field.place for field in form.answers + form.settings]
    places += [fault.place for fault in form.faults]
    source = Place(places[0].source)
    return Fault(source, "too-many-values", f"{count} values are given", f"at most {MAX_VALUES}")
