"""How things are called in sentences: days, lists, points, claims' states, plans and their sums.

One voice for pages, texts and pictures. Names come from the rule base.
"""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from advisor.model.answers import ANY, UNSURE, Answers
from advisor.model.explanation import Difference
from advisor.model.knowledge import OPINIONS, Basis, Claim, Evidence, Sight, Status
from advisor.model.recommendation import Plan, PlanName, Reason, Standing, State
from advisor.model.remembered import remembered
from advisor.model.rulebase import NONE_CHOICE, Choice, Question, RuleBase
from advisor.model.rules import Phase, Role

UNSURE_CHOICE = Choice(
    UNSURE,
    "I am not sure",
    "Adds nothing; the result says if it is worth finding out",
    neutral=True,
)
ANY_CHOICE = Choice(ANY, "It does not matter", "Adds nothing", neutral=True)

STATUS_WORDS = {
    Status.HOLDS: "holds today",
    Status.PARTLY: "holds in part",
    Status.SUPERSEDED: "out of date since it was written",
    Status.CONTRADICTED: "contradicted",
    Status.UNVERIFIABLE: "could not be confirmed",
}

EVIDENCE_WORDS = {
    Evidence.OWN: "shown by the project's own pages or packages",
    Evidence.RUN: "reproduced by running it",
    Evidence.QUOTED: "shown by the project's own words, quoted elsewhere",
    Evidence.ISSUE: "reported in an issue thread",
    Evidence.THIRD: "reported by third parties only",
}

SIGHT_WORDS = {
    Sight.HOLDS: "held",
    Sight.FAILS: "did not hold",
    Sight.INCONCLUSIVE: "came to no verdict",
}

STATE_WORDS = {
    State.LEADS: "leads",
    State.FOLLOWS: "follows",
    State.NO_REASON: "no reason speaks for it",
    State.NO_ROLE: "takes part but cannot lead here",
    State.RULED_OUT: "ruled out",
    State.LEFT_OUT: "left out by your constraints",
}

PHASE_WORDS = {
    Phase.INSTALL: "Install",
    Phase.BUILD: "Build",
    Phase.EXPORT: "Export",
    Phase.SHIP: "Ship",
    Phase.CHECK: "Check before you commit",
}

ROLE_WORDS = {Role.BUILD: "building", Role.SHIP: "shipping"}

EDGE = "edge"
"""The role of a reason that is the cost of handing over from one framework to another."""

PART_WORDS = {
    str(Role.BUILD): "for building",
    str(Role.SHIP): "for shipping",
    EDGE: "for handing over",
}
"""What the reasons of each role are for, in the order in which they are told."""

BASIS_WORDS = {
    Basis.CHECKED: "checked facts",
    Basis.DOCUMENTS: "the documents as written",
}

# By type, as members of two of them may be equal: each is its text.
_WORDS: Mapping[type, Mapping[Any, str]] = {
    Status: STATUS_WORDS,
    Evidence: EVIDENCE_WORDS,
    Sight: SIGHT_WORDS,
    State: STATE_WORDS,
    Phase: PHASE_WORDS,
    Role: ROLE_WORDS,
    Basis: BASIS_WORDS,
}

SMALL_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
)  # fmt: skip


_ENCLOSED = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^()]*\)|^'.*'$")
"""What stands in quotes or brackets, where nothing can be mistaken for a part of a list."""

_JOINT = re.compile(r"[,;]|\b(?:and|or)\b")
"""What joins the parts of a list, and would join those of a part to them."""


def offered(question: Question) -> tuple[list[Choice], list[Choice]]:
    """Return what can be chosen, and what can be said instead, each alone."""
    nothing = [choice for choice in question.choices if choice.id == NONE_CHOICE]
    choices = [choice for choice in question.choices if choice.id != NONE_CHOICE]
    return choices, [*nothing, UNSURE_CHOICE, ANY_CHOICE]


def in_words(value: StrEnum) -> str:
    """Return the words for a value of one of the tables above."""
    return _WORDS[type(value)][value]


