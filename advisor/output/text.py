"""As text: a recommendation as report and as decision record, and what a scan found.

`templates/report.txt` and `templates/record.md` say what stands where. Scores, leaders and what
would change them are read off the recommendation, never worked out again. The record escapes what
it is given by one of two filters: `escaped` for texts of the rule base, `literal` for those of the
people who ask.
"""

import datetime
import re
import string
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape

from advisor.engine.scoring.items import caps_of
from advisor.model.explanation import Explanation, Miss, RuleOutcome, Traced
from advisor.model.recommendation import Recommendation, leading_plans
from advisor.model.rulebase import Findings, FoundTool, RuleBase, Sighting, Suggestion
from advisor.output import changes, headline, words
from advisor.output.words import counted, names
from advisor.query.fields import harmless
from advisor.query.query import Query
from advisor.query.write import KEPT, answers_file, pinned_query, query_string
from advisor.scan.detect import answers_of
from advisor.scan.scan import Scan
from advisor.settings import find_settings

WIDTH = 88
"""Characters in a line; addresses and words that are longer stay whole."""

_BLANKS = re.compile(r"[ \t\n]+")

_ACTIVE = re.compile(r"[\\`*_\[\]<>&#|~$]")
"""Characters that could begin or end something in the midst of a line."""

_PUNCTUATION = re.compile("[" + re.escape(string.punctuation) + "]")

_MARKER = re.compile(r"(?P<number>\d{1,9}(?=[.)](\s|$)))|(?=[-+](\s|$))|(?=(-+|=+)\s*$)")
"""What would begin a list, or underline a heading, at the beginning of a line."""

