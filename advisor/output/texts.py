"""The report of the command line and the decision record: templates, and what these call.

`templates/report.txt` and `templates/record.md` say what stands where. Scores, leaders and what
would change them are read off the recommendation, never worked out again.
"""

import re
import string
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from advisor.engine.trace import Miss, Outcome, Traced
from advisor.model.admissibility import counting
from advisor.model.explanation import Explanation
from advisor.model.knowledge import Claim
from advisor.model.recommendation import (
    Plan,
    PlanName,
    Reason,
    Recommendation,
    Standing,
    leading_plans,
)
from advisor.model.rulebase import RuleBase
from advisor.output import changes, headline, words
from advisor.output.words import counted, listed, plan_in_words
from advisor.settings import find_settings

WIDTH = 88
"""Characters in a line; addresses and words that are longer stay whole."""

_ACTIVE = re.compile(r"[\\`*_\[\]<>&#|~$]")
"""Characters that could begin or end something in the midst of a line of Markdown."""
_PUNCTUATION = re.compile("[" + re.escape(string.punctuation) + "]")
_MARKER = re.compile(r"(?P<number>\d{1,9}(?=[.)](\s|$)))|(?=[-+](\s|$))|(?=(-+|=+)\s*$)")
"""What would begin a list, or underline a heading, at the beginning of a line of Markdown."""
_BLANKS = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a record says of itself.

    Attributes:
        project: what the project is called; text only, from anywhere.
        link: where the same recommendation can be had; no spaces, no brackets.
        edition: the released rule base that it rests on; empty for the rule base as it is.
    """

    project: str = ""
    link: str = ""
    edition: str = ""


def text_report(
    rulebase: RuleBase,
    recommendation: Recommendation,
    explanation: Explanation,
    trace: Iterable[Traced] = (),
) -> str:
    """Write a recommendation out as plain text for a terminal.

    Args:
        rulebase: the rule base that it was made with.
        recommendation: what to write out.
        explanation: the same taken apart.
        trace: what became of every rule, where that was asked for.

    Returns:
        Lines of at most `WIDTH` characters where words allow it, ending with a line break.
    """
    settled = "No further answer can change who leads." if recommendation.settled.lead else ""
    near = changes.closeness(rulebase, recommendation, explanation)
    sure = (headline.how_sure(rulebase, recommendation), near, settled)
    return TEMPLATES.get_template("report.txt").render(
        _context(rulebase, recommendation, explanation),
        sure=" ".join(filter(None, sure)),
        trace=list(trace),
    )


def decision_record(
    rulebase: RuleBase,
    recommendation: Recommendation,
    explanation: Explanation,
    heading: Heading | None = None,
) -> str:
    """Write a decision record in Markdown, in the form of MADR.

    Args:
        rulebase: the rule base that the recommendation was made with.
        recommendation: what was decided.
        explanation: the recommendation taken apart.
        heading: what the record says of itself.

    Returns:
        CommonMark below a few lines of YAML, ending with a line break.
    """
    plans = leading_plans(recommendation.standings)
    reasons = [reason for plan in plans for reason in plan.reasons]
    backends = [reason for plan in plans for reason in plan.backend_reasons]
    # The plans of several leaders may share a shipper, and with it what that costs.
    costs = {
        (r.points, r.role == words.EDGE or r.framework, r.doubled, r.text, r.claims): r
        for r in _speaking_against(reasons)
    }
    return TEMPLATES.get_template("record.md").render(
        _context(rulebase, recommendation, explanation),
        heading=heading or Heading(),
        reasons=reasons,
        costs=costs.values(),
        doubtful=headline.doubtful_claims(rulebase, [*reasons, *backends]),
    )


def _context(
    rulebase: RuleBase, recommendation: Recommendation, explanation: Explanation
) -> dict[str, object]:
    """Return what both templates read, with the citations of one text.

    `cite` gives claims their numbers in the order in which the template cites them.
    """
    numbers: dict[str, int] = {}

    def cite(claims: Iterable[str]) -> str:
        """Return the numbers of claims as `[1][2]`; new ones get the next numbers."""
        return "".join(f"[{numbers.setdefault(claim, len(numbers) + 1)}]" for claim in claims)

    def cited_claims() -> list[Claim]:
        """Return the claims cited so far, in the order of their numbers."""
        return [rulebase.claims[name] for name in numbers]

    def counting_here(claims: Iterable[str]) -> Iterator[str]:
        """Yield those of some claims that count on the basis of the recommendation."""
        return counting(rulebase.claims, rulebase.sources, claims, recommendation.basis)

    return {
        "base": rulebase,
        "result": recommendation,
        "explanation": explanation,
        "plans": leading_plans(recommendation.standings),
        "cite": cite,
        "cited_claims": cited_claims,
        "counting": counting_here,
    }


def plans_in_words(rulebase: RuleBase, plans: Sequence[Plan | PlanName]) -> str:
    """Return plans as in a sentence; nothing where there is none."""
    return listed([plan_in_words(rulebase, plan) for plan in plans])


def place_in_words(standing: Standing) -> str:
    """Return where a framework stands: `follows, two points`."""
    score = "" if standing.score is None else f", {counted(standing.score, 'point')}"
    return f"{words.STATE_WORDS[standing.state]}{score}"


def sections_in_words(claim: Claim, quote: str) -> str:
    """Return the sections of its source that a claim stands in, in quotes of this kind."""
    return listed([f"{quote}{section}{quote}" for section in claim.sections])


def standing_in_words(claim: Claim) -> str:
    """Return whether a claim holds, and what shows it: `holds today (...; checked 3 May 2026)`."""
    shown = f"{words.evidence_in_words(claim)}; checked {words.date_in_words(claim.checked)}"
    return f"{words.STATUS_WORDS[claim.status]} ({shown})"


def trace_in_words(traced: Traced) -> str:
    """Return a rule's id and what became of it: fired, or the conditions that did not hold."""

    def missed(miss: Miss) -> str:
        given = listed(miss.given) or "nothing"
        return f"{miss.question} ({given}, not {listed(miss.wanted, 'or')})"

    match traced.outcome:
        case Outcome.FIRED:
            points = f" ({traced.points:+d})" if traced.points else ""
            return f"{traced.rule}: fired{points}{', counts double' if traced.doubled else ''}"
        case Outcome.INACTIVE:
            return f"{traced.rule}: none of its claims counts on this basis"
        case Outcome.FAILED:
            tried = " / ".join(listed([missed(miss) for miss in each]) for each in traced.misses)
            return f"{traced.rule}: failed on {tried}"


