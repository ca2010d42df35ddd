"""Links to recommendations, as people paste them, and the one address that holds several.

What stands before a question mark is looked at only to tell a link to a recommendation from any
other: hosts come and go, and the answers are in what follows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from advisor.errors import Fault, Place
from advisor.model.answers import Answers
from advisor.model.rulebase import RuleBase
from advisor.query.canonical import query_string
from advisor.query.form import Form
from advisor.query.query import Query
from advisor.query.read import read_query_string
from advisor.query.url import form_of, in_query
from advisor.query.wording import shown

WITH = "with"
FEWEST = 2
MOST = 8
"""How many links can be taken together."""

COUNT = f"{FEWEST} to {MOST} links to recommendations"
KEPT = frozenset({"project"})
"""What a link keeps besides what its recommendation rests on: the name it goes by."""

PAGES = frozenset({"", "ask", "questions", "recommendation", "recommendations", "trace"})
"""Last parts of the paths, without what follows a dot, whose query strings are answers."""

Report = Callable[[Fault], None]


@dataclass(frozen=True, slots=True)
class Several:
    """What several links ask.

    Attributes:
        queries: what each of those asks that could be used, in their order.
        faults: why the rest could not be used.
        written: the links as they were given, one each.
    """

    queries: tuple[Query, ...]
    faults: tuple[Fault, ...]
    written: tuple[str, ...]


def several_string(queries: Iterable[Query]) -> str:
    """Write several queries into one query string, each as the canonical string that it is.

    Those without an answer are left out: there is nothing to compare in them.
    """
    return urlencode([(WITH, query_string(q, KEPT)) for q in queries if _says(q.answers)])


def read_several(rulebase: RuleBase, raw: bytes) -> Several:
    """Read several links.

    Args:
        rulebase: what they answer.
        raw: a query string in which each `with` holds links, one a line: a whole address of any
            host, a path, or only what follows the question mark.
    """
    form = form_of(raw)
    faults = [*form.faults, *_other_keys(form)]
    texts = [value.text for field in form.settings if field.key == WITH for value in field.values]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    written = tuple(line for line in lines if line)
    if texts and not written:
        faults.append(Fault(in_query(WITH), "no-links", "no link is given", COUNT))
    if len(written) > MOST:
        message = f"{len(written)} links are given; the first {MOST} are used"
        faults.append(Fault(in_query(WITH), "too-many-links", message, COUNT))
    queries = _read(rulebase, written[:MOST], faults.append)
    return Several(tuple(queries), tuple(faults), written)


def _other_keys(form: Form) -> Iterable[Fault]:
    """Complain about everything that stands beside the links."""
    for field in (*form.answers, *form.settings):
        if field.key != WITH:
            message = f"{shown(field.key)} stands beside the links, where nothing looks at it"
            yield Fault(field.place, "unknown-key", message, f"'{WITH}' and a link")


def _read(rulebase: RuleBase, written: Sequence[str], report: Report) -> list[Query]:
    """Read one link after another; those with the same answers only once, on whatever basis."""
    queries: list[Query] = []
    earlier: dict[str, tuple[int, Query]] = {}
    for number, link in enumerate(written, start=1):
        query = _query(rulebase, link, number, report)
        if query is None:
            continue
        same = query_string(Query(query.answers))
        if same in earlier:
            message = _left_out(query, *earlier[same])
            report(Fault(_place(number), "same-answers", message, "other answers"))
            continue
        earlier[same] = number, query
        queries.append(query)
    return queries


def _left_out(query: Query, number: int, earlier: Query) -> str:
    """Say why a link is left out that has the same answers as an earlier one."""
    if query.basis is earlier.basis:
        return f"it has the same answers as link {number}, and is left out"
    return (
        f"it has the same answers as link {number} on another basis, and is left out, as all are "
        f"looked at on one basis; the page of link {number} says what the other basis changes"
    )


def _query(rulebase: RuleBase, link: str, number: int, report: Report) -> Query | None:
    """Return what a link asks; None where it asks nothing."""
    answers = _answers_of(link)
    if answers is None:
        message = f"{shown(link)} is no link to a recommendation"
        report(Fault(_place(number), "no-recommendation", message, "one such link a line"))
        return None
    reading = read_query_string(rulebase, answers)
    for fault in reading.faults:
        report(replace(fault, place=_place(number, fault.place.path)))
    query = reading.query
    if not _says(query.answers):
        message = "it holds no answer that could be used"
        report(Fault(_place(number), "no-answers", message, "a link with answers in it"))
        return None
    return replace(query, expect=None, trace=False, asked=frozenset())


def _says(answers: Answers) -> bool:
    """Say whether there is an answer of any sort."""
    return bool(answers.given or answers.unsure or answers.any)


def _answers_of(link: str) -> str | None:
    """Return the part of a link that holds the answers; None where it leads elsewhere."""
    whole = link.partition("#")[0]
    before, _, after = whole.partition("?")
    if "=" in before and "/" not in before:
        return whole
    path = before.partition("://")[2].partition("/")[2] if "://" in before else before
    folder, _, last = path.rpartition("/")
    asks = folder.rpartition("/")[2] == "ask" or last.partition(".")[0] in PAGES
    return after if asks else None


def _place(number: int, path: str = "") -> Place:
    """Return the place of a link, or of a key in it."""
    return in_query(f"link {number}, {path}" if path else f"link {number}")
