"""How sure the answer is: its margin, what it withstands, and what could still change it."""

from collections.abc import Iterator

from pydantic import Field

from advisor.model.recommendation import OpenQuestion, Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.changes import leaders_in_words
from advisor.output.headline import firmness, sums_in_words, verdict_word
from advisor.output.words import counted
from advisor.web.views.page import Link, View
from advisor.web.views.recommendation.changing import mark_link
from advisor.web.views.recommendation.telling import Telling

UNSURE = "What you are not sure of"
ALONE = "Still open, and one answer alone could change who leads"
TOGETHER = "Still open, but no answer to one of these alone changes who leads"


class OpenRow(View):
    """A question that waits for an answer."""

    question: str = Field(description="The question.")
    brings: str = Field(description="Who else an answer could make lead; empty if it goes unsaid.")
    address: str = Field(description="The address at which it can be answered.")


class OpenGroup(View):
    """Open questions that can do the same."""

    title: str = Field(description="What they can do.")
    rows: tuple[OpenRow, ...] = Field(description="The questions, in written order.")


class Sureness(View):
    """How sure the answer is."""

    sentences: tuple[str, ...] = Field(description="The margin and what it withstands.")
    marks: tuple[Link, ...] = Field(description="Marks of importance that would change it.")
    open: tuple[OpenGroup, ...] = Field(description="Questions that wait for an answer.")


def sureness(telling: Telling) -> Sureness:
    """Tell how sure the answer is."""
    rulebase, told = telling.rulebase, telling.recommendation
    marks = telling.explanation.marks
    return Sureness(
        sentences=tuple(_sentences(rulebase, told)),
        marks=tuple(mark_link(rulebase, telling.query, mark) for mark in marks),
        open=tuple(_groups(telling)),
    )


def _sentences(rulebase: RuleBase, told: Recommendation) -> Iterator[str]:
    """Say what the verdict means here, and what the answer withstands."""
    yield _verdict(rulebase, told)
    yield from firmness(rulebase, told)
    yield settled_in_words(told)


def _verdict(rulebase: RuleBase, told: Recommendation) -> str:
    """Say what makes the verdict what it is."""
    word = verdict_word(told)
    close = counted(rulebase.margins.close, "point")
    match told.verdict:
        case Verdict.NONE:
            return "Nothing can be recommended while every one of them is ruled out."
        case Verdict.OPEN:
            return "Nothing is recommended before a leader has a reason of two points or more."
        case Verdict.TIE:
            return f"{word}. {sums_in_words(told)}"
        case Verdict.CLOSE | Verdict.CLEAR if told.margin is None:
            return f"{word}: nothing else has a reason of its own."
        case Verdict.CLOSE:
            margin = counted(told.margin or 0, "point")
            return f"{word}: the lead is {margin}, and up to {close} count as close."
        case Verdict.CLEAR:
            margin = counted(told.margin or 0, "point")
            return f"{word}: the lead is {margin}, and only up to {close} count as close."


def settled_in_words(told: Recommendation) -> str:
    """Say what further answers could change."""
    if not told.open_questions:
        return "Everything that could matter is answered."
    if told.settled.lead and told.settled.plan:
        return "Settled: no answer to the questions still open can change the lead or the plan."
    if told.settled.lead:
        return "The lead is settled: further answers can change the plan, not who leads."
    return "Not settled: questions that are still open could change it."


def _groups(telling: Telling) -> Iterator[OpenGroup]:
    """Yield the open questions, those that somebody wondered about first."""
    waiting = telling.recommendation.open_questions
    for title, items in (
        (UNSURE, [item for item in waiting if item.unsure]),
        (ALONE, [item for item in waiting if item.matters and not item.unsure]),
        (TOGETHER, [item for item in waiting if not item.matters and not item.unsure]),
    ):
        if items:
            yield OpenGroup(title=title, rows=tuple(_row(telling, item) for item in items))


def _row(telling: Telling, item: OpenQuestion) -> OpenRow:
    return OpenRow(
        question=telling.rulebase.questions[item.question].title,
        brings=_brings(telling, item),
        address=telling.changes[item.question],
    )


def _brings(telling: Telling, item: OpenQuestion) -> str:
    """Say who else could lead after an answer."""
    if not item.matters:
        return "Finding out alone would not change who leads." if item.unsure else ""
    found = [leaders_in_words(telling.rulebase, leaders) for leaders in item.leaders]
    return f"Could bring {', or '.join(found)}."
