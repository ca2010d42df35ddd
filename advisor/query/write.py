"""Writes queries: as the canonical query string, as links, and as an answers file.

Reads links to recommendations as well, as people paste them. What stands before the question mark
of a link only tells whether it leads to a recommendation: hosts come and go, and the answers are in
what follows.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote_plus

from advisor.errors import Fault
from advisor.model.answers import ONE_TOOL, WITHOUT, Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.query.fields import (
    ACCEPT,
    LISTS,
    SETTING_TYPES,
    Form,
    address_form,
    in_query,
    seen_word,
    shown,
)
from advisor.query.query import EXPECT_WORDS, Expectation, Query
from advisor.query.read import Reading
from advisor.yamlfile import BOOLEANS, NULLS, TRUE_OR_FALSE

VIEW_KEYS = frozenset({"asked", "back", "expect", "trace", "changes", "project", "seen"})
"""Keys that change nothing in a result: they stay in an address only where asked for."""

PATHS: Mapping[str, str] = {
    "page": "/recommendation",
    "json": "/recommendation.json",
    "record": "/recommendation.md",
    "badge": "/recommendation.svg",
    "card": "/recommendation.png",
    "api": "/api/v1/recommendations",
}
"""Where the same recommendation can be had, as what."""

TITLED = frozenset({"record", "card"})
"""Those that show the title of the project."""

Read = Callable[[Form], tuple[RuleBase, Reading]]
"""Reads a form by the edition that it names."""

WITH = "with"
FEWEST = 2
MOST = 8
"""How many links can be taken together."""

COUNT = f"{FEWEST} to {MOST} links to recommendations"
KEPT = frozenset({"project"})
"""What a link keeps besides what its recommendation rests on: the name it goes by."""

QUOTED_AGAIN = str.maketrans({sign: quote_plus(sign) for sign in "%&+:="})
"""What has to be quoted of a canonical query string inside another; it holds no other such sign."""

PAGES = frozenset({"", "ask", "questions", "recommendation", "recommendations", "trace"})
"""Last parts of the paths, without what follows a dot, whose query strings are answers."""


def query_string(query: Query, keep: Collection[str] = ()) -> str:
    """Write a query in its canonical form: `deploy=web&goal=research&important=deploy`.

    Questions come first, then the settings, both sorted, the values of each sorted;
    defaults are left out.

    `keep` names the `VIEW_KEYS` that stay; a link worth sharing keeps none. Empty where nothing was
    asked.
    """
    return _written(query.answers, tuple(sorted(_settings(query, keep))))


def address(path: str, query: Query, keep: Collection[str] = ()) -> str:
    """Return a path with a query behind it; the path alone where nothing was asked."""
    written = query_string(query, keep)
    return f"{path}?{written}" if written else path


# Remembered: a page writes the same into many of its links. Not by the query, as two that are
# equal may be written otherwise: a sighting that says less than its detector is the same one.
@lru_cache(maxsize=64)
def _written(answers: Answers, options: tuple[tuple[str, str], ...]) -> str:
    pairs = (*sorted(_answers(answers)), *options)
    return "&".join([f"{_quoted(key)}={_quoted(value)}" for key, value in pairs])


def pinned_query(query: Query, answered: Recommendation) -> Query:
    """Return a query that names the edition which answered it, so that it always will."""
    return replace(query, edition=answered.edition or query.edition)


def query_pairs(query: Query, keep: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return the keys and values of the canonical form, as a form's hidden fields send them."""
    return sorted(_answers(query.answers)) + sorted(_settings(query, keep))


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quote_plus(text, safe=":")


def _answers(answers: Answers) -> Iterator[tuple[str, str]]:
    for question in answers.said():
        yield from ((question, value) for value in answers.values(question))


def _settings(query: Query, keep: Collection[str]) -> Iterator[tuple[str, str]]:
    yield from (("important", question) for question in query.answers.important)
    yield from ((WITHOUT, framework) for framework in query.answers.without)
    if query.answers.one_tool:
        yield ONE_TOOL, "1"
    if query.basis is not Basis.CHECKED:
        yield "basis", str(query.basis)
    if query.edition:
        yield "edition", query.edition
    if "asked" in keep:
        yield from (("asked", question) for question in query.asked)
    if "seen" in keep:
        yield from (("seen", seen_word(each)) for each in query.seen)
    if query.expect and "expect" in keep:
        yield from (("expect", word) for word in query.expect.words())
    changes = query.changes if query.changes > 1 else None
    stated = ("trace", int(query.trace)), ("back", int(query.back)), ("changes", changes)
    for key, value in (*stated, ("project", query.project)):
        if value and key in keep:
            yield key, str(value)


def answers_mapping(answers: Answers) -> dict[str, str | list[str]]:
    """Return answers as they may be sent in a body: by question, sorted.

    Example: `{"deploy": ["mobile", "web"], "goal": "research", "hardware": "unsure"}`.
    """
    said = {question: sorted(answers.values(question)) for question in sorted(answers.said())}
    return {question: values if len(values) > 1 else values[0] for question, values in said.items()}


def links(query: Query, below: str = "") -> dict[str, str]:
    """Return the keys of `PATHS` with addresses without a host, each with the canonical query.

    `below` is the path below which the site lives.
    """
    return {
        name: below + address(path, query, KEPT if name in TITLED else ())
        for name, path in PATHS.items()
    }


@dataclass(frozen=True, slots=True)
class Several:
    """What several links ask."""

    queries: tuple[Query, ...]
    """What each of those asks that could be used, in their order."""
    rulebases: tuple[RuleBase, ...]
    """The editions that they name, or else the current one."""
    faults: tuple[Fault, ...]
    """Why the rest could not be used."""
    written: tuple[str, ...]
    """The links as they were given, one each."""


