"""A recommendation as plain text for a terminal. Pure: everything comes in as arguments.

Scores and leaders are read off the recommendation, never worked out again.
"""

import textwrap
from collections.abc import Iterable, Iterator

from advisor.model.admissibility import counting
from advisor.model.explanation import Explanation
from advisor.model.recommendation import (
    Plan,
    Reason,
    Recommendation,
    Standing,
    State,
    leading_plans,
)
from advisor.model.rulebase import RuleBase
from advisor.output.changes import changes_in_words
from advisor.output.citations import Citations
from advisor.output.gist import ground
from advisor.output.headline import headline, how_sure
from advisor.output.sums import EDGE
from advisor.output.ways import TITLE, closeness, differences, way_as_sentence
from advisor.output.words import (
    BASIS_WORDS,
    STATE_WORDS,
    STATUS_WORDS,
    counted,
    date_in_words,
    ended,
    evidence_in_words,
    listed,
    plan_in_words,
    sentence,
)

WIDTH = 88
POINTS_WIDTH = 4

Lines = Iterator[str]


def text_report(
    rulebase: RuleBase, recommendation: Recommendation, explanation: Explanation
) -> str:
    """Write a recommendation out.

    Args:
        rulebase: the rule base that it was made with.
        recommendation: what to write out.
        explanation: the same taken apart.

    Returns:
        Lines of at most `WIDTH` characters where words allow it, ending with a line break.
    """
    report = _Report(rulebase, recommendation, explanation)
    parts: list[tuple[str, list[str]]] = [
        *((f"Why {title}", list(lines)) for title, lines in report.plans()),
        *((f"Next, for {title}", list(lines)) for title, lines in report.steps()),
        (TITLE, list(report.ways())),
        ("The others", list(report.others())),
        ("What would change it", list(report.changes())),
        ("No longer a difference", list(report.levels())),
        ("On the other basis", list(report.other_basis())),
        ("Still open", list(report.open_questions())),
        ("Answers left out", list(report.ignored())),
        ("Code that exists already", list(report.migrations())),
        ("Outside these options", list(report.notes())),
        ("Where the documents disagree", list(report.disagreements())),
    ]
    parts.append(("Sources", list(report.sources())))
    sections = [[title, *lines] for title, lines in parts if lines]
    return "\n\n".join("\n".join(lines) for lines in [report.head(), *sections]) + "\n"