TEMPLATES = Environment(
    # Read at once, as one that is read later could be of another version; compiled when asked for.
    loader=DictLoader(
        {path.name: path.read_text("utf-8") for path in find_settings().templates.glob("*.*")}
    ),
    autoescape=select_autoescape(("svg", "atom")),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
"""Templates of the report, the record and the badge; only the badge is escaped by itself."""


def text_report(
    rulebase: RuleBase,
    recommendation: Recommendation,
    explanation: Explanation,
    trace: Iterable[Traced] = (),
) -> str:
    """Write a recommendation out as plain text for a terminal.

    Lines have at most `WIDTH` characters where words allow it. Sources are numbered, not claims: a
    log is short. What became of every rule stands at the end, where `trace` gives it.
    """
    sources = {name: claim.source for name, claim in rulebase.claims.items()}
    context = _context(rulebase, recommendation, explanation, sources)
    return TEMPLATES.get_template("report.txt").render(context, trace=list(trace))


def _context(
    rulebase: RuleBase,
    recommendation: Recommendation,
    explanation: Explanation,
    cited_as: Mapping[str, str],
) -> dict[str, object]:
    """Return what the templates of one text read.

    `cite(["d1-2", "d0-7"])` gives `[1][2]`: what claims are cited as gets its number where the
    template first cites it, and `cited_so_far()` lists what was cited so far in that order.
    `counting(claims)` keeps the claims that count on the basis of the recommendation.
    """
    numbers: dict[str, int] = {}
    caps = caps_of(rulebase, recommendation.basis)

    def cite(claims: Iterable[str]) -> str:
        found = {numbers.setdefault(cited_as[claim], len(numbers) + 1) for claim in claims}
        return "".join(f"[{number}]" for number in sorted(found))

    return {
        "base": rulebase,
        "result": recommendation,
        "explanation": explanation,
        "plans": leading_plans(recommendation.standings),
        "cite": cite,
        "cited_so_far": lambda: list(numbers),
        "counting": lambda claims: [name for name in claims if name in caps],
    }


def trace_in_words(traced: Traced) -> str:
    """Return a rule's id and what became of it: fired, or the conditions that did not hold."""

    def missed(miss: Miss) -> str:
        if miss.unwanted:
            by = words.listed(sorted({*miss.given}.intersection(miss.unwanted))) or "no answer"
            return f"{miss.question} (kept back by {by})"
        given = words.listed(miss.given) or "nothing"
        return f"{miss.question} ({given}, not {words.listed(miss.wanted, 'or')})"

    match traced.outcome:
        case RuleOutcome.FIRED:
            points = f" ({traced.points:+d})" if traced.points else ""
            return f"{traced.rule}: fired{points}{', counts double' if traced.doubled else ''}"
        case RuleOutcome.INACTIVE:
            return f"{traced.rule}: none of its claims counts on this basis"
        case RuleOutcome.FAILED:
            tried = (words.listed([missed(miss) for miss in each]) for each in traced.misses)
            return f"{traced.rule}: failed on {' / '.join(tried)}"


def hanging(text: str, mark: str = "") -> str:
    """Wrap a text, its first line after a mark such as `* `, the others indented as deep.

    Line breaks of a template between its parts count as blanks. Each line ends with a line break.
    """
    lines = textwrap.wrap(
        _BLANKS.sub(" ", text).strip(),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{line}\n" for line in lines)


def decision_record(  # noqa: PLR0913 - all that a record tells
    rulebase: RuleBase,
    recommendation: Recommendation,
    explanation: Explanation,
    query: Query,
    link: str = "",
    *,
    day: datetime.date | None = None,
) -> str:
    """Write a decision record: CommonMark below a few lines of YAML.

    The query gives it the title of the project. At the link, an address without spaces and
    brackets, the same can be had; without one the record says by which command. The day is that of
    the edition, or else that of the facts.
    """
    plans = leading_plans(recommendation.standings)
    reasons = [reason for plan in plans for reason in plan.reasons]
    backends = [reason for plan in plans for reason in plan.backend_reasons]
    # The plans of several leaders may share a shipper, and with it what that costs.
    costs = {
        (r.points, r.role == words.EDGE or r.framework, r.doubled, r.text, r.claims): r
        for r in reasons
        if r.points < 0
    }
    return TEMPLATES.get_template("record.md").render(
        _context(rulebase, recommendation, explanation, {name: name for name in rulebase.claims}),
        query=query,
        link=link,
        again=query_string(pinned_query(query, recommendation), KEPT),
        day=day,
        reasons=reasons,
        costs=costs.values(),
        doubtful=headline.doubtful_claims(rulebase, [*reasons, *backends]),
    )


def escaped(text: str) -> str:
    """Return a text of the rule base as it reads; nothing in it means anything in Markdown."""
    return _ACTIVE.sub(r"\\\g<0>", text)


def literal(text: str) -> str:
    """Return a text from anywhere as it reads, on one line; not even an address is a link."""
    return _PUNCTUATION.sub(r"\\\g<0>", " ".join(text.split()))


def paragraph(text: str, mark: str = "") -> str:
    """Wrap a text that is Markdown already, so that no line begins something of its own.

    `paragraph("1. What?", "* ")` begins with `* 1`, a backslash, and `. What?`.
    """

    def guarded(line: str) -> str:
        found = _MARKER.match(line)
        number = (found and found["number"]) or ""
        return f"{number}\\{line[len(number) :]}" if found else line

    first, *rest = hanging(guarded(text.strip()), mark).splitlines() or [""]
    indent = " " * len(mark)
    return "\n".join([first, *(indent + guarded(line[len(mark) :]) for line in rest), ""])


def bullet(text: str) -> str:
    """Wrap a text that is Markdown already as an item of a list."""
    return paragraph(text, "* ")


def fenced(lines: str) -> str:
    """Return lines as a block of code; nothing in them can end it."""
    runs = (len(run) for run in re.findall("`+", lines))
    fence = "`" * max(3, 1 + max(runs, default=0))
    return f"{fence}\n{lines}\n{fence}"


FILTERS = (bullet, escaped, fenced, hanging, literal, paragraph)
VERBAL = (words.counted, words.ended, words.listed, words.sentence, words.signed)
TEMPLATES.filters |= {filter_.__name__: filter_ for filter_ in (*FILTERS, *VERBAL)}
TEMPLATES.globals |= {
    "changes": changes,
    "headline": headline,
    "words": words,
    "WIDTH": WIDTH,
}
TEMPLATES.globals |= {"trace_in_words": trace_in_words}


ENDED = frozenset({"deprecated", "ended", "renamed"})
"""States of a tool that a project should hear of, whatever is recommended to it."""

MOST_PLACES = 3
"""How many places are named for one answer."""

MOST_FAULTS = 20
"""How many files that were left out are named."""

SURE_WORDS = {True: "says so", False: "points to it"}


def where_seen(seen: Sighting) -> str:
    """Return where something was seen: `setup.py:12`; a file by itself where it has no lines."""
    return f"{harmless(seen.file)}:{seen.line}" if seen.line else harmless(seen.file)


def seen_in_words(seen: Sighting) -> str:
    """Return where something was seen: `setup.py, line 12`."""
    return harmless(seen.file) + (f", line {seen.line}" if seen.line else "")


def tools_worth_telling(
    rulebase: RuleBase, tools: Iterable[FoundTool], recommendation: Recommendation
) -> list[tuple[FoundTool, str]]:
    """Return the tools that have ended or stand in the way of a leading plan, with words for it."""
    plans = leading_plans(recommendation.standings)
    used = {name for plan in plans for name in (plan.lead, plan.backend, plan.shipper) if name}
    told = []
    for each in tools:
        tool, hindered = rulebase.tools[each.tool], sorted(used.intersection(each.hinders))
        if tool.status in ENDED or hindered:
            way = f" It does not go together with {names(rulebase, hindered)}." if hindered else ""
            told.append((each, f"{tool.name} ({tool.status}): {tool.text}{way}"))
    return told


def findings_text(rulebase: RuleBase, scan: Scan, recommendation: Recommendation, link: str) -> str:
    """Write what was found, with the recommendation that it would lead to, for a terminal."""
    found = scan.findings
    lines = [
        f"Looked at the names of {counted(scan.files, 'file')}, and read {scan.read or 'none'}.\n"
    ]
    if found.suggestions:
        lines.append("\nThe files suggest these answers; please confirm them:\n")
        lines += _answers(rulebase, found.suggestions)
    if found.contradictions:
        lines.append("\nHere the files contradict each other, so that the question stays open:\n")
        lines += _answers(rulebase, found.contradictions)
    if told := tools_worth_telling(rulebase, found.tools, recommendation):
        lines.append("\nAlso found:\n")
        for each, sentence in told:
            where = ", ".join(map(where_seen, each.seen[:MOST_PLACES]))
            lines.append(hanging(f"{sentence} {where} [{', '.join(each.claims)}]", "  * "))
    if found.suggestions:
        answer = headline.headline(rulebase, recommendation)
        lines.append("\n" + hanging(f"With these answers alone: {answer}."))
        lines.append(f"Go on with them at {link}\n")
    else:
        lines.append("\nThey suggest no answer.\n")
    if scan.faults:
        lines.append("\nLeft out:\n")
        lines += [hanging(f"{fault}", "  ") for fault in scan.faults[:MOST_FAULTS]]
        if more := len(scan.faults) - MOST_FAULTS:
            lines.append(f"  and {more} more; --json lists them\n" if more > 0 else "")
    return "".join(lines)


def _answers(rulebase: RuleBase, said: Sequence[Suggestion]) -> Iterator[str]:
    for each in said:
        question = rulebase.questions[each.question]
        (label,) = words.labels(rulebase, each.question, {each.choice})
        yield hanging(f"{question.title} {label} ({SURE_WORDS[each.sure]})", "  * ")
        for seen in each.seen[:MOST_PLACES]:
            yield f"      {where_seen(seen)} [{seen.detector}]\n"
        if (more := len(each.seen) - MOST_PLACES) > 0:
            yield f"      and {counted(more, 'more place')}\n"


def written_answers(findings: Findings) -> str:
    """Write the answers as a file that `advisor recommend` reads, each with its first place."""
    places: dict[str, list[str]] = defaultdict(list)
    for each in sorted(findings.suggestions, key=lambda each: each.choice):
        places[each.question].append(where_seen(each.seen[0]))
    remarks = {question: ", ".join(where) for question, where in places.items()}
    head = "# What the files say. Confirm each answer, and add what they do not say."
    return answers_file(Query(answers_of(findings)), head=head, remarks=remarks)
