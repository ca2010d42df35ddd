"""Ids keep clear of words that addresses use, and files are called after what stands in them."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from advisor.errors import Fault
from advisor.model.rulebase import NONE_CHOICE
from advisor.rulebase.raw import RawRuleBase

RESERVED_FOR_QUERIES = frozenset(
    {
        "any", "unsure", "none", "important", "basis", "edition", "expect", "trace", "project",
        "with", "asked",
    }
)  # fmt: skip
RESERVED_FOR_ANSWERS = frozenset({"any", "unsure", NONE_CHOICE})


def check_reserved_words(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse ids that mean something else in an address, such as `unsure` for a choice."""
    for item in raw.questions:
        name = item.shape.id
        if name in RESERVED_FOR_QUERIES:
            message = f"'{name}' means something else in an address"
            expected = f"none of {', '.join(sorted(RESERVED_FOR_QUERIES))}"
            yield Fault(item.place("id"), "reserved-word", message, expected)
        for index, choice in enumerate(item.shape.choices):
            if choice.id in RESERVED_FOR_ANSWERS:
                message = f"'{choice.id}' means something else as an answer"
                expected = "another id" + (
                    "; the exclusive answer is the question's key 'none'"
                    if choice.id == NONE_CHOICE
                    else ""
                )
                yield Fault(item.place("choices", index, "id"), "reserved-word", message, expected)


def check_file_names(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse a file called otherwise than the framework or tradeoff in it; nobody would find it."""
    for framework in raw.frameworks:
        stem = PurePosixPath(framework.file).stem
        if stem != framework.shape.id:
            message = f"the file '{stem}' holds the framework '{framework.shape.id}'"
            yield Fault(
                framework.place("id"), "file-name", message, _either(stem, framework.shape.id)
            )
    for tradeoff in raw.tradeoffs:
        stem = PurePosixPath(tradeoff.file).stem
        if stem != tradeoff.shape.topic:
            message = f"the file '{stem}' holds the tradeoff '{tradeoff.shape.topic}'"
            yield Fault(
                tradeoff.place("topic"), "file-name", message, _either(stem, tradeoff.shape.topic)
            )


def _either(stem: str, name: str) -> str:
    return f"'{stem}' here, or a file called {name}.yaml"
