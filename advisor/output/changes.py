"""What would change a recommendation, in words: answers, marks, constraints, ways to ship."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import chain, islice, zip_longest

from advisor.engine.scoring.conditions import applying, counting, holds
from advisor.engine.whatif.counterfactuals import answers_after
from advisor.model.answers import ONE_TOOL, WITHOUT, Answers
from advisor.model.explanation import Alternative, Counterfactual, Edit, Explanation, Mark, Other
from advisor.model.recommendation import Otherwise, Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output import words
from advisor.output.words import names, plans_in_words

TOLD = 3
"""How many changes are told for each framework where there is little room."""

NEAREST = 2
"""How many are told where there is hardly any."""

ALTERNATIVES_TITLE = "Other ways to ship"
"""What the part that tells the alternatives is called, wherever it stands."""


def first_counterfactuals(rulebase: RuleBase, other: Other) -> list[Counterfactual]:
    """Return a few sets of edits that make a framework lead, the likeliest first, `TOLD` at most.

    Neither those that answer open questions nor those that take answers back hide the others.
    """
    likeliest = _likeliest(rulebase)
    openings, changes = sorted(other.openings, key=likeliest), sorted(other.changes, key=likeliest)
    told = openings[: TOLD - min(len(changes), 1)]
    return told + changes[: TOLD - len(told)]


def nearest_changes(
    rulebase: RuleBase, explanation: Explanation, following: str | None, blank: Collection[str]
) -> list[tuple[str, Counterfactual]]:
    """Return a few single answers that change who leads alone, each with the id of who would.

    Of those that come next each is heard once before any is heard again. Following is the
    question that is proposed, if one is; blank are those that were left so.
    """
    likeliest = _likeliest(rulebase, following, blank)
    others = [other for other in explanation.others.values() if other.size == 1]
    singles = [
        [(each.framework, found) for found in sorted(each.openings + each.changes, key=likeliest)]
        for each in others
    ]
    rounds = (filter(None, each) for each in zip_longest(*singles))
    # Who comes next goes first, whichever question is proposed.
    alike = _likeliest(rulebase, None, blank)
    heard = (sorted(each, key=lambda told: alike(told[1])) for each in rounds)
    return list(islice(chain.from_iterable(heard), NEAREST))


def _likeliest(
    rulebase: RuleBase, following: str | None = None, blank: Collection[str] = ()
) -> Callable[[Counterfactual], tuple[bool, ...]]:
    """Return by what to sort sets of edits, so that those come first that somebody may well make.

    A question that is still to be answered, before all the one that is proposed; then those that
    were left blank; then answers given, at last those to the questions that decide most, as they
    say what the project is. Those alike stay in their order.
    """

    def key(found: Counterfactual) -> tuple[bool, ...]:
        name, opens = found[0].question, found[0].opens
        decides = rulebase.questions[name].first
        return not opens, not opens and decides, name in blank, name != following

    return key


def worth_answering(
    recommendation: Recommendation,
    told: Sequence[tuple[str, Counterfactual]],
    asked: Collection[str],
) -> str | None:
    """Return the question to propose next to what is told to change who leads.

    It is among those told; where none of them is open, one that could share the lead out; else the
    next in order. Asked are questions that were left blank.
    """
    waiting = [
        each
        for each in recommendation.open_questions
        if not each.unsure and each.question not in asked
    ]
    opened = {edit.question for _, found in told for edit in found}
    following = recommendation.next_question
    for worthwhile in (
        [each.question for each in waiting if each.question in opened],
        [each.question for each in waiting if each.matters],
    ):
        if worthwhile:
            return following if following in worthwhile else worthwhile[0]
    return following


def too_few(rulebase: RuleBase, other: Other, edits: int = 1) -> str:
    """Say that one answer, or even two, would not make a framework lead alone; empty if one does.

    Of how many edits at once it speaks says how many were tried: never more than was worked out.
    """
    name = rulebase.frameworks[other.framework].name
    found = (*other.openings, *other.changes)
    if not found and edits == 1:
        # Two boxes of one question are two edits: nobody tried whether another answer would do.
        return f"No single answer, given or taken back, would make {name} lead alone."
    if not found:
        return f"No two answers would make {name} lead alone."
    return f"No single answer would make {name} lead alone." if min(map(len, found)) > 1 else ""


def changes_in_words(rulebase: RuleBase, answers: Answers, other: Other) -> Iterator[str]:
    """Give in sentences the first changes that would make a framework lead, and how many follow."""
    if few := too_few(rulebase, other):
        yield few
    told = first_counterfactuals(rulebase, other)
    for found in told:
        told_so = counterfactual_in_words(rulebase, found, other.framework, answers)
        yield f"{told_so}{clash_in_words(rulebase, answers, found)}."
    more = len(other.changes) + len(other.openings) - len(told)
    if more:
        name = rulebase.frameworks[other.framework].name
        yield f"{words.counted(more, 'more change').capitalize()} would make {name} lead."


def counterfactual_in_words(
    rulebase: RuleBase, found: Counterfactual, framework: str, answers: Answers
) -> str:
    """Return what edits of some answers bring about, as a person would say it, without a full stop.

    `If you answered “Team” with “Large” and “Goal” were “Research”, Ash would lead`
    """
    supposed = words.listed([_supposed(rulebase, edit, answers) for edit in found])
    return f"If {supposed}, {rulebase.frameworks[framework].name} would lead"


def clash_in_words(rulebase: RuleBase, answers: Answers, found: Counterfactual) -> str:
    """Say which answers no longer go together after some edits, as a part of a sentence; or "".

    `, but that does not go with “System” and “GPU”`
    """
    now, then = (
        {
            tuple(condition.question for condition in clause)
            for conflict in rulebase.conflicts.values()
            for clause in conflict.when
            if holds((clause,), chosen)
        }
        for given in (answers.given, answers_after(answers, *found).given)
        for chosen in [counting(given, applying(rulebase, given))]
    )
    edited = {edit.question for edit in found}
    clashing = {name for asked in then - now for name in set(asked) - edited or asked}
    labels = [words.quoted(q.label) for q in rulebase.questions.values() if q.id in clashing]
    return f", but that does not go with {words.listed(labels)}" if labels else ""


def _supposed(rulebase: RuleBase, edit: Edit, answers: Answers) -> str:
    """Return an edit as what would have to be so: `“Goal” were “Research”`."""
    question = words.quoted(rulebase.questions[edit.question].label)
    before, after = answers.given.get(edit.question, frozenset()), {*edit.after}
    quoted = partial(words.quoted_choices, rulebase, edit.question)
    if edit.opens:
        return f"you answered {question} with {quoted(after)}"
    if before < after and before:
        return f"{question} were {quoted(after - before)} too"
    if after < before:
        return f"{question} were not {quoted(before - after)}"
    return f"{question} were {quoted(after)}"


def mark_in_words(rulebase: RuleBase, mark: Mark) -> str:
    """Return what a mark of importance would bring."""
    label = rulebase.questions[mark.question].label
    counts = "counted double" if mark.adds else "no longer counted double"
    leaders = words.names(rulebase, mark.leaders) or "none of them"
    verb = "would lead" if len(mark.leaders) < 2 else "would be level"  # noqa: PLR2004 - one leads, two are level
    return f"If {label} {counts}, {leaders} {verb}"


def leaders_in_words(rulebase: RuleBase, leaders: Sequence[str]) -> str:
    """Return who leads: a name, several that are level, or none."""
    level = " level" if len(leaders) > 1 else ""
    return f"{words.names(rulebase, leaders)}{level}" if leaders else "no leader at all"


def closeness(rulebase: RuleBase, recommendation: Recommendation, explanation: Explanation) -> str:
    """Say that the choice of the shipper is close where the lead itself need not be.

    Empty where several lead, or where no alternative is close.
    """
    if recommendation.verdict not in {Verdict.CLOSE, Verdict.CLEAR} or not explanation.ways:
        return ""
    nearest = explanation.ways[0].against.behind
    if nearest > rulebase.margins.close:
        return ""
    near = [each.plan for each in explanation.ways if each.against.behind == nearest]
    others = words.listed([words.alternative_in_words(rulebase, plan) for plan in near])
    if not nearest:
        return f"How to ship is open: level on points with {others}."
    return f"How to ship is close: {words.counted(nearest, 'point')} ahead of {others}."


def distance_in_words(rulebase: RuleBase, alternative: Alternative) -> str:
    """Return an alternative and how far it is behind, without a full stop."""
    behind = alternative.against.behind
    gap = f"{words.counted(behind, 'point')} behind" if behind else "level on points"
    return f"{words.alternative_in_words(rulebase, alternative.plan)}: {gap}"


def differences(rulebase: RuleBase, alternative: Alternative) -> Iterator[tuple[str, str]]:
    """Yield what an alternative has over the leader's plan, or lacks: signed points, a reason."""
    texts = words.reason_texts(rulebase)
    for each in sorted(alternative.against.differences, key=lambda d: (d.theirs - d.ours, d.rule)):
        text = words.difference_in_words(each, texts[each.rule], "The leading plan")
        yield words.signed(each.ours - each.theirs), text


