"""What templates can ask: filters over the things of a rule base, and the words for them.

A filter takes a thing of the model, or ids, and returns words, an address or other things:

    {{ plan.score | signed }}                      +3
    {{ 2 | counted("point") }}                     two points
    {{ claim | url }}                              /claims/m12
    {{ rule.effect.frameworks | names }}           X, Y and Z
    {{ role | words }}                             building
    {% for claim in rule.claims | claims %}        the claims with these ids, best first
    {% set sign = claim.status | sign %}           sign.word, sign.tone, sign.path

The rule base itself is the global `rulebase`: `{{ rulebase.sources[claim.source].title }}`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from textwrap import shorten
from typing import Any

from advisor.model.answers import MAX_IMPORTANT
from advisor.model.knowledge import Basis, Status
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Phase, Role
from advisor.output import changes, headline, words
from advisor.output.card import HEIGHT, WIDTH
from advisor.query.query import MAX_PROJECT
from advisor.web import urls
from advisor.web.pages import answers, bases, claims, method, question, rules
from advisor.web.pages.answers import mark_links
from advisor.web.pages.standings import standing_rows

SECTIONS = {
    "/tradeoffs": "Head to head",
    "/frameworks": "One by one",
    "/claims": "Claims",
    "/sources": "Sources",
    "/disagreements": "Disagreements",
    "/tools": "Tools",
    "/method": "How it scores",
}
"""The pages of knowledge by address, in the order in which they are offered."""

TITLE_LENGTH = 70
"""Longest title that is made of a text, in characters."""

_WORDS: Mapping[type, Mapping[Any, str]] = {
    type(next(iter(known))): known
    for known in (
        words.STATUS_WORDS,
        words.EVIDENCE_WORDS,
        words.STATE_WORDS,
        words.PHASE_WORDS,
        words.ROLE_WORDS,
        words.BASIS_WORDS,
    )
}


@dataclass(frozen=True, slots=True)
class Sign:
    """How something stands, by word and by sign.

    Attributes:
        tone: the name of its colour: good, part, gone or open.
        path: draws the sign in a box of 16 by 16, so that it prints and follows the colour of
            text: an SVG path.
    """

    word: str
    tone: str
    path: str


_DISC = "M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1z"
_RING = _DISC + "M8 3a5 5 0 1 1 0 10A5 5 0 1 1 8 3z"
_TICK = _DISC + "M4 8.2l1.3-1.3 1.9 1.9 3.6-3.7 1.3 1.3-4.9 5z"
_HALF = _DISC + "M8 3a5 5 0 0 1 0 10z"
_ARROW = _DISC + "M4 7h3.6V4.4L12.2 8l-4.6 3.6V9H4z"
_CROSS = (
    _DISC
    + "M5.8 4.5L8 6.7l2.2-2.2 1.3 1.3L9.3 8l2.2 2.2-1.3 1.3L8 9.3l-2.2 2.2-1.3-1.3L6.7 8 4.5 5.8z"
)
_BAR = _DISC + "M4.2 7h7.6v2H4.2z"
_DOT = _RING + "M8 6a2 2 0 1 0 0 4A2 2 0 1 0 8 6z"

CLAIM_SIGNS: Mapping[str, Sign] = {
    status: Sign(words.STATUS_WORDS[status], tone, path)
    for status, tone, path in (
        (Status.HOLDS, "good", _TICK),
        (Status.PARTLY, "part", _HALF),
        (Status.SUPERSEDED, "gone", _ARROW),
        (Status.CONTRADICTED, "gone", _CROSS),
        (Status.UNVERIFIABLE, "open", _RING),
    )
}
"""How a claim stands, by its status, from best to worst."""

TOOL_SIGNS: Mapping[str, Sign] = {
    "active": Sign("active", "good", _TICK),
    "preview": Sign("a preview", "part", _DOT),
    "slow": Sign("moves slowly", "part", _HALF),
    "renamed": Sign("goes by another name", "part", _ARROW),
    "deprecated": Sign("deprecated", "gone", _BAR),
    "ended": Sign("ended", "gone", _CROSS),
    "unclear": Sign("state unclear", "open", _RING),
}
"""How a tool stands, by its status, from best to worst."""

_SIGNS = {**CLAIM_SIGNS, **TOOL_SIGNS}


def filters(rulebase: RuleBase) -> dict[str, Callable[..., object]]:
    """Return the filters of templates by name, bound to a rule base."""
    return {
        # about the rule base
        "claims": partial(claims.claims_of, rulebase),
        "names": partial(words.names, rulebase),
        "backends": rules.backends_in_words,
        "url": partial(urls.address_of, rulebase),
        "when": partial(rules.when_in_words, rulebase),
        "choices": partial(rules.choices_in_words, rulebase),
        "concerned": rules.concerned,
        "about": partial(rules.about, rulebase),
        "effect": partial(rules.effect_on, rulebase),
        "does": partial(rules.effect_in_words, rulebase),
        "why": partial(rules.why_that_much, rulebase),
        "cap": partial(claims.cap_on, rulebase),
        "summary": claims.summary,
        "weight": partial(claims.weight_in_words, rulebase),
        "plan": partial(words.plan_in_words, rulebase),
        "offered": question.offered,
        "can_be_marked": question.can_be_marked,
        # about a recommendation
        "answer": partial(answers.answer_in_words, rulebase),
        "headline": partial(headline.headline, rulebase),
        "verdict": headline.verdict_word,
        "verdict_sentence": partial(headline.verdict_sentence, rulebase),
        "contested": partial(headline.contested, rulebase),
        "idle_marks": partial(headline.idle_marks, rulebase),
        "ground": partial(headline.ground, rulebase),
        "description": partial(headline.summary, rulebase),
        "card": partial(headline.in_words, rulebase),
        "closeness": partial(changes.closeness, rulebase),
        "alternative": partial(changes.distance_in_words, rulebase),
        "differences": partial(changes.differences, rulebase),
        "standing_rows": partial(standing_rows, rulebase),
        "other_basis": partial(bases.other_basis_in_words, rulebase),
        "story": partial(bases.sides_of_the_story, rulebase),
        "mark_links": partial(mark_links, rulebase),
        "leaders": partial(changes.leaders_in_words, rulebase),
        "whom": partial(words.whom_in_words, rulebase),
        "total": words.total,
        "parts": words.parts_in_words,
        # words
        "words": in_words,
        "sign": _SIGNS.__getitem__,
        "evidence": words.evidence_in_words,
        "signed": words.signed,
        "counted": words.counted,
        "day": words.date_in_words,
        "listed": words.listed,
        "quoted": words.quoted,
        "sentence": words.sentence,
        "share": method.share,
        "ended": words.ended,
        "short": short_title,
        "fault": question.fault_in_words,
    }


def globals_of(rulebase: RuleBase) -> dict[str, object]:
    """Return what templates can name without being given it."""
    return {
        "rulebase": rulebase,
        "urls": urls,
        "CARD_SIZE": (WIDTH, HEIGHT),
        "CONFLICTS_TITLE": headline.CONFLICTS_TITLE,
        "MAX_PROJECT": MAX_PROJECT,
        "MAX_IMPORTANT": MAX_IMPORTANT,
        "Basis": Basis,
        "ROLES": tuple(Role),
        "Phase": Phase,
        "SECTIONS": SECTIONS,
        "CLAIM_SIGNS": CLAIM_SIGNS,
        "TOOL_SIGNS": TOOL_SIGNS,
    }


def in_words(value: StrEnum) -> str:
    """Return the words for a status, a kind of evidence, a state, a phase, a role or a basis."""
    return _WORDS[type(value)][value]


def short_title(text: str) -> str:
    """Return a text cut down to a title, without its full stop."""
    return shorten(text.removesuffix("."), TITLE_LENGTH, placeholder="…")
