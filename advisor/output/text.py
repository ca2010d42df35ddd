"""The report of the command line, and the templates that it and other texts are written with.

`templates/report.txt` says what stands where. Scores, leaders and what would change them are
read off the recommendation, never worked out again.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from advisor.engine.trace import Miss, RuleOutcome, Traced
from advisor.model.admissibility import counting
from advisor.model.explanation import Explanation
from advisor.model.knowledge import Claim
from advisor.model.recommendation import Recommendation, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output import changes, headline, words
from advisor.settings import find_settings

WIDTH = 88
"""Characters in a line; addresses and words that are longer stay whole."""

_BLANKS = re.compile(r"[ \t\n]+")

TEMPLATES = Environment(
    loader=FileSystemLoader(find_settings().templates),
    autoescape=select_autoescape(("svg",)),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
)
"""Templates of the report, the record and the badge; only the badge is escaped by itself."""


def text_report(
    rulebase: RuleBase,
    recommendation: Recommendation,
    explanation: Explanation,
    trace: Iterable[Traced] = (),
) -> str:
    """Write a recommendation out as plain text for a terminal.

    Lines have at most `WIDTH` characters where words allow it. What became of every rule stands
    at the end, where `trace` gives it.
    """
    context = template_context(rulebase, recommendation, explanation)
    return TEMPLATES.get_template("report.txt").render(context, trace=list(trace))


def template_context(
    rulebase: RuleBase, recommendation: Recommendation, explanation: Explanation
) -> dict[str, object]:
    """Return what the templates of one text read.

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


def trace_in_words(traced: Traced) -> str:
    """Return a rule's id and what became of it: fired, or the conditions that did not hold."""

    def missed(miss: Miss) -> str:
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


TEMPLATES.filters |= {"hanging": hanging, "counted": words.counted, "ended": words.ended}
TEMPLATES.filters |= {"listed": words.listed, "sentence": words.sentence, "signed": words.signed}
TEMPLATES.globals |= {"changes": changes, "headline": headline, "words": words, "WIDTH": WIDTH}
TEMPLATES.globals |= {"trace_in_words": trace_in_words}