LABELS = {WITHOUT: "Left out", ONE_TOOL: "One framework builds and ships"}
"""What constraints are called in lists and tables, by their keys."""

ADVERBS = {Verdict.CLOSE: "narrowly", Verdict.CLEAR: "clearly"}
"""How somebody leads alone."""


def worth_telling(recommendation: Recommendation) -> Iterator[Otherwise]:
    """Yield what lifting constraints leads to: each, and all together where that is different."""
    # All together only if that gives something that none of them gives alone.
    single: list[object] = []
    for there in recommendation.lifted:
        gives = (there.plans, there.verdict)
        if there.without or there.one_tool or not single or gives not in single:
            yield there
        single.append(gives)


def lifted_in_words(rulebase: RuleBase, recommendation: Recommendation, there: Otherwise) -> str:
    """Say which constraints are lifted there, and what that would lead to.

    Example: "You left out Ash. Without that, Ash would lead, clearly."
    """
    freed = _freed(recommendation, there)
    parts = [f"left {names(rulebase, freed)} out"] if freed else []
    if recommendation.answers.one_tool and not there.one_tool:
        parts.append("asked for one framework to build and ship")
    said = " and ".join(parts)
    if not there.differs:
        return f"You {said}. That changes nothing."
    return f"You {said}. Without that, {_outcome(rulebase, recommendation, there)}."


