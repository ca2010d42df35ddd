"""The tools that coding agents are offered: each says little in words, and the rest as data.

A tool takes what a body of the interface for programs holds, and gives words for a reader and
data in the form of its schema.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from advisor.editions.edition import Shelf
from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.errors import AnswersError, Fault, Place
from advisor.model.recommendation import Plan, Recommendation, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output import words
from advisor.output.changes import changes_in_words
from advisor.output.headline import MOST_REASONS, headline, how_sure
from advisor.output.json import encoded, expected, findings_json, questions_json
from advisor.output.schemas import REFERENCE, body_schema, schemas
from advisor.output.text import findings_text
from advisor.query.fields import Guesses, InBody, data_form, harmless, one_of, shown
from advisor.query.query import Query
from advisor.query.write import PATHS, address, query_string
from advisor.scan.detect import answers_of
from advisor.scan.scan import scan
from advisor.scan.tree import pasted

MOST_FILES = 500
"""How many files can be scanned at once."""

Json = dict[str, Any]

FILES: Json = {
    "type": "object",
    "maxProperties": MOST_FILES,
    "additionalProperties": {"type": "string"},
}


TAKEN = frozenset({"answers", "important", "without", "one_tool", "basis", "edition", "project"})
"""What a tool takes that recommends."""
OF_RESULT = ("leaders", "verdict", "margin", "settled", "ignored", "edition", "next_question")
"""What is told of a result just as it stands there."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim that a reason rests on, and where it can be read."""

    claim: str
    """Its id: it lives at `/claims/` and this."""
    text: str
    source: str
    """The title of what it is taken from."""
    address: str
    """Where the source is; empty where it is no page."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation in short: parts of the result, and what a reader needs besides."""

    answer: str
    """Who is recommended, as a person would say it."""
    how_sure: str
    """The verdict, and the sentence that gives its reason."""
    plans: tuple[Plan, ...]
    """The leaders' plans."""
    citations: tuple[Citation, ...]
    """Every claim that the reasons of the plans name."""
    read_on: str
    """Where everything can be read: a page of the site, below its address."""


@dataclass(frozen=True, slots=True)
class AgentTool:
    """Something that an agent may call."""

    name: str
    description: str
    takes: Json
    """The JSON Schema of its arguments."""
    gives: Json
    """The JSON Schema of its data; empty where its data have none."""
    call: Callable[[Mapping[str, Any]], tuple[str, Json]]
    """Answers arguments with words and data; raises AnswersError where they cannot be used."""


@lru_cache(maxsize=4)
def tools_of(shelf: Shelf, origin: str = "", edition: str | None = None) -> dict[str, AgentTool]:
    """Return the tools over a shelf, by name.

    Origin is the address of the site, if any. The edition, a word of the shelf, answers where a
    call names none.
    """
    tellers = _Tellers(shelf, origin, edition)
    rulebase = tellers.rulebase
    body = body_schema(rulebase, shelf.words)
    keys = body["properties"]

    def takes(*needs: str) -> Json:
        left = {name: schema for name, schema in keys.items() if name in TAKEN.union(needs)}
        return body | {"properties": left, "required": [*needs]}

    listed = (
        AgentTool(
            "questions",
            "List the questions about a project and the ids of their choices. Start here.",
            body | {"properties": {"edition": keys["edition"]}},
            _whole("Questions"),
            tellers.questions,
        ),
        AgentTool(
            "recommend",
            f"{rulebase.tagline} Takes the answers that you know, by question; leave out what you "
            "do not know. Gives who leads, how surely, and why, each reason with its sources.",
            takes("answers"),
            _whole("Advice"),
            tellers.recommend,
        ),
        AgentTool(
            "explain",
            "Say for the same answers why each of the others does not lead, and which answers "
            "would change that.",
            takes("answers"),
            _whole("ExplainedResult"),
            tellers.explain,
        ),
        AgentTool(
            "scan",
            "Say which answers the files of a project suggest, with file and line. Takes texts of "
            "manifests, lock files and sources by their paths. Let a person confirm the answers.",
            body | {"properties": {"files": FILES}, "required": ["files"]},
            {},
            tellers.scan,
        ),
        AgentTool(
            "check",
            "Say whether the answers still lead to what was decided, which `expect` names.",
            takes("answers", "expect"),
            _whole("Expected"),
            tellers.check,
        ),
    )
    return {tool.name: tool for tool in listed}


