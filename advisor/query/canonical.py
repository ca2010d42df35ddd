"""The one way to write a query into an address: sorted, without defaults."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote_plus

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.query.query import ANY, UNSURE, Query

STATE = frozenset({"asked", "expect", "trace", "project"})
"""Keys that change nothing in a result: they stay in an address only where asked for."""


def query_string(query: Query, keep: Collection[str] = ()) -> str:
    """Write a query in its canonical form.

    Questions come first, then the keys beside them, both sorted, the values of each sorted.

    Args:
        query: what to write.
        keep: which of `STATE` to keep; a link worth sharing keeps none.

    Returns:
        What follows the question mark of an address; empty where nothing was asked.
    """
    options = (pair for pair in _options(query) if pair[0] not in STATE or pair[0] in keep)
    return "&".join(filter(None, (_answers_string(query.answers), _joined(options))))


def _joined(pairs: Iterable[tuple[str, str]]) -> str:
    """Write keys with their values, sorted."""
    return "&".join([f"{_quoted(key)}={_quoted(value)}" for key, value in sorted(pairs)])


@lru_cache(maxsize=64)
def _answers_string(answers: Answers) -> str:
    """Write answers; remembered, as most links of a page carry the same ones."""
    return _joined(_answers(answers))


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """Quote a key or a value; remembered, as a page writes the same ones into each of its links."""
    return quote_plus(text, safe=":")


def _answers(answers: Answers) -> Iterator[tuple[str, str]]:
    for question, choices in answers.given.items():
        for choice in choices:
            yield question, choice
    for question in answers.unsure:
        yield question, UNSURE
    for question in answers.any:
        yield question, ANY


def _options(query: Query) -> Iterator[tuple[str, str]]:
    for question in query.answers.important:
        yield "important", question
    for question in query.asked:
        yield "asked", question
    if query.basis is not Basis.CHECKED:
        yield "basis", str(query.basis)
    if query.edition:
        yield "edition", query.edition
    if query.expect:
        yield "expect", str(query.expect)
    if query.trace:
        yield "trace", "1"
    if query.project:
        yield "project", query.project


def answers_mapping(answers: Answers) -> dict[str, str | list[str]]:
    """Return answers as they may be sent in a body: by question, sorted.

    Example: `{"deploy": ["mobile", "web"], "goal": "research", "hardware": "unsure"}`.
    """
    said: dict[str, str | list[str]] = {}
    for question, choices in answers.given.items():
        several = sorted(choices)
        said[question] = several if len(several) > 1 else several[0]
    said |= dict.fromkeys(answers.unsure, UNSURE)
    said |= dict.fromkeys(answers.any, ANY)
    return {question: said[question] for question in sorted(said)}
