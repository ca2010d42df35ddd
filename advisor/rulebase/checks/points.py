"""Points keep to the rubric, and what moves a recommendation has claims that can move it, once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations, permutations, product

from advisor.errors import Fault, Place
from advisor.model import knowledge, rules
from advisor.model.knowledge import Basis, Claim, ClaimKind, Source, can_stop, cap
from advisor.model.rulebase import NONE_CHOICE
from advisor.model.rules import UNANSWERED, Clause, Role
from advisor.rulebase import schema
from advisor.rulebase.files import RawEntry, RawRuleBase

DECIDING_POINTS = 3
"""Points that decide a project."""

ALONE = frozenset({NONE_CHOICE, UNANSWERED})
"""What stands next to no other choice, even where a question takes several."""

MAX_EXCEPTIONS = 5
"""How many rules may leave the rubric."""

CARRIED: Mapping[str, type[schema.RuleShape | rules.Edge | rules.Cost | rules.Step]] = {
    "rule": schema.RuleShape,
    "edge": rules.Edge,
    "cost": rules.Cost,
    "step": rules.Step,
}
DECIDING_OPINIONS = frozenset({ClaimKind.SCENARIO, ClaimKind.ADVICE})


def weighable(raw: RawRuleBase) -> tuple[Mapping[str, Claim], Mapping[str, Source]]:
    """Return the claims that can be weighed, and all sources, by id.

    Left out is what other checks speak of: a claim whose source is not known, or whose support
    ends nowhere.
    """
    sources = {name: entry.shape for name, entry in raw.by_id(knowledge.Source).items()}
    waiting = {
        name: item.shape
        for name, item in raw.by_id(knowledge.Claim).items()
        if item.shape.source in sources
    }
    claims: dict[str, Claim] = {}
    # First those that rest on nothing, then those that rest on these alone, and so on.
    while ready := {
        name: claim
        for name, claim in waiting.items()
        if name not in claims and all(other in claims for other in claim.rests_on)
    }:
        claims |= ready
    return claims, sources


def check_claims_can_carry(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse what no claim of its own can carry.

    3 points need a hard fact, or a document's scenario or advice. A stop needs a claim that holds,
    shown by the project itself or by running it. Rules, edges, costs, steps and roles need one that
    counts on some basis; without, they are dead.
    """
    claims, sources = weighable(raw)

    def most(name: str) -> int:
        return max(cap(claims, sources, name, basis) for basis in Basis)

    def decides(name: str) -> bool:
        claim = claims[name]
        opinion = claim.kind in DECIDING_OPINIONS and sources[claim.source].document
        return (claim.kind is ClaimKind.FACT or opinion) and most(name) >= DECIDING_POINTS

    def stops(name: str) -> bool:
        return any(can_stop(claims, sources, name, basis) for basis in Basis)

    # The claims, one of which has to carry something, and the fault if none does.
    demands: list[tuple[Sequence[str], Callable[[str], object], Fault]] = []
    for rule in raw.of(schema.RuleShape):
        name, because = rule.shape.id, rule.shape.claims
        ((key, effect),) = rule.shape.effects.items()
        if abs(getattr(effect, "points", 0)) >= DECIDING_POINTS and not rule.shape.weight_because:
            message = f"no claim under '{name}' carries {DECIDING_POINTS} points"
            expected = "a fact that holds, a document's scenario or advice, or fewer points"
            fault = Fault(rule.place(key, "points"), "too-heavy", message, expected)
            demands.append((because, decides, fault))
        if rule.shape.stop:
            message = f"no claim under '{name}' is hard enough for a stop"
            expected = "a claim that holds with evidence P, R or Q, or one of a document"
            fault = Fault(rule.place("because"), "soft-stop", message, expected)
            demands.append((because, stops, fault))
    for called, own, place in _carried(raw):
        message = f"no claim under {called} counts on any basis"
        expected = "a claim that holds at least partly, or one of a document"
        demands.append((own, most, Fault(place, "dead-entry", message, expected)))
    for needed, carry, fault in demands:
        if claims.keys() >= set(needed) and not any(map(carry, needed)):
            yield fault