def to_reconsider(rulebase: RuleBase, recommendation: Recommendation) -> str:
    """Say what to take back where the constraints leave nothing; empty where facts forbid it all.

    Example: "Allow Ash or Birch again, or more than one framework."
    """
    helps = [there for there in recommendation.lifted if there.differs]
    if recommendation.verdict is not Verdict.NONE or not helps:
        return ""
    each = [there for there in helps if there.without or there.one_tool or len(helps) == 1]
    freed = [name for there in each for name in _freed(recommendation, there)]
    # One is enough where each helps by itself.
    joint = "or" if len(each) == len(freed) else "and"
    allowed = [f"{names(rulebase, freed, joint)} again"] if freed else []
    tools = any(not there.one_tool for there in each) and recommendation.answers.one_tool
    allowed += ["more than one framework"] if tools else []
    return f"Allow {f', {joint} '.join(allowed)}."


def why_left_out(rulebase: RuleBase, recommendation: Recommendation, framework: str) -> str:
    """Say why the constraints leave a framework no plan that it could lead."""
    answers, name = recommendation.answers, rulebase.frameworks[framework].name
    if framework in answers.without:
        return f"You left {name} out."
    if not answers.one_tool:
        return f"{name} would need what you left out."
    either = " or what you left out" if answers.without else ""
    return f"{name} would need another framework to ship{either}."


def _freed(recommendation: Recommendation, there: Otherwise) -> list[str]:
    """Return the frameworks that are left out here and not there."""
    return sorted(recommendation.answers.without - {*there.without})


def _outcome(rulebase: RuleBase, here: Recommendation, there: Otherwise) -> str:
    """Say what the answers give there that they do not give here."""
    if there.verdict is Verdict.OPEN:
        return "more answers would be needed to recommend one"
    if there.leaders != here.leaders:
        how = f"lead, {ADVERBS[there.verdict]}" if there.verdict in ADVERBS else "be level"
        return f"{names(rulebase, there.leaders)} would {how}"
    plans = plans_in_words(rulebase, there.plans)
    return f"the answer would be {plans}, {ADVERBS.get(there.verdict, 'a tie')}"
