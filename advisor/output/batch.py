"""Many projects at once: for each a recommendation without its reasons, or why there is none.

    {"answers": {"goal": "research"}, "project": "Search"}
    {"answers": {"gaol": "research"}}

are told as

    {"number": 1, "project": "Search", "result": {"leaders": […], "verdict": …}}
    {"number": 2, "problem": {"status": 422, "code": "invalid-answers", "faults": […]}}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from advisor.editions.edition import Shelf
from advisor.engine.recommend import recommend_briefly
from advisor.errors import Fault
from advisor.model.recommendation import Brief
from advisor.model.rulebase import RuleBase
from advisor.output.json import Json, fault_json
from advisor.query.fields import Form
from advisor.query.query import Query

AT_ONCE = 250
"""How many projects are added up together, and told as soon as they are."""

IN_FULL = frozenset({"asked", "changes", "expect", "seen", "trace"})
"""Keys that nothing looks at where reasons are left out."""


@dataclass(slots=True)
class Told:
    """What is told of one project of several."""

    number: int
    """Its line, or its place in the list, counted from 1."""
    rulebase: RuleBase
    """The edition that answers it."""
    query: Query
    """What could be read of it."""
    faults: tuple[Fault, ...]
    """Why it cannot be answered; empty where it is."""
    result: Brief | None = None

    def json(self) -> Json:
        """Return it as `to_json` takes it."""
        told: Json = {"number": self.number}
        if self.query.project:
            told["project"] = self.query.project
        if self.result is None:
            problem: Json = {"status": 422, "code": "invalid-answers"}
            problem["faults"] = [fault_json(fault) for fault in self.faults]
            return told | {"problem": problem}
        return told | {"result": self.result}


def recommend_each(shelf: Shelf, projects: Iterator[tuple[int, Form]]) -> Iterator[Told]:
    """Recommend for one project after another, each with its number, in their order.

    Each is answered by the edition that it names.
    """
    while part := [(n, *shelf.read(form)) for n, form in islice(projects, AT_ONCE)]:
        told = [Told(n, by, one.query, (*one.wrong, *_unused(one.form))) for n, by, one in part]
        for rulebase, basis in dict.fromkeys((each.rulebase, each.query.basis) for each in told):
            alike = [
                each
                for each in told
                if not each.faults and (each.rulebase, each.query.basis) == (rulebase, basis)
            ]
            answers = [each.query.answers for each in alike]
            for each, brief in zip(alike, recommend_briefly(rulebase, answers, basis), strict=True):
                each.result = brief
        yield from told


def _unused(form: Form) -> Iterator[Fault]:
    """Give a fault for every key that a brief recommendation cannot use."""
    for field in form.fields:
        if field.setting and field.key in IN_FULL:
            message = f"nothing in a batch looks at '{field.key}'"
            yield Fault(field.place, "unused-key", message, "the project asked by itself")
