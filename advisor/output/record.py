"""The decision record: Markdown in the form of MADR, and texts that cannot break Markdown.

`templates/record.md` says what stands where. It escapes whatever comes from outside by one of
two filters: `escaped` for texts of the rule base, `literal` for those of the people who ask.
"""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.model.explanation import Explanation
from advisor.model.recommendation import Reason, Recommendation, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output.headline import doubtful_claims
from advisor.output.text import TEMPLATES, hanging, template_context
from advisor.output.words import EDGE

_ACTIVE = re.compile(r"[\\`*_\[\]<>&#|~$]")
"""Characters that could begin or end something in the midst of a line."""

_PUNCTUATION = re.compile("[" + re.escape(string.punctuation) + "]")

_MARKER = re.compile(r"(?P<number>\d{1,9}(?=[.)](\s|$)))|(?=[-+](\s|$))|(?=(-+|=+)\s*$)")
"""What would begin a list, or underline a heading, at the beginning of a line."""


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


def decision_record(
    rulebase: RuleBase,
    recommendation: Recommendation,
    explanation: Explanation,
    heading: Heading | None = None,
) -> str:
    """Write a decision record: CommonMark below a few lines of YAML."""
    plans = leading_plans(recommendation.standings)
    reasons = [reason for plan in plans for reason in plan.reasons]
    backends = [reason for plan in plans for reason in plan.backend_reasons]
    # The plans of several leaders may share a shipper, and with it what that costs.
    costs = {
        (r.points, r.role == EDGE or r.framework, r.doubled, r.text, r.claims): r
        for r in speaking_against(reasons)
    }
    return TEMPLATES.get_template("record.md").render(
        template_context(rulebase, recommendation, explanation),
        heading=heading or Heading(),
        reasons=reasons,
        costs=costs.values(),
        doubtful=doubtful_claims(rulebase, [*reasons, *backends]),
    )


def speaking_for(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons that add points."""
    return [reason for reason in reasons if reason.points > 0]


def speaking_against(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons that take points away."""
    return [reason for reason in reasons if reason.points < 0]


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


for filter_ in (bullet, escaped, fenced, literal, paragraph, speaking_against, speaking_for):
    TEMPLATES.filters[filter_.__name__] = filter_