def several_string(queries: Iterable[Query]) -> str:
    """Write several queries into one query string, each as the canonical string that it is.

    Those without an answer are left out: there is nothing to compare in them.
    """
    written = [query_string(query, KEPT) for query in queries if query.answers.said()]
    return "&".join([f"{WITH}={each.translate(QUOTED_AGAIN)}" for each in written])


def read_several(read: Read, raw: bytes) -> Several:
    """Read several links, which each `with` of a query string holds one a line.

    Each is read by the edition that it names, which `read` finds. A link is a whole address of any
    host, a path, or only what follows the question mark.
    """
    form = address_form(raw)
    faults = list(form.faults)
    for field in form.fields:
        if field.key != WITH:
            message = f"nothing here looks at {shown(field.key)}"
            faults.append(Fault(field.place, "unknown-key", message, f"'{WITH}' and a link"))
    texts = [value.text for field in form.fields if field.key == WITH for value in field.values]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    written = tuple(line for line in lines if line)
    if texts and not written:
        faults.append(Fault(in_query(WITH), "no-links", "no link is given", COUNT))
    if len(written) > MOST:
        message = f"{len(written)} links are given; the first {MOST} are used"
        faults.append(Fault(in_query(WITH), "too-many-links", message, COUNT))
    found = list(_read(read, written[:MOST], faults.append))
    rulebases, queries = tuple(by for by, _ in found), tuple(query for _, query in found)
    return Several(queries, rulebases, tuple(faults), written)


def _read(
    read: Read, written: Sequence[str], report: Callable[[Fault], None]
) -> Iterator[tuple[RuleBase, Query]]:
    """Read one link after another; those with the same answers only once, on whatever basis."""
    earlier: dict[str, tuple[int, Query]] = {}
    for number, link in enumerate(written, start=1):
        place = in_query(f"link {number}")
        raw = _answers_of(link)
        if raw is None:
            message = f"{shown(link)} is no link to a recommendation"
            report(Fault(place, "no-recommendation", message, "one such link a line"))
            continue
        rulebase, reading = read(address_form(raw))
        for fault in reading.faults:
            path = fault.place.path
            report(replace(fault, place=in_query(f"link {number}, {path}") if path else place))
        asked = reading.query
        query = Query(asked.answers, asked.basis, asked.edition, project=asked.project)
        if not query.answers.said():
            message = "it holds no answer that could be used"
            report(Fault(place, "no-answers", message, "a link with answers in it"))
            continue
        same = query_string(Query(query.answers, edition=query.edition))
        if same in earlier:
            first, other = earlier[same]
            code, apart, why = "same-answers", "", ""
            if query.basis is not other.basis:
                code, apart = "other-basis", " on another basis"
                why = ", as all are looked at on one basis; "
                why += f"the page of link {first} says what the other basis changes"
            message = f"it has the same answers as link {first}{apart}, and is left out{why}"
            report(Fault(place, code, message))
            continue
        earlier[same] = number, query
        yield rulebase, query


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


HEAD = "# This project's answers, and the recommendations it accepts: see `advisor check`."
LEADERS = "leaders"
NO_REMARKS: Mapping[str, str] = MappingProxyType({})


def answers_file(
    query: Query,
    recommendation: Recommendation | None = None,
    head: str = HEAD,
    remarks: Mapping[str, str] = NO_REMARKS,
) -> str:
    """Write a query as YAML that reads as the same query, but for what a questionnaire asked.

    Where a query expects nothing, the file accepts who is recommended, if anybody is. The head is
    its first line; remarks stand behind the answers to the questions that they are about.

    Example: `answers:`, `  goal: research`, `accept:`, `  leaders: [ash]`, one below the other.
    """
    expect = query.expect
    if not expect and recommendation and recommendation.verdict.recommends:
        expect = Expectation(frozenset(recommendation.leaders))
    said: dict[str, list[str]] = defaultdict(list)
    for key, value in query_pairs(query, {"project"}):
        is_switch = SETTING_TYPES.get(key, (str,))[0] is bool
        said[key].append("true" if is_switch else _scalar(value))
    answers = {key: said.pop(key) for key in sorted(query.answers.said())}
    first: dict[str, list[str]] = {k: said.pop(k) for k in ("project", "edition") if k in said}
    accept: dict[str, list[str]] = defaultdict(list)
    for each in expect.words() if expect else ():
        word, _, value = each.partition(":")
        if word in EXPECT_WORDS:
            accept[word].append(value)
        else:  # a framework, or a plan of two
            accept[LEADERS].append(_scalar(each))
    lines = [head, *_lines(first), "answers:" if answers else "answers: {}"]
    lines += [*_lines(answers, "  ", remarks), *_lines(said)]
    lines += [f"{ACCEPT}:", *_lines(accept, "  ")] if accept else []
    return "\n".join(lines) + "\n"


def _lines(
    values: Mapping[str, list[str]], indent: str = "", remarks: Mapping[str, str] = NO_REMARKS
) -> Iterator[str]:
    for key, texts in values.items():
        several = len(texts) > 1 or key in LISTS or key == LEADERS
        written = f"{indent}{key}: " + (f"[{', '.join(texts)}]" if several else texts[0])
        yield f"{written}  # {remarks[key]}" if key in remarks else written


def _scalar(text: str) -> str:
    """Write a text as it is, or in quotes where YAML could take it for something else."""
    taken = text in TRUE_OR_FALSE or text in BOOLEANS or text in NULLS
    bare = re.fullmatch("[a-z][a-z0-9-]*", text) and not taken
    return text if bare else json.dumps(text, ensure_ascii=False)