class _Tellers:
    """What the tools say, by one edition unless a call names another."""

    def __init__(self, shelf: Shelf, origin: str, edition: str | None) -> None:
        self.shelf, self.origin, self.edition = shelf, origin, edition
        self.rulebase = shelf.rulebase(edition)

    def questions(self, arguments: Mapping[str, Any]) -> tuple[str, Json]:
        """List the questions."""
        rulebase, _, _ = self._asked(arguments, {"edition"})
        lines = [
            f"{asked.id} ({'several' if asked.multiple else 'one'}): {asked.title} "
            f"{', '.join(choice.id for choice in asked.choices)}"
            for asked in rulebase.questions.values()
        ]
        told = f"{len(lines)} questions. Call `recommend` with the answers you know.\n"
        return told + "\n".join(lines), json.loads(questions_json(rulebase))

    def recommend(self, arguments: Mapping[str, Any]) -> tuple[str, Json]:
        """Recommend in short."""
        rulebase, query, result = self._asked(arguments)
        plans = leading_plans(result.standings)
        reasons = [reason for plan in plans for reason in plan.reasons]
        names = dict.fromkeys(name for reason in reasons for name in reason.claims)
        cited = {name: _citation(rulebase, name) for name in names}
        advice = Advice(
            answer=headline(rulebase, result),
            how_sure=how_sure(rulebase, result),
            plans=plans,
            citations=tuple(cited.values()),
            read_on=self._address(query),
        )
        lines = [f"{advice.answer}. {advice.how_sure}"]
        for reason in sorted(reasons, key=lambda each: -abs(each.points))[:MOST_REASONS]:
            sources = "; ".join(dict.fromkeys(cited[name].source for name in reason.claims))
            lines.append(f"{reason.points:+d} {words.ended(reason.text)} [{sources}]")
        if result.next_question:
            title = rulebase.questions[result.next_question].title
            lines.append(f"Find out next: {result.next_question}: {title}")
        data = encoded({name: getattr(result, name) for name in OF_RESULT}) | encoded(advice)
        return "\n".join([*lines, self._read_on(query)]), data

    def explain(self, arguments: Mapping[str, Any]) -> tuple[str, Json]:
        """Say why the others do not lead."""
        rulebase, query, result = self._asked(arguments)
        explanation = explain(rulebase, result)
        lines = [f"{headline(rulebase, result)}."]
        for standing in result.standings:
            if other := explanation.others.get(standing.framework):
                name = rulebase.frameworks[standing.framework].name
                changes = " ".join(changes_in_words(rulebase, query.answers, other))
                lines.append(f"{name}: {words.place_in_words(standing)}. {changes}")
        data = encoded(explanation)
        return "\n".join([*lines, self._read_on(query)]), data

    def scan(self, arguments: Mapping[str, Any]) -> tuple[str, Json]:
        """Say which answers files suggest."""
        files = arguments.get("files")
        if (
            not isinstance(files, dict)
            or arguments.keys() != {"files"}
            or not 0 < len(files) <= MOST_FILES
            or not all(isinstance(text, str) for text in files.values())
        ):
            message = "'files' has to hold texts by the paths of their files"
            expected = f"1 to {MOST_FILES} texts, and nothing else"
            raise AnswersError([Fault(Place("arguments"), "wrong-type", message, expected)])
        found = scan(self.rulebase, pasted(files))
        query = Query(answers=answers_of(found.findings))
        result = recommend(self.rulebase, query.answers)
        link = address(f"{self.origin}/questions", query)
        text = findings_text(self.rulebase, found, result, link)
        text += "Call `recommend` with the answers that are confirmed."
        return text, findings_json(found, result, link)

    def check(self, arguments: Mapping[str, Any]) -> tuple[str, Json]:
        """Say whether what is expected is so."""
        rulebase, query, result = self._asked(arguments, {*TAKEN, "expect"})
        if not query.expect:
            message, wanted = "nothing is expected", "'expect', such as a framework's id"
            raise AnswersError([Fault(Place("arguments"), "missing-key", message, wanted)])
        told = expected(rulebase, query.expect, result)
        met = "As expected" if told.met else "Not as expected"
        return f"{met}. {told.message}\n{self._read_on(query)}", encoded(told)

    def _asked(
        self, arguments: Mapping[str, Any], taken: Collection[str] = TAKEN
    ) -> tuple[RuleBase, Query, Recommendation]:
        # Whatever nothing would look at is said, as are answers that cannot be used. Of `one_tool`
        # the spelling of addresses, `one-tool`, is read as well.
        guesses, expected = Guesses(), one_of(sorted(taken))
        faults = [
            Fault(Place("arguments", path=harmless(key)), "unused-key",
                  f"nothing here looks at {shown(key)}", expected, guesses.nearest(key, taken))
            for key in arguments
            if key.replace("-", "_") not in taken
        ]  # fmt: skip
        if faults:
            raise AnswersError(faults)
        named = {"edition": self.edition} if self.edition else {}
        rulebase, reading = self.shelf.read(data_form(named | dict(arguments), InBody()))
        query = reading.strict()
        result = recommend(rulebase, query.answers, query.basis, query.asked)
        return rulebase, query, result

    def _address(self, query: Query) -> str:
        written = query_string(query)
        return f"{self.origin}{PATHS['page']}?{written}" if written else f"{self.origin}/"

    def _read_on(self, query: Query) -> str:
        if self.origin:
            return f"Read on: {self._address(query)}"
        return f"Read on: advisor recommend --query '{query_string(query)}'"


def _citation(rulebase: RuleBase, name: str) -> Citation:
    claim = rulebase.claims[name]
    source = rulebase.sources[claim.source]
    return Citation(name, claim.text, source.title, source.url)


def _whole(name: str) -> Json:
    """Return the schema of a noun with those that it refers to."""
    every, needed, waiting = dict(schemas(Advice)), dict[str, Json](), [name]
    fields = {each: every["Result"]["properties"][each] for each in OF_RESULT}
    fields |= every["Advice"]["properties"]
    every["Advice"] = every["Advice"] | {"properties": fields, "required": [*fields]}
    before, after = REFERENCE.format(model=""), "#/$defs/"
    while waiting:
        if (noun := waiting.pop()) not in needed:
            text = json.dumps(every[noun])
            needed[noun] = json.loads(text.replace(before, after))
            waiting += [part.split('"')[0] for part in text.split(before)[1:]]
    return needed.pop(name) | {"$defs": needed}
