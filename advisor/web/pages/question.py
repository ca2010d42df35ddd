"""What the pages of questions say, one or all, and that of answers found in files."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from advisor.engine.compare import taking_over
from advisor.engine.whatif.open_questions import asked_in_order
from advisor.errors import Fault, Place
from advisor.model.answers import MAX_IMPORTANT, WITHOUT, Answers
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import Question, RuleBase
from advisor.output.changes import LABELS
from advisor.output.text import seen_in_words, tools_worth_telling
from advisor.output.words import (
    names,
    offered,
    quoted,
    quoted_choices,
    sentence,
)
from advisor.query.fields import LONGEST_FILE, address_form, harmless, one_of, shown
from advisor.query.query import Query
from advisor.query.read import Reading
from advisor.query.write import VIEW_KEYS, query_pairs
from advisor.scan.detect import conclude, query_of
from advisor.scan.scan import Scan, reader_of
from advisor.web import urls
from advisor.web.dependencies import Asked

BLANK = "Choose an answer, or continue once more to leave this question unanswered."


def question_context(rulebase: RuleBase, asked: Asked, here: Recommendation) -> dict[str, object]:
    """Return what `pages/question.html` is given; `here` is what the answers so far lead to."""
    question, query = asked.question, asked.query
    error = ""
    if asked.sent:
        error = contradiction(question, asked.written, asked.faults) if asked.faults else BLANK

    # The way back: to the question that was answered or left blank before this one; a change has
    # come from the result.
    said = query.answers.said().difference(here.ignored)
    names = said.union(query.asked, {question.id})
    seen = asked_in_order(rulebase, query.answers, query.basis, names)
    place = seen.index(question.id)
    before = replace(query, asked=query.asked - {question.id})
    earlier = urls.question(before, seen[place - 1]) if place else urls.home(before)

    # How far it is: questions left blank before do not come again, and after a change none comes.
    blank = query.asked - {question.id}
    left = [q.question for q in here.open_questions if not q.unsure and q.question not in blank]
    left = [] if query.back else left

    # How far it is to a first answer, while only questions are asked that decide most.
    first = {each.id for each in rulebase.questions.values() if each.first}
    early = [name for name in left if name in first] if names <= first else []

    others = taking_over(query.answers, Answers(), [question.id])
    carried = replace(query, answers=others, asked=query.asked | {question.id})
    return {
        "faults": asked.other_faults if error else asked.faults + asked.other_faults,
        "back": urls.result(before) if query.back else earlier,
        "counted": len(said),
        "left": len(left),
        "early": early,
        "action": "/ask" if error == BLANK else f"/ask/{question.id}",
        "hidden": query_pairs(carried, VIEW_KEYS),
        "error": error,
        "asked": asked,
        "here": here,
        "files": FilesSay(rulebase, query, here),
    }


def questions_context(
    rulebase: RuleBase, found: Reading, here: Recommendation
) -> dict[str, object]:
    """Return what `pages/questions.html` is given; contradictions stand beside their questions."""
    written = {field.key: {value.text for value in field.values} for field in found.form.fields}
    errors = {}
    for name, question in rulebase.questions.items():
        if faults := [fault for fault in found.faults if fault.place.path == name]:
            errors[name] = contradiction(question, written.get(name, ()), faults)
    return {
        "faults": [fault for fault in found.faults if fault.place.path not in errors],
        "errors": errors,
        "written": written,
        "answers": found.query.answers,
        "marked": written.get("important", ()),
        "hidden": query_pairs(replace(found.query, answers=Answers()), urls.RESULT_KEEPS),
        "one_by_one": urls.next_question(found.query),
        "here": here,
        "files": FilesSay(rulebase, found.query, here),
    }


class FilesSay:
    """What scanned files say about the answers.

    Attributes:
        places: where they say what, in words, by question and choice:
            `{("goal", "research"): "setup.py, line 12"}`.
        agreed: how many questions they answer.
        open: the questions on which they contradict each other.
        tools: tools that have ended or stand in the way, with words for it.
    """

    def __init__(self, rulebase: RuleBase, query: Query, here: Recommendation) -> None:
        """Conclude it from the places that a query carries."""
        found = conclude(rulebase, query.seen)
        said = (*found.suggestions, *found.contradictions)
        self.places = {(s.question, s.choice): seen_in_words(s.seen[0]) for s in said}
        self.agreed = len({each.question for each in found.suggestions})
        self.open = sorted({each.question for each in found.contradictions})
        self.tools = tools_worth_telling(rulebase, found.tools, here)


def quoted_answer(rulebase: RuleBase, chosen: Collection[str], name: str) -> str:
    """Return what was said to a question: `“Phones” and “Servers”`; empty where nothing was.

    Of a constraint, by its key, what was left out, or `yes`.
    """
    if name in LABELS:
        return names(rulebase, sorted(chosen)) if name == WITHOUT else "yes" * bool(chosen)
    return quoted_choices(rulebase, name, chosen)


def can_be_marked(question: Question, important: Collection[str]) -> bool:
    """Say whether a question can be marked to count double: no more others are than may."""
    return question.id in important or len(important) < MAX_IMPORTANT


def contradiction(question: Question, written: Collection[str], faults: Iterable[Fault]) -> str:
    """Say what to do about the values written for a question, with which something is wrong."""
    alone = [choice.label for choice in offered(question)[1] if choice.id in written]
    if alone:
        return f"'{alone[0]}' is given with another answer. Choose it alone, or take it back."
    return " ".join(fault_in_words(fault, question) for fault in faults)


def fault_in_words(fault: Fault, question: Question | None = None) -> str:
    """Say what is wrong and what would have been right; the nearest name beats a long list.

    What is wrong with the answer to a question is told by the labels that people see, not by ids.
    """
    message, expected, near = fault.message, fault.expected, f"'{fault.nearest}'"
    # Where the key itself means nothing, what was written is told.
    if question and fault.code not in {"unused-key", "unknown-key"}:
        called = {choice.id: choice.label for choice in chain(*offered(question))}
        called[question.id] = question.label
        message, expected, near = (
            re.sub(
                f"'(?:{question.id}:)?([a-z0-9-]+)'",
                lambda found: quoted(called[found[1]]) if found[1] in called else found[0],
                text,
            )
            for text in (message, expected, near)
        )
        if expected.startswith("one of ") and "," in expected:  # a list of all ids
            expected = "one of those offered"
    if fault.nearest:
        return f"{sentence(message)} Did you mean {near}?"
    return sentence(message) + (f" Expected: {expected}." if expected else "")


NAME, TEXT = "name", "text"
MOST_FILES = 20

KNOWN = ("requirements.*txt", "pyproject.toml", "setup.py", "environment.yml", "package.json",
         "Dockerfile", "a source file in Python", "a notebook")  # fmt: skip
"""Some of the files that can be read, as people know them."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Files as a form sends them."""

    rows: tuple[tuple[str, str], ...]
    """The name and the text of each, usable or not."""
    files: Mapping[str, str]
    """The texts that can be read, by the names of their files."""
    faults: tuple[Fault, ...]