def _carried(raw: RawRuleBase) -> Iterator[tuple[str, Sequence[str], Place]]:
    """Give what exists on a basis only when a claim of its own counts there: name, claims, place.

    An edge's costs stand for themselves, and a stop is held to more than that.
    """
    for kind, shape in CARRIED.items():
        for entry in raw.of(shape):
            if not (isinstance(entry.shape, schema.RuleShape) and entry.shape.stop):
                yield f"{kind} '{entry.shape.id}'", entry.shape.claims, entry.place("because")
    for framework in raw.of(schema.FrameworkFile):
        for role in framework.inside(schema.RoleShape):
            name = f"role '{role.shape.role}' of '{framework.shape.id}'"
            yield name, role.shape.claims, role.place("because")


def check_exceptions_are_few(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse more exceptions from the rubric than can be printed and defended."""
    exceptions = [rule for rule in raw.of(schema.RuleShape) if rule.shape.weight_because]
    for rule in exceptions[MAX_EXCEPTIONS:]:
        message = f"{len(exceptions)} rules leave the rubric"
        expected = f"at most {MAX_EXCEPTIONS}"
        yield Fault(rule.key_place("weight-because"), "too-many-exceptions", message, expected)


def check_points_move(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a score that says nothing."""
    for score in raw.of(rules.Score):
        if score.shape.points == 0:
            message = "a score of 0 points says nothing"
            expected = "1 to 3, -3 to -1, or 'level' for what no longer differs"
            yield Fault(score.place(), "zero-points", message, expected)


def check_steps_belong_to_one(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a step that is for a framework and an edge, or for neither."""
    for step in raw.of(rules.Step):
        for_edge, framework, roles = step.shape.edge, step.shape.framework, step.shape.roles
        if bool(for_edge) in (bool(framework), bool(roles)):
            message = "a step is for a framework in its roles, or for an edge"
            expected = "'framework' and 'roles', or 'edge' alone"
            yield Fault(step.place(), "one-place", message, expected)


def check_limits_name_one(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse negative points for several frameworks: a limit is one framework's own."""
    for rule in raw.of(schema.RuleShape):
        score = rule.shape.score
        if score and score.points < 0 and len(score.frameworks) > 1:
            message = f"'{rule.shape.id}' takes points from {len(score.frameworks)} frameworks"
            expected = "a rule for each, or points for the others"
            yield Fault(rule.place("score", "frameworks"), "shared-limit", message, expected)


def check_roles_are_taken(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse points, stops, levels and steps for a role that a framework does not have."""
    wanted: list[tuple[RawEntry[object], Role, Sequence[str], tuple[str, ...]]] = []
    for rule in raw.of(schema.RuleShape):
        for key, effect in rule.shape.effects.items():
            if not isinstance(effect, rules.Prefer):
                wanted.append((rule, effect.role, effect.frameworks, (key, "frameworks")))
    for edge in raw.of(rules.Edge):
        wanted.append((edge, Role.BUILD, [edge.shape.builder], ("builder",)))
        wanted.append((edge, Role.SHIP, [edge.shape.shipper], ("shipper",)))
    for step in raw.of(rules.Step):
        own = [step.shape.framework] if step.shape.framework else []
        wanted += [(step, role, own, ("framework",)) for role in step.shape.roles]
    for entry, role, frameworks, steps in wanted:
        for index, name in enumerate(frameworks):
            framework = raw.by_id(schema.FrameworkFile).get(name)
            if framework and role not in {each.role for each in framework.shape.roles}:
                message = f"'{name}' has no role '{role}'"
                place = entry.place(*steps, index)
                yield Fault(place, "no-such-role", message, "a framework that has it")


def check_points_go_by_edges(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse points for going by an edge at neither end of which the framework stands."""
    for rule in raw.of(schema.RuleShape):
        score = rule.shape.score
        for index, name in enumerate(score.by if score else ()):
            edge = raw.by_id(rules.Edge).get(name)
            if score and edge:
                end = edge.shape.builder if score.role is Role.BUILD else edge.shape.shipper
                if score.frameworks != (end,):
                    message = f"by '{name}' only '{end}' can {score.role}"
                    place = rule.place("score", "by", index)
                    yield Fault(place, "not-by-this-edge", message, f"'frameworks: [{end}]'")


def check_frameworks_have_reasons(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a framework that no rule scores: it could never be recommended."""
    rules = raw.of(schema.RuleShape)
    scored = {name for rule in rules if rule.shape.score for name in rule.shape.score.frameworks}
    for item in raw.of(schema.FrameworkFile) if rules else ():
        if item.shape.id not in scored | raw.mentioned:
            message = f"no rule gives points to '{item.shape.id}'"
            expected = "a score rule that names it"
            yield Fault(item.place("id"), "framework-without-rules", message, expected)


def check_edges_join_two(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse an edge from a framework to itself: shipping what one built costs nothing."""
    for edge in raw.of(rules.Edge):
        if edge.shape.builder == edge.shape.shipper:
            message = f"'{edge.shape.builder}' needs no edge to itself"
            expected = "two different frameworks"
            yield Fault(edge.place("shipper"), "edge-to-itself", message, expected)


def check_rules_want_no_conflict(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a rule that gives points, or prefers, under answers that do not go together alone."""
    conflicts = raw.of(rules.Conflict)
    for rule in raw.of(schema.RuleShape):
        for index, wanted in enumerate(rule.shape.when):
            for conflict in conflicts if rule.shape.score or rule.shape.prefer else ():
                if any(_implies(wanted, against) for against in conflict.shape.when):
                    message = f"'{rule.shape.id}' wants what '{conflict.shape.id}' calls a conflict"
                    place = rule.place("when", index)
                    yield Fault(place, "wants-conflict", message, "answers that go together")


def check_exceptions_leave_something(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a clause that is always an exception, and an `except-when` that is no use."""
    entries: list[Counting | RawEntry[rules.Step]] = [*raw.of(schema.RuleShape)]
    entries += [*raw.of(rules.Cost), *raw.of(rules.Step)]
    for entry in entries:
        name, excepted, lifted = entry.shape.id, entry.shape.not_when, entry.shape.except_when
        if lifted and not excepted:
            place, message = entry.key_place("except-when"), f"'{name}' has no exception to lift"
            yield Fault(place, "lifts-nothing", message, "'not-when' beside it")
        for index, lifting in enumerate(lifted if excepted else ()):
            if all(_implies((*a, *b), lifting) for a in entry.shape.when for b in excepted):
                message = f"this lifts every exception of '{name}'"
                expected = "answers under which an exception still holds"
                yield Fault(entry.place("except-when", index), "lifts-all", message, expected)
        for index, wanted in enumerate(() if lifted else entry.shape.when):
            if any(_implies(wanted, exception) for exception in excepted):
                message = f"this clause of '{name}' is an exception of it"
                expected = "answers under which no exception holds"
                yield Fault(entry.place("when", index), "never-fires", message, expected)


def _implies(wanted: Clause, against: Clause) -> bool:
    """Say whether all answers that meet some conditions meet others as well."""
    return all(
        any(own.question == each.question and own.choices <= each.choices for own in wanted)
        for each in against
    )


Counting = RawEntry[schema.RuleShape] | RawEntry[rules.Cost]
"""An entry whose points a claim carries."""


def check_claims_count_once(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse two rules that give the same role of a framework points for the same claim.

    Only rules that can fire together are refused; where one of two should, they are one rule
    with two clauses. The costs of one edge are held to the same.
    """
    # Who moves a target by a claim: `{("build points of 'city-bike'", "book-rain"): [rule, rule]}`.
    sharers: dict[tuple[str, str], list[Counting]] = defaultdict(list)
    for rule in raw.of(schema.RuleShape):
        if score := rule.shape.score:
            for framework, claim in product(sorted(set(score.frameworks)), set(rule.shape.claims)):
                sharers[f"{score.role} points of '{framework}'", claim].append(rule)
    for edge in raw.of(rules.Edge):
        for cost in edge.inside(rules.Cost):
            for claim in set(cost.shape.claims):
                sharers[f"cost of '{edge.shape.id}'", claim].append(cost)
    counted: set[tuple[str, str]] = set()
    for (target, claim), entries in sharers.items():
        for number, second in enumerate(entries):
            # One clash of each is enough to tell, however many share the claim.
            clashes = (first for first in entries[:number] if _can_meet(raw, first, second))
            use = (second.shape.id, claim)
            if use not in counted and (first := next(clashes, None)):
                counted.add(use)
                place = second.place("because", second.shape.claims.index(claim))
                message = f"'{claim}' counts twice for the {target}"
                message += f": '{first.shape.id}' and '{second.shape.id}' can fire together"
                expected = "one rule with two clauses, or other claims"
                yield Fault(place, "counted-twice", message, expected)


def check_matters_are_asked_alike(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse points that one framework gets for a matter from other questions than another does.

    A matter is a claim, or a section in which a scenario stands. Whoever marks one of the questions
    would double one side of it alone, and so could make a lead of what is a tie.
    """
    scenarios = {
        (claim.shape.source, section)
        for claim in raw.of(knowledge.Claim)
        if claim.shape.kind is ClaimKind.SCENARIO
        for section in claim.shape.sections
    }

    # For each role in a matter, who is asked about what:
    # `{("the section 'Rain'", "build"): {"city-bike": {frozenset({"weather"}): rule}}}`.
    asked: dict[tuple[str, Role], dict[str, dict[frozenset[str], RawEntry[schema.RuleShape]]]]
    asked = defaultdict(lambda: defaultdict(dict))
    for rule in raw.of(schema.RuleShape):
        score = rule.shape.score
        if score and score.points > 0:
            # What is to be unanswered is no answer that could be marked.
            ways = {
                frozenset(each.question for each in one if each.choices != {UNANSWERED}): rule
                for one in rule.shape.when
            }
            matters = sorted(set(_matters(raw, rule, scenarios)))
            for matter, name in product(matters, score.frameworks):
                asked[matter, score.role][name] |= ways
    told: set[tuple[str, str]] = set()
    for (matter, _), by_framework in sorted(asked.items()):
        for one, other in permutations(sorted(by_framework), 2):
            for way, rule in by_framework[one].items():
                pair = (rule.shape.id, other)
                if way not in by_framework[other] and pair not in told:
                    told.add(pair)
                    questions = " and ".join(f"'{question}'" for question in sorted(way))
                    message = f"'{rule.shape.id}' pays '{one}' for {matter} by {questions}"
                    expected = f"a rule that pays '{other}' for it by the same questions"
                    yield Fault(rule.place("when"), "asked-apart", message, expected)


def _matters(
    raw: RawRuleBase, rule: RawEntry[schema.RuleShape], scenarios: Collection[tuple[str, str]]
) -> Iterator[str]:
    """Give what a rule is about, in words: its claims, and the sections of scenarios."""
    for name in rule.shape.claims:
        yield f"the claim '{name}'"
        claim = raw.by_id(knowledge.Claim).get(name)
        for section in claim.shape.sections if claim else ():
            if claim and (claim.shape.source, section) in scenarios:
                yield f"the section '{section}'"


def _can_meet(raw: RawRuleBase, first: Counting, second: Counting) -> bool:
    """Say whether one person can give answers under which both fire."""

    def answerable(name: str, one: frozenset[str], other: frozenset[str]) -> bool:
        # One person can give a choice of either set; not where the question could not be read.
        question = raw.by_id(schema.QuestionShape).get(name)
        alone = one <= ALONE or other <= ALONE
        several = question and question.shape.multiple and not alone
        return bool(question and (several or one & other))

    return any(
        all(
            answerable(one.question, one.choices, other.choices)
            for one, other in combinations(together, 2)
            if one.question == other.question
        )
        and not any(_implies(together, exception) for exception in (*barring, *also_barring))
        for (wanted, barring), (also, also_barring) in product(_ways(first), _ways(second))
        for together in [(*wanted, *also)]
    )


def _ways(entry: Counting) -> Iterator[tuple[Clause, rules.NotWhen]]:
    """Give the answers under which an entry fires, and what must not hold beside them."""
    for wanted in entry.shape.when:
        yield wanted, entry.shape.not_when
        for lifting in entry.shape.except_when:
            yield (*wanted, *lifting), ()