def _speaking_for(reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.points > 0]


def _speaking_against(reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.points < 0]


def escaped(text: str) -> str:
    """Return a text of the rule base as it reads; nothing in it means anything in Markdown."""
    return _ACTIVE.sub(r"\\\g<0>", text)


def literal(text: str) -> str:
    """Return a text from anywhere as it reads, on one line; not even an address is a link."""
    return _PUNCTUATION.sub(r"\\\g<0>", " ".join(text.split()))


def item(text: str, mark: str = "") -> str:
    """Wrap a text below its first line, which begins with a mark such as `* `.

    Line breaks of a template between the parts of a text count as blanks.

    Returns:
        Lines that end with a line break each.
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


def markdown_item(text: str, mark: str = "") -> str:
    """Wrap a text that is Markdown already, so that no line begins something of its own."""

    def guarded(line: str) -> str:
        found = _MARKER.match(line)
        number = (found and found["number"]) or ""
        return f"{number}\\{line[len(number) :]}" if found else line

    indent = len(mark)
    first, *rest = item(guarded(_BLANKS.sub(" ", text).strip()), mark).splitlines() or [""]
    return "\n".join([first, *(line[:indent] + guarded(line[indent:]) for line in rest)]) + "\n"


def fenced(lines: str) -> str:
    """Return lines as a block of code in Markdown; nothing in them can end it."""
    runs = (len(run) for run in re.findall("`+", lines))
    fence = "`" * max(3, 1 + max(runs, default=0))
    return f"{fence}\n{lines}\n{fence}"


TEMPLATES = Environment(
    loader=FileSystemLoader(find_settings().templates),
    autoescape=select_autoescape(("svg",)),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
)
"""Templates of texts and of the badge; in texts, Markdown is escaped by the filters named here."""

TEMPLATES.filters |= {
    **{filter_.__name__: filter_ for filter_ in (escaped, fenced, item, literal, markdown_item)},
    **{name: getattr(words, name) for name in ("counted", "ended", "listed", "sentence", "signed")},
    "speaking_for": _speaking_for,
    "speaking_against": _speaking_against,
}
TEMPLATES.globals |= {
    "changes": changes,
    "headline": headline,
    "words": words,
    "WIDTH": WIDTH,
    "place_in_words": place_in_words,
    "plans_in_words": plans_in_words,
    "sections_in_words": sections_in_words,
    "standing_in_words": standing_in_words,
    "trace_in_words": trace_in_words,
}