def read_pasted(body: bytes) -> Pasted:
    """Read the body of a form with a `name` and a `text` for each file; empty pairs are left out.

    Example: `name=setup.cfg&text=%5Bmetadata%5D`.
    """
    form = address_form(body)
    faults = list(form.faults)
    values: dict[str, list[str]] = {NAME: [], TEXT: []}
    for field in form.fields:
        if field.key in values:
            values[field.key] = [value.text for value in field.values]
        else:
            message = f"nothing here looks at {shown(field.key)}"
            faults.append(Fault(Place("form"), "unknown-key", message, one_of((NAME, TEXT))))
    if len(values[NAME]) != len(values[TEXT]):
        message = f"there are {len(values[NAME])} names and {len(values[TEXT])} texts"
        faults.append(Fault(Place("form"), "unpaired", message, "a name for each text"))
    pairs = [(name.strip(), text) for name, text in zip(values[NAME], values[TEXT], strict=False)]
    rows = tuple((name, text) for name, text in pairs if name or text.strip())
    files: dict[str, str] = {}
    for number, (name, text) in enumerate(rows, start=1):
        place = Place(harmless(name) or f"file {number}")
        if fault := _unusable(name, text, files, place):
            faults.append(fault)
        else:
            files[name] = text
    if not rows:
        message = "there is no file to read"
        faults.append(Fault(Place("form"), "no-files", message, "a name and a text"))
    return Pasted(rows, files, tuple(faults))


def _unusable(name: str, text: str, files: Mapping[str, str], place: Place) -> Fault | None:
    """Say why a file cannot be read; None where it can."""
    printable = f"printable characters, at most {LONGEST_FILE}"
    wrong = (
        (not name, "no-name", "the file has no name", "one: it says how to read the file"),
        (not name.isprintable() or len(name) > LONGEST_FILE, "bad-name",
         "the name cannot be used", printable),
        (not text.strip(), "no-text", "the file is empty", "its text"),
        (name in files, "repeated-name", "two files have this name", "the path of each"),
        (len(files) == MOST_FILES, "too-many", f"there are more than {MOST_FILES} files", "fewer"),
        (not reader_of(name), "no-reader", "no file of this name can be read",
         one_of(KNOWN).replace("*", "")),
    )  # fmt: skip
    found = (Fault(place, *said) for is_wrong, *said in wrong if is_wrong)
    return next(found, None)


def scan_context(
    given: Pasted | None = None, scanned: Scan | None = None, faults: Sequence[Fault] = ()
) -> dict[str, object]:
    """Return what `pages/scan.html` is given: what was sent, and what was wrong with it."""
    return {
        "rows": given.rows if given else (),
        "wrong": (*(given.faults if given else ()), *(scanned.faults if scanned else ())),
        "faults": faults,
        "onward": query_of(scanned.findings) if scanned and says_something(scanned) else None,
        "most": MOST_FILES,
    }


def says_something(scanned: Scan) -> bool:
    """Say whether files say anything at all."""
    found = scanned.findings
    return bool(found.suggestions or found.contradictions or found.tools)