class _Report:
    """The sections of one report; they share the numbers of their citations."""

    def __init__(
        self, rulebase: RuleBase, recommendation: Recommendation, explanation: Explanation
    ) -> None:
        self._base = rulebase
        self._result = recommendation
        self._explanation = explanation
        self._citations = Citations(rulebase)

    def head(self) -> list[str]:
        """Give the answer, how sure it is, and what it rests on."""
        basis = ground(self._base, self._result)
        settled = "No further answer can change who leads." if self._result.settled.lead else ""
        near = closeness(self._base, self._result, self._explanation)
        sure = " ".join(filter(None, (how_sure(self._base, self._result), near, settled)))
        paragraphs = (f"{headline(self._base, self._result)}.", sure, basis)
        return [line for text in paragraphs for line in textwrap.wrap(text, WIDTH)]

    def plans(self) -> Iterator[tuple[str, Lines]]:
        """Give each leading plan with its reasons."""
        for plan in leading_plans(self._result.standings):
            yield plan_in_words(self._base, plan), self._reasons(plan)

    def _reasons(self, plan: Plan) -> Lines:
        for reason in plan.reasons:
            yield from self._reason(reason, self._whose(reason) if plan.edge else "")
        yield f"{plan.score:>{POINTS_WIDTH}}  in all"
        for reason in plan.backend_reasons:
            yield from self._reason(reason)

    def _whose(self, reason: Reason) -> str:
        """Say whom of two a reason speaks for."""
        both = "Handing over" if reason.role == EDGE else ""
        return f"{both or self._base.frameworks[reason.framework].name}: "

    def _reason(self, reason: Reason, whose: str = "") -> Lines:
        doubled = " (counts double)" if reason.doubled else ""
        outside = " (chooses the backend, outside the sum)" if reason.role == "backend" else ""
        points = f"{reason.points:+d}".rjust(POINTS_WIDTH)
        text = f"{whose}{ended(reason.text)}{doubled}{outside}"
        return _hanging(f"{points}  ", f"{text} {self._citations.mark(reason.claims)}")

    def steps(self) -> Iterator[tuple[str, Lines]]:
        """Give for each leading plan what to do next."""
        for plan in leading_plans(self._result.standings):
            names = self._result.steps.get(plan.lead, ())
            yield plan_in_words(self._base, plan), self._steps(names)

    def _steps(self, names: Iterable[str]) -> Lines:
        for number, name in enumerate(names, start=1):
            step = self._base.steps[name]
            marks = self._citations.mark(self._counting(step.claims))
            yield from _hanging(f"{number:>{POINTS_WIDTH}}. ", f"{ended(step.text)} {marks}")
            for line in step.command.splitlines():
                yield f"{'':{POINTS_WIDTH + 4}}{line}"

    def ways(self) -> Lines:
        """Give the other ways to ship what leads, with what sets them apart."""
        for way in self._explanation.ways:
            yield from _hanging("  ", f"{way_as_sentence(self._base, way)}.")
            for points, text in differences(self._base, way):
                yield from _hanging(f"{points:>{POINTS_WIDTH + 2}}  ", ended(text))

    def others(self) -> Lines:
        """Give everything that does not lead, with its state and its stops."""
        for standing in self._result.standings:
            if standing.state is not State.LEADS:
                yield from self._other(standing)

    def _other(self, standing: Standing) -> Lines:
        name = self._base.frameworks[standing.framework].name
        score = "" if standing.score is None else f", {counted(standing.score, 'point')}"
        yield from _hanging("  ", f"{name}: {STATE_WORDS[standing.state]}{score}")
        for stop in standing.stops:
            text = f"{ended(stop.text)} Way out: {ended(stop.way_out)}"
            yield from _hanging("    ", f"{text} {self._citations.mark(stop.claims)}")

    def changes(self) -> Lines:
        """Give the smallest changes that would make each lead alone, the first few of each."""
        for standing in self._result.standings:
            other = self._explanation.others.get(standing.framework)
            for said in changes_in_words(self._base, other) if other else ():
                yield from _hanging("  ", said)

    def levels(self) -> Lines:
        """Give the matters that no longer separate the options."""
        for level in self._result.levels:
            yield from _hanging("  ", f"{ended(level.text)} {self._citations.mark(level.claims)}")

    def other_basis(self) -> Lines:
        """Say what the same answers give on the other basis, where that is something else."""
        other = self._result.other
        if other.differs:
            plans = listed([plan_in_words(self._base, plan) for plan in other.plans])
            text = f"{BASIS_WORDS[other.basis]}: {plans or 'nothing leads'} ({other.verdict})"
            yield from _hanging("  ", sentence(text))

    def open_questions(self) -> Lines:
        """Give the open questions, and whether an answer to each alone could change the lead."""
        for question in self._result.open_questions:
            asked = self._base.questions[question.question]
            unsure = "not sure; " if question.unsure else ""
            matters = "can change who leads" if question.matters else "alone changes no lead"
            yield from _hanging("  ", f"{asked.title} ({asked.id}: {unsure}{matters})")

    def ignored(self) -> Lines:
        """Give the questions whose answers were left out."""
        for name in self._result.ignored:
            title = self._base.questions[name].title
            yield from _hanging("  ", f"{title} ({name}: does not apply to the other answers)")

    def migrations(self) -> Lines:
        """Give the routes for code that exists, with their steps."""
        for name in self._result.migrations:
            route = self._base.migrations[name]
            marks = self._citations.mark(self._counting(route.claims))
            yield from _hanging("  ", f"{ended(route.text)} Cost: {route.cost}. {marks}")
            for number, step in enumerate(route.steps, start=1):
                yield from _hanging(f"    {number}. ", step)

    def notes(self) -> Lines:
        """Give what lies outside the options and is told, never ranked."""
        for name in self._result.notes:
            note = self._base.notes[name]
            marks = self._citations.mark(self._counting(note.claims))
            yield from _hanging("  ", f"{note.title}: {ended(note.text)} {marks}")

    def disagreements(self) -> Lines:
        """Give the disagreements that the reasons touch."""
        for name in self._result.disagreements:
            matter = self._base.disagreements[name]
            marks = self._citations.mark(matter.settled_by)
            yield from _hanging("  ", f"{ended(matter.title)} {ended(matter.settlement)} {marks}")

    def _counting(self, claims: Iterable[str]) -> Iterator[str]:
        """Give those of the claims that count on the basis of the recommendation."""
        known, sources = self._base.claims, self._base.sources
        return counting(known, sources, claims, self._result.basis)

    def sources(self) -> Lines:
        """Give everything that was cited before, numbered."""
        for number, claim, source in self._citations.cited():
            evidence = evidence_in_words(claim)
            checked = f"checked {date_in_words(claim.checked)}"
            status = f"{STATUS_WORDS[claim.status]} ({evidence}; {checked})"
            sections = listed([f"'{section}'" for section in claim.sections])
            mark = f"[{number}]".rjust(POINTS_WIDTH + 1)
            text = f"{source.title}, {sections}: {status}. {source.url}"
            yield from _hanging(f"{mark} ", text)


def _hanging(first: str, text: str) -> Lines:
    """Wrap a text below its first line; addresses and long words stay whole."""
    wrapped: Iterable[str] = textwrap.wrap(
        text.strip(),
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from wrapped
