"""How a rule base leans: how often each framework leads when the answers are drawn at random.

Two rule bases are held against each other by the same draws.

The share of drawn answer sets under which a framework leads is its first rank acceptability
index in SMAA-2 (Lahdelma and Salminen, Operations Research 49(3), 2001), computed by simulation.

Every question is answered by choice, each answer to it equally likely, whether it applies or
not; answers to questions that do not apply are ignored, as ever, and nothing is marked as
important. This is even over answers; it says nothing of how many people would give them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

import numpy as np

from advisor.engine.scoring.evaluate import evaluate
from advisor.engine.scoring.index import Counts, Index, index_of
from advisor.engine.scoring.items import Kind
from advisor.engine.scoring.verdict import leading
from advisor.engine.whatif.completions import Completions, Numbered, completions_of
from advisor.model.knowledge import Basis
from advisor.model.remembered import remembered
from advisor.model.rulebase import NONE_CHOICE, Question, RuleBase

DRAWS = 100_000
SEED = 2001
MOST_WORK = 10**13
"""The most for `draws * (rules * questions) ** 2`; above, fewer sets are drawn."""

CHUNK = 4_000
"""Draws that are looked at together: few enough to need little memory."""
SMALLEST_CHUNK = 250
ANSWERED_SHARE = 0.5
"""How likely each question is answered where `decided_early` draws: people leave much open."""
Z = 1.96
"""Standard errors to each side of a share within which the true one lies 95 times in 100."""

NO_RENAMES: Mapping[tuple[str, str], str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """Who leads under answers drawn at random, on one basis.

    Example: with 100,000 draws, `alone={"ash": 57000, "oak": 30000}`, `shared={"ash": 9000, "oak":
    9000}` and `nobody=4000`, Ash leads alone in 57 % of the draws, and nobody in 4 %.
    """

    draws: int
    alone: Mapping[str, int]
    """For each framework, the draws in which it leads alone."""
    shared: Mapping[str, int]
    """For each framework, the draws in which it shares the lead."""
    nobody: int
    """The draws in which nobody leads: all are ruled out, or none has a reason of its own."""
    never_decided: tuple[str, ...]
    """Ids, sorted, of the rules with points or a stop that count on the basis and could be taken
    away, each by itself, without changing who leads in any draw."""
    never_mattered: tuple[str, ...]
    """Ids, in written order, of the questions of which another drawn answer changed in no draw
    who leads; they may still change backends, notes or routes."""


def half_width(part: int, draws: int) -> float:
    """Return the half-width of the 95 % interval (Wilson) around a share, in percentage points.

    Example: `half_width(57000, 100000)` is 0.31: the true share is 57 % give or take that much.
    """
    share = part / draws
    spread = sqrt(share * (1 - share) / draws + Z * Z / (4 * draws * draws))
    return 100 * Z * spread / (1 + Z * Z / draws)


@remembered(2)
def acceptability(rulebase: RuleBase, basis: Basis, draws: int = DRAWS) -> Acceptability:
    """Draw sets of answers to a rule base, always the same ones, and say who leads under them.

    Takes about half a second for a full-grown rule base, and some seconds for one that is twenty
    times as large, for which it draws fewer; remembered for those used last.
    """
    tried = len(rulebase.rules) * len(rulebase.questions)
    draws = min(draws, max(SMALLEST_CHUNK, MOST_WORK // max(tried, 1) ** 2))
    index = index_of(rulebase, basis)
    known, random = completions_of(index.whole), np.random.default_rng(SEED)
    alone, shared = np.zeros((2, len(index.names)), int)
    nobody = 0
    # What has changed no lead so far: each rule with the columns of its clauses, questions.
    rules = {
        item.id: [column for column, _ in index.clauses[item]]
        for item in index.items
        if item.kind in {Kind.SCORE, Kind.STOP}
    }
    questions = list(rulebase.questions)
    done = 0
    while done < draws:
        # Few draws at first: they show already what most rules and questions can do.
        size = min(max(done, SMALLEST_CHUNK), CHUNK, draws - done)
        done += size
        drawn, others = (
            {
                name: _numbers(index, rulebase.questions[name], name, codes)
                for name, codes in _drawn(rulebase.questions, random, size).items()
            }
            for _ in range(2)
        )
        rows = rows_of(known, drawn)
        leaders = leading(evaluate(index, rows))
        many = leaders.sum(axis=1)
        alone += leaders[many == 1].sum(axis=0)
        shared += leaders[many > 1].sum(axis=0)
        nobody += int((many == 0).sum())
        # Take each rule away where it fires, by leaving one more condition of it unmet.
        for rule, columns in [*rules.items()]:
            fires = (rows[:, columns] == 0).any(axis=1)
            without = rows[fires]
            without[:, columns] += 1
            if fires.any() and (leading(evaluate(index, without)) != leaders[fires]).any():
                del rules[rule]
        # Give each question another drawn answer.
        for question in [*questions]:
            changed = rows_of(known, {**drawn, question: others[question]})
            differ = (changed != rows).any(axis=1)
            then = leading(evaluate(index, changed[differ]))
            if (then != leaders[differ]).any():
                questions.remove(question)
    return Acceptability(
        draws=draws,
        alone=dict(zip(index.names, alone.tolist(), strict=True)),
        shared=dict(zip(index.names, shared.tolist(), strict=True)),
        nobody=nobody,
        never_decided=tuple(sorted(rules)),
        never_mattered=tuple(questions),
    )


@remembered(2)
def decided_early(rulebase: RuleBase, basis: Basis, questions: frozenset[str], draws: int) -> int:
    """Count the draws in which the answers to some questions already lead to whom all answers do.

    Each question is answered by one choice, or not at all. Always the same sets are drawn.
    """
    index = index_of(rulebase, basis)
    known, random = completions_of(index.whole), np.random.default_rng(SEED)
    nothing, drawn = np.zeros(draws, int), {}
    for name, question in rulebase.questions.items():
        numbers = [known.options[name].number_of({choice.id}) for choice in question.choices]
        answered = random.random(draws) < ANSWERED_SHARE
        drawn[name] = np.where(answered, random.choice(numbers, draws), 0)
    some = {name: numbers if name in questions else nothing for name, numbers in drawn.items()}
    then, soon = (rows_of(known, answers) for answers in (drawn, some))
    parts = [slice(start, start + CHUNK) for start in range(0, draws, CHUNK)]
    alike = (leading(evaluate(index, then[p])) == leading(evaluate(index, soon[p])) for p in parts)
    return sum(int(each.all(axis=1).sum()) for each in alike)


def rows_of(known: Completions, drawn: Mapping[str, Numbered]) -> Counts:
    """Return for each set of answers what those to the questions that apply leave unmet.

    Drawn are for every question the numbers of the options, 0 where it is not answered.
    """
    unmet, counting = known.unmet[:, : known.index.width], dict[str, Numbered]()
    size = len(next(iter(drawn.values()), ()))
    rows = np.zeros((size, unmet.shape[1]), np.int8)
    nothing = np.zeros(size, int)
    for name, numbers in drawn.items():
        applies = np.full(size, name not in known.applies)
        for clause in known.applies.get(name, ()):
            # A question that does not apply, or comes later, satisfies nothing.
            applies |= np.logical_and.reduce(
                [np.isin(counting.get(asked, nothing), [*met]) for asked, met in clause]
            )
        counting[name] = np.where(applies, numbers, 0)
        rows += unmet[known.starts[name] + counting[name]]
    return rows


Ids = tuple[str, ...]


def leads_moved(
    one: RuleBase, other: RuleBase, draws: int = DRAWS
) -> tuple[int, Mapping[tuple[Ids, Ids], int]]:
    """Draw answers and count who leads by one rule base, and who by another.

    Returns:
        How many were drawn; by leaders of the first and of the second the count.
    """
    indexes = [index_of(rulebase, Basis.CHECKED) for rulebase in (one, other)]
    renames = {(each.kind, each.was): each.now for each in other.renames}
    frameworks = [
        [renames.get(("framework", name), name) for name in indexes[0].names],
        list(indexes[1].names),
    ]
    random, found = np.random.default_rng(SEED), Counter[tuple[Ids, Ids]]()
    for start in range(0, draws, CHUNK):
        size = min(CHUNK, draws - start)
        drawn = _drawn(one.questions, random, size)
        leads = []
        for index in indexes:
            numbers = dict.fromkeys(index.rulebase.questions, np.zeros(size, int))
            for name, codes in drawn.items():
                asked = name if index is indexes[0] else renames.get(("question", name), name)
                if asked in numbers:
                    numbers[asked] = _numbers(index, one.questions[name], asked, codes, renames)
            leads.append(leading(evaluate(index, rows_of(completions_of(index.whole), numbers))))
        both, counts = np.unique(np.hstack(leads), axis=0, return_counts=True)
        for row, count in zip(both.tolist(), counts.tolist(), strict=True):
            flags = row[: len(frameworks[0])], row[len(frameworks[0]) :]
            was, now = (
                tuple(sorted(n for n, lead in zip(side, flag, strict=True) if lead))
                for side, flag in zip(frameworks, flags, strict=True)
            )
            found[was, now] += count
    return draws, found


# The generator in quotes: NumPy loads what draws when it is first named, and few processes draw.
def _drawn(
    questions: Mapping[str, Question], random: "np.random.Generator", size: int
) -> dict[str, Numbered]:
    """Draw so many answers to each question, each equally likely, as numbers below `_answers`."""
    return {name: random.integers(0, _answers(q), size) for name, q in questions.items()}


def _answers(question: Question) -> int:
    """Return how many answers a question has: choices, or sets of boxes and none of them."""
    ids = [choice.id for choice in question.choices]
    if not question.multiple:
        return len(ids)
    boxes = [name for name in ids if name != NONE_CHOICE]
    return (1 << len(boxes)) - (NONE_CHOICE not in ids)


def _answer(question: Question, code: int) -> frozenset[str]:
    """Return the answer of a number below `_answers`."""
    ids = [choice.id for choice in question.choices]
    if not question.multiple:
        return frozenset({ids[code]})
    boxes = [name for name in ids if name != NONE_CHOICE]
    # The highest number stands for no box at all, which is `none`.
    chosen = {name for place, name in enumerate(boxes) if code + 1 >> place & 1}
    return frozenset(chosen or {NONE_CHOICE})


def _numbers(
    index: Index,
    question: Question,
    asked: str,
    codes: Numbered,
    renames: Mapping[tuple[str, str], str] = NO_RENAMES,
) -> Numbered:
    """Return for drawn answers to a question the numbers of their options by another rule base."""
    options = completions_of(index.whole).options[asked]
    known = {choice.id for choice in index.rulebase.questions[asked].choices}
    every, places = np.unique(codes, return_inverse=True)

    def today(choice: str) -> str:
        for name in (question.id, asked):
            if now := renames.get(("choice", f"{name}:{choice}")):
                return now.partition(":")[2]
        return choice

    numbers = []
    for code in every.tolist():
        answer = _answer(question, code)
        if not answer <= known:
            answer = frozenset(map(today, answer)) & known
        numbers.append(options.number_of(answer))
    return np.array(numbers)[places]
