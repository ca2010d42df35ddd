"""All addresses of the site: where each link of the questionnaire, of a result and of a page leads.

All state is in the query string, and this file alone decides what a link carries along:

    result(query)               /recommendation?goal=research&basis=documents
    change(query, "goal", [])   /ask/goal?goal=research&basis=documents
    address_of(rulebase, rule)  /rules/r12

Where files were scanned, their places (`seen`) go along through the questions to the first result;
what leads on from there to other results leaves them behind.

A question whose own name is among `asked` was sent off by its form: links to a question leave it
out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from advisor.engine.compare import taking_over
from advisor.engine.whatif.counterfactuals import answers_after
from advisor.model.answers import Answers
from advisor.model.explanation import Counterfactual
from advisor.model.knowledge import Basis, Claim, Disagreement, Source, Subject, Tool
from advisor.model.recommendation import Otherwise
from advisor.model.rulebase import Framework, Question, RuleBase, Scenario
from advisor.model.rules import Cost, Edge, Migration, Note, Rule, Step
from advisor.query.query import Query
from advisor.query.write import KEPT, PATHS, VIEW_KEYS, address, several_string

RECORD_PATH, BADGE_PATH, CARD_PATH = PATHS["record"], PATHS["badge"], PATHS["card"]
AGENTS_PATH = "/mcp"
BATCH_PATH = f"{PATHS['api']}:batch"

EMBED_PATH = f"{PATHS['page']}/embed"

PICTURES = frozenset({BADGE_PATH, CARD_PATH})
"""What other sites may show on their pages."""

RESULT_KEEPS = VIEW_KEYS - {"back"}
"""Keys that belong to the page of a result, besides the answers."""

Thing = (
    Claim | Cost | Disagreement | Edge | Framework | Migration | Note | Question | Rule | Scenario
    | Source | Step | Subject | Tool
)  # fmt: skip
"""What has a place of its own."""

PLACES: Mapping[type, str] = {
    Claim: "/claims/{0.id}",
    Source: "/sources/{0.id}",
    Framework: "/frameworks/{0.id}",
    Rule: "/rules/{0.id}",
    Cost: "/rules/{0.id}",
    Question: "/ask/{0.id}",
    Subject: "/tradeoffs?subject={0.id}",
    Tool: "/tools#tool-{0.id}",
    Disagreement: "/disagreements#{0.id}",
    Note: "/frameworks#note-{0.id}",
    Edge: "/frameworks/{0.builder}#edge-{0.id}",
    Migration: "/frameworks/{0.to}#migration-{0.id}",
}
"""The addresses of things, by their type."""


def _address(path: str, keep: Collection[str], query: Query) -> str:
    # What was skipped and answered later counts as skipped no longer.
    if not query.asked.isdisjoint(said := query.answers.said()):
        query = replace(query, asked=query.asked - said)
    return address(path, query, keep)


# The addresses of pages for a query. `result` tells what was skipped as well, `shared` is the link
# worth sharing, `next_question` leads on to whatever is asked next, `changes` tells all that would
# change the result, `grounds` how sure it is and what the documents say, and `keep` has what can be
# copied elsewhere.
home = partial(_address, "/", VIEW_KEYS)
next_question = partial(_address, "/ask", VIEW_KEYS)
all_questions = partial(_address, "/questions", RESULT_KEEPS)
result = partial(_address, PATHS["page"], RESULT_KEEPS)
shared = partial(_address, PATHS["page"], RESULT_KEEPS - {"asked"})
changes = partial(_address, "/changes", RESULT_KEEPS)
grounds = partial(_address, "/grounds", RESULT_KEEPS)
keep = partial(_address, "/keep", RESULT_KEEPS)
trace = partial(_address, "/trace", KEPT)
card = partial(_address, CARD_PATH, KEPT)
embed = partial(_address, EMBED_PATH, KEPT)


def pinned(address: str, edition: str) -> str:
    """Return an address that names an edition, or as it is where none is given."""
    if not edition:
        return address
    path, mark, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}edition={edition}{mark}{fragment}"


def address_of(rulebase: RuleBase, thing: Thing) -> str:
    """Return the address of a thing: its page, or its anchor on the page where it stands.

    A next step stands with the framework that needs it, or that builds; an example project is a
    recommendation.
    """
    match thing:
        case Step():
            owner = thing.framework or rulebase.edges[thing.edge].builder
            return f"/frameworks/{owner}#step-{thing.id}"
        case Scenario():
            given = {name: frozenset(choices) for name, choices in thing.answers.items()}
            return result(Query(answers=Answers(given=given)))
    return PLACES[type(thing)].format(thing)


def question(query: Query, name: str) -> str:
    """Return the address of a question, as it is before anything is sent off."""
    if name in query.asked:
        query = replace(query, asked=query.asked - {name})
    return sent_question(query, name)


def sent_question(query: Query, name: str) -> str:
    """Return the address of a question that was sent off and comes back."""
    return _address(f"/ask/{name}", VIEW_KEYS, query)


def skip(query: Query, name: str) -> str:
    """Return the address that goes on without an answer to a question."""
    left = taking_over(query.answers, Answers(), [name])
    return next_question(replace(query, answers=left, asked=query.asked | {name}))


def change(query: Query, name: str) -> str:
    """Return the address at which an answer can be changed, or given, and the result comes next."""
    return question(replace(query, back=True, seen=()), name)


def trace_on(query: Query, basis: Basis) -> str:
    """Return the address of the same on another basis."""
    return trace(replace(query, basis=basis))


def compare(queries: Iterable[Query]) -> str:
    """Return the address at which several results stand side by side."""
    written = several_string(queries)
    return f"/compare?{written}" if written else "/compare"


def on_basis(query: Query, basis: Basis) -> str:
    """Return the address of the same answers' result on another basis."""
    return _other(replace(query, basis=basis))


def otherwise(query: Query, there: Otherwise) -> str:
    """Return the address of the same answers' result, on another basis or within fewer limits."""
    query = replace(query, basis=there.basis)
    return _other(query, without=frozenset(there.without), one_tool=there.one_tool)


def edited(query: Query, edits: Counterfactual) -> str:
    """Return the address of the result after some edits of its answers."""
    return _other(replace(query, answers=answers_after(query.answers, *edits)))


def marked(query: Query, name: str) -> str:
    """Return the address of the result with a mark of importance set, or taken away."""
    return _other(query, important=query.answers.important ^ {name})


def left_out(query: Query, framework: str) -> str:
    """Return the address of the result with a framework left out, or allowed again."""
    return _other(query, without=query.answers.without ^ {framework})


def one_tool(query: Query) -> str:
    """Return the address of the result where one framework does both, or no longer has to."""
    return _other(query, one_tool=not query.answers.one_tool)


def _other(query: Query, **changes: Any) -> str:  # noqa: ANN401 - fields of answers
    return result(replace(query, answers=replace(query.answers, **changes), seen=()))


def report_address(form: str, title: str, body: str) -> str:
    """Return the address that opens a form for reports filled in; empty where there is no form.

    What the query string of the form holds already is kept.
    """
    if not form:
        return ""
    parts = urlsplit(form)
    filled_in = urlencode({"title": title, "body": body})
    query = f"{parts.query}&{filled_in}" if parts.query else filled_in
    return urlunsplit(parts._replace(query=query))


def report_body(subject: str, rules_hash: str, where: str) -> str:
    """Return what a report says before anybody has written into it; `where` has the host."""
    asked = "What is wrong, and how can that be seen?"
    return f"{subject}\nRules hash: {rules_hash}\nWhere: {where}\n\n{asked}\n"