def date_in_words(day: datetime.date) -> str:
    """Return a day as `20 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence: `a`, `a and b`, `a, b and c`.

    Where a part is joined itself, semicolons keep the parts apart: `a or b; and c`.
    """
    if len(words) < 2:  # noqa: PLR2004 - a list of one needs no joining
        return "".join(words)
    if any(_JOINT.search(_ENCLOSED.sub("", word)) for word in words):
        return f"{'; '.join(words[:-1])}; {last} {words[-1]}"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def quoted(label: str) -> str:
    """Return a label as words of somebody else's."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}"


def labels_in_words(chosen: Sequence[str]) -> str:
    """Return what was chosen; several in quotes, as a label may be joined itself."""
    return listed([quoted(label) for label in chosen] if len(chosen) > 1 else chosen)


def answer_in_words(rulebase: RuleBase, answers: Answers, name: str) -> str:
    """Return what was answered to a question: `Microcontrollers`, or `“Phones” and “Servers”`."""
    return _in_words(rulebase, name, answers.values(name))


@remembered(512)
def _in_words(rulebase: RuleBase, name: str, chosen: frozenset[str]) -> str:
    return labels_in_words(labels(rulebase, name, chosen))


def quoted_choices(rulebase: RuleBase, question: str, chosen: Collection[str]) -> str:
    """Return the labels of choices, each in quotes: `“Phones” and “Servers”`; empty for none."""
    return listed([quoted(label) for label in labels(rulebase, question, chosen)])


def labels(rulebase: RuleBase, question: str, chosen: Collection[str]) -> list[str]:
    """Return the labels of choices, or of one word instead, in the order in which they stand."""
    choices = (*rulebase.questions[question].choices, UNSURE_CHOICE, ANY_CHOICE)
    return [choice.label for choice in choices if choice.id in chosen]


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return `one point`, `two points`, `12 points`."""
    written = SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else str(number)
    return f"{written} {singular if number == 1 else plural or singular + 's'}"


def signed(points: int) -> str:
    """Return points with their sign, as a mathematician would write it."""
    return f"+{points}" if points > 0 else f"\N{MINUS SIGN}{-points}" if points else "0"


def total(points: int) -> str:
    """Return a sum of points: a sign only where it is negative."""
    return signed(points).removeprefix("+")


def parts_in_words(plan: Plan) -> str:
    """Return what the reasons of each role add up to, which together is the plan's score.

    `4 for building and 3 for shipping`; empty where there is no reason.
    """
    found = {part: [r.points for r in plan.reasons if r.role == part] for part in PART_WORDS}
    parts = [f"{total(sum(found[part]))} {PART_WORDS[part]}" for part in found if found[part]]
    return listed(parts)


def difference_in_words(difference: Difference, text: str, other: str) -> str:
    """Return a reason that parts two plans, as it bears on the one that is told.

    Points with a sign stand before it. What only the other plan has, or pays, is said to be so;
    `other` is what that plan is called at the start of a sentence.
    """
    if difference.ours or not difference.theirs:
        return text
    return f"{other} {'has this reason' if difference.theirs > 0 else 'pays this cost'}: {text}"


def evidence_in_words(claim: Claim) -> str:
    """Say what the standing of a claim rests on."""
    if reports := claim.reports:
        span = f"{date_in_words(reports.first)} to {date_in_words(reports.last)}"
        return (
            f"reported in issue threads by {counted(reports.count, 'user')} independently, {span}, "
            f"with {listed(reports.versions)}"
        )
    if claim.evidence:
        return EVIDENCE_WORDS[claim.evidence]
    if claim.kind in OPINIONS and claim.rests_on:
        return "an opinion, worth as much as the claims it rests on"
    return "nothing was found that shows it, for or against"


def standing_in_words(claim: Claim) -> str:
    """Return whether a claim holds, and what shows it: `holds today (...; checked 3 May 2026)`."""
    shown = f"{evidence_in_words(claim)}; checked {date_in_words(claim.checked)}"
    return f"{STATUS_WORDS[claim.status]} ({shown})"


def sections_in_words(claim: Claim) -> str:
    """Return the sections of its source that a claim stands in, in quotes."""
    return listed([f'"{section}"' for section in claim.sections])


def sentence(words: str) -> str:
    """Return words of ours with a capital letter and a full stop."""
    return ended(words[:1].upper() + words[1:])


def ended(text: str) -> str:
    """Return a text of the rule base with a full stop.

    Its first letter stays as it is: where it is small, it belongs to a name such as `pdb`.
    """
    return text if text.endswith((".", "?", ":")) else text + "."


def names(rulebase: RuleBase, ids: Sequence[str], last: str = "and") -> str:
    """Return the names of frameworks as in a sentence."""
    return listed([rulebase.frameworks[name].name for name in ids], last)


