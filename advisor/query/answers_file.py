"""Writes the answers file, `advice.yaml`: answers, and what may be recommended for them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from advisor.model.recommendation import Recommendation
from advisor.query.expect import NOTHING
from advisor.query.fields import ACCEPT, KINDS, LISTS
from advisor.query.query import EXPECT_WORDS, Expectation, Query
from advisor.query.write import query_pairs
from advisor.yamlfile import BOOLEANS, NULLS, TRUE_OR_FALSE

HEAD = "# What this project answered, and what may be recommended for it: see `advisor check`."
LEADERS = "leaders"
NO_REMARKS: Mapping[str, str] = MappingProxyType({})


def answers_file(
    query: Query,
    recommendation: Recommendation | None = None,
    head: str = HEAD,
    remarks: Mapping[str, str] = NO_REMARKS,
) -> str:
    """Write a query as YAML that reads as the same query, but for what a questionnaire asked.

    Where a query expects nothing, the file accepts who is recommended, if anybody is. The head is
    its first line; remarks stand behind the answers to the questions that they are about.

    Example: `answers:`, `  goal: research`, `accept:`, `  leaders: [ash]`, one below the other.
    """
    expect = query.expect
    if not expect and recommendation and recommendation.verdict not in NOTHING:
        expect = Expectation(frozenset(recommendation.leaders))
    said: dict[str, list[str]] = defaultdict(list)
    for key, value in query_pairs(query, {"project"}):
        is_switch = KINDS.get(key, (str,))[0] is bool
        said[key].append("true" if is_switch else _scalar(value))
    answers = {key: said.pop(key) for key in sorted(query.answers.said())}
    first: dict[str, list[str]] = {k: said.pop(k) for k in ("project", "edition") if k in said}
    accept: dict[str, list[str]] = defaultdict(list)
    for each in expect.words() if expect else ():
        word, _, value = each.partition(":")
        if word in EXPECT_WORDS:
            accept[word].append(value)
        else:  # a framework, or a plan of two
            accept[LEADERS].append(_scalar(each))
    lines = [head, *_lines(first), "answers:" if answers else "answers: {}"]
    lines += [*_lines(answers, "  ", remarks), *_lines(said)]
    lines += [f"{ACCEPT}:", *_lines(accept, "  ")] if accept else []
    return "\n".join(lines) + "\n"


def _lines(
    values: Mapping[str, list[str]], indent: str = "", remarks: Mapping[str, str] = NO_REMARKS
) -> Iterator[str]:
    for key, texts in values.items():
        several = len(texts) > 1 or key in LISTS or key == LEADERS
        written = f"{indent}{key}: " + (f"[{', '.join(texts)}]" if several else texts[0])
        yield f"{written}  # {remarks[key]}" if key in remarks else written


def _scalar(text: str) -> str:
    """Write a text as it is, or in quotes where YAML could take it for something else."""
    taken = text in TRUE_OR_FALSE or text in BOOLEANS or text in NULLS
    bare = re.fullmatch("[a-z][a-z0-9-]*", text) and not taken
    return text if bare else json.dumps(text, ensure_ascii=False)
