"""The questions, their order, what takes them away, and that nothing is asked in vain."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from advisor.errors import Fault
from advisor.model import rulebase as base
from advisor.model.rulebase import NONE_CHOICE
from advisor.rulebase import schema
from advisor.rulebase.checks.ids import mentions
from advisor.rulebase.files import RawEntry, RawRuleBase


def check_topics_list_questions_once(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a question that topics list a second time."""
    listed: set[str] = set()
    known = {*raw.by_id(schema.QuestionShape), *raw.dropped["question"]}
    for topic in raw.of(base.Topic):
        for index, question in enumerate(topic.shape.questions):
            if question in listed and question in known:
                message = f"the question '{question}' is listed twice"
                place = topic.place("questions", index)
                yield Fault(place, "listed-twice", message, "each question once")
            listed.add(question)


def check_questions_are_listed(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a question that no topic lists, or another one than its file is called after."""
    topics = _topics(raw)
    for item in raw.of(schema.QuestionShape) if raw.manifest else ():
        own, listed = PurePosixPath(item.file).stem, topics.get(item.shape.id)
        if listed is None:
            message = f"no topic lists the question '{item.shape.id}', so it is never asked"
            expected = f"it in the topic '{own}' of rulebase.yaml"
            yield Fault(item.place("id"), "not-listed", message, expected)
        elif listed != own:
            message = f"the topic '{listed}' lists the question '{item.shape.id}'"
            expected = f"it in questions/{listed}.yaml"
            yield Fault(item.place("id"), "other-topic", message, expected)


def check_applies_looks_back(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a question that depends on itself or on one that is asked after it."""
    order = {question: number for number, question in enumerate(_topics(raw))}
    for item in raw.of(schema.QuestionShape):
        name = item.shape.id
        for index, alternative in enumerate(item.shape.applies):
            for question in (each.question for each in alternative):
                if {question, name} <= order.keys() and order[question] >= order[name]:
                    place = item.key_place("applies", index, question)
                    message = f"'{name}' is asked before '{question}' is answered"
                    yield Fault(place, "looks-ahead", message, "questions asked earlier")


def check_scenarios_can_be_answered(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a scenario that gives two answers where a person can give one."""
    for item in raw.of(base.Scenario):
        for name, choices in item.shape.answers.items():
            question = raw.by_id(schema.QuestionShape).get(name)
            if not question or len(choices) == 1:
                continue
            place = item.place("answers", name, 1)
            if not question.shape.multiple:
                message = f"question '{name}' takes one answer"
                yield Fault(place, "several-answers", message, "one choice")
            elif NONE_CHOICE in choices:
                message = f"'{NONE_CHOICE}' excludes every other answer to '{name}'"
                yield Fault(place, "none-with-others", message, "it alone, or the others")


def check_choices_are_used(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a choice that changes nothing, or that rules look at although it is neutral."""
    looked_at = [
        each
        for each in raw.once(mentions)
        if each.kind == "choice" and each.by not in {"scenario", "conflict", "detector"}
    ]
    used = {(mention.question, mention.id) for mention in looked_at}
    neutral: set[tuple[str, str]] = set()
    for item in raw.of(schema.QuestionShape):
        choices: list[RawEntry[base.Choice] | RawEntry[schema.NoneShape]]
        choices = [*item.inside(base.Choice), *item.inside(schema.NoneShape)]
        for choice in choices:
            name = choice.shape.id if isinstance(choice.shape, base.Choice) else NONE_CHOICE
            if choice.shape.neutral:
                neutral.add((item.shape.id, name))
            elif (item.shape.id, name) not in used and name not in raw.mentioned:
                if not raw.of(schema.RuleShape) or not raw.manifest:
                    continue  # rules or switches that look at it may be missing
                message = f"no rule looks at the choice '{name}' of '{item.shape.id}'"
                expected = "a rule that does, or 'neutral: true'"
                yield Fault(choice.place(), "unused-choice", message, expected)
    for mention in looked_at:
        if mention.by.endswith(" rule") and (mention.question, mention.id) in neutral:
            message = f"a {mention.by} looks at '{mention.id}' of '{mention.question}'"
            expected = "another choice, or no 'neutral' there"
            yield Fault(mention.place, "neutral-used", f"{message}, which is neutral", expected)


def _topics(raw: RawRuleBase) -> Mapping[str, str]:
    """Return the topic of each listed question, in the order in which they are asked."""
    topics: dict[str, str] = {}
    for topic in raw.of(base.Topic):
        for question in topic.shape.questions:
            topics.setdefault(question, topic.shape.id)
    return topics
