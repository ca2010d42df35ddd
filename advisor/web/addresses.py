"""The addresses of pages: where each link of the questionnaire and of a result leads.

All state is in the query string; this file alone decides what a link carries along. A question
whose own name is among `asked` was sent off by its form: links to a question leave it out.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.query.query import Query
from advisor.query.write import STATE, query_string, several_string

BADGE_PATH = "/recommendation.svg"
CARD_PATH = "/recommendation.png"
TRACE_PATH = "/trace"
COMPARE_PATH = "/compare"
RECORD_PATH = "/recommendation.md"

ASKED = "asked"
PROJECT = "project"
RESULT_KEEPS = STATE - {ASKED}
"""Keys that belong to the page of a result, besides the answers."""


def home(query: Query) -> str:
    """Return the start page's address."""
    return _address("/", query, STATE)


def next_question(query: Query) -> str:
    """Return the address that leads on to whatever is asked next."""
    return _address("/ask", query, STATE)


def question(query: Query, name: str) -> str:
    """Return the address of a question, as it is before anything is sent off."""
    return _address(f"/ask/{name}", _without_asked(query, name), STATE)


def sent_question(query: Query, name: str) -> str:
    """Return the address of a question that was sent off and comes back."""
    return _address(f"/ask/{name}", query, STATE)


def skip(query: Query, name: str) -> str:
    """Return the address that goes on without an answer to a question."""
    asked = replace(query, answers=without(query.answers, name), asked=query.asked | {name})
    return next_question(asked)


def change(query: Query, name: str, still_open: Iterable[str]) -> str:
    """Return the address at which an answer of a finished result can be changed.

    Args:
        query: what the result rests on.
        name: the question.
        still_open: questions without an answer. They count as asked, so that the way leads
            back to the result at once, unless the change opens new questions.
    """
    waiting = query.asked.union(still_open)
    return question(query if waiting == query.asked else replace(query, asked=waiting), name)


def all_questions(query: Query) -> str:
    """Return the address of the page with all questions."""
    return _address("/questions", query, RESULT_KEEPS)


def result(query: Query) -> str:
    """Return the address of a result: the link worth sharing."""
    return _address("/recommendation", query, RESULT_KEEPS)


def card(query: Query) -> str:
    """Return the address of the preview card of a result."""
    return _address(CARD_PATH, query, {PROJECT})


def trace(query: Query) -> str:
    """Return the address of every rule that was considered."""
    return _address(TRACE_PATH, query, {PROJECT})


def trace_on(query: Query, basis: Basis) -> str:
    """Return the address of the same on another basis."""
    return trace(replace(query, basis=basis))


def compare(queries: Iterable[Query]) -> str:
    """Return the address at which several results stand side by side."""
    written = several_string(queries)
    return f"{COMPARE_PATH}?{written}" if written else COMPARE_PATH


def changes(query: Query) -> str:
    """Return the address of all that would change a result."""
    return _address("/changes", query, RESULT_KEEPS)


def on_basis(query: Query, basis: Basis) -> str:
    """Return the address of the same answers' result on another basis."""
    return result(replace(query, basis=basis))


def without(answers: Answers, name: str) -> Answers:
    """Return the answers without one, and without its mark of importance."""
    return Answers(
        given={key: choices for key, choices in answers.given.items() if key != name},
        unsure=answers.unsure - {name},
        any=answers.any - {name},
        important=answers.important - {name},
    )


def _without_asked(query: Query, name: str) -> Query:
    return replace(query, asked=query.asked - {name}) if name in query.asked else query


def _address(path: str, query: Query, keep: Collection[str] = ()) -> str:
    written = query_string(query, keep)
    return f"{path}?{written}" if written else path
