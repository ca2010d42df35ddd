"""The pages about rules: what each does, in words, for whom, and what became of it.

The engine says what is active and for how many points; nothing is weighed here. A reason is a
rule or a cost of handing over.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from advisor.engine.scoring.items import Item, Kind, items_of
from advisor.engine.trace import RuleOutcome, Traced, trace
from advisor.model.knowledge import Basis, Claim, Subject
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import Condition, Cost, Level, Prefer, Rule, Score, Stop, When
from advisor.output.words import ROLE_WORDS, counted, listed, names, quoted, sentence, signed
from advisor.query.query import Query
from advisor.web import urls
from advisor.web.pages.answers import chosen_values, quoted_answer
from advisor.web.pages.claims import claims_of

Reason = Rule | Cost


@lru_cache(maxsize=16)
def active(rulebase: RuleBase, basis: Basis) -> Mapping[str, Item]:
    """Return the rules and costs that exist on a basis, by id, with the points left to them."""
    items = items_of(rulebase, basis)
    return {item.id: item for item in items if isinstance(item.origin, Reason)}


def effect_on(rulebase: RuleBase, reason: Reason, basis: Basis) -> str:
    """Return what is left of a reason on a basis: `+2`, `ruled out`, `level`; empty if nothing."""
    item = active(rulebase, basis).get(reason.id)
    match reason:
        case _ if item is None:
            return ""
        case Rule(effect=Stop()):
            return "ruled out"
        case Rule(effect=Level()):
            return "level"
        case Rule(effect=Prefer()):
            return f"{signed(item.points)} (backend)"
    return signed(item.points)


def why_that_much(rulebase: RuleBase, reason: Reason, basis: Basis) -> str:
    """Say why that much of a reason is left on a basis, as a sentence."""
    item = active(rulebase, basis).get(reason.id)
    if item is None:
        if isinstance(reason, Rule) and isinstance(reason.effect, Stop):
            return "None of its claims is hard enough there to rule anything out."
        return "None of its claims counts there."
    asked, left = abs(points_of(reason)), abs(item.points)
    if left == asked:
        return "Its claims carry it in full."
    carried = counted(left, "point")
    return f"It asks for {counted(asked, 'point')}; its strongest claim there carries {carried}."


def points_of(reason: Reason) -> int:
    """Return the points of a reason as they are written down; 0 where it has none."""
    match reason:
        case Cost(points=points) | Rule(effect=Score(points=points) | Prefer(points=points)):
            return points
    return 0


def effect_in_words(rulebase: RuleBase, rule: Rule) -> str:
    """Say what a rule does when it counts: `Gives X two points for building`."""
    whom = names(rulebase, concerned(rule))
    match rule.effect:
        case Score(role, _, points) if points < 0:
            return f"Takes {counted(-points, 'point')} from {whom} for {ROLE_WORDS[role]}."
        case Score(role, frameworks, points, by):
            each = " each" if len(frameworks) > 1 else ""
            what = f"Gives {whom} {counted(points, 'point')}{each} for {ROLE_WORDS[role]}"
            ends = sorted({(rulebase.edges[e].builder, rulebase.edges[e].shipper) for e in by})
            ways = [f"{names(rulebase, [b])} to {names(rulebase, [s])}" for b, s in ends]
            return f"{what}, where a plan goes from {listed(ways, 'or')}." if ways else f"{what}."
        case Stop(role):
            return f"Rules {whom} out for {ROLE_WORDS[role]}."
        case Level(role):
            what = f"for {ROLE_WORDS[role]} this no longer separates {whom}"
            return f"Says that {what}; moves no score."
        case Prefer(framework, backends, points):
            chosen = backends_in_words(backends, rulebase.frameworks[framework], "and")
            points_told = counted(points, "point")
            return f"Speaks with {points_told} for {chosen} under {whom}; outside the score."


def backends_in_words(backends: Iterable[str], framework: Framework, last: str = "or") -> str:
    """Return the names of backends of a framework by their ids: `X, Y or Z`."""
    known = {backend.id: backend.name for backend in framework.backends}
    return listed([known[backend] for backend in backends], last)


def about(rulebase: RuleBase, reason: Reason) -> str:
    """Say what a reason is about and when it counts: `Building. With goal: “research”`."""
    match reason:
        case Rule(effect=Score(role=role) | Stop(role=role) | Level(role=role)):
            matter = ROLE_WORDS[role]
        case Rule():
            matter = "backend"
        case Cost():
            matter = "handing over"
    return f"{sentence(matter)} {when_in_words(rulebase, reason.when)}"


def when_in_words(rulebase: RuleBase, when: When) -> str:
    """Say when something counts: `With goal: “research”, and size: “small” or “large”`."""
    if () in when:
        return "Always, whatever is answered."
    told = [
        ", and ".join(
            f"{rulebase.questions[condition.question].label}: "
            f"{choices_in_words(rulebase, condition)}"
            for condition in conjunction
        )
        for conjunction in when
    ]
    return f"With {'; or '.join(told)}."


def choices_in_words(rulebase: RuleBase, condition: Condition) -> str:
    """Return the answers of which a condition wants one, as they are offered: `“a” or “b”`."""
    offered = rulebase.questions[condition.question].choices
    return listed([quoted(each.label) for each in offered if each.id in condition.choices], "or")


def concerned(rule: Rule) -> tuple[str, ...]:
    """Return the ids of the frameworks that a rule is about."""
    if isinstance(rule.effect, Prefer):
        return (rule.effect.framework,)
    return rule.effect.frameworks


def weightiest_first(rulebase: RuleBase, rules: Iterable[Rule]) -> list[Rule]:
    """Sort rules: what counts today by its points, then what is level, then what has fallen."""
    today = active(rulebase, Basis.CHECKED)
    return sorted(
        rules,
        key=lambda rule: (rule.id not in today, isinstance(rule.effect, Level), -points_of(rule)),
    )


def subjects_of_rules(rulebase: RuleBase) -> list[Subject]:
    """Return the subjects that rules are about, in the order of the rule base."""
    used = {rule.topic for rule in rulebase.rules.values()}
    return [subject for name, subject in rulebase.subjects.items() if name in used]


@dataclass(frozen=True, slots=True)
class Cell:
    """What rules say about one framework on one subject.

    Reasons are counted, not added up: which of them fire together depends on the answers.
    """

    framework: Framework
    counts: dict[Basis, str]
    """How many reasons there are on each basis: `2 for, 1 against`; empty if none."""
    rule: Rule | None
    """The weightiest of them today, or else on the documents; None if there is none."""
    claim: Claim | None
    """The strongest claim behind that rule."""


def by_name(rulebase: RuleBase) -> list[Framework]:
    """Return all that can be recommended by name: none is first by rank."""
    return sorted(rulebase.frameworks.values(), key=lambda framework: framework.name.casefold())


def tradeoffs_context(rulebase: RuleBase) -> dict[str, object]:
    """Return what `pages/tradeoffs.html` is given: a row of cells for each subject of rules."""
    frameworks = by_name(rulebase)
    rows = [
        (subject, [_cell(rulebase, framework, subject) for framework in frameworks])
        for subject in subjects_of_rules(rulebase)
    ]
    return {"frameworks": frameworks, "rows": rows}


def _cell(rulebase: RuleBase, framework: Framework, subject: Subject) -> Cell:
    found = {
        basis: sorted(
            (
                item
                for item in active(rulebase, basis).values()
                if isinstance(item.origin, Rule)
                and item.origin.topic == subject.id
                and framework.id in concerned(item.origin)
            ),
            key=lambda item: -item.points,
        )
        for basis in Basis
    }
    counts = {basis: _counted(items) for basis, items in found.items()}
    for item in found[Basis.CHECKED] or found[Basis.DOCUMENTS]:
        claim = rulebase.claims[item.claims[0]]
        return Cell(framework, counts, rulebase.rules[item.id], claim)
    return Cell(framework, counts, None, None)


def _counted(items: list[Item]) -> str:
    """Count reasons by what they do."""
    words = {Kind.STOP: "ruling it out", Kind.LEVEL: "level", Kind.PREFER: "on its backend"}
    found = Counter(words.get(item.kind, "for" if item.points > 0 else "against") for item in items)
    order = ("for", "against", *words.values())
    return ", ".join(f"{found[word]} {word}" for word in order if found[word])


def subject_context(rulebase: RuleBase, subject: Subject) -> dict[str, object]:
    """Return what `pages/subject.html` is given: the rules on a subject, and numbered claims.

    `claims` are those behind the rules, best first; `numbers` are their places in that list,
    counted from 1, by id.
    """
    rules = [rule for rule in rulebase.rules.values() if rule.topic == subject.id]
    claims = claims_of(rulebase, {claim for rule in rules for claim in rule.claims})
    return {
        "subject": subject,
        "frameworks": by_name(rulebase),
        "rules": weightiest_first(rulebase, rules),
        "claims": claims,
        "numbers": {claim.id: number for number, claim in enumerate(claims, start=1)},
    }


def framework_context(rulebase: RuleBase, framework: Framework) -> dict[str, object]:
    """Return what `pages/framework.html` is given.

    Returns:
        framework: the framework itself.
        subjects: for each subject, the rules that give or take points, weightiest first, and
            the ids of the claims behind those that give some.
        stops: the rules that rule it out.
        preferences: the rules that speak for a backend, by the id of the backend.
        steps: what to do once it is chosen, for any phase.
    """
    own = [rule for rule in rulebase.rules.values() if framework.id in concerned(rule)]
    subjects = []
    for subject in subjects_of_rules(rulebase):
        rules = [
            rule
            for rule in own
            if rule.topic == subject.id and not isinstance(rule.effect, Stop | Prefer)
        ]
        favouring = {claim for rule in rules if points_of(rule) > 0 for claim in rule.claims}
        if rules:
            subjects.append((subject, weightiest_first(rulebase, rules), favouring))
    return {
        "framework": framework,
        "subjects": subjects,
        "stops": [rule for rule in own if isinstance(rule.effect, Stop)],
        "preferences": {
            backend.id: [
                rule
                for rule in own
                if isinstance(rule.effect, Prefer) and backend.id in rule.effect.backends
            ]
            for backend in framework.backends
        },
        "steps": [
            step
            for step in rulebase.steps.values()
            if framework.id == (step.framework or rulebase.edges[step.edge].builder)
        ],
    }


def trace_context(rulebase: RuleBase, query: Query, here: Recommendation) -> dict[str, object]:
    """Return what `pages/trace.html` is given; `here` is the recommendation.

    Returns:
        traced: what became of the rules, by outcome, then by the id of the subject:
            `{"fired": {"speed": [Traced("r1", …)]}, "failed": {}, "inactive": {}}`.
        effects: what each rule does, with its points as they count: `{"r1": "+4"}`.
        said: for each question what was answered, or why no answer counts.
        changes: for each question the address at which its answer can be changed.
    """
    rules, basis = rulebase.rules, query.basis
    effects = {name: effect_on(rulebase, rule, basis) for name, rule in rules.items()}
    traced: dict[RuleOutcome, dict[str, list[Traced]]] = {outcome: {} for outcome in RuleOutcome}
    considered = trace(rulebase, query.answers, basis)
    for each in considered:
        if each.doubled and not isinstance(rules[each.rule].effect, Prefer):
            effects[each.rule] = signed(2 * each.points)
    for subject in rulebase.subjects:
        for each in considered:
            if rules[each.rule].topic == subject:
                traced[each.outcome].setdefault(subject, []).append(each)

    said = {}
    for name in rulebase.questions:
        answer = quoted_answer(rulebase, chosen_values(query.answers, name), name)
        said[name] = f"you said {answer}" if answer else "you have not answered"
    said |= dict.fromkeys(here.ignored, "nothing is asked here, given the other answers")

    still_open = [asked.question for asked in here.open_questions if not asked.unsure]
    return {
        "query": query,
        "here": here,
        "traced": traced,
        "effects": effects,
        "said": said,
        "changes": {name: urls.change(query, name, still_open) for name in rulebase.questions},
        "other_basis": next(other for other in Basis if other is not basis),
    }
