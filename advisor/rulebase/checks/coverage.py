"""Nothing is asked in vain, and no framework is without a say."""

from collections.abc import Iterator

from advisor.errors import Fault
from advisor.model.rulebase import NONE_CHOICE
from advisor.rulebase.mentions import RULES, By, frameworks_named, questions_asked
from advisor.rulebase.raw import Item, RawRuleBase
from advisor.rulebase.schema import QuestionShape


def check_choices_are_used(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a choice that changes nothing and does not say so with `neutral: true`."""
    if not raw.rules or not raw.frame:
        return
    used = {
        (asked.question, choice)
        for asked in questions_asked(raw)
        if asked.by is not By.SCENARIO
        for choice in asked.choices
    }
    for item in raw.questions:
        for choice, neutral, steps in _choices(item):
            unused = (item.shape.id, choice) not in used and choice not in raw.mentioned
            if unused and not neutral:
                message = f"no rule looks at the choice '{choice}' of '{item.shape.id}'"
                expected = "a rule that does, or 'neutral: true'"
                yield Fault(item.place(*steps), "unused-choice", message, expected)


def check_neutral_choices_move_nothing(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a rule that looks at a choice which calls itself neutral."""
    neutral = {
        (item.shape.id, choice)
        for item in raw.questions
        for choice, is_neutral, _ in _choices(item)
        if is_neutral
    }
    for asked in questions_asked(raw):
        for index, choice in enumerate(asked.choices):
            if asked.by in RULES and (asked.question, choice) in neutral:
                place = asked.item.place(*asked.steps, index)
                message = (
                    f"a {asked.by} looks at '{choice}' of '{asked.question}', which is neutral"
                )
                expected = "another choice, or no 'neutral' there"
                yield Fault(place, "neutral-used", message, expected)


def _choices(item: Item[QuestionShape]) -> Iterator[tuple[str, bool, tuple[str | int, ...]]]:
    """Give each choice, whether it is neutral, and the way to it."""
    for index, choice in enumerate(item.shape.choices):
        yield choice.id, choice.neutral, ("choices", index)
    if item.shape.none:
        yield NONE_CHOICE, item.shape.none.neutral, ("none",)


def check_frameworks_have_reasons(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a framework that no rule scores: it could never be recommended."""
    if not raw.rules:
        return
    scored = {each.id for each in frameworks_named(raw) if each.by is By.SCORE} | raw.mentioned
    for item in raw.frameworks:
        if item.shape.id not in scored:
            message = f"no rule gives points to '{item.shape.id}'"
            expected = "a score rule that names it"
            yield Fault(item.place("id"), "framework-without-rules", message, expected)


def check_subjects_are_used(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a subject that no tradeoff and no claim is about: its page would be empty."""
    if not raw.rules or not raw.claims:
        return
    used = {item.shape.topic for item in raw.tradeoffs}
    used |= {item.shape.topic for item in raw.claims} | raw.mentioned
    for item in raw.subjects:
        if item.shape.id not in used:
            message = f"no tradeoff and no claim is about the subject '{item.shape.id}'"
            expected = "a claim or a tradeoff file that is"
            yield Fault(item.place("id"), "unused-subject", message, expected)


def check_edges_join_two(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse an edge from a framework to itself: shipping what one built costs nothing."""
    for edge in raw.edges:
        if edge.shape.builder == edge.shape.shipper:
            message = f"'{edge.shape.builder}' needs no edge to itself"
            expected = "two different frameworks"
            yield Fault(edge.place("shipper"), "edge-to-itself", message, expected)