@remembered(1)
def reason_texts(rulebase: RuleBase) -> Mapping[str, str]:
    """Return what each rule, and each cost of handing over, says to the reader."""
    rules = {rule.id: rule.text for rule in rulebase.rules.values()}
    edges = rulebase.edges.values()
    return rules | {cost.id: cost.text for edge in edges for cost in edge.costs}


def alternative_in_words(rulebase: RuleBase, plan: Plan) -> str:
    """Return who builds, and who ships even where that goes without saying."""
    shipper = _means_in_words(rulebase, plan) or "its own tools"
    if plan.shipper and plan.shipper != plan.builder:
        shipper = _shipper_in_words(rulebase, plan, plan.shipper)
    return f"{plan_in_words(rulebase, replace(plan, shipper=None))}, shipped with {shipper}"


def plan_in_words(rulebase: RuleBase, plan: PlanName) -> str:
    """Return who does what: `X`, `X on Z`, `X, shipped with Y`, `Y for a finished X model`.

    A builder that ships with what it runs on is not said to ship with it once more. Where what
    ships has a name of its own, that is said: `X, shipped with Y (its runtime on phones)`.
    """
    lead = rulebase.frameworks[plan.lead]
    if plan.builder is None:
        edge = rulebase.edges[plan.edge] if isinstance(plan, Plan) and plan.edge else None
        shipper = _shipper_in_words(rulebase, plan, plan.lead)
        if edge:
            return f"{shipper} for a finished {names(rulebase, [edge.builder])} model"
        return f"{shipper}, with nothing to build"
    backend = next((b for b in lead.backends if b.id == plan.backend), None)
    builder = f"{lead.name} on {backend.name}" if backend else lead.name
    itself = {plan.builder, backend.framework if backend else ""}
    if plan.shipper is None:
        return builder
    if plan.shipper in itself:
        means = _means_in_words(rulebase, plan)
        return f"{builder}, shipped with {means}" if means else builder
    return f"{builder}, shipped with {_shipper_in_words(rulebase, plan, plan.shipper)}"


def _shipper_in_words(rulebase: RuleBase, plan: PlanName, shipper: str) -> str:
    """Return who ships a plan, with the names of what it does that by where they are told."""
    name, means = rulebase.frameworks[shipper].name, _means_in_words(rulebase, plan)
    return f"{name} ({means})" if means else name


def _means_in_words(rulebase: RuleBase, plan: PlanName) -> str:
    """Return with what a plan is shipped and where, as far as that has names of its own."""
    if plan.shipper is None or not isinstance(plan, Plan):
        return ""
    means = rulebase.frameworks[plan.shipper].means
    told = [f"{rulebase.tools[m.tool].name} {m.where}" for m in means if m.tool in plan.means]
    return listed(told)


def plans_in_words(rulebase: RuleBase, plans: Sequence[PlanName]) -> str:
    """Return plans as in a sentence; nothing where there is none."""
    return listed([plan_in_words(rulebase, plan) for plan in plans])


def place_in_words(standing: Standing) -> str:
    """Return where a framework stands: `follows, two points`."""
    state = STATE_WORDS[standing.state]
    if standing.score is None:
        return state
    score = counted(standing.score, "point")
    if standing.state is State.NO_REASON and standing.score:
        count = "does not count" if standing.score == 1 else "do not count"
        return f"{state}, so its {score} {count}"
    return f"{state}, {score}"


def competes(standing: Standing) -> bool:
    """Say whether its points count for the lead; those without a reason of their own do not."""
    return standing.state in {State.LEADS, State.FOLLOWS}


def line_in_words(standing: Standing, least: int, most: int) -> str:
    """Say what a chart draws of a framework: `three points, could be 2 to 9`, or `ruled out`."""
    score = standing.score or 0
    said = counted(score, "point") if score >= 0 else f"{total(score)} points"
    moving = f", could be {total(least)} to {total(most)}" if least < most else ""
    return f"{said if competes(standing) else STATE_WORDS[standing.state]}{moving}"


def whom_in_words(rulebase: RuleBase, reason: Reason) -> str:
    """Say for whom a reason speaks, and in what: `Ash, building`."""
    name = rulebase.frameworks[reason.framework].name
    if reason.role == EDGE:
        return f"Cost of handing over to {name}"
    return "Backend" if reason.role == "backend" else f"{name}, {ROLE_WORDS[Role(reason.role)]}"
