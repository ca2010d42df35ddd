"""What a request gives to its handler: leniently read for pages, strictly for programs.

Frameworks drop repeated keys and let unknown ones pass; nothing here does. A query string is read
once, by the one codec.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request

from advisor.editions.edition import Shelf
from advisor.engine.recommend import recommend
from advisor.errors import AnswersError, Fault, Place, nearest
from advisor.model.answers import RESERVED
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import Question, RuleBase
from advisor.query.fields import Form, address_form, in_query, one_of, shown
from advisor.query.query import Query
from advisor.query.read import Reading
from advisor.query.renames import DROPPED

FOREIGN = re.compile(r"utm_.*|_.*|.*clid|v|si|ref|referrer|source|cache")
"""Keys that networks and mail programs add to links, or pages to make a browser load a picture
again; they mean nothing here, even where a question has a similar name."""

MOST_LISTED = 10
"""How many known values a message lists at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what an address says to it.

    Example: `/ask/goal?asked=goal&goal=fun` sent the goal off with the value `fun`, which is no
    choice: it is written, but not in the query, and a fault says so.
    """

    question: Question
    query: Query
    """All that could be read of the address."""
    written: frozenset[str]
    """The values that the address gives to the question, usable or not."""
    faults: tuple[Fault, ...]
    """What is wrong with these."""
    other_faults: tuple[Fault, ...]
    """What is wrong with the rest of the address."""

    @property
    def sent(self) -> bool:
        """Whether it was sent off: its form adds its name to `asked`."""
        return self.question.id in self.query.asked

    @property
    def answered(self) -> bool:
        """Whether it was sent off with an answer that can be used."""
        return self.sent and not self.faults and not self.query.answers.is_absent(self.question.id)


async def _name(request: Request) -> str:
    """Give the name in the path; for a parameter FastAPI would load much that validates it."""
    name: str = request.path_params["name"]
    return name


def form_of(request: Request) -> Form:
    """Return the query string of a request in a form, which is made once."""
    form: Form | None = request.scope.get("advisor.form")
    if form is None:
        form = request.scope["advisor.form"] = address_form(request.scope["query_string"])
    return form


def origin_of(request: Request) -> str:
    """Return scheme and host of this site, as the request named them."""
    return str(request.base_url).rstrip("/")


def asked_question(question: Question, found: Reading) -> Asked:
    """Find out what an address says to a question."""
    own = tuple(fault for fault in found.faults if fault.place.path == question.id)
    fields = (field for field in found.form.fields if field.key == question.id)
    return Asked(
        question=question,
        query=without_answered(found.query, but=question.id),
        written=frozenset(value.text for field in fields for value in field.values),
        faults=own,
        other_faults=tuple(fault for fault in found.faults if fault not in own),
    )


def without_answered(query: Query, but: str = "") -> Query:
    """Return a query in which only questions without an answer count as asked."""
    asked = frozenset(n for n in query.asked if n == but or query.answers.is_absent(n))
    return replace(query, asked=asked)


def recommended(rulebase: RuleBase, query: Query) -> Recommendation:
    """Return the recommendation for a query."""
    return recommend(rulebase, query.answers, query.basis, query.asked)


def read(request: Request) -> tuple[RuleBase, Reading]:
    """Read an address, by the edition that it names."""
    shelf: Shelf = request.app.state.site.shelf
    return shelf.read(form_of(request))


async def _lenient(request: Request) -> Reading:
    """Give a page what could be read, and what could not."""
    return read(request)[1]


async def _strict(request: Request) -> Query:
    """Give a program's handler the query if nothing is wrong with it."""
    return read(request)[1].strict()


async def _unchecked(request: Request) -> Query:
    """Give a document's or a picture's handler the query, where no check is asked of it.

    People share these, and others add keys to what is shared: those are let pass.
    """
    rulebase, reading = read(request)
    newest: RuleBase = request.app.state.site.shelf.current
    known = {"", *rulebase.questions, *newest.questions, *RESERVED}

    def ours(fault: Fault) -> bool:
        key = fault.place.path
        alike = not FOREIGN.fullmatch(key) and nearest(key, known)
        return key in known or fault.code == DROPPED or bool(alike)

    faults = tuple(filter(ours, reading.faults))
    reading = replace(reading, faults=faults)
    if reading.query.expect:
        message = "nothing here looks at 'expect'; /recommendation.json does"
        unused = Fault(in_query("expect"), "unused-key", message, "no 'expect' at all")
        raise AnswersError([*reading.faults, unused])
    return reading.strict()


def read_fields(
    form: Form, known: Mapping[str, Collection[str] | None]
) -> tuple[dict[str, str], list[Fault]]:
    """Read the query string of a page that takes no answers: values by key, and faults.

    Known are the keys that mean something, each with the values that do, or None for any text:
    `{"status": ["holds", "partly"], "q": None}`. An empty field means no choice, since that is how
    forms send one.
    """
    values: dict[str, str] = {}
    faults = list(form.faults)
    for field in form.fields:
        if field.key not in known:
            message = f"there is nothing called {shown(field.key)} to choose here"
            expected = one_of(known) if known else "an address without a question mark"
            near = nearest(field.key, known)
            faults.append(Fault(in_query(field.key), "unknown-key", message, expected, near))
        elif len(field.values) > 1:
            message = f"{shown(field.key)} is given more than once"
            faults.append(Fault(field.place, "repeated-key", message, "one value"))
        elif text := field.values[0].text.strip():
            values[field.key] = text
    for key, value in list(values.items()):
        choices = known[key]
        if choices is not None and value not in choices:
            del values[key]
            few = len(choices) <= MOST_LISTED
            expected = one_of(choices) if few else "one of those on this page"
            message, near = f"there is no {key} {shown(value)}", nearest(value, choices)
            faults.append(Fault(in_query(key), f"unknown-{key}", message, expected, near))
    return values, faults


async def no_query(request: Request) -> None:
    """Refuse a query string where nothing would look at it."""
    if request.scope["query_string"]:
        message = "nothing here looks at a query string"
        raise AnswersError([Fault(Place("query"), "unused-query", message, "none")])


async def edition_alone(request: Request) -> None:
    """Refuse everything but an edition in a query string."""
    shelf: Shelf = request.app.state.site.shelf
    values, faults = read_fields(form_of(request), {"edition": shelf.words})
    # A form may leave a field empty, a program does not.
    if request.scope["query_string"] and not values and not faults:
        message, expected = "'edition' has an empty value", "no 'edition' at all"
        faults = [Fault(in_query("edition"), "empty-value", message, expected)]
    if faults:
        raise AnswersError(faults)


TheName = Annotated[str, Depends(_name)]
TheReading = Annotated[Reading, Depends(_lenient)]
StrictQuery = Annotated[Query, Depends(_strict)]
UncheckedQuery = Annotated[Query, Depends(_unchecked)]
"""For answers that cannot say whether an expectation is met."""
