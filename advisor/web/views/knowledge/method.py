"""The page that says how it scores: in plain words, with the numbers that the rules set."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from advisor.engine.bias import Bias
from advisor.model.admissibility import EVIDENCE_CAP, FULL_CAP, STATUS_CAP, STOPPING
from advisor.model.answers import MAX_IMPORTANT
from advisor.model.knowledge import Basis, Evidence, Status
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import Margins, RuleBase
from advisor.output.headline import VERDICT_WORDS
from advisor.output.words import EVIDENCE_WORDS, SMALL_NUMBERS, STATUS_WORDS, counted, listed
from advisor.web.views.knowledge.leaning import Leaning, leanings
from advisor.web.views.page import Link, Page, Shell, View

ALONE = "Where nothing else has a reason of its own, the points of the plan count as its lead."


class CapRow(View):
    """What a claim may carry."""

    words: str = Field(description="How it stands, or what shows it.")
    points: str = Field(description="The most points that it may carry then.")


class ExceptionRow(View):
    """A rule whose points leave the rubric."""

    rule: Link = Field(description="The rule.")
    because: str = Field(description="Why.")


class VerdictRow(View):
    """One of the verdicts."""

    word: str = Field(description="What it is called.")
    meaning: str = Field(description="When it is given.")


class MethodPage(Page):
    """Says how it scores."""

    template: ClassVar[str] = "pages/method.html"

    section: str = Field(description="Its place in the list of the pages of knowledge.")
    rules: int = Field(description="How many rules there are.")
    questions: int = Field(description="How many questions there are.")
    most_marks: str = Field(description="How many questions can count double, in words.")
    full: int = Field(description="The most points that any claim may carry.")
    switches: tuple[str, ...] = Field(description="When a role falls away, in sentences.")
    exceptions: tuple[ExceptionRow, ...] = Field(description="Rules that leave the rubric.")
    by_status: tuple[CapRow, ...] = Field(description="What a claim may carry by its standing.")
    by_evidence: tuple[CapRow, ...] = Field(description="What it may carry by what shows it.")
    stopping: str = Field(description="What has to show a claim that rules something out.")
    verdicts: tuple[VerdictRow, ...] = Field(description="The verdicts, in order.")
    ways: str = Field(description="How many sets of answers there are; empty until counted.")
    leanings: tuple[Leaning, ...] = Field(description="How the rules lean; none until counted.")


def method_page(rulebase: RuleBase, shell: Shell, found: Mapping[Basis, Bias] | None) -> MethodPage:
    """Make the page.

    Args:
        rulebase: what it scores with.
        shell: the frame of the page.
        found: how the rule base leans on each basis; None while that is being worked out.
    """
    counted_out = found or {}
    totals = {bias.total for bias in counted_out.values()}
    return MethodPage(
        shell=shell,
        title="How it scores",
        description="From answers to points to a verdict, and how the rules lean over all answers.",
        section="/method",
        rules=len(rulebase.rules),
        questions=len(rulebase.questions),
        most_marks=SMALL_NUMBERS[MAX_IMPORTANT],
        full=FULL_CAP,
        switches=tuple(switch.text for switch in rulebase.switches.values()),
        exceptions=_exceptions(rulebase),
        by_status=tuple(_cap(STATUS_WORDS[s], STATUS_CAP.get(s, 0)) for s in Status),
        by_evidence=tuple(_cap(EVIDENCE_WORDS[e], EVIDENCE_CAP[e]) for e in Evidence),
        stopping=listed([EVIDENCE_WORDS[e] for e in Evidence if e in STOPPING], "or"),
        verdicts=_verdicts(rulebase.margins),
        ways="".join(f"{total:,}" for total in totals),
        leanings=leanings(rulebase, counted_out),
    )


def _exceptions(rulebase: RuleBase) -> tuple[ExceptionRow, ...]:
    return tuple(
        ExceptionRow(
            rule=Link(label=rule.text, address=f"/rules/{rule.id}"), because=rule.weight_because
        )
        for rule in rulebase.rules.values()
        if rule.weight_because
    )


def _cap(words: str, points: int) -> CapRow:
    return CapRow(words=words, points=str(points) if points else "does not count")


def _verdicts(margins: Margins) -> tuple[VerdictRow, ...]:
    """Say when each verdict is given, in the order in which they are tried."""
    tie = f"at most {counted(margins.tie, 'point')} behind" if margins.tie else "with equal points"
    close = counted(margins.close, "point")
    meanings = {
        Verdict.NONE: "Every one of them is ruled out.",
        Verdict.OPEN: "Too little is answered: no single reason for a leader weighs two points.",
        Verdict.TIE: f"Several lead, {tie}; all of them are named, none is first.",
        Verdict.CLOSE: f"One leads by {close} or less. {ALONE}",
        Verdict.CLEAR: f"One leads by more than {close}.",
    }
    return tuple(
        VerdictRow(word=VERDICT_WORDS[verdict], meaning=meaning)
        for verdict, meaning in meanings.items()
    )
