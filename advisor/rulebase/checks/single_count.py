"""One matter counts once: rules that fire together for the same role share no claim."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from advisor.errors import Fault
from advisor.model.rulebase import NONE_CHOICE
from advisor.rulebase.raw import Item, RawRuleBase, costs_of
from advisor.rulebase.rule_schema import CostShape, RuleShape
from advisor.rulebase.schema import QuestionShape

Counting = Item[RuleShape] | Item[CostShape]
"""An entry whose points a claim carries."""

Alternatives = Sequence[Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Target:
    """What points go to: a role of a framework, or the cost of an edge."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind} of '{self.id}'"


def check_claims_count_once(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse two rules that give the same role of a framework points for the same claim.

    Only rules that can fire together are refused; where one of two should, they are one rule
    with alternatives. The costs of one edge are held to the same.
    """
    questions = {name: item.shape for name, item in raw.questions_by_id.items()}
    counted: set[tuple[str, str, str]] = set()
    for (target, claim), entries in sorted(_sharers(raw).items(), key=lambda pair: pair[0][1]):
        for first, second in combinations(entries, 2):
            pair = (first.shape.id, second.shape.id, claim)
            if pair not in counted and _can_meet(first, second, questions):
                counted.add(pair)
                yield _fault(first, second, claim, target)


def _sharers(raw: RawRuleBase) -> Mapping[tuple[Target, str], list[Counting]]:
    """Return the entries that move a target by a claim, for every target and claim."""
    sharers: dict[tuple[Target, str], list[Counting]] = defaultdict(list)
    for rule in raw.rules:
        score = rule.shape.score
        if score:
            for framework in sorted(set(score.frameworks)):
                _add(sharers, Target(f"{score.role} points", framework), rule)
    for edge in raw.edges:
        for cost in costs_of(edge):
            _add(sharers, Target("cost", edge.shape.id), cost)
    return sharers


def _add(
    sharers: dict[tuple[Target, str], list[Counting]], target: Target, entry: Counting
) -> None:
    for claim in sorted(set(entry.shape.because)):
        sharers[target, claim].append(entry)


def _fault(first: Counting, second: Counting, claim: str, target: Target) -> Fault:
    place = second.place("because", second.shape.because.index(claim))
    message = f"'{claim}' counts twice for the {target}"
    message += f": '{first.shape.id}' and '{second.shape.id}' can fire together"
    return Fault(place, "counted-twice", message, "one rule with alternatives, or other claims")


def _can_meet(first: Counting, second: Counting, questions: Mapping[str, QuestionShape]) -> bool:
    return any(
        _compatible(one, other, questions)
        for one in _alternatives(first)
        for other in _alternatives(second)
    )


def _alternatives(entry: Counting) -> Alternatives:
    return entry.shape.when or [{}]


def _compatible(
    one: Mapping[str, Sequence[str]],
    other: Mapping[str, Sequence[str]],
    questions: Mapping[str, QuestionShape],
) -> bool:
    """Say whether one person can give answers that satisfy both.

    No where a question could not be read: nobody knows then, and its own fault is told.
    """
    shared: Iterable[str] = one.keys() & other.keys()
    return all(
        name in questions
        and _answerable(set(one[name]), set(other[name]), multiple=questions[name].multiple)
        for name in shared
    )


def _answerable(one: set[str], other: set[str], *, multiple: bool) -> bool:
    if one & other:
        return True
    return multiple and {NONE_CHOICE} not in (one, other)
