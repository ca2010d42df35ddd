"""The pages about rules and the method: what each does, in words, for whom, and what became of it.

The engine says what is active and for how many points; nothing is weighed here. A reason is a
rule or a cost of handing over.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from threading import Lock

from advisor.engine.acceptability import acceptability, decided_early
from advisor.engine.explain import trace
from advisor.engine.scoring.items import Item, Kind, items_of
from advisor.model.explanation import RuleOutcome, Traced
from advisor.model.knowledge import FULL_CAP, MANY_REPORTS, STOPPING, Basis, Evidence, Subject
from advisor.model.recommendation import Recommendation
from advisor.model.remembered import remembered
from advisor.model.rulebase import Framework, RuleBase
from advisor.model.rules import UNANSWERED, Cost, Level, Prefer, Rule, Score, Stop
from advisor.output.diff import share
from advisor.output.headline import VERDICT_WORDS
from advisor.output.words import ROLE_WORDS, counted, labels, listed, names, quoted, signed
from advisor.query.query import Query
from advisor.web import urls
from advisor.web.pages.question import quoted_answer

RuleOrCost = Rule | Cost


@remembered(2)
def active(rulebase: RuleBase, basis: Basis) -> Mapping[str, Item]:
    """Return the rules and costs that exist on a basis, by id, with the points left to them."""
    items = items_of(rulebase, basis)
    return {item.id: item for item in items if isinstance(item.origin, RuleOrCost)}


def effect_on(rulebase: RuleBase, reason: RuleOrCost, basis: Basis) -> str:
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


def why_that_much(rulebase: RuleBase, reason: RuleOrCost, basis: Basis) -> str:
    """Say why that much of a reason is left on a basis, as a sentence."""
    item = active(rulebase, basis).get(reason.id)
    if item is None:
        if isinstance(reason, Rule) and isinstance(reason.effect, Stop):
            return "None of its claims is hard enough there to rule anything out."
        return "None of its claims counts there."
    asked, left = abs(points_of(reason)), abs(item.points)
    if left == asked:
        return "Its claims support it in full."
    carried = counted(left, "point")
    given = counted(asked, "point")
    return f"The rule gives {given}; its strongest claim there supports {carried}."


def points_of(reason: RuleOrCost) -> int:
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
            what = f"for {ROLE_WORDS[role]} this is no longer a difference between {whom}"
            return f"Says that {what}; moves no score."
        case Prefer(framework, backends, points):
            chosen = backends_in_words(backends, rulebase.frameworks[framework], "and")
            points_told = counted(points, "point")
            return f"Adds {points_told} to {chosen} as the backend of {whom}; outside the score."


def backends_in_words(backends: Iterable[str], framework: Framework, last: str = "or") -> str:
    """Return the names of backends of a framework by their ids: `X, Y or Z`."""
    known = {backend.id: backend.name for backend in framework.backends}
    return listed([known[backend] for backend in backends], last)


def choices_in_words(rulebase: RuleBase, question: str, choices: Collection[str]) -> str:
    """Return the answers of which a condition wants one, as they are offered: `“a” or “b”`."""
    found = [quoted(label) for label in labels(rulebase, question, choices)]
    return listed([*found, *(["no answer"] if UNANSWERED in choices else [])], "or")


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


def items_on(
    rulebase: RuleBase, framework: Framework, subject: Subject, basis: Basis
) -> list[Item]:
    """Return the rules on a subject that are about a framework and count, the weightiest first."""
    found = [
        item
        for item in active(rulebase, basis).values()
        if isinstance(item.origin, Rule)
        and item.origin.topic == subject.id
        and framework.id in concerned(item.origin)
    ]
    return sorted(found, key=lambda item: -item.points)


def tally(items: Iterable[Item]) -> str:
    """Count rules by what they do: `2 for, 1 against`; empty if there is none.

    They are not added up: which of them fire together depends on the answers.
    """
    words = {Kind.STOP: "ruling it out", Kind.LEVEL: "level", Kind.PREFER: "on its backend"}
    found = Counter(words.get(item.kind, "for" if item.points > 0 else "against") for item in items)
    order = ("for", "against", *words.values())
    return ", ".join(f"{found[word]} {word}" for word in order if found[word])


def framework_context(rulebase: RuleBase, framework: Framework) -> dict[str, object]:
    """Return what `pages/framework.html` is given.

    `subjects` has for each the rules that give or take points, weightiest first, and the ids of
    the claims behind those that give some; `preferences` the rules for each backend, by its id.
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

    `traced` has what became of the rules, by outcome, then by the id of the subject:
    `{"fired": {"speed": [Traced("r1", …)]}, "failed": {}, "inactive": {}}`. `effects` has what each
    does, with its points as they count: `{"r1": "+4"}`. By question, `said` has what was answered,
    or why no answer counts, and `changes` the address at which that can be changed.
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
        answer = quoted_answer(rulebase, query.answers.values(name), name)
        said[name] = f"you said {answer}" if answer else "you have not answered"
    said |= dict.fromkeys(here.ignored, "the question does not apply to the other answers")

    return {
        "query": query,
        "here": here,
        "traced": traced,
        "effects": effects,
        "said": said,
        "changes": {name: urls.change(query, name) for name in rulebase.questions},
    }


EARLY_DRAWS = 20_000
DRAWING = Lock()
"""Held while answers are drawn: whoever asks meanwhile waits for these, and does not draw too."""


def method_context(rulebase: RuleBase) -> dict[str, object]:
    """Return what the template of the page is given; the first time takes about a second."""
    first = [question for question in rulebase.questions.values() if question.first]
    names = frozenset(question.id for question in first)
    with DRAWING:
        leanings = {basis: acceptability(rulebase, basis) for basis in Basis}
        soon = decided_early(rulebase, Basis.CHECKED, names, EARLY_DRAWS)
    return {
        "full": FULL_CAP,
        "many_reports": counted(MANY_REPORTS, "user"),
        "stopping": [evidence for evidence in Evidence if evidence in STOPPING],
        "verdicts": VERDICT_WORDS,
        "draws": leanings[Basis.CHECKED].draws,
        "leanings": leanings,
        "first": first,
        "early": share(soon, EARLY_DRAWS),
        "early_draws": EARLY_DRAWS,
    }
