"""The questions, their order, and what takes them away."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from advisor.errors import Fault, Place, nearest
from advisor.model.rulebase import NONE_CHOICE
from advisor.rulebase.raw import Item, RawRuleBase
from advisor.rulebase.schema import QuestionShape, RuleBaseFile


def check_topics_list_questions(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a question in a topic's list that is not there, or is listed a second time."""
    if not raw.frame:
        return
    known = {*raw.questions_by_id, *raw.dropped["question"]}
    listed: set[str] = set()
    for topic_index, topic in enumerate(raw.frame.shape.topics):
        for index, question in enumerate(topic.questions):
            place = raw.frame.place("topics", topic_index, "questions", index)
            if question not in known:
                message, near = f"there is no question '{question}'", nearest(question, known)
                yield Fault(place, "unknown-question", message, "the id of a question", near)
            elif question in listed:
                message = f"the question '{question}' is listed twice"
                yield Fault(place, "listed-twice", message, "each question once")
            listed.add(question)


def check_questions_are_listed(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a question that no topic lists, or another one than its file is called after."""
    if not raw.frame:
        return
    topics = _topics(raw.frame)
    for item in raw.questions:
        own, listed = PurePosixPath(item.file).stem, topics.get(item.shape.id)
        if listed is None:
            message = f"no topic lists the question '{item.shape.id}', so nobody is asked"
            expected = f"it in the topic '{own}' of rulebase.yaml"
            yield Fault(item.place("id"), "not-listed", message, expected)
        elif listed != own:
            message = f"the topic '{listed}' lists the question '{item.shape.id}'"
            expected = f"it in questions/{listed}.yaml"
            yield Fault(item.place("id"), "other-topic", message, expected)


def check_applies_looks_back(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a question that depends on itself or on one that is asked after it."""
    if not raw.frame:
        return
    order = {question: number for number, question in enumerate(_topics(raw.frame))}
    for item in raw.questions:
        for index, alternative in enumerate(item.shape.applies or ()):
            for question in alternative:
                known = question in order and item.shape.id in order
                if known and order[question] >= order[item.shape.id]:
                    place = item.key_place("applies", index, question)
                    message = f"'{item.shape.id}' is asked before '{question}' is answered"
                    yield Fault(place, "looks-ahead", message, "questions asked earlier")


def check_scenarios_can_be_answered(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a scenario that gives two answers where a person can give one."""
    for item in raw.scenarios:
        for question, choices in item.shape.answers.items():
            asked = raw.questions_by_id.get(question)
            if asked and len(choices) > 1:
                yield from _too_many(item.place("answers", question, 1), asked.shape, choices)


def _too_many(place: Place, question: QuestionShape, choices: list[str]) -> Iterator[Fault]:
    if not question.multiple:
        message = f"question '{question.id}' takes one answer"
        yield Fault(place, "several-answers", message, "one choice")
    elif NONE_CHOICE in choices:
        message = f"'{NONE_CHOICE}' excludes every other answer to '{question.id}'"
        yield Fault(place, "none-with-others", message, "it alone, or the others")


def _topics(frame: Item[RuleBaseFile]) -> Mapping[str, str]:
    """Return the topic of each listed question, in the order in which they are asked."""
    topics: dict[str, str] = {}
    for topic in frame.shape.topics:
        for question in topic.questions:
            topics.setdefault(question, topic.id)
    return topics
