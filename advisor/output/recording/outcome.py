"""What a decision record decides, what follows from it, and what to make sure of first."""

from collections.abc import Iterator

from advisor.model.recommendation import Recommendation, Verdict, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Phase, Step
from advisor.output.doubtful import doubtful_claims
from advisor.output.gist import ground
from advisor.output.headline import headline, how_sure
from advisor.output.markdown import bullets, code, escaped, numbered, paragraph, section
from advisor.output.recording.told import Told
from advisor.output.ways import closeness
from advisor.output.words import listed, plan_in_words


def decision(rulebase: RuleBase, result: Recommendation) -> str:
    """Return the decision in a few words, as a title."""
    plans = [plan_in_words(rulebase, plan) for plan in leading_plans(result.standings)]
    match result.verdict:
        case Verdict.NONE:
            return "Nothing fits the answers"
        case Verdict.OPEN:
            return "The choice is still open"
        case Verdict.TIE:
            return f"Choose between {listed(plans)}"
        case Verdict.CLOSE | Verdict.CLEAR:
            return f"Use {listed(plans)}"


def outcome(told: Told) -> list[str]:
    """Give the decision, and how sure it is."""
    chosen = f"{headline(told.base, told.result)}."
    if told.result.verdict in {Verdict.CLOSE, Verdict.CLEAR}:
        plans = listed([plan_in_words(told.base, plan) for plan in told.plans])
        chosen = f'Chosen option: "{plans}".'
    rests = ground(told.base, told.result)
    near = closeness(told.base, told.result, told.explanation)
    sure = f"{how_sure(told.base, told.result)} {near}".rstrip()
    return [paragraph(escaped(f"{chosen} {sure} {rests}"))]


def consequences(told: Told) -> list[str]:
    """Give what the decision costs, where existing code goes, and what to do next."""
    costs = [
        f"Bad, {told.reason(reason)}"
        for plan in told.plans
        for reason in plan.reasons
        if reason.points < 0
    ]
    return [
        bullets([*dict.fromkeys(costs), *_migrations(told)]),
        *(_next(told, lead) for lead in told.result.steps),
    ]


def _migrations(told: Told) -> Iterator[str]:
    for name in told.result.migrations:
        route = told.base.migrations[name]
        text = told.cited_counting(route.text, route.claims)
        steps = " ".join(told.cited(step, ()) for step in route.steps)
        yield f"Existing code, cost {escaped(route.cost)}: {text} {steps}"


def _next(told: Told, lead: str) -> str:
    """Give the steps of one leader's plan that come before the last checks."""
    due = [step for step in _steps(told, lead) if step.phase is not Phase.CHECK]
    items = [_step(told, number, step) for number, step in enumerate(due, start=1)]
    title = f"Next steps with {escaped(told.base.frameworks[lead].name)}"
    return section(4, title, "\n".join(items).rstrip())


def _steps(told: Told, lead: str) -> list[Step]:
    return [told.base.steps[name] for name in told.result.steps[lead]]


def _step(told: Told, number: int, step: Step) -> str:
    """Write a step, with its command below it."""
    mark = f"{number}. "
    indent = " " * len(mark)
    text = paragraph(told.cited_counting(step.text, step.claims), mark, indent)
    return f"{text}\n\n{code(step.command, indent)}\n" if step.command else text


def confirmation(told: Told) -> list[str]:
    """Give what to make sure of before committing: checks, and claims that hold in part."""
    checks = {
        step.id: told.cited_counting(step.text, step.claims)
        for lead in told.result.steps
        for step in _steps(told, lead)
        if step.phase is Phase.CHECK
    }
    return [numbered(checks.values()), bullets(_partly(told))]


def _partly(told: Told) -> Iterator[str]:
    """Yield the claims that hold in part and that the leaders' reasons lean on."""
    reasons = (r for plan in told.plans for r in (*plan.reasons, *plan.backend_reasons))
    for name, claim in doubtful_claims(told.base, reasons).items():
        note = f" {told.cited(claim.note, ())}" if claim.note else ""
        yield f"Holds in part: {told.cited(claim.text, [name])}{note}"
